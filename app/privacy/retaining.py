"""Retaining no longer than needed: events past their time go, and so do answers, jobs and sign-ins that are over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from app import models
from app.audit import record

JOBS_KEPT = UPLOADS_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)
SIGN_INS_KEPT = timedelta(days=8)
CALLER = "job:purge"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many events went, and how many other rows that had done their service."""

    events: int
    rows: int


def purge(session: Session, now: datetime) -> Purged:
    """Delete the events that were kept for as long as they say, and what nobody needs any more."""
    due = [event for event in session.scalars(select(models.Event)) if is_due(session, event, now)]
    for event in due:
        record(session, CALLER, "purge-event", event_id=event.id, subject=f"event:{event.id}", now=now)
    session.execute(delete(models.Event).where(models.Event.id.in_([event.id for event in due])))
    rows = 0
    for table, is_over in _over(now):
        result = session.execute(delete(table).where(is_over))
        assert isinstance(result, CursorResult)
        rows += result.rowcount
    session.expire_all()
    return Purged(len(due), rows)


def is_due(session: Session, event: models.Event, now: datetime) -> bool:
    """Whether an event is over for more days than it is kept."""
    return now > end_of(session, event) + timedelta(days=event.purge_after)


def end_of(session: Session, event: models.Event) -> datetime:
    """Return when the last slot or item of the programme ends; when it was made, for an event without any."""
    slots = select(models.Slot).where(models.Slot.event_id == event.id)
    items = select(func.max(models.ProgrammeItem.ends_at)).where(models.ProgrammeItem.event_id == event.id)
    last = session.scalar(items)
    ends = [event.created_at, *(slot.ends_at for slot in session.scalars(slots)), *([last] if last else [])]
    return max(ends)


def _over(now: datetime) -> tuple[tuple[type[models.Base], ColumnElement[bool]], ...]:
    """What has done its service."""
    return (
        (models.Upload, models.Upload.created_at < now - UPLOADS_KEPT),
        (models.Job, models.Job.finished_at < now - JOBS_KEPT),
        (models.FirstAnswer, models.FirstAnswer.created_at < now - ANSWERS_KEPT),
        (models.SignIn, models.SignIn.created_at < now - SIGN_INS_KEPT),
        (models.Attempt, models.Attempt.failed_at < now - SIGN_INS_KEPT),
        (models.Invitation, models.Invitation.expires_at < now - SIGN_INS_KEPT),
    )
