"""Jobs over HTTP: how far they are, live or asked for, and stopping them."""

import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field, JsonValue, TypeAdapter

from app import db, models
from app.audit import nothing_changed, record
from app.clock import Clock, seconds
from app.errors import NotFound
from app.hosts.access import Caller, Role, may
from app.jobs import cancel
from app.jobs.queries import JobView, job_of, jobs_of, views_of
from app.jobs.watching import JobWatch
from app.web.fields import Answer, Id
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Engine_, Now

router = Router(prefix="/api/v1/jobs", tags=["jobs"])

Reader = Annotated[Caller, Depends(may(Role.READER))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
OfEvent = Annotated[str | None, Query(alias="event", max_length=100, description="Only jobs of this event.")]
LastSeen = Annotated[str | None, Header(alias="Last-Event-ID", max_length=100, description="What was seen last.")]

ALIVE_SECONDS = 15.0
Figures = dict[str, int]
_figures = TypeAdapter(Figures | None)


class JobAnswer(Answer):
    """A job, as it is now."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["solve"])
    event: str | None = Field(description="The event that it is about.", examples=["mont-saint-martin"])
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    is_stopping: bool = Field(description="Somebody asked it to stop, and it has not yet.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float | None = Field(description="How long it has run; null before it starts.", examples=[12.5])
    score: Figures | None = Field(description="Of a search: the best found so far, by term.", examples=[{"value": 590}])
    bound: Figures | None = Field(description="Of a search: what is proved to be the best possible, by term.")
    progress: dict[str, JsonValue] | None = Field(description="How far it is, in the words of its kind.")
    result: dict[str, JsonValue] | None = Field(
        description="What came of it; of a search its status, and the version that keeps the timetable.",
        examples=[{"status": "optimal", "version": 4}],
    )
    reason: str | None = Field(description="Why it failed or was stopped empty-handed, in a sentence.")


def answer_of(view: JobView, now: datetime) -> JobAnswer:
    """Return a job as clients see it."""
    told = view.result or view.progress or {}
    is_search = view.kind == "solve"
    return JobAnswer(
        id=view.id,
        kind=view.kind,
        event=view.event,
        state=view.state,
        is_stopping=view.is_stopping,
        created_at=view.created_at,
        started_at=view.started_at,
        finished_at=view.finished_at,
        seconds=_seconds(view, now),
        score=_figures.validate_python(told.get("score")) if is_search else None,
        bound=_figures.validate_python(told.get("bound")) if is_search else None,
        progress=view.progress,
        result=view.result,
        reason=view.reason,
    )


def _seconds(view: JobView, now: datetime) -> float | None:
    if view.started_at is None:
        return None
    return max(0.0, ((view.finished_at or now) - view.started_at).total_seconds())


@router.get("", summary="List jobs")
def list_jobs(caller: Reader, session: Db, paging: Paging, now: Now, event: OfEvent = None) -> Page[JobAnswer]:
    """List the jobs of the team, of one event or of all, in the order in which they were asked for."""
    jobs, following = paged(session, jobs_of(caller.host_id, caller.event_id, event), paging, models.Job.id)
    views = views_of(session, [job.id for job in jobs])
    return Page(items=[answer_of(views[job.id], now) for job in jobs], next=following)


@router.get("/{job_id}", summary="Read a job")
def read_job(job_id: Id, caller: Reader, session: Db, now: Now) -> JobAnswer:
    """Read how far a job is, and what came of it."""
    _job(session, caller, job_id)
    return answer_of(views_of(session, [job_id])[job_id], now)


@router.delete("/{job_id}", status_code=202, summary="Stop a job")
def stop_job(job_id: Id, caller: Editor, session: Db, now: Now) -> JobAnswer:
    """Stop a job. A search that runs stops within a second and keeps its best; what has ended stays as it is."""
    job = _job(session, caller, job_id)
    before = job.state
    cancel(session, job, now)
    if before in ("queued", "running"):
        record(session, caller.name, "stop-job", event_id=job.event_id, subject=f"job:{job_id}", now=now)
    else:
        nothing_changed(session)
    session.flush()
    return answer_of(views_of(session, [job_id])[job_id], now)


@router.get(
    "/{job_id}/events",
    summary="Watch a job",
    response_class=StreamingResponse,
    responses={
        200: {"description": "An event for each change.", "content": {"text/event-stream": {}}},
        204: {"description": "It has ended, and you know how."},
    },
)
def watch_job(
    job_id: Id,
    caller: Reader,
    engine: Engine_,
    request: Request,
    last_seen: LastSeen = None,
) -> Response:
    """Watch a job: server-sent events, each the job as `GET` answers it, at most two a second, until it has ended.

    Who comes back with `Last-Event-ID` hears of it when it has changed since, or gets 204 when it has ended.
    """
    with db.reading(engine) as session:
        _job(session, caller, job_id)
        view = views_of(session, [job_id])[job_id]
    if view.has_ended and _tag(view) == last_seen:
        return Response(status_code=204)
    watch: JobWatch = request.app.state.job_watch
    clock: Clock = request.app.state.clock
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    events = _events(lambda: watch.views(engine, job_id), clock, last_seen)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _events(
    watched: Callable[[], AsyncGenerator[JobView | None, None]], clock: Clock, last_seen: str | None
) -> AsyncIterator[str]:
    told_at = seconds()
    async with aclosing(watched()) as views:
        async for view in views:
            if view is None:
                return
            tag = _tag(view)
            if tag != last_seen:
                last_seen, told_at = tag, seconds()
                yield f"id: {tag}\ndata: {answer_of(view, clock()).model_dump_json()}\n\n"
            elif seconds() - told_at > ALIVE_SECONDS:
                told_at = seconds()
                yield ": still here\n\n"
            if view.has_ended:
                return


def _tag(view: JobView) -> str:
    """What changes with the job, and does not with the time."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]


def _job(session: Db, caller: Caller, job_id: int) -> models.Job:
    job = job_of(session, caller.host_id, caller.event_id, job_id)
    if job is None:
        raise NotFound("There is no job {job}.", job=job_id)
    return job
