"""Arranging an event: its slots, tables, interpreters and programme become what is wanted, and nothing is lost.

What is no longer wanted goes, unless a version of the timetable was made with it: then it is withdrawn and stays.
"""

import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import models
from app.events.slots import LocalSession, SlotTime


@dataclass(frozen=True, slots=True)
class Place:
    """A table as it is wanted; `unavailable` are local times of each day."""

    name: str
    hall: str | None = None
    unavailable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Linguist:
    """An interpreter as they are wanted."""

    name: str
    languages: tuple[str, ...]
    unavailable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the programme as it is wanted."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    capacity: int | None
    languages: tuple[str, ...]
    attendance: str
    online_link: str | None


def arrange_sessions(session: Session, event: models.Event, wanted: Sequence[LocalSession]) -> bool:
    """Make the event's sessions these. Says whether anything changed, as all functions here do."""
    before = {(part.day, part.starts_at): part for part in event.sessions}
    after = {(part.day, part.starts_at): part for part in wanted}
    is_changed = False
    for key, part in before.items():
        if key not in after:
            session.delete(part)
            is_changed = True
    for key, local in after.items():
        row = before.get(key)
        if row is None:
            row = models.Session(event_id=event.id, day=local.day, starts_at=local.starts_at)
            session.add(row)
        is_changed |= row.take({"ends_at": local.ends_at})
    return is_changed


def arrange_slots(session: Session, event: models.Event, wanted: Sequence[SlotTime]) -> bool:
    """Make the event's slots these; one is known by its start and length."""
    return _arrange(
        session,
        {(slot.starts_at, slot.minutes): slot for slot in event.slots},
        {(time.starts_at, time.minutes): {"day": time.day, "session": time.session} for time in wanted},
        lambda key: models.Slot(event_id=event.id, starts_at=key[0], minutes=key[1]),
        models.Meeting.slot_id,
    )


def arrange_tables(session: Session, event: models.Event, wanted: Sequence[Place]) -> bool:
    """Make the event's tables these; one is known by its name."""
    return _arrange(
        session,
        {table.name: table for table in event.tables},
        {
            place.name: {
                "position": position,
                "hall": place.hall,
                "unavailable": [list(gap) for gap in place.unavailable],
            }
            for position, place in enumerate(wanted, 1)
        },
        lambda name: models.Table(event_id=event.id, name=name),
        models.Meeting.table_id,
    )


def arrange_interpreters(session: Session, event: models.Event, wanted: Sequence[Linguist]) -> bool:
    """Make the event's interpreters these; one is known by their name."""
    return _arrange(
        session,
        {interpreter.name: interpreter for interpreter in event.interpreters},
        {
            linguist.name: {
                "position": position,
                "languages": list(linguist.languages),
                "unavailable": [list(gap) for gap in linguist.unavailable],
            }
            for position, linguist in enumerate(wanted, 1)
        },
        lambda name: models.Interpreter(event_id=event.id, name=name),
        models.Meeting.interpreter_id,
    )


def arrange_programme(session: Session, event: models.Event, wanted: Sequence[Item], now: datetime) -> bool:
    """Make the programme this. An item keeps its identity in calendars when its time changes: its title says which."""
    left = list(event.programme)
    is_changed = False
    for item in sorted(wanted, key=lambda item: item.starts_at):
        same = [row for row in left if row.title == item.title]
        row = next((row for row in same if row.starts_at == item.starts_at), same[0] if same else None)
        if row is None:
            row = models.ProgrammeItem(event_id=event.id, uid=str(uuid.uuid4()), title=item.title, sequence=0)
            session.add(row)
        else:
            left.remove(row)
        is_known = row.id is not None
        if row.take(_values(item)):
            is_changed = True
            row.sequence += int(is_known)
            row.changed_at = now
    for row in left:
        session.delete(row)
    return is_changed or bool(left)


def _values(item: Item) -> dict[str, object]:
    return {
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "room": item.room,
        "capacity": item.capacity,
        "languages": list(item.languages),
        "attendance": item.attendance,
        "online_link": item.online_link,
    }


_Key = TypeVar("_Key", bound=Hashable)
_Row = TypeVar("_Row", bound=models.Withdrawable)


def _arrange(
    session: Session,
    before: Mapping[_Key, _Row],
    after: Mapping[_Key, Mapping[str, object]],
    make: Callable[[_Key], _Row],
    used_by: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> bool:
    is_changed = withdraw(session, [row for key, row in before.items() if key not in after], used_by)
    for key, values in after.items():
        row = before.get(key)
        if row is None:
            row = make(key)
            session.add(row)
        is_changed |= row.take({**values, "is_withdrawn": False})
    return is_changed


def withdraw(
    session: Session,
    rows: Iterable[models.Withdrawable],
    *used_by: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> bool:
    """Delete these rows, or withdraw those that one of the columns in `used_by` refers to."""
    going = [row for row in rows if not row.is_withdrawn]
    ids = {row.id for row in going}
    used = {found for column in used_by for found in session.scalars(select(column).where(column.in_(ids)).distinct())}
    for row in going:
        if row.id in used:
            row.is_withdrawn = True
        else:
            session.delete(row)
    return bool(going)
