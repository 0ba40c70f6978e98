"""Reads of a host: its events, members, open invitations, keys and sign-ins."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import models


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
