"""API keys: made, told once, revoked."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import models
from app.hosts.roles import Role
from app.hosts.secrets import KEY, Secret, new_secret


def make_key(
    session: Session, host_id: int, name: str, role: Role, event_id: int | None, now: datetime
) -> tuple[models.ApiKey, Secret]:
    """Return a new key and its secret, which nobody can be told again."""
    assert role in (Role.READER, Role.EDITOR), "a key reads, or reads and writes"
    secret = new_secret(KEY)
    row = models.ApiKey(
        digest=secret.digest,
        start=secret.start,
        host_id=host_id,
        event_id=event_id,
        name=name,
        role=role.word,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row, secret


def revoke_key(key: models.ApiKey, now: datetime) -> bool:
    """End a key from now on, and say whether it had not ended before."""
    if key.revoked_at is not None:
        return False
    key.revoked_at = now
    return True
