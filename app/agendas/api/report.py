"""The report of an event, as data or as a page."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Response
from sqlalchemy import select

from app import models
from app.agendas.published import version_in_force
from app.agendas.queries import agendas_of
from app.agendas.report.parts import Report
from app.agendas.report.queries import report_of
from app.agendas.report.rendering import POLICY, page_of
from app.clock import seconds
from app.errors import NotFound
from app.events.access import event_for
from app.hosts.access import Role
from app.schedules.keeping import version_of
from app.web.fields import SMALL
from app.web.languages import Lang
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/report", tags=["report"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
Number = Annotated[int | None, Query(alias="version", ge=1, le=SMALL, description="None: the one in force.")]
Form = Annotated[Literal["json", "html"] | None, Query(alias="format", description="None: what Accept says.")]
Advised = Annotated[bool, Query(alias="recommendations", description="Whether changes are computed; some seconds.")]
Accept = Annotated[str, Header(max_length=1000)]


@router.get("", response_model=Report, responses={200: {"content": {"text/html": {}}}})
def read_report(
    event: ToRead,
    session: Db,
    lang: Lang,
    number: Number = None,
    form: Form = None,
    is_advised: Advised = True,
    accept: Accept = "*/*",
) -> Report | Response:
    """What the press is told, wishes met, fairness, the grid, flows, proofs, and what a change would bring.

    Of the published version in force, else of the newest draft. The page is one file: no script, nothing fetched.
    """
    version = version_of(session, event, number) if number is not None else _told_of(session, event)
    report = report_of(session, version, agendas_of(session, version), seconds if is_advised else None)
    if form == "json" or (form is None and "text/html" not in accept):
        return report
    headers = {"Content-Security-Policy": POLICY, "Content-Language": lang}
    return Response(page_of(report, lang), media_type="text/html", headers=headers)


def _told_of(session: Db, event: models.Event) -> models.Version:
    """The version in force, else the newest draft."""
    newest = (
        select(models.Version.id)
        .where(models.Version.event_id == event.id)
        .order_by(models.Version.number.desc())
        .limit(1)
    )
    key = session.scalar(version_in_force(event.id)) or session.scalar(newest)
    if key is None:
        raise NotFound("The event has no version yet: nothing was planned.")
    return session.get_one(models.Version, key)
