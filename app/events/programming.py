"""Changing the programme: items, and who is registered for one, as long as there are places."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Invalid, NotFound
from app.events.kinds import kinds_of

ALL, BY_REGISTRATION = "all", "registration"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item as it is wanted; `attendance` is `all`, `registration`, or kinds."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    capacity: int | None
    languages: tuple[str, ...]
    attendance: tuple[str, ...]
    online_link: str | None


def add_item(session: Session, event: models.Event, wanted: ItemFacts, now: datetime) -> models.ProgrammeItem:
    """Put an item on the programme."""
    _check(session, event, None, wanted)
    item = models.ProgrammeItem(event_id=event.id, uid=str(uuid.uuid4()), sequence=0, changed_at=now, registered=[])
    item.take(_columns(wanted))
    session.add(item)
    session.flush()
    return item


def change_item(
    session: Session, event: models.Event, item: models.ProgrammeItem, wanted: ItemFacts, now: datetime
) -> bool:
    """Change an item; say whether anything differs. Its sequence grows, so that calendars see it."""
    _check(session, event, item, wanted)
    if not item.take(_columns(wanted)):
        return False
    item.sequence += 1
    item.changed_at = now
    session.flush()
    return True


def remove_item(session: Session, item: models.ProgrammeItem) -> None:
    """Take an item off the programme."""
    session.delete(item)
    session.flush()


def register(
    session: Session, event: models.Event, item: models.ProgrammeItem, delegate_id: int, now: datetime
) -> models.ProgrammeRegistration:
    """Register a delegate. The item is locked by whoever asks, so that nobody else takes the last place meanwhile."""
    delegate = session.get(models.Delegate, delegate_id)
    if delegate is None or delegate.event_id != event.id or delegate.is_withdrawn:
        raise NotFound("There is no such delegate.")
    if item.attendance != BY_REGISTRATION:
        raise Conflict("Nobody registers for this item: it says itself who attends.")
    if any(row.delegate_id == delegate_id for row in item.registered):
        raise Conflict("This delegate is registered already.")
    if item.capacity is not None and len(item.registered) >= item.capacity:
        raise Conflict("All {capacity} places are taken.", capacity=item.capacity)
    row = models.ProgrammeRegistration(item_id=item.id, delegate_id=delegate_id, created_at=now)
    item.registered.append(row)
    session.flush()
    return row


def withdraw(session: Session, item: models.ProgrammeItem, delegate_id: int) -> None:
    """Take a delegate off the list of an item."""
    row = next((row for row in item.registered if row.delegate_id == delegate_id), None)
    if row is None:
        raise NotFound("This delegate is not registered.")
    item.registered.remove(row)
    session.flush()


def registrations_of(item: models.ProgrammeItem) -> Select[models.ProgrammeRegistration]:
    """Who is registered for an item."""
    return select(models.ProgrammeRegistration).where(models.ProgrammeRegistration.item_id == item.id)


def _check(session: Session, event: models.Event, item: models.ProgrammeItem | None, wanted: ItemFacts) -> None:
    if wanted.ends_at <= wanted.starts_at:
        raise Invalid("The item ends before it starts.")
    unknown = [one for one in wanted.attendance if one not in kinds_of(event.kinds)]
    if unknown and wanted.attendance not in ((ALL,), (BY_REGISTRATION,)):
        raise Invalid("“{kind}” is no kind of this event; say all, registration, or kinds.", kind=unknown[0])
    if item is not None and wanted.capacity is not None and wanted.capacity < len(item.registered):
        raise Conflict("{count} are registered already; there cannot be fewer places.", count=len(item.registered))
    same = select(models.ProgrammeItem.id).where(
        models.ProgrammeItem.event_id == event.id,
        models.ProgrammeItem.title == wanted.title,
        models.ProgrammeItem.starts_at == wanted.starts_at,
    )
    if session.scalar(same.where(models.ProgrammeItem.id != (item.id if item else 0))) is not None:
        raise Conflict("The programme has an item with this title at this time already.")


def _columns(wanted: ItemFacts) -> dict[str, object]:
    return {**asdict(wanted), "languages": list(wanted.languages), "attendance": ",".join(wanted.attendance)}
