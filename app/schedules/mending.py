"""What is asked when a timetable is mended: the past stays, so does what still can, and nobody else is troubled."""

from collections import Counter, defaultdict
from collections.abc import Collection, Set
from dataclasses import dataclass, replace

from app.schedules.pins import Pinned, with_pins
from scheduler import (
    REPAIR_OBJECTIVE,
    Candidate,
    DelegateId,
    Meeting,
    Participant,
    ParticipantId,
    Problem,
    Rule,
    Rules,
    Schedule,
    SlotId,
    TableId,
    violations,
)

OF_COMFORT = {
    Rule.MAX_BREAK_SPREAD: "max_break_spread",
    Rule.MAX_CONSECUTIVE: "max_consecutive",
    Rule.MAX_IDLE_SLOTS: "max_idle_slots",
}


@dataclass(frozen=True, slots=True)
class Mending:
    """`today` is the problem after what happened, `asked` the part of it that is searched.

    Only those concerned may meet somebody whom they did not meet before.
    """

    today: Problem
    asked: Problem
    base: Schedule


def mending(
    before: Problem,
    after: Problem,
    base: Schedule,
    past: Collection[SlotId],
    pins: Pinned,
    named: Collection[ParticipantId],
) -> Mending:
    """Return what is asked after something has happened.

    `before` and `after` are the problem without and with it, `base` the timetable, `past` the slots that have begun,
    `named` those to whom it happened. What the timetable breaks on purpose already is let be.
    """
    held = {row.id: row for row in base.meetings}
    gone = {row.id for row in base.meetings if row.slot in past}
    open_ = _with_past_as_it_was(after, base, past)
    presence = _Presence(open_)
    lost = {row.id for row in base.meetings if row.id not in gone and not presence.lets_stay(row)}
    today = replace(
        with_pins(open_, base, Pinned(frozenset(gone | (set(pins.meetings) - lost)), frozenset(), frozenset())),
        rules=_rules_kept(before, base),
    )
    future = frozenset(slot.id for slot in after.slots) - frozenset(past)
    counts = Counter(side for one in after.meetings if one.id in held for side in one.between)
    today = replace(
        today,
        participants=tuple(_roomy(one, counts[one.id]) for one in today.participants),
        meetings=tuple(one if one.id in gone else _from_now_on(one, future) for one in today.meetings),
    )
    concerned = set(named) | {side for one in before.meetings if one.id in lost for side in one.between}
    meetings = tuple(one for one in today.meetings if one.id in held or not concerned.isdisjoint(one.between))
    kept = {one.id for one in meetings}
    asked = replace(
        today,
        meetings=tuple(replace(one, after=tuple(name for name in one.after if name in kept)) for one in meetings),
        objective=REPAIR_OBJECTIVE,
    )
    return Mending(today, asked, base)


def _with_past_as_it_was(problem: Problem, base: Schedule, past: Collection[SlotId]) -> Problem:
    """Whoever and whatever was in a meeting that has begun counts as having been there."""
    people: dict[DelegateId, set[SlotId]] = defaultdict(set)
    tables: dict[TableId, set[SlotId]] = defaultdict(set)
    interpreters: dict[str, set[SlotId]] = defaultdict(set)
    for row in base.meetings:
        if row.slot in past:
            for delegate in row.delegates:
                people[delegate].add(row.slot)
            if row.table is not None:
                tables[row.table].add(row.slot)
            if row.interpreter is not None:
                interpreters[row.interpreter].add(row.slot)
    return replace(
        problem,
        tables=tuple(replace(one, unavailable=one.unavailable - tables[one.id]) for one in problem.tables),
        interpreters=tuple(
            replace(one, unavailable=one.unavailable - interpreters[one.id]) for one in problem.interpreters
        ),
        participants=tuple(
            replace(
                one,
                delegates=tuple(replace(who, unavailable=who.unavailable - people[who.id]) for who in one.delegates),
            )
            for one in problem.participants
        ),
    )


class _Presence:
    """Who and what there still is, and when."""

    def __init__(self, problem: Problem) -> None:
        self.candidates = {one.id: one for one in problem.meetings}
        self.people = {who.id: who.unavailable for one in problem.participants for who in one.delegates}
        self.tables: dict[TableId | None, Set[SlotId]] = {one.id: one.unavailable for one in problem.tables}
        self.interpreters = {one.id: one for one in problem.interpreters}

    def lets_stay(self, row: Meeting) -> bool:
        """Whether a meeting could be where it is, by the same people, if it were the only one."""
        candidate = self.candidates.get(row.id)
        if candidate is None or candidate.online != (row.table is None):
            return False
        if row.table is not None and (row.table not in self.tables or row.slot in self.tables[row.table]):
            return False
        return self._has_people(candidate, row) and self._has_interpreter(candidate, row)

    def _has_people(self, candidate: Candidate, row: Meeting) -> bool:
        allowed = candidate.delegates or (None, None)
        return all(
            who in self.people and row.slot not in self.people[who] and (able is None or who in able)
            for who, able in zip(row.delegates, allowed, strict=True)
        )

    def _has_interpreter(self, candidate: Candidate, row: Meeting) -> bool:
        if candidate.languages is None or row.interpreter is None:
            return candidate.languages is None and row.interpreter is None
        found = self.interpreters.get(row.interpreter)
        return (
            found is not None and row.slot not in found.unavailable and found.languages.issuperset(candidate.languages)
        )


def _rules_kept(problem: Problem, base: Schedule) -> Rules:
    """The rules of comfort that the timetable keeps: one that it breaks already is asked of no small change."""
    broken = {OF_COMFORT[one.rule]: None for one in violations(problem, base) if one.rule in OF_COMFORT}
    return replace(problem.rules, **broken)


def _roomy(participant: Participant, held_count: int) -> Participant:
    most = participant.max_meetings
    return participant if most is None or most >= held_count else replace(participant, max_meetings=held_count)


def _from_now_on(candidate: Candidate, future: frozenset[SlotId]) -> Candidate:
    return replace(candidate, slots=future if candidate.slots is None else candidate.slots & future)
