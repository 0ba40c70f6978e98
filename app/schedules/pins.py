"""What is pinned stays: meetings, organisations and tables of a timetable become fixed in the problem."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from scheduler import Candidate, Meeting, MeetingId, Participant, ParticipantId, Problem, Schedule, Table, TableId


@dataclass(frozen=True, slots=True)
class Pinned:
    """Meetings, organisations and tables that stay as they are."""

    meetings: frozenset[MeetingId] = frozenset()
    participants: frozenset[ParticipantId] = frozenset()
    tables: frozenset[TableId] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.meetings or self.participants or self.tables)


def with_pins(problem: Problem, schedule: Schedule, pins: Pinned) -> Problem:
    """Return the problem in which what is pinned must be held where the schedule has it, by the same people.

    Nothing is added for a pinned organisation, nor at a pinned table. Where more is pinned than somebody may have,
    they may have that many.
    """
    if not pins:
        return problem
    held = {row.id: row for row in schedule.meetings}
    kept = {one.id: held[one.id] for one in problem.meetings if one.id in held and _is_kept(one, held[one.id], pins)}
    counts = Counter(side for one in problem.meetings if one.id in kept for side in one.between)
    left_out = {
        one.id for one in problem.meetings if one.id not in kept and not pins.participants.isdisjoint(one.between)
    }
    return replace(
        problem,
        tables=tuple(_closed(one, kept, problem) if one.id in pins.tables else one for one in problem.tables),
        participants=tuple(_roomy(one, counts[one.id]) for one in problem.participants),
        meetings=tuple(
            _without(_fixed(one, kept[one.id]) if one.id in kept else one, left_out)
            for one in problem.meetings
            if one.id not in left_out
        ),
    )


def _is_kept(candidate: Candidate, row: Meeting, pins: Pinned) -> bool:
    return (
        candidate.id in pins.meetings or row.table in pins.tables or not pins.participants.isdisjoint(candidate.between)
    )


def _fixed(candidate: Candidate, row: Meeting) -> Candidate:
    one, other = row.delegates
    return replace(
        candidate,
        required=True,
        fixed_slot=row.slot,
        fixed_table=row.table,
        delegates=(frozenset((one,)), frozenset((other,))),
    )


def _without(candidate: Candidate, left_out: Set[MeetingId]) -> Candidate:
    if left_out.isdisjoint(candidate.after):
        return candidate
    return replace(candidate, after=tuple(name for name in candidate.after if name not in left_out))


def _closed(table: Table, kept: Mapping[MeetingId, Meeting], problem: Problem) -> Table:
    used = {row.slot for row in kept.values() if row.table == table.id}
    return replace(table, unavailable=frozenset(slot.id for slot in problem.slots) - (used - table.unavailable))


def _roomy(participant: Participant, pinned_count: int) -> Participant:
    most = participant.max_meetings
    return participant if most is None or most >= pinned_count else replace(participant, max_meetings=pinned_count)
