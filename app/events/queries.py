"""Which events there are, and the parts of one."""

from sqlalchemy import Select, or_, select
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


def choices_of(event: models.Event) -> Select[models.ColumnChoice]:
    """The headers that were settled by hand."""
    return select(models.ColumnChoice).where(models.ColumnChoice.event_id == event.id)
