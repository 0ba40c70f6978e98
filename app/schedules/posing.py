"""Posing the problem: an event, who comes and what they wish become what the engine is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app import models
from app.matching.pairing import Pair
from app.matching.queries import comers_of, gathering_of, organisation_id
from app.schedules.keys import FIRST, meeting_id, participant_id, table_id
from app.schedules.pins import Pinned, with_pins
from app.schedules.queries import schedule_of
from app.schedules.stage import Stage
from scheduler import Candidate, MeetingId, Problem, Schedule


@dataclass(frozen=True, slots=True)
class Posed:
    """The problem, and for each meeting that may be held the pair that it is for.

    `previous` is the timetable from which the search starts, as far as the problem still knows it; None: from nothing.
    `base` is the version that it is, by number and revision, and `pins` what was pinned there.
    """

    problem: Problem
    pairs: Mapping[MeetingId, Pair]
    previous: Schedule | None = None
    base: tuple[int, int] | None = None
    pins: Pinned = field(default_factory=Pinned)


def pose(session: Session, event: models.Event) -> Posed:
    """Return the problem of an event as it stands. Raises Invalid when its policy makes no sense."""
    return _posed(session, event, Stage(session, event), ())


def pose_from(session: Session, version: models.Version) -> Posed:
    """Return the problem of an event as it stands, to be solved from a version: what is pinned there stays as it is.

    Meetings of the version that nobody wished, and organisers put there, may be held too.
    """
    posed = pose_beside(session, version)
    assert posed.previous is not None, "a version holds something, if only nothing"
    return replace(posed, problem=with_pins(posed.problem, posed.previous, posed.pins))


def pose_beside(session: Session, version: models.Version) -> Posed:
    """Return the same, but what is pinned is only named."""
    event = session.get_one(models.Event, version.event_id)
    posed = _posed(session, event, Stage(session, event), _held(session, version))
    previous = schedule_of(session, version, posed.problem)
    base = version.number, version.revision
    return replace(posed, previous=previous, base=base, pins=pins_of(session, version))


def pins_of(session: Session, version: models.Version) -> Pinned:
    """Return what is pinned in a version."""
    identity = models.MeetingIdentity
    meetings = session.execute(
        select(identity.organisation_a_id, identity.organisation_b_id, identity.ordinal)
        .join(models.Meeting, models.Meeting.identity_id == identity.id)
        .where(models.Meeting.version_id == version.id, models.Meeting.is_pinned)
    )
    pins = session.scalars(select(models.Pin).where(models.Pin.version_id == version.id)).all()
    return Pinned(
        frozenset(meeting_id(*row) for row in meetings),
        frozenset(participant_id(one.organisation_id) for one in pins if one.organisation_id is not None),
        frozenset(table_id(one.table_id) for one in pins if one.table_id is not None),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting of a version: its pair, the smaller key first, and what it is worth."""

    one: int
    other: int
    ordinal: int
    value: int


def _posed(session: Session, event: models.Event, stage: Stage, held: Iterable[_Held]) -> Posed:
    comers = comers_of(session, event)
    rows = {organisation_id(one.id): one for one in comers}
    candidates: list[Candidate] = []
    pairs: dict[MeetingId, Pair] = {}

    def add(pair: Pair, ordinal: int = FIRST) -> None:
        one, other = sorted((rows[pair.a], rows[pair.b]), key=lambda side: side.id)
        candidates.append(stage.candidate(one, other, pair.value, ordinal))
        pairs[candidates[-1].id] = pair

    for pair in gathering_of(session, event).pairs():
        add(pair)
    refused = _refused(session, event) if held else frozenset()
    for one in held:
        ends = organisation_id(one.one), organisation_id(one.other)
        is_known = meeting_id(one.one, one.other, one.ordinal) in pairs
        if not is_known and rows.keys() >= set(ends) and frozenset((one.one, one.other)) not in refused:
            add(Pair(*ends, one.value), one.ordinal)
    problem = Problem(
        name=event.slug,
        slots=stage.slots,
        tables=stage.tables,
        participants=tuple(map(stage.participant, comers)),
        meetings=tuple(candidates),
        interpreters=stage.interpreters,
        rules=stage.rules,
    )
    return Posed(problem, pairs)


def _held(session: Session, version: models.Version) -> list[_Held]:
    identity = aliased(models.MeetingIdentity)
    rows = session.execute(
        select(identity.organisation_a_id, identity.organisation_b_id, identity.ordinal, models.Meeting.value)
        .join(identity, models.Meeting.identity_id == identity.id)
        .where(models.Meeting.version_id == version.id)
        .order_by(models.Meeting.id)
    )
    return [_Held(*row) for row in rows]


def _refused(session: Session, event: models.Event) -> frozenset[frozenset[int]]:
    wish = models.Wish
    rows = session.execute(select(wish.source_id, wish.target_id).where(wish.event_id == event.id, wish.refuses))
    return frozenset(frozenset((source, target)) for source, target in rows)
