"""Which events there are, and the parts of one."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.errors import NotFound


def events_of(host_id: int, event_id: int | None, words: str | None) -> Select[models.Event]:
    """The events of a host, or the only one of a key, whose name or venue holds these words."""
    found = select(models.Event).where(models.Event.host_id == host_id).options(selectinload(models.Event.sessions))
    if event_id is not None:
        found = found.where(models.Event.id == event_id)
    if words:
        found = found.where(
            or_(
                models.Event.name.icontains(words, autoescape=True),
                models.Event.venue.icontains(words, autoescape=True),
            )
        )
    return found


def item_of(session: Session, event: models.Event, item_id: int, *, locked: bool = False) -> models.ProgrammeItem:
    """Return an item of the programme of this event; raise NotFound for another's. `locked`: until the request ends."""
    found = session.get(models.ProgrammeItem, item_id, with_for_update=locked or None)
    if found is None or found.event_id != event.id:
        raise NotFound("There is no such item in the programme.")
    return found


def items_of(event: models.Event) -> Select[models.ProgrammeItem]:
    """The programme of an event."""
    return select(models.ProgrammeItem).where(models.ProgrammeItem.event_id == event.id)


@dataclass(frozen=True, slots=True)
class Stranded:
    """How many meetings of the version in force have lost their slot, table or interpreter. Number 0: none is."""

    number: int
    count: int


def stranded(session: Session, event: models.Event) -> Stranded:
    """Return what changes of the event have left without ground in the timetable that everybody reads."""
    meeting, version = models.Meeting, models.Version
    in_force = select(func.max(version.number)).where(version.event_id == event.id, version.published_at.is_not(None))
    number = None if event.id is None else session.scalar(in_force)
    if number is None:
        return Stranded(0, 0)
    lost = (
        select(func.count(meeting.id))
        .join(version, version.id == meeting.version_id)
        .join(models.Slot, models.Slot.id == meeting.slot_id)
        .outerjoin(models.Table, models.Table.id == meeting.table_id)
        .outerjoin(models.Interpreter, models.Interpreter.id == meeting.interpreter_id)
        .where(version.event_id == event.id, version.number == number)
        .where(or_(models.Slot.is_withdrawn, models.Table.is_withdrawn, models.Interpreter.is_withdrawn))
    )
    return Stranded(number, session.scalars(lost).one())


def choices_of(event: models.Event) -> Select[models.ColumnChoice]:
    """The headers that were settled by hand."""
    return select(models.ColumnChoice).where(models.ColumnChoice.event_id == event.id)
