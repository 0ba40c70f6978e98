"""Events: the list, one, a new one, a change, the end of one."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Response
from sqlalchemy.orm import Session

from app import audit, models
from app.errors import Forbidden
from app.events.access import event_for
from app.events.api.shapes import (
    EventAnswer,
    EventChange,
    NewEvent,
    changed,
    event_answer,
    shape_of,
)
from app.events.queries import events_of
from app.events.shaping import found_event, remove_event, shape_event
from app.events.slug import slug_of
from app.hosts.access import Caller, Role, may
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import Answer
from app.web.languages import Lang
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events", tags=["events"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
ToDelete = Annotated[models.Event, Depends(event_for(Role.OWNER))]
Reader = Annotated[Caller, Depends(may(Role.READER))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Owner = Annotated[Caller, Depends(may(Role.OWNER))]
BY_FORCE = "Also where published meetings lose their slot, table or interpreter."
Force = Annotated[bool, Query(description=BY_FORCE)]
Words = Annotated[str | None, Query(alias="q", max_length=100, description="Words in the name or venue.")]


class EventInBrief(Answer):
    """An event as it stands in a list."""

    slug: str
    name: str
    venue: str | None
    time_zone: str
    days: list[date]


@router.get("")
def list_events(caller: Reader, session: Db, paging: Paging, words: Words = None) -> Page[EventInBrief]:
    """The events of the host; a key for one event sees that one."""
    rows, after = paged(session, events_of(caller.host_id, caller.event_id, words), paging, models.Event.id)
    return Page[EventInBrief](items=[in_brief(row) for row in rows], next=after)


@router.post("", status_code=201)
def create_event(body: NewEvent, caller: Editor, session: Db, response: Response, now: Now, lang: Lang) -> EventAnswer:
    """A new event."""
    if caller.event_id is not None:
        raise Forbidden("This key is for one event only; it cannot create another.")
    event = found_event(session, caller.host_id, body.slug or slug_of(body.name), shape_of(body), now, lang)
    audit.record(
        session, caller.name, "create-event", event_id=event.id, subject=f"event:{event.id}", now=now,
        after={"slug": event.slug},
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/events/{event.slug}"
    return _tagged(event, response)


@router.get("/{slug}")
def read_event(event: ToRead, response: Response) -> EventAnswer:
    """An event and what it is made of."""
    return _tagged(event, response)


@router.patch("/{slug}")
def change_event(
    body: EventChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
    lang: Lang,
    force: Force = False,
) -> EventAnswer:
    """Change what is sent. Other sessions or minutes make other slots; those that a version uses stay for it.

    409 where meetings that are published would be left without their slot, table or interpreter, and it is not forced.
    """
    _lock(session, event)
    matched(tags, etag_of(event_answer(event)))
    if shape_event(session, event, shape_of(changed(event, body)), lang, is_forced=force):
        audit.record(
            session, caller.name, "change-event", event_id=event.id, subject=f"event:{event.id}", now=now,
            after=body.fields(),
        )  # fmt: skip
    else:
        audit.nothing_changed(session)
    return _tagged(event, response)


@router.delete("/{slug}", status_code=204)
def delete_event(event: ToDelete, caller: Owner, tags: IfMatch, session: Db, now: Now) -> None:
    """Delete an event with everything in it. It cannot be had back."""
    _lock(session, event)
    matched(tags, etag_of(event_answer(event)))
    audit.record(
        session, caller.name, "delete-event", event_id=event.id, subject=f"event:{event.id}", now=now,
        before={"slug": event.slug},
    )  # fmt: skip
    remove_event(session, event)


def _lock(session: Session, event: models.Event) -> None:
    session.refresh(event, with_for_update=True)


def _tagged(event: models.Event, response: Response) -> EventAnswer:
    answer = event_answer(event)
    response.headers["ETag"] = etag_of(answer)
    return answer


def in_brief(event: models.Event) -> EventInBrief:
    """Return an event as it stands in a list."""
    days = sorted({one.day for one in event.sessions})
    return EventInBrief(slug=event.slug, name=event.name, venue=event.venue, time_zone=event.time_zone, days=days)
