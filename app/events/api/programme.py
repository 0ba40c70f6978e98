"""The programme beside the meetings: its items, and who is registered for one."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.events.access import event_for
from app.events.fields import EventMoment, LanguageCodes, WebAddress
from app.events.programming import ItemFacts, add_item, change_item, register, registrations_of, remove_item, withdraw
from app.events.queries import item_of, items_of
from app.hosts.access import Caller, Role, may
from app.models.request import Facts
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import LARGE, SMALL, Answer, Body, Change, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/programme", tags=["programme"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
WHO = "`all`, `registration`, or kinds of organisations with commas between."
Attendance = Annotated[
    str, Field(max_length=500, pattern=r"^[a-z0-9-]+(,[a-z0-9-]+)*$", description=WHO, examples=["registration"])
]
Capacity = Annotated[int, Field(strict=True, ge=0, le=SMALL)]


class ItemBody(Body):
    """An item of the programme."""

    title: Line = Field(examples=["Atouts des pratiques d'achats responsables"])
    starts_at: EventMoment = Field(examples=["2026-06-06T13:30:00+02:00"])
    ends_at: EventMoment = Field(examples=["2026-06-06T14:30:00+02:00"])
    room: Line | None = None
    capacity: Capacity | None = Field(default=None, description="Places; null: no limit.")
    languages: LanguageCodes = Field(default_factory=list)
    attendance: Attendance = "registration"
    online_link: WebAddress | None = None


class ItemChange(Change):
    """What is to change of an item."""

    title: Line = ""
    starts_at: EventMoment = NEVER
    ends_at: EventMoment = NEVER
    room: Line | None = None
    capacity: Capacity | None = None
    languages: LanguageCodes = Field(default_factory=list)
    attendance: Attendance = ""
    online_link: WebAddress | None = None


class ItemAnswer(Answer):
    """An item of the programme. `uid` is what calendars know it by."""

    id: int
    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    capacity: int | None
    registered: int
    languages: list[str]
    attendance: str
    online_link: str | None


class RegistrationBody(Body):
    """Who is to be registered for an item."""

    delegate: Annotated[int, Field(strict=True, ge=1, le=LARGE, examples=[12])]


class RegistrationAnswer(Answer):
    """A delegate who is registered for an item."""

    delegate: int
    registered_at: datetime


@router.get("")
def list_items(event: ToRead, session: Db, paging: Paging) -> Page[ItemAnswer]:
    """The items of the programme."""
    rows, after = paged(session, items_of(event), paging, models.ProgrammeItem.id)
    return Page[ItemAnswer](items=[_answer(row) for row in rows], next=after)


@router.post("", status_code=201)
def create_item(body: ItemBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now) -> ItemAnswer:
    """A new item."""
    item = add_item(session, event, _facts(body), now)
    _record(session, caller, "create-item", item, now)
    response.headers["Location"] = f"/api/v1/events/{event.slug}/programme/{item.id}"
    return _tagged(item, response)


@router.get("/{item_id}")
def read_item(item_id: Id, event: ToRead, session: Db, response: Response) -> ItemAnswer:
    """One item."""
    return _tagged(item_of(session, event, item_id), response)


@router.patch("/{item_id}")
def change_one_item(
    item_id: Id,
    body: ItemChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
) -> ItemAnswer:
    """Change what is sent of an item. Calendars learn of it."""
    item = item_of(session, event, item_id, locked=True)
    matched(tags, etag_of(_answer(item)))
    if change_item(session, event, item, _facts(_stands(item).model_copy(update=body.said())), now):
        _record(session, caller, "change-item", item, now)
    else:
        audit.nothing_changed(session)
    return _tagged(item, response)


@router.delete("/{item_id}", status_code=204)
def delete_item(item_id: Id, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now) -> None:
    """Take an item off the programme, and everybody off its list."""
    item = item_of(session, event, item_id, locked=True)
    matched(tags, etag_of(_answer(item)))
    _record(session, caller, "delete-item", item, now)
    remove_item(session, item)


@router.get("/{item_id}/registrations")
def list_registrations(item_id: Id, event: ToRead, session: Db, paging: Paging) -> Page[RegistrationAnswer]:
    """Who is registered for an item."""
    item = item_of(session, event, item_id)
    rows, after = paged(session, registrations_of(item), paging, models.ProgrammeRegistration.delegate_id)
    return Page[RegistrationAnswer](items=[_registered(row) for row in rows], next=after)


@router.post("/{item_id}/registrations", status_code=201)
def register_delegate(
    item_id: Id, body: RegistrationBody, event: ToEdit, caller: Editor, session: Db, now: Now
) -> RegistrationAnswer:
    """Register a delegate, as long as there are places."""
    item = item_of(session, event, item_id, locked=True)
    row = register(session, event, item, body.delegate, now)
    _record(session, caller, "register-for-item", item, now, delegate=body.delegate)
    return _registered(row)


@router.delete("/{item_id}/registrations/{delegate_id}", status_code=204)
def withdraw_delegate(item_id: Id, delegate_id: Id, event: ToEdit, caller: Editor, session: Db, now: Now) -> None:
    """Take a delegate off the list of an item."""
    item = item_of(session, event, item_id, locked=True)
    withdraw(session, item, delegate_id)
    _record(session, caller, "withdraw-from-item", item, now, delegate=delegate_id)


def _facts(body: ItemBody) -> ItemFacts:
    return ItemFacts(
        body.title,
        body.starts_at,
        body.ends_at,
        body.room,
        body.capacity,
        tuple(dict.fromkeys(body.languages)),
        tuple(dict.fromkeys(body.attendance.split(","))),
        body.online_link,
    )


def _stands(item: models.ProgrammeItem) -> ItemBody:
    return ItemBody.model_construct(
        title=item.title,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        room=item.room,
        capacity=item.capacity,
        languages=item.languages,
        attendance=item.attendance,
        online_link=item.online_link,
    )


def _record(
    session: Session, caller: Caller, deed: str, item: models.ProgrammeItem, now: datetime, delegate: int | None = None
) -> None:
    after: Facts | None = None if delegate is None else {"delegate": delegate}
    subject = f"item:{item.id}"
    audit.record(session, caller.name, deed, event_id=item.event_id, subject=subject, after=after, now=now)


def _answer(item: models.ProgrammeItem) -> ItemAnswer:
    return ItemAnswer(
        id=item.id,
        uid=item.uid,
        title=item.title,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        room=item.room,
        capacity=item.capacity,
        registered=len(item.registered),
        languages=item.languages,
        attendance=item.attendance,
        online_link=item.online_link,
    )


def _registered(row: models.ProgrammeRegistration) -> RegistrationAnswer:
    return RegistrationAnswer(delegate=row.delegate_id, registered_at=row.created_at)


def _tagged(item: models.ProgrammeItem, response: Response) -> ItemAnswer:
    answer = _answer(item)
    response.headers["ETag"] = etag_of(answer)
    return answer
