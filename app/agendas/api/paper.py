"""The papers of a version: `GET /api/v1/events/{slug}/versions/{number}/agendas.pdf` and its like.

What is read is read in one short transaction; the typesetter works after it, in a process of its own. The tag is that
of what is printed: who has it already is answered without typesetting.
"""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Depends, Query, Request, Response
from sqlalchemy import Engine

from app import db, models
from app.agendas.api.feeds import Door_
from app.agendas.feeds import page_address
from app.agendas.linking import links_of_delegates
from app.agendas.paper.agenda_pages import Sort, agendas_paper
from app.agendas.paper.badges import Layout, badges_paper
from app.agendas.paper.content import Paper
from app.agendas.paper.desk_list import desk_paper
from app.agendas.paper.interpreter_sheets import interpreters_paper
from app.agendas.paper.letters import unprintable
from app.agendas.paper.plan_sheets import plan_paper
from app.agendas.paper.rescuing import printed
from app.agendas.paper.table_signs import tables_paper
from app.agendas.paper.typesetting import request_of
from app.agendas.queries import Agendas, agendas_of
from app.events.access import detached_event_for
from app.hosts.access import Role
from app.languages import Language, spoken_first
from app.schedules.keeping import version_of
from app.web.etags import tag_of, tags_in
from app.web.fields import Answer, Ordinal
from app.web.routing import Router
from app.web.sessions import Engine_

router = Router(prefix="/api/v1/events/{slug}/versions/{number}", tags=["paper"])

Lang = Annotated[Language | None, Query(description="Its language; if not given, the first of the event.")]
Sorted = Annotated[Sort, Query(description="How it is sorted.")]
Read = Annotated[models.Event, Depends(detached_event_for(Role.READER))]
HandOut = Annotated[models.Event, Depends(detached_event_for(Role.DESK))]
Make = Callable[[Agendas, str], Paper]


class Pdf(Response):
    """A tagged PDF (PDF/UA-1)."""

    media_type = "application/pdf"


class UnprintableText(Answer):
    """A text of which no font of Ronde has every character; on paper a mark stands for each that is missing."""

    whose: str
    text: str
    characters: str


class UnprintableTexts(Answer):
    """All of them."""

    items: list[UnprintableText]


@router.get("/agendas.pdf", response_class=Pdf)
def print_agendas(
    request: Request,
    engine: Engine_,
    door: Door_,
    event: HandOut,
    number: Ordinal,
    lang: Lang = None,
    sort: Sorted = Sort.NAME,
) -> Response:
    """Everybody's agenda, each in the delegate's language.

    Its codes open the private pages, hence the role. A draft is not what these pages show: its codes hold the agenda.
    """
    with db.reading(engine) as session:
        version = version_of(session, event, number)
        tokens = door.keyring(session).token
        open_links = links_of_delegates(session, event.id) if version.published_at else {}
        links = {key: page_address(door.url, tokens(link)) for key, link in open_links.items()}
        agendas = agendas_of(session, version)
    paper = agendas_paper(agendas, lang or spoken_first(event.languages), sort, links)
    return _answer(request, paper, f"{event.slug}-{number}-agendas.pdf")


@router.get("/tables.pdf", response_class=Pdf)
def print_tables(request: Request, engine: Engine_, event: Read, number: Ordinal, lang: Lang = None) -> Response:
    """A sign for each table, with its meetings."""
    return _printed(request, engine, event, number, lang, tables_paper, "tables")


@router.get("/plan.pdf", response_class=Pdf)
def print_plan(request: Request, engine: Engine_, event: Read, number: Ordinal, lang: Lang = None) -> Response:
    """All meetings, slot by slot."""
    return _printed(request, engine, event, number, lang, plan_paper, "plan")


@router.get("/badges.pdf", response_class=Pdf)
def print_badges(
    request: Request,
    engine: Engine_,
    event: Read,
    number: Ordinal,
    lang: Lang = None,
    sort: Sorted = Sort.NAME,
    layout: Annotated[Layout, Query(description="Four on a sheet of A4, or one on a page of A6.")] = Layout.SHEET,
) -> Response:
    """A badge for everybody."""

    def make(agendas: Agendas, lang: str) -> Paper:
        return badges_paper(agendas, lang, sort, layout)

    return _printed(request, engine, event, number, lang, make, "badges")


@router.get("/interpreters.pdf", response_class=Pdf)
def print_interpreters(request: Request, engine: Engine_, event: Read, number: Ordinal, lang: Lang = None) -> Response:
    """A sheet for each interpreter, in their own language."""
    return _printed(request, engine, event, number, lang, interpreters_paper, "interpreters")


@router.get("/desk.pdf", response_class=Pdf)
def print_desk_list(
    request: Request, engine: Engine_, event: Read, number: Ordinal, lang: Lang = None, sort: Sorted = Sort.NAME
) -> Response:
    """Everybody from A to Z, for the welcome desk."""

    def make(agendas: Agendas, lang: str) -> Paper:
        return desk_paper(agendas, lang, sort)

    return _printed(request, engine, event, number, lang, make, "desk")


@router.get("/unprintable")
def read_unprintable(engine: Engine_, event: Read, number: Ordinal) -> UnprintableTexts:
    """What paper cannot show as it is written: whose text, and which characters are replaced."""
    found = unprintable(_read(engine, event, number))
    items = [UnprintableText(whose=one.whose, text=one.text, characters=one.characters) for one in found]
    return UnprintableTexts(items=items)


def _printed(
    request: Request, engine: Engine, event: models.Event, number: int, lang: str | None, make: Make, name: str
) -> Response:
    paper = make(_read(engine, event, number), lang or spoken_first(event.languages))
    return _answer(request, paper, f"{event.slug}-{number}-{name}.pdf")


def _read(engine: Engine, event: models.Event, number: int) -> Agendas:
    with db.reading(engine) as session:
        return agendas_of(session, version_of(session, event, number))


def _answer(request: Request, paper: Paper, file_name: str) -> Response:
    wanted = request_of(paper)
    tag = tag_of(wanted)
    headers: Mapping[str, str] = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{file_name}"',
    }
    if tag in tags_in(request.headers.get("if-none-match")).named:
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    return Pdf(printed(paper, wanted).pdf, headers=dict(headers))
