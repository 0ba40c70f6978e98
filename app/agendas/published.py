"""What was published of an event: the version in force, and what somebody was told before and no longer holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import models
from app.agendas.cast import Cast, Places, entries_of, is_of, meetings_where, partners_in
from app.agendas.ical import Cancelled


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version: its key, its number, and when it was published."""

    key: int
    number: int
    at: datetime


def version_in_force(event_id: int | InstrumentedAttribute[int]) -> Select[int]:
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
    """Return the meetings that an organisation, or one delegate of it, was told of and that they no longer have."""
    return cancelled_around(session, event, {organisation_id}).get((organisation_id, delegate_id), ())


def cancelled_around(
    session: Session, event: models.Event, organisations: Collection[int]
) -> Mapping[tuple[int, int | None], tuple[Cancelled, ...]]:
    """Return the meetings that somebody was told of and no longer has, for organisations and for each delegate of them.

    Each is as they were last told of it. A meeting that another delegate of theirs has taken over is gone for the one.
    """
    told = publications(session, event.id)
    if len(told) < 2:
        return {}
    place = {one.number: at for at, one in enumerate(told)}
    gone = {
        (whose, identity): place[number]
        for (whose, identity), number in _last_told(session, event, organisations).items()
        if number in place and number < told[-1].number
    }
    if not gone:
        return {}
    versions = {told[at].key for at in gone.values()}
    identities = {identity for _whose, identity in gone}
    meetings = meetings_where(
        session, models.Meeting.identity_id.in_(identities), models.Meeting.version_id.in_(versions)
    )
    cast = Cast(session, event, organisations, partners_in(meetings))
    places = Places(session, meetings)
    found: dict[tuple[int, int | None], list[Cancelled]] = defaultdict(list)
    told_as = {(one.version_id, one.identity_id): one for one in meetings}
    for (whose, identity), at in gone.items():
        meeting = told_as[told[at].key, identity]
        (entry,) = entries_of([meeting], cast, places, {whose[0]})[whose[0]]
        found[whose].append(Cancelled(entry, told[at + 1].at))
    return {whose: tuple(sorted(those, key=_as_told)) for whose, those in found.items()}


def _as_told(one: Cancelled) -> tuple[datetime, str]:
    return one.entry.starts_at, one.entry.uid


def _last_told(
    session: Session, event: models.Event, organisations: Collection[int]
) -> Mapping[tuple[tuple[int, int | None], int], int]:
    """The number of the last publication by which each of them was told of a meeting, by its identity."""
    identity, meeting, seat = models.MeetingIdentity, models.Meeting, models.Attendance
    sides = identity.organisation_a_id, identity.organisation_b_id
    rows = session.execute(
        select(identity.id, *sides, seat.side, seat.delegate_id, func.max(models.Version.number))
        .join(meeting, meeting.identity_id == identity.id)
        .join(seat, seat.meeting_id == meeting.id)
        .join(models.Version, models.Version.id == meeting.version_id)
        .where(identity.event_id == event.id, is_of(*organisations), models.Version.published_at.is_not(None))
        .group_by(identity.id, *sides, seat.side, seat.delegate_id)
    )
    last: dict[tuple[tuple[int, int | None], int], int] = {}
    for key, one, other, side, delegate, number in rows:
        organisation = other if side else one
        if organisation in organisations:
            for whose in ((organisation, None), (organisation, delegate)):
                last[whose, key] = max(last.get((whose, key), 0), number)
    return last
