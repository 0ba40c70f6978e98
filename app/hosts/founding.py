"""Founding a host, a team of organisers, and finding the one that is meant."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, NotFound

FIRST = "Ronde"
SEVERAL = (
    "Several teams share this database: say which one with --host NAME, where the command takes it, or use the"
    " service, which knows who you are."
)


def known_host(session: Session) -> models.Host | None:
    """Return the host of a database that has one, None for an empty one."""
    hosts = session.scalars(select(models.Host).limit(2)).all()
    if len(hosts) > 1:
        raise Conflict(SEVERAL)
    return hosts[0] if hosts else None


def only_host(session: Session, now: datetime) -> models.Host:
    """Return the host of a database that has one, founding it in an empty one."""
    host = known_host(session)
    if host is None:
        host = models.Host(name=FIRST, created_at=now)
        session.add(host)
        session.flush()
    return host


def named_host(session: Session, name: str) -> models.Host:
    """Return the host of a name. Raises NotFound."""
    host = session.scalar(select(models.Host).where(models.Host.name == name))
    if host is None:
        raise NotFound("There is no team “{name}”.", name=name)
    return host


def found_host(session: Session, name: str, now: datetime) -> models.Host:
    """Return the host of a name, founding it where there is none."""
    host = session.scalar(select(models.Host).where(models.Host.name == name))
    if host is None:
        host = models.Host(name=name, created_at=now)
        session.add(host)
        session.flush()
    return host
