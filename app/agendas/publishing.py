"""Publishing: a version is frozen, and every meeting that it changes gets the next number in its sequence."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.errors import Conflict

Place = tuple[int, int | None, int | None, tuple[int, ...]]
"""What calendars show of a meeting: slot, table, interpreter, who attends."""


def publish(session: Session, version: models.Version, now: datetime) -> None:
    """Freeze a version. Meetings that move, go or come back count on; a second time is refused."""
    if version.published_at is not None:
        raise Conflict(f"Version {version.number} is already published.")
    before = _last_published(session, version)
    ever = set(
        session.scalars(
            select(models.Meeting.identity_id)
            .join(models.Version, models.Version.id == models.Meeting.version_id)
            .where(models.Version.event_id == version.event_id, models.Version.published_at.is_not(None))
        )
    )
    old, new = _places(session, before) if before else {}, _places(session, version)
    touched = {identity for identity in old.keys() | new.keys() if old.get(identity) != new.get(identity)}
    rows = session.scalars(select(models.MeetingIdentity).where(models.MeetingIdentity.event_id == version.event_id))
    for identity in rows:
        if identity.id in touched:
            identity.sequence += int(identity.id in ever)
            identity.changed_at = now
    version.published_at = now


def _last_published(session: Session, version: models.Version) -> models.Version | None:
    return session.scalar(
        select(models.Version)
        .where(models.Version.event_id == version.event_id, models.Version.published_at.is_not(None))
        .order_by(models.Version.number.desc())
        .limit(1)
    )


def _places(session: Session, version: models.Version) -> dict[int, Place]:
    meetings = session.scalars(
        select(models.Meeting)
        .where(models.Meeting.version_id == version.id)
        .options(selectinload(models.Meeting.attendances))
    )
    return {
        one.identity_id: (
            one.slot_id,
            one.table_id,
            one.interpreter_id,
            tuple(attendance.delegate_id for attendance in one.attendances),
        )
        for one in meetings
    }
