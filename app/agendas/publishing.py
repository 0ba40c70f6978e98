"""Publishing: a version is frozen, and every meeting that it changes gets the next number in its sequence."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import models
from app.agendas.published import last_published
from app.errors import Conflict
from app.schedules.differences import Difference, differences

AT_ONCE = 500
"""So many meetings are named in one statement."""

LATER = "Version {newest} is in force, and later than version {number}; copy that to publish it."


def publish(session: Session, version: models.Version, now: datetime) -> tuple[Difference, ...]:
    """Freeze a version and return what it changes for whom, against the one in force until now.

    Meetings that move, go or come back count on. Raises Conflict a second time, or where a later one is in force:
    numbers say which version counts.
    """
    session.refresh(version, with_for_update=True)
    session.execute(select(models.Event.id).where(models.Event.id == version.event_id).with_for_update(key_share=True))
    if version.published_at is not None:
        raise Conflict("Version {number} is already published.", number=version.number)
    before = last_published(session, version.event_id)
    if before is not None and before.number > version.number:
        raise Conflict(LATER, newest=before.number, number=version.number)
    changed = differences(session, before, version)
    _count_on(session, version, [one.meeting for one in changed], now)
    version.published_at = now
    session.flush()
    return changed


def _count_on(session: Session, version: models.Version, meetings: list[int], now: datetime) -> None:
    """Those that were published before get the next number; all that change show when."""
    identity, meeting = models.MeetingIdentity, models.Meeting
    ever = (
        select(meeting.identity_id)
        .join(models.Version, models.Version.id == meeting.version_id)
        .where(models.Version.event_id == version.event_id, models.Version.published_at.is_not(None))
    )
    for first in range(0, len(meetings), AT_ONCE):
        named = identity.id.in_(meetings[first : first + AT_ONCE])
        counted = update(identity).where(named, identity.id.in_(ever)).values(sequence=identity.sequence + 1)
        session.execute(counted.execution_options(synchronize_session=False))
        session.execute(
            update(identity).where(named).values(changed_at=now).execution_options(synchronize_session=False)
        )
    for row in session.identity_map.values():
        if isinstance(row, identity):
            session.expire(row)
