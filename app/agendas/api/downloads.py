"""What an organiser takes away of a version: the planning as sheets, the problem and its answer for the judge."""

from typing import Annotated

from fastapi import Depends, Response

from app import models
from app.agendas.delivering import planning_bytes
from app.agendas.judged import judged
from app.agendas.queries import agendas_of
from app.events.access import event_for
from app.hosts.access import Role
from app.schedules.keeping import version_of
from app.web.fields import Ordinal
from app.web.languages import Lang
from app.web.routing import Router
from app.web.sessions import Db
from scheduler import problem_to_json, result_to_json

router = Router(prefix="/api/v1/events/{slug}/versions", tags=["versions"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"


def _file(content: bytes | str, name: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/{number}/planning.xlsx", response_class=Response, responses={200: {"content": {SHEETS: {}}}})
def download_planning(number: Ordinal, event: ToRead, session: Db, lang: Lang) -> Response:
    """The planning, to be worked with, printed, changed and imported again."""
    version = version_of(session, event, number)
    return _file(planning_bytes(session, version, agendas_of(session, version), lang), "planning.xlsx", SHEETS)


@router.get("/{number}/problem.json", response_class=Response, responses={200: {"content": {JSON: {}}}})
def download_problem(number: Ordinal, event: ToRead, session: Db) -> Response:
    """What the version answers, as `ronde check` reads it."""
    asked, _answer = judged(session, version_of(session, event, number))
    return _file(problem_to_json(asked), "problem.json", JSON)


@router.get("/{number}/schedule.json", response_class=Response, responses={200: {"content": {JSON: {}}}})
def download_schedule(number: Ordinal, event: ToRead, session: Db) -> Response:
    """The version as it stands now, with its score and why other meetings are not held, as `ronde check` reads it."""
    _asked, answer = judged(session, version_of(session, event, number))
    return _file(result_to_json(answer), "schedule.json", JSON)
