"""Putting jobs into the queue, in the transaction of the deed that wants them, and taking them out again."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Limited
from app.jobs.carrying import hand_over
from app.jobs.kinds import Kind

UNFINISHED = ("queued", "running")
MOST_OF_EVENT, MOST_OF_HOST = 10, 40
"""How many jobs may wait and run at once: whoever presses a button a thousand times is told so."""
PATIENCE_SECONDS = 30
ENOUGH = "{count} jobs are waiting or running already; wait until one of them has ended, or stop one."


def enqueue(
    session: Session,
    kind: Kind,
    payload: models.JobFacts,
    *,
    host_id: int,
    event_id: int | None,
    asked_by: str,
    now: datetime,
) -> models.Job:
    """Add a job. It is there, and will be run, if and only if the transaction of the session is committed.

    Raises Limited when the event or the host has too many unfinished ones.
    """
    _lock(session, host_id)
    if event_id is not None:
        _refuse_beyond(session, models.Job.event_id == event_id, MOST_OF_EVENT)
    _refuse_beyond(session, models.Job.host_id == host_id, MOST_OF_HOST)
    job = models.Job(
        kind=kind.name,
        host_id=host_id,
        event_id=event_id,
        asked_by=asked_by,
        payload=payload,
        created_at=now,
    )
    session.add(job)
    session.flush()
    hand_over(session, job.id, kind.queue)
    return job


def cancel(session: Session, job: models.Job, now: datetime) -> None:
    """Stop a job: one that waits ends at once, one that runs is told and keeps its best. One that has ended stays."""
    session.refresh(job, with_for_update=True)
    if job.state == "queued":
        end(job, "cancelled", now)
    elif job.state == "running" and job.cancel_asked_at is None:
        job.cancel_asked_at = now


def end(job: models.Job, state: str, now: datetime) -> None:
    """Close a job. What it needed is not kept: there may be people in it."""
    job.state, job.finished_at = state, now
    job.payload = {}


def _lock(session: Session, host_id: int) -> None:
    """Count and add one after the other. SQLite has one writer at a time anyway."""
    session.execute(select(models.Host.id).where(models.Host.id == host_id).with_for_update(key_share=True))


def _refuse_beyond(session: Session, mine: ColumnElement[bool], most: int) -> None:
    unfinished = select(func.count(models.Job.id)).where(mine, models.Job.state.in_(UNFINISHED))
    count = session.scalars(unfinished).one()
    if count >= most:
        raise Limited(ENOUGH, PATIENCE_SECONDS, count=count)
