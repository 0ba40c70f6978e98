"""Private links for organisers: who has which, made, renewed, withdrawn; and all calendars at once, as files."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Response
from pydantic import Field
from sqlalchemy import select

from app import audit, models
from app.agendas.api.feeds import Door_
from app.agendas.door import Door
from app.agendas.feeds import feed_address, page_address
from app.agendas.linking import link_of, make_links, renew, withdraw
from app.agendas.links import Purpose
from app.agendas.packing import packed_calendars
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.schedules.keeping import version_of
from app.web.fields import Answer, Id, Ordinal
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}", tags=["links"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]


class LinkAnswer(Answer):
    """A private link. Its address can be shown again at any time; it is for this delegate or organisation alone."""

    id: int = Field(examples=[7])
    purpose: Literal["page", "feed"]
    organisation_id: int
    delegate_id: int | None = Field(description="null: the feed of the whole organisation")
    generation: int = Field(description="Grows when the link is renewed or withdrawn; older addresses open nothing.")
    is_withdrawn: bool
    address: str | None = Field(description="null while it is withdrawn", examples=["https://ronde.example/a/agd_…"])
    changed_at: datetime


class MadeAnswer(Answer):
    """How many were made."""

    made: int = Field(examples=[0])


@router.get("/links")
def list_links(event: ToEdit, session: Db, door: Door_, paging: Paging) -> Page[LinkAnswer]:
    """The links of an event, with their addresses: for editors, since whoever has one reads an agenda."""
    asked = select(models.Link).where(models.Link.event_id == event.id)
    rows, after = paged(session, asked, paging, models.Link.id)
    return Page(items=[_answer(session, door, row) for row in rows], next=after)


@router.post("/links", status_code=201)
def make_missing_links(event: ToEdit, caller: Editor, session: Db, now: Now) -> MadeAnswer:
    """Make the links of all who come and have none yet."""
    made = make_links(session, event.id, now)
    subject = f"event:{event.id}"
    audit.record(session, caller.name, "make-links", event_id=event.id, subject=subject, after={"made": made}, now=now)
    return MadeAnswer(made=made)


@router.get("/links/{link_id}")
def read_link(link_id: Id, event: ToEdit, session: Db, door: Door_) -> LinkAnswer:
    """One link, to be printed again."""
    return _answer(session, door, link_of(session, event.id, link_id))


@router.post("/links/{link_id}/renew")
def renew_link(link_id: Id, event: ToEdit, caller: Editor, session: Db, door: Door_, now: Now) -> LinkAnswer:
    """Give the link a new address; the old one opens nothing any more. A withdrawn link opens again."""
    link = link_of(session, event.id, link_id)
    renew(session, link, now)
    _record(session, caller, "renew-link", link, now)
    return _answer(session, door, link)


@router.post("/links/{link_id}/withdraw")
def withdraw_link(link_id: Id, event: ToEdit, caller: Editor, session: Db, door: Door_, now: Now) -> LinkAnswer:
    """End the link: it opens nothing until it is renewed."""
    link = link_of(session, event.id, link_id)
    withdraw(session, link, now)
    _record(session, caller, "withdraw-link", link, now)
    return _answer(session, door, link)


@router.get("/versions/{number}/calendars.zip", response_class=Response)
def download_calendars(
    number: Ordinal, event: ToRead, caller: Annotated[Caller, Depends(may(Role.READER))], session: Db
) -> Response:
    """Everybody's calendar of a version, one file each. They do not refresh: feeds do."""
    version = version_of(session, event, number)
    packed = packed_calendars(session, event, version, with_contacts=caller.sees_contacts)
    headers = {"Content-Disposition": f'attachment; filename="{event.slug}-{number}-calendars.zip"'}
    return Response(packed, media_type="application/zip", headers=headers)


def _record(session: Db, caller: Caller, deed: str, link: models.Link, now: datetime) -> None:
    audit.record(
        session,
        caller.name,
        deed,
        event_id=link.event_id,
        subject=f"link:{link.id}",
        after={"purpose": link.purpose, "generation": link.generation},
        now=now,
    )


def _answer(session: Db, door: Door, link: models.Link) -> LinkAnswer:
    token = None if link.is_withdrawn else door.keyring(session).token(link)
    address = page_address if link.purpose == Purpose.PAGE.value else feed_address
    return LinkAnswer(
        id=link.id,
        purpose="page" if link.purpose == Purpose.PAGE.value else "feed",
        organisation_id=link.organisation_id,
        delegate_id=link.delegate_id,
        generation=link.generation,
        is_withdrawn=link.is_withdrawn,
        address=None if token is None else address(door.url, token),
        changed_at=link.changed_at,
    )
