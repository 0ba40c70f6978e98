"""The delegates' pages: `/a/{token}` and what can be done there. No login: the link is the key."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response

from app import audit, db, models
from app.agendas.api.feeds import Door_, Token
from app.agendas.feeds import page_address
from app.agendas.linking import link_of_delegate, renew, withdraw
from app.agendas.links import Purpose
from app.agendas.paper.agenda_pages import agenda_paper
from app.agendas.paper.typesetting import typeset
from app.agendas.showing import printed_agenda, shown_page
from app.errors import NotFound
from app.hosts.access import public
from app.templating import page
from app.web.addresses import network_of_request
from app.web.pages import PageRouter
from app.web.sessions import Db, Engine_, Now

router: APIRouter = PageRouter()
GUESTS = [Depends(public())]
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}


@router.get("/a/{token}", dependencies=GUESTS)
def agenda_page(request: Request, token: Token, engine: Engine_, door: Door_, now: Now) -> Response:
    """Show the agenda. Mail scanners open the link too: nothing happens."""
    try:
        with db.reading(engine) as session:
            link = door.open(session, Purpose.PAGE, token, network_of_request(request), now)
            shown = shown_page(session, link, door.writer(session), now)
    except NotFound:
        return _unknown(request)
    values = {"page": shown.page, "here": f"/a/{token}"}
    return _sealed(page(request, "agenda/agenda.html", values, lang=shown.lang))


@router.get("/a/{token}/agenda.pdf", dependencies=GUESTS)
def agenda_print(request: Request, token: Token, engine: Engine_, door: Door_, now: Now) -> Response:
    """Print the agenda. Nothing is held in the database while it is typeset."""
    try:
        with db.reading(engine) as session:
            link = door.open(session, Purpose.PAGE, token, network_of_request(request), now)
            printed = printed_agenda(session, link)
    except NotFound:
        return _unknown(request)
    paper = agenda_paper(printed.agenda, printed.edition, printed.lang, page_address(door.url, token))
    headers = {"Content-Disposition": 'inline; filename="agenda.pdf"'}
    return _sealed(Response(typeset(paper), media_type="application/pdf", headers=headers))


@router.post("/a/{token}/links", dependencies=GUESTS)
def change_link(
    request: Request,
    token: Token,
    session: Db,
    door: Door_,
    now: Now,
    purpose: Annotated[Literal["page", "feed"], Form()],
    deed: Annotated[Literal["renew", "withdraw"], Form()],
) -> Response:
    """Renew or withdraw one's own page or feed. The old address opens nothing from now on."""
    try:
        link = door.open(session, Purpose.PAGE, token, network_of_request(request), now)
    except NotFound:
        return _unknown(request)
    changed = link if purpose == "page" else link_of_delegate(session, link, Purpose.FEED)
    (renew if deed == "renew" else withdraw)(session, changed, now)
    event = session.get_one(models.Event, link.event_id)
    session.info[audit.HOST] = event.host_id
    audit.record(
        session,
        f"delegate:{link.delegate_id}",
        f"{deed}-link",
        event_id=event.id,
        subject=f"link:{changed.id}",
        after={"purpose": purpose, "generation": changed.generation},
        now=now,
    )
    is_open = not link.is_withdrawn
    values = {
        "event": event.name,
        "purpose": purpose,
        "deed": deed,
        "address": page_address(door.url, door.keyring(session).token(link)) if is_open else None,
        "here": f"/a/{door.keyring(session).token(link)}" if is_open else None,
    }
    lang = shown_page(session, link, door.writer(session), now).lang
    return _sealed(page(request, "agenda/link-changed.html", values, lang=lang))


def _unknown(request: Request) -> Response:
    """The one answer to everybody whose link does not open."""
    return _sealed(page(request, "agenda/link-unknown.html", {}, 404))


def _sealed(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer
