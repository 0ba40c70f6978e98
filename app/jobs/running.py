"""Running a job: taken by one worker at a time, and what it brings is stored once, whoever dies meanwhile."""

import logging
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Engine, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import db, models
from app.clock import Clock
from app.config import Settings
from app.errors import AppError, Faulty, Translate
from app.jobs.enqueueing import end
from app.jobs.kinds import Finish, Kind, Queue, Released, Stop, Work
from app.jobs.pulse import Pulse
from app.languages import sentences

STALE_SECONDS = 15
"""Whoever has a job and was not heard of for so long is believed dead."""
MOST_ATTEMPTS = 8
TRIES, PAUSE_SECONDS = 30, 2
"""How long a result waits for a database that went away."""
OURS = "Something went wrong that is not your fault; those who run the service find the details with this job."
GAVE_UP = "This job was begun {count} times and never ended; it is not tried again."

log = logging.getLogger(__name__)

Kinds = Mapping[str, Kind]


class Outcome(Enum):
    """What became of a job in the hands of one worker."""

    ENDED = "ended"
    RELEASED = "released"
    NOT_TAKEN = "not taken"


def run_job(
    engine: Engine, kinds: Kinds, job_id: int, clock: Clock, is_ending: Callable[[], bool], settings: Settings
) -> Outcome:
    """Run a job if nobody who lives has it. `is_ending` says whether this worker is asked to end."""
    with db.writing(engine) as session:
        job = _taken(session, job_id, clock())
        if job is None:
            return Outcome.NOT_TAKEN
        pulse = Pulse(engine, job.id, job.attempt, clock, is_ending)
        work = Work(
            id=job.id,
            attempt=job.attempt,
            host_id=job.host_id,
            event_id=job.event_id,
            asked_by=job.asked_by,
            payload=job.payload,
            engine=engine,
            settings=settings,
            tell=pulse.tell,
            stop=pulse.stop,
        )
        kind = kinds[job.kind]
    with pulse:
        return _carried_out(kind, work, clock)


def waiting_jobs(session: Session, kinds: Iterable[str], now: datetime) -> list[int]:
    """Return the jobs of these kinds that nobody who lives has, the oldest first."""
    return list(
        session.scalars(
            select(models.Job.id)
            .where(models.Job.kind.in_(kinds), or_(models.Job.state == "queued", _is_abandoned(now)))
            .order_by(models.Job.id)
            .limit(100)
        )
    )


def abandoned_jobs(session: Session, now: datetime) -> list[tuple[int, str]]:
    """Return the jobs that should be in somebody's hands and are in nobody's, with their kinds."""
    since = now - timedelta(seconds=4 * STALE_SECONDS)
    overlooked = (models.Job.state == "queued") & (models.Job.created_at < since)
    rows = session.execute(select(models.Job.id, models.Job.kind).where(or_(overlooked, _is_abandoned(now))))
    return [(job_id, kind) for job_id, kind in rows]


def of_queue(kinds: Kinds, queue: Queue) -> list[str]:
    return [kind.name for kind in kinds.values() if kind.queue is queue]


def _is_abandoned(now: datetime) -> ColumnElement[bool]:
    return (models.Job.state == "running") & (models.Job.heartbeat_at < now - timedelta(seconds=STALE_SECONDS))


def _taken(session: Session, job_id: int, now: datetime) -> models.Job | None:
    """Take a job that waits, or whose worker is believed dead. Each taking has a number of its own."""
    job = session.get(models.Job, job_id, with_for_update=True)
    if job is None or not _is_free(job, now):
        return None
    if job.cancel_asked_at is not None:
        end(job, "cancelled", now)
        return None
    if job.attempt >= MOST_ATTEMPTS:
        job.reason = GAVE_UP.format(count=job.attempt)
        end(job, "failed", now)
        return None
    job.state, job.attempt, job.progress = "running", job.attempt + 1, None
    job.started_at = job.heartbeat_at = now
    return job


def _is_free(job: models.Job, now: datetime) -> bool:
    if job.state == "running":
        return job.heartbeat_at is None or job.heartbeat_at < now - timedelta(seconds=STALE_SECONDS)
    return job.state == "queued"


def _carried_out(kind: Kind, work: Work, clock: Clock) -> Outcome:
    """The job boundary: whatever goes wrong in a job is written on it, and the worker lives on."""
    try:
        finish = kind.run(work)
        return _insisting(work, lambda session, job: _finished(session, job, finish, clock()))
    except (Released, OperationalError):  # the database went away: what was read cannot be trusted, so from the start
        return _insisting(work, lambda _session, job: _given_back(job))
    except AppError as refusal:
        told = refusal
        return _insisting(work, lambda _session, job: _refused(job, told, clock()))
    except Exception:
        log.exception("job %s failed", work.id)
        written = traceback.format_exc()
        return _insisting(work, lambda _session, job: _failed(job, written, clock()))


def _insisting(work: Work, change: Callable[[Session, models.Job], Outcome]) -> Outcome:
    """Change the job in one transaction if it is still ours. A database that went away is waited for."""
    for tries_left in reversed(range(TRIES)):
        try:
            with db.writing(work.engine) as session:
                job = session.get(models.Job, work.id, with_for_update=True)
                if job is None or job.state != "running" or job.attempt != work.attempt:
                    return Outcome.NOT_TAKEN
                return change(session, job)
        except OperationalError:
            if not tries_left or work.stop() is Stop.SHUTDOWN:
                raise
            time.sleep(PAUSE_SECONDS)
    raise AssertionError("unreachable")


def _finished(session: Session, job: models.Job, finish: Finish, now: datetime) -> Outcome:
    job.result = finish(session, now)
    end(job, "done" if job.cancel_asked_at is None else "cancelled", now)
    return Outcome.ENDED


def _given_back(job: models.Job) -> Outcome:
    job.state, job.progress, job.heartbeat_at = "queued", None, None
    return Outcome.RELEASED


def _refused(job: models.Job, refusal: AppError, now: datetime) -> Outcome:
    """What was refused because somebody stopped it is no failure. It is told in the language of who asked."""
    translate = sentences(str(job.payload.get("lang"))).gettext
    job.reason, job.result = refusal.told(translate), _faults_of(refusal, translate)
    job.traceback = None if refusal.__cause__ is None else str(refusal.__cause__)
    end(job, "failed" if job.cancel_asked_at is None else "cancelled", now)
    return Outcome.ENDED


def _failed(job: models.Job, written: str, now: datetime) -> Outcome:
    job.reason, job.traceback = OURS, written
    end(job, "failed", now)
    return Outcome.ENDED


def _faults_of(refusal: AppError, translate: Translate) -> models.JobFacts | None:
    if not isinstance(refusal, Faulty):
        return None
    return {"errors": [_plain(fault.as_row(translate)) for fault in refusal.faults]}


def _plain(row: Mapping[str, str | list[str] | None]) -> models.JobFacts:
    return {name: [*value] if isinstance(value, list) else value for name, value in row.items()}
