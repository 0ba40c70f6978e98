"""How long a sign-in lasts, finding whose secret it is, and noting that they were seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app import models
from app.hosts.roles import Caller, Role
from app.hosts.secrets import digest_of

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)
"""How precisely it is kept when somebody was last seen: not every request writes."""

# Asked with every request, and therefore put together once.
SIGNED_IN = (
    select(
        models.SignIn.id,
        models.SignIn.organiser_id,
        models.SignIn.host_id,
        models.SignIn.seen_at,
        models.SignIn.created_at,
        models.Membership.role,
    )
    .join(
        models.Membership,
        (models.Membership.organiser_id == models.SignIn.organiser_id)
        & (models.Membership.host_id == models.SignIn.host_id),
    )
    .where(models.SignIn.digest == bindparam("digest"))
)
KEY = select(
    models.ApiKey.id, models.ApiKey.host_id, models.ApiKey.role, models.ApiKey.event_id, models.ApiKey.seen_at
).where(models.ApiKey.digest == bindparam("digest"), models.ApiKey.revoked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Seen:
    """Who asks, the row that says so, and when it was last noted; None: never."""

    caller: Caller
    table: type[models.SignIn] | type[models.ApiKey]
    id: int
    at: datetime | None

    def is_to_be_noted(self, now: datetime) -> bool:
        return self.at is None or now - self.at >= NOTED_EVERY


def is_over(seen_at: datetime, created_at: datetime, now: datetime) -> bool:
    """Whether a sign-in has ended: nothing was seen of it for long, or it is old."""
    return now >= min(seen_at + IDLE, created_at + ABSOLUTE)


def seen_sign_in(session: Session, secret: str, now: datetime) -> Seen | None:
    """Return who is signed in with this secret, None when nobody is (any more)."""
    found = session.execute(SIGNED_IN, {"digest": digest_of(secret)}).one_or_none()
    if found is None or is_over(found.seen_at, found.created_at, now):
        return None
    caller = Caller("organiser", found.organiser_id, found.host_id, Role.of(found.role), None)
    return Seen(caller, models.SignIn, found.id, found.seen_at)


def seen_key(session: Session, secret: str) -> Seen | None:
    """Return the key whose secret this is, None when there is none, or it was revoked."""
    found = session.execute(KEY, {"digest": digest_of(secret)}).one_or_none()
    if found is None:
        return None
    caller = Caller("key", found.id, found.host_id, Role.of(found.role), found.event_id)
    return Seen(caller, models.ApiKey, found.id, found.seen_at)


def note(session: Session, seen: Seen, now: datetime) -> None:
    """Keep when somebody was last seen."""
    session.execute(update(seen.table).where(seen.table.id == seen.id).values(seen_at=now))
