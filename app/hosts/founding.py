"""Founding a host: the team of organisers that a database belongs to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict

FIRST = "Ronde"


def known_host(session: Session) -> models.Host | None:
    """Return the host of a database that has one, None for an empty one."""
    hosts = session.scalars(select(models.Host).limit(2)).all()
    if len(hosts) > 1:
        raise Conflict("Several teams share this database; import through the service, which knows who you are.")
    return hosts[0] if hosts else None


def only_host(session: Session, now: datetime) -> models.Host:
    """Return the host of a database that has one, founding it in an empty one."""
    host = known_host(session)
    if host is None:
        host = models.Host(name=FIRST, created_at=now)
        session.add(host)
        session.flush()
    return host
