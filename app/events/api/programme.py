"""The programme beside the meetings: its items, and who is registered for one."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from app import models
from app.events.access import event_for
from app.events.api.changes import Changing_, Making_, tagged
from app.events.fields import EventMoment, LanguageCodes, WebAddress
from app.events.programming import ItemFacts, add_item, change_item, register, registrations_of, remove_item, withdraw
from app.events.queries import item_of, items_of
from app.hosts.access import Role
from app.web.fields import LARGE, SMALL, Answer, Body, Change, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db

router = Router(prefix="/api/v1/events/{slug}/programme", tags=["programme"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
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


class ItemChange(ItemBody, Change):
    """What is to change of an item."""

    title: Line = ""
    starts_at: EventMoment = NEVER
    ends_at: EventMoment = NEVER


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
def create_item(body: ItemBody, making: Making_) -> ItemAnswer:
    """A new item."""
    item = add_item(making.session, making.event, _facts(body), making.now)
    making.record("create-item", f"item:{item.id}")
    return making.made(_answer(item), "programme", item.id)


@router.get("/{item_id}")
def read_item(item_id: Id, event: ToRead, session: Db, response: Response) -> ItemAnswer:
    """One item."""
    return tagged(_answer(item_of(session, event, item_id)), response)


@router.patch("/{item_id}")
def change_one_item(item_id: Id, body: ItemChange, changing: Changing_) -> ItemAnswer:
    """Change what is sent of an item. Calendars learn of it."""
    item = item_of(changing.session, changing.event, item_id, locked=True)
    changing.matched(_answer(item))
    wanted = _facts(_stands(item).model_copy(update=body.said()))
    is_changed = change_item(changing.session, changing.event, item, wanted, changing.now)
    changing.noted("change-item", f"item:{item_id}", is_changed=is_changed)
    return changing.tagged(_answer(item))


@router.delete("/{item_id}", status_code=204)
def delete_item(item_id: Id, changing: Changing_) -> None:
    """Take an item off the programme, and everybody off its list."""
    item = item_of(changing.session, changing.event, item_id, locked=True)
    changing.matched(_answer(item))
    changing.record("delete-item", f"item:{item_id}")
    remove_item(changing.session, item)


@router.get("/{item_id}/registrations")
def list_registrations(item_id: Id, event: ToRead, session: Db, paging: Paging) -> Page[RegistrationAnswer]:
    """Who is registered for an item."""
    item = item_of(session, event, item_id)
    rows, after = paged(session, registrations_of(item), paging, models.ProgrammeRegistration.delegate_id)
    return Page[RegistrationAnswer](items=[_registered(row) for row in rows], next=after)


@router.post("/{item_id}/registrations", status_code=201)
def register_delegate(item_id: Id, body: RegistrationBody, making: Making_) -> RegistrationAnswer:
    """Register a delegate, as long as there are places."""
    item = item_of(making.session, making.event, item_id, locked=True)
    row = register(making.session, making.event, item, body.delegate, making.now)
    making.record("register-for-item", f"item:{item_id}", {"delegate": body.delegate})
    return _registered(row)


@router.delete("/{item_id}/registrations/{delegate_id}", status_code=204)
def withdraw_delegate(item_id: Id, delegate_id: Id, making: Making_) -> None:
    """Take a delegate off the list of an item."""
    item = item_of(making.session, making.event, item_id, locked=True)
    withdraw(making.session, item, delegate_id)
    making.record("withdraw-from-item", f"item:{item_id}", {"delegate": delegate_id})


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
