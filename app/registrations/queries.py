"""Who comes to an event: organisations and delegates, looked for and looked up."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.errors import NotFound
from app.registrations.identity import name_key


def organisations_of(
    event: models.Event, words: str | None = None, kind: str | None = None, country: str | None = None
) -> Select[models.Organisation]:
    """The organisations that come, with what they are answered with; `words` stand in name, city or reference."""
    found = (
        select(models.Organisation)
        .where(models.Organisation.event_id == event.id, models.Organisation.is_withdrawn.is_(False))
        .options(
            selectinload(models.Organisation.delegates),
            selectinload(models.Organisation.provisions),
            selectinload(models.Organisation.labels),
        )
    )
    if words:
        found = found.where(
            or_(
                models.Organisation.name_key.contains(name_key(words), autoescape=True),
                models.Organisation.city.icontains(words, autoescape=True),
                models.Organisation.reference == words,
            )
        )
    if kind is not None:
        found = found.where(models.Organisation.kind == kind)
    if country is not None:
        found = found.where(models.Organisation.country == country)
    return found


def organisation_of(
    session: Session, event: models.Event, organisation_id: int, *, locked: bool = False
) -> models.Organisation:
    """Return an organisation that comes to this event; raise NotFound for another's and for one that was withdrawn."""
    found = session.get(models.Organisation, organisation_id, with_for_update=locked or None)
    if found is None or found.event_id != event.id or found.is_withdrawn:
        raise NotFound("There is no such organisation.")
    return found


def delegates_of(
    event: models.Event, words: str | None = None, organisation_id: int | None = None, *, by_email: bool = False
) -> Select[models.Delegate]:
    """The delegates who come; `words` stand in a name, or with `by_email` in an address."""
    found = select(models.Delegate).where(models.Delegate.event_id == event.id, models.Delegate.is_withdrawn.is_(False))
    if words:
        looked_at = [models.Delegate.first_name, models.Delegate.last_name]
        looked_at += [models.Delegate.email] if by_email else []
        found = found.where(or_(*(column.icontains(words, autoescape=True) for column in looked_at)))
    if organisation_id is not None:
        found = found.where(models.Delegate.organisation_id == organisation_id)
    return found


def delegate_of(session: Session, event: models.Event, delegate_id: int, *, locked: bool = False) -> models.Delegate:
    """Return a delegate who comes to this event; raise NotFound for another's and for one who was withdrawn."""
    found = session.get(models.Delegate, delegate_id, with_for_update=locked or None)
    if found is None or found.event_id != event.id or found.is_withdrawn:
        raise NotFound("There is no such delegate.")
    return found
