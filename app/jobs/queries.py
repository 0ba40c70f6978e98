"""Reading jobs: what is true of them now, without what they carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import models

FINAL = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as others see it. `event` is the slug of the event that it is about, None for none."""

    id: int
    kind: str
    event: str | None
    state: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    is_stopping: bool
    progress: models.JobFacts | None
    result: models.JobFacts | None
    reason: str | None

    @property
    def has_ended(self) -> bool:
        return self.state in FINAL


def job_of(session: Session, host_id: int, event_id: int | None, job_id: int) -> models.Job | None:
    """Return a job of a host, and of this event only where one is named; None where there is none."""
    job = session.get(models.Job, job_id)
    if job is None or job.host_id != host_id or event_id not in (None, job.event_id):
        return None
    return job


def views_of(session: Session, job_ids: Iterable[int]) -> dict[int, JobView]:
    """Return these jobs as they are now, as far as they are there."""
    job, wanted = models.Job, list(job_ids)
    rows = session.execute(
        select(
            job.id,
            job.kind,
            models.Event.slug,
            job.state,
            job.created_at,
            job.started_at,
            job.finished_at,
            job.cancel_asked_at,
            job.progress,
            job.result,
            job.reason,
        )
        .outerjoin(models.Event, models.Event.id == job.event_id)
        .where(job.id.in_(wanted))
    )
    views = (
        JobView(
            row.id,
            row.kind,
            row.slug,
            row.state,
            row.created_at,
            row.started_at,
            row.finished_at,
            row.state == "running" and row.cancel_asked_at is not None,
            row.progress,
            row.result,
            row.reason,
        )
        for row in rows
    )
    return {view.id: view for view in views}


def jobs_of(host_id: int, event_id: int | None, slug: str | None) -> Select[models.Job]:
    """Return the question for the jobs of a host: of one event where it is named, by id or by slug."""
    jobs = select(models.Job).where(models.Job.host_id == host_id)
    if event_id is not None:
        jobs = jobs.where(models.Job.event_id == event_id)
    if slug is not None:
        jobs = jobs.join(models.Event, models.Event.id == models.Job.event_id).where(models.Event.slug == slug)
    return jobs
