"""What was published of an event: the version in force, and what somebody was told before and no longer holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Select, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.cast import Cast, Places, entries_of, is_of, meetings_where, partners_in
from app.agendas.ical import Cancelled


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version: its key, its number, and when it was published."""

    key: int
    number: int
    at: datetime


def version_in_force(event_id: int | BindParameter[int]) -> Select[int]:
    """Return the question for the key of the last published version. Numbers count, not clocks, which may go wrong."""
    return (
        select(models.Version.id)
        .where(models.Version.event_id == event_id, models.Version.published_at.is_not(None))
        .order_by(models.Version.number.desc())
        .limit(1)
    )


def last_published(session: Session, event_id: int) -> models.Version | None:
    """Return the version in force; None before the first publication."""
    in_force = version_in_force(event_id).scalar_subquery()
    return session.scalar(select(models.Version).where(models.Version.id == in_force))


def publications(session: Session, event_id: int) -> list[Publication]:
    """Return all published versions, the oldest first."""
    rows = session.execute(
        select(models.Version.id, models.Version.number, models.Version.published_at)
        .where(models.Version.event_id == event_id, models.Version.published_at.is_not(None))
        .order_by(models.Version.number)
    )
    return [Publication(key, number, at) for key, number, at in rows if at is not None]


def cancelled_for(
    session: Session, event: models.Event, organisation_id: int, delegate_id: int | None
) -> tuple[Cancelled, ...]:
    """Return the meetings that an organisation, or one delegate of it, was told of and that they no longer have.

    Each is as they were last told of it. A meeting that another delegate of theirs has taken over is gone for the one.
    """
    told = publications(session, event.id)
    if len(told) < 2:
        return ()
    last_told: dict[int, tuple[int, int]] = {}
    place = {one.key: at for at, one in enumerate(told)}
    for identity, version, meeting in session.execute(_told(organisation_id, delegate_id, [one.key for one in told])):
        last_told[identity] = max(last_told.get(identity, (-1, 0)), (place[version], meeting))
    gone = {meeting: told[at + 1].at for at, meeting in last_told.values() if at + 1 < len(told)}
    if not gone:
        return ()
    meetings = meetings_where(session, models.Meeting.id.in_(gone))
    cast = Cast(session, event, organisation_id, partners_in(meetings))
    places = Places(session, meetings)
    since = {one.identity.uid: gone[one.id] for one in meetings}
    entries = entries_of(meetings, cast, places, organisation_id)[organisation_id]
    return tuple(Cancelled(entry, since[entry.uid]) for entry in entries)


def _told(organisation_id: int, delegate_id: int | None, versions: Sequence[int]) -> Select[int, int, int]:
    asked = (
        select(models.Meeting.identity_id, models.Meeting.version_id, models.Meeting.id)
        .join(models.MeetingIdentity, models.MeetingIdentity.id == models.Meeting.identity_id)
        .where(is_of(organisation_id), models.Meeting.version_id.in_(versions))
    )
    if delegate_id is None:
        return asked
    return asked.join(models.Attendance, models.Attendance.meeting_id == models.Meeting.id).where(
        models.Attendance.delegate_id == delegate_id
    )
