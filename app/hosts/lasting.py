"""How long a sign-in lasts, and finding who a secret belongs to."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.hosts.roles import Caller, Role
from app.hosts.secrets import digest_of

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)
"""How precisely it is kept when somebody was last seen: not every request writes."""


def caller_of_sign_in(session: Session, secret: str, now: datetime) -> Caller | None:
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
    if found is None:
        return None
    sign_in, role = found
    if now >= min(sign_in.seen_at + IDLE, sign_in.created_at + ABSOLUTE):
        return None
    return Caller("organiser", sign_in.organiser_id, sign_in.host_id, Role[role.upper()], None)


def caller_of_key(session: Session, secret: str) -> Caller | None:
    """Return the key whose secret this is, None when there is none, or it was revoked."""
    key = session.scalar(
        select(models.ApiKey).where(models.ApiKey.digest == digest_of(secret), models.ApiKey.revoked_at.is_(None))
    )
    return None if key is None else Caller("key", key.id, key.host_id, Role[key.role.upper()], key.event_id)
