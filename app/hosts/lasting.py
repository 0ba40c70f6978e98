"""How long a sign-in lasts, finding whose secret it is, and noting that they were seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import models
from app.hosts.roles import Caller, Role
from app.hosts.secrets import digest_of

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)
"""How precisely it is kept when somebody was last seen: not every request writes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who asks, the row that says so, and when it was last noted; None: never."""

    caller: Caller
    table: type[models.SignIn] | type[models.ApiKey]
    id: int
    at: datetime | None

    def is_to_be_noted(self, now: datetime) -> bool:
        return self.at is None or now - self.at >= NOTED_EVERY


def is_over(row: models.SignIn, now: datetime) -> bool:
    """Whether a sign-in has ended: nothing was seen of it for long, or it is old."""
    return now >= min(row.seen_at + IDLE, row.created_at + ABSOLUTE)


def seen_sign_in(session: Session, secret: str, now: datetime) -> Seen | None:
    """Return who is signed in with this secret, None when nobody is (any more)."""
    found = session.execute(
        select(models.SignIn, models.Membership.role)
        .join(
            models.Membership,
            (models.Membership.organiser_id == models.SignIn.organiser_id)
            & (models.Membership.host_id == models.SignIn.host_id),
        )
        .where(models.SignIn.digest == digest_of(secret))
    ).one_or_none()
    if found is None or is_over(found[0], now):
        return None
    row, role = found
    caller = Caller("organiser", row.organiser_id, row.host_id, Role.of(role), None)
    return Seen(caller, models.SignIn, row.id, row.seen_at)


def seen_key(session: Session, secret: str) -> Seen | None:
    """Return the key whose secret this is, None when there is none, or it was revoked."""
    row = session.scalar(
        select(models.ApiKey).where(models.ApiKey.digest == digest_of(secret), models.ApiKey.revoked_at.is_(None))
    )
    if row is None:
        return None
    caller = Caller("key", row.id, row.host_id, Role.of(row.role), row.event_id)
    return Seen(caller, models.ApiKey, row.id, row.seen_at)


def note(session: Session, seen: Seen, now: datetime) -> None:
    """Keep when somebody was last seen."""
    session.execute(update(seen.table).where(seen.table.id == seen.id).values(seen_at=now))
