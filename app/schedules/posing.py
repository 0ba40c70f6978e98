"""Posing the problem: an event, who comes and what they wish become what the engine is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import models
from app.events.tables import table_named
from app.matching.pairing import Pair
from app.matching.policy import Policy
from app.matching.profile import COMPANY
from app.matching.queries import comers_of, delegates_of, gathering_of, organisation_id
from app.schedules.availability import Calendar, absences_of, attends, calendar_of, gaps_of
from app.schedules.understanding import Speaker, understanding
from scheduler import (
    Candidate,
    Delegate,
    DelegateId,
    Interpreter,
    InterpreterId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Rules,
    Slot,
    SlotId,
    Table,
    TableId,
)


@dataclass(frozen=True, slots=True)
class Posed:
    """The problem, and for each meeting that may be held the pair that it is for."""

    problem: Problem
    pairs: Mapping[MeetingId, Pair]


def pose(session: Session, event: models.Event) -> Posed:
    """Return the problem of an event as it stands. Raises Invalid when its policy makes no sense."""
    zone = ZoneInfo(event.time_zone)
    slots = [slot for slot in event.slots if not slot.is_withdrawn]
    calendar = calendar_of(slots, zone)
    comers = comers_of(session, event)
    gathering = gathering_of(session, event)
    planned = gathering.pairs()
    found = _Candidates(comers, [frozenset(one.languages) for one in _interpreters(event)])
    candidates = [found.candidate(pair) for pair in planned]
    problem = Problem(
        name=event.slug,
        slots=tuple(
            Slot(slot_id(slot.id), slot.day.isoformat(), _as_shown(slot, zone), slot.minutes, slot.session)
            for slot in slots
        ),
        tables=tuple(Table(table_id(one.id), _slots_in(calendar, one.unavailable)) for one in _tables(event)),
        participants=tuple(_participant(one, event, calendar, gathering.policy) for one in comers),
        meetings=tuple(candidates),
        interpreters=tuple(
            Interpreter(interpreter_id(one.id), frozenset(one.languages), _slots_in(calendar, one.unavailable))
            for one in _interpreters(event)
        ),
        rules=Rules(**event.rules),
    )
    return Posed(problem, {one.id: pair for one, pair in zip(candidates, planned, strict=True)})


def slot_id(key: int) -> SlotId:
    """Return the engine's id of a slot."""
    return SlotId(f"s{key}")


def table_id(key: int) -> TableId:
    """Return the engine's id of a table."""
    return TableId(f"t{key}")


def interpreter_id(key: int) -> InterpreterId:
    """Return the engine's id of an interpreter."""
    return InterpreterId(f"i{key}")


def participant_id(key: int) -> ParticipantId:
    """Return the engine's id of an organisation, the same as matching's."""
    return ParticipantId(organisation_id(key))


def meeting_id(one: int, other: int) -> MeetingId:
    """Return the engine's id of the meeting of two organisations, the smaller key first."""
    return MeetingId(f"{participant_id(one)}-{participant_id(other)}")


def delegate_id(key: int) -> DelegateId:
    """Return the engine's id of a delegate."""
    return DelegateId(f"d{key}")


def _as_shown(slot: models.Slot, zone: ZoneInfo) -> datetime:
    """The start as clocks show it, with its offset: two times of one zone would be compared without theirs."""
    local = slot.starts_at.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def _interpreters(event: models.Event) -> list[models.Interpreter]:
    return [one for one in event.interpreters if not one.is_withdrawn]


def _tables(event: models.Event) -> list[models.Table]:
    return [one for one in event.tables if not one.is_withdrawn]


def _slots_in(calendar: Calendar, intervals: models.Intervals) -> frozenset[SlotId]:
    return frozenset(slot_id(slot) for slot in calendar.slots_in(gaps_of(intervals)))


def _participant(
    organisation: models.Organisation, event: models.Event, calendar: Calendar, policy: Policy
) -> Participant:
    busy = frozenset[int]().union(
        *(
            calendar.slots_during(item.starts_at, item.ends_at)
            for item in event.programme
            if attends(item, organisation.kind)
        )
    )
    kind = organisation.kind or COMPANY
    home = table_named(event.tables, organisation.home_table) if organisation.home_table else None
    return Participant(
        participant_id(organisation.id),
        tuple(
            Delegate(
                delegate_id(one.id),
                frozenset(slot_id(slot) for slot in busy | calendar.slots_in(absences_of(one))),
            )
            for one in delegates_of(organisation)
        ),
        kind,
        policy.floor(kind, organisation.min_meetings),
        policy.cap(kind, organisation.max_meetings),
        (table_id(home.id),) if home else (),
    )


class _Candidates:
    """Turns pairs into meetings that may be held: who attends, in which language, at a table or online."""

    def __init__(self, comers: Sequence[models.Organisation], interpreters: Sequence[frozenset[str]]) -> None:
        self.comers: dict[str, models.Organisation] = {participant_id(one.id): one for one in comers}
        self.interpreters = interpreters

    def candidate(self, pair: Pair) -> Candidate:
        one, other = sorted((self.comers[pair.a], self.comers[pair.b]), key=lambda side: side.id)
        is_online = _is_online(one) or _is_online(other)
        sides = self._speakers(one, is_online=is_online), self._speakers(other, is_online=is_online)
        way = understanding(*sides, self.interpreters)
        able = tuple(frozenset(DelegateId(name) for name in side) for side in way.delegates)
        everybody = tuple(frozenset(delegate_id(person.id) for person in delegates_of(side)) for side in (one, other))
        return Candidate(
            meeting_id(one.id, other.id),
            (participant_id(one.id), participant_id(other.id)),
            pair.value,
            delegates=None if able == everybody else (able[0], able[1]),
            languages=way.languages,
            online=is_online,
        )

    @staticmethod
    def _speakers(side: models.Organisation, *, is_online: bool) -> list[Speaker]:
        """Who can attend: everybody online, those who are there at a table."""
        return [
            Speaker(delegate_id(one.id), frozenset(one.languages))
            for one in delegates_of(side)
            if is_online or not one.online
        ]


def _is_online(organisation: models.Organisation) -> bool:
    return all(one.online for one in delegates_of(organisation))
