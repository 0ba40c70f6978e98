"""Reads of a host: its events, members, open invitations, keys and sign-ins."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app import models
from app.errors import NotFound


def events_of(session: Session, host_id: int) -> list[tuple[models.Event, str | None]]:
    """Return the events of a host, the newest first, and the first day of each as it is written in ISO 8601."""
    first_day = func.min(models.Session.day)
    rows = session.execute(
        select(models.Event, first_day)
        .outerjoin(models.Session, models.Session.event_id == models.Event.id)
        .where(models.Event.host_id == host_id)
        .group_by(models.Event.id)
        .order_by(first_day.desc(), models.Event.id.desc())
    )
    return [(event, None if day is None else day.isoformat()) for event, day in rows]


def hosts_of(session: Session, organiser_id: int) -> list[models.Host]:
    """Return the hosts that an organiser is in."""
    mine = select(models.Membership.host_id).where(models.Membership.organiser_id == organiser_id)
    return list(session.scalars(select(models.Host).where(models.Host.id.in_(mine)).order_by(models.Host.id)))


def keys_of(host_id: int) -> Select[models.ApiKey]:
    """Return the keys of a host, the revoked ones too."""
    return select(models.ApiKey).where(models.ApiKey.host_id == host_id)


def invitations_of(host_id: int) -> Select[models.Invitation]:
    """Return the invitations of a host that nobody has used."""
    return select(models.Invitation).where(models.Invitation.host_id == host_id, models.Invitation.used_at.is_(None))


def sign_ins_of(host_id: int) -> Select[models.SignIn]:
    """Return the sign-ins of a host."""
    return select(models.SignIn).where(models.SignIn.host_id == host_id)


def members_of(host_id: int) -> Select[models.Membership]:
    """Return the members of a host, each with the organiser."""
    return (
        select(models.Membership)
        .where(models.Membership.host_id == host_id)
        .options(joinedload(models.Membership.organiser))
    )


def member_of(session: Session, host_id: int, organiser_id: int) -> models.Membership | None:
    """Return a member of a host, None where there is none of that id."""
    return session.scalar(members_of(host_id).where(models.Membership.organiser_id == organiser_id))


def entries_of(host_id: int) -> Select[models.AuditEntry]:
    """Return the audit log of a host: of its events too, by whomever."""
    events = select(models.Event.id).where(models.Event.host_id == host_id)
    return select(models.AuditEntry).where(
        (models.AuditEntry.host_id == host_id) | models.AuditEntry.event_id.in_(events)
    )


def event_named(session: Session, host_id: int, slug: str) -> models.Event:
    """Return the event of a host by its name in addresses. Raises NotFound."""
    event = session.scalar(select(models.Event).where(models.Event.host_id == host_id, models.Event.slug == slug))
    if event is None:
        raise NotFound("There is no event “{slug}”.", slug=slug)
    return event


def slugs_of(session: Session, event_ids: Sequence[int]) -> dict[int, str]:
    """Return the names in addresses of these events."""
    events = session.scalars(select(models.Event).where(models.Event.id.in_(event_ids)))
    return {event.id: event.slug for event in events}
