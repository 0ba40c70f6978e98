"""Asking for a timetable over HTTP: the answer is a job."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from app import db, models
from app.events.access import detached_event_for
from app.hosts.access import Caller, Role, may
from app.jobs.queries import views_of
from app.schedules.api.jobs import JobAnswer, answer_of
from app.schedules.commissioning import Wanted, ask_to_solve, pose_wanted
from app.web.fields import SMALL, Body, Flag, Real, Whole
from app.web.languages import Lang
from app.web.routing import Router
from app.web.sessions import Db, Engine_, Now

router = Router(prefix="/api/v1/events/{slug}/solves", tags=["solving"])
MOST_SECONDS = 6 * 3600

ToEdit = Annotated[models.Event, Depends(detached_event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]


class SolveBody(Body):
    """How to search. All of it may be left out."""

    seconds: Annotated[Real, Field(ge=1, le=MOST_SECONDS)] = Field(
        default=60, description="How long to search at most.", examples=[60]
    )
    seed: Annotated[Whole, Field(le=SMALL)] = Field(default=1, description="Where chance begins.", examples=[1])
    from_version: Annotated[Whole, Field(ge=1)] | None = Field(
        default=None,
        description="The version to start from, whose pins are kept; without it the newest.",
        examples=[3],
    )
    is_fresh: Flag = Field(default=False, description="Start from no version, and keep no pin.")


@router.post("", status_code=202, summary="Start a search", responses={429: {}})
def start_search(
    event: ToEdit,
    caller: Editor,
    session: Db,
    engine: Engine_,
    now: Now,
    lang: Lang,
    response: Response,
    body: SolveBody | None = None,
) -> JobAnswer:
    """Start a search for the best timetable of the event as it stands. What it finds becomes a new draft."""
    asked = body or SolveBody()
    wanted = Wanted(asked.seconds, asked.seed, asked.from_version, asked.is_fresh, lang)
    with db.reading(engine) as reading:  # matching may take a while: nobody waits for it with a locked database
        payload = pose_wanted(reading, reading.get_one(models.Event, event.id), wanted)
    job = ask_to_solve(session, event, payload, caller.name, now)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return answer_of(views_of(session, [job.id])[job.id], now)
