"""What organisations wish, looked for and looked up."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app import models
from app.errors import NotFound


def wishes_of(
    event: models.Event, organisation_id: int | None = None, *, refuses: bool | None = None
) -> Select[models.Wish]:
    """The wishes and refusals of an event: all, or those of and for one organisation."""
    found = select(models.Wish).where(models.Wish.event_id == event.id)
    if organisation_id is not None:
        found = found.where(or_(models.Wish.source_id == organisation_id, models.Wish.target_id == organisation_id))
    if refuses is not None:
        found = found.where(models.Wish.refuses.is_(refuses))
    return found


def wish_of(session: Session, event: models.Event, wish_id: int, *, locked: bool = False) -> models.Wish:
    """Return a wish of this event; raise NotFound for another's."""
    found = session.get(models.Wish, wish_id, with_for_update=locked or None)
    if found is None or found.event_id != event.id:
        raise NotFound("There is no such wish.")
    return found
