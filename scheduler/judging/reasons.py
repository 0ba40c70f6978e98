"""Why a meeting is not held, as the judge sees it: sets of slots, cut down rule by rule until nothing is left.

Of the schedule as it stands, nothing moved, the first of these is the reason:

- participant-full: one side has as many meetings as their ceiling allows, or no delegate of theirs is free in any slot
  of the event;
- no-common-slot: in no slot in which the meeting may be held has each side a free delegate who may attend;
- no-interpreter: in none of those slots is an interpreter of both languages free;
- no-table: in none of the slots left is a table free at which the meeting may be held;
- order: none of the slots left is later than all that come before it and earlier than all that come after it;
- rule: in every slot left it would break a rule of `rules`, whoever attends;
- outweighed or time-ran-out: it could be held at once. It is outweighed if that would make the schedule worse, or if
  the schedule is proved to be the best; the time ran out if it would not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from scheduler.judging.attendance import Attendance, Person, Row
from scheduler.problem import (
    Candidate,
    InterpreterId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    SlotId,
    TableId,
    Term,
)
from scheduler.schedule import Reason, Schedule, Status

Slots = int  # a set of slots: bit t stands for the t-th of the problem


class Vacancies:
    """Which slots are left to whom in a schedule that breaks no rule."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.position = {slot.id: t for t, slot in enumerate(problem.slots)}
        self.candidates = {one.id: one for one in problem.meetings}
        self.participants = {one.id: one for one in problem.participants}
        self.at = {meeting.id: self.position[meeting.slot] for meeting in schedule.meetings}
        rows = [Row.of(i, self.candidates[m.id], m, self.at[m.id]) for i, m in enumerate(schedule.meetings)]
        self.attendance = Attendance(problem, rows)
        self.people = self._free_people()
        self.tables = self._free_tables(rows)
        self.any_table = reduce(or_, self.tables.values(), 0)
        self.interpreters = self._free_interpreters(rows)
        self.able: dict[tuple[str, str], Slots] = {}
        self.followers: dict[MeetingId, list[MeetingId]] = defaultdict(list)
        for row in rows:
            for earlier in row.candidate.after:
                self.followers[earlier].append(row.meeting.id)
        self.breaks = {one.id: len(list(self.attendance.waits(self._busy(one.id)))) for one in problem.participants}

    def _busy(self, who: ParticipantId | Person) -> set[int]:
        return self.attendance.busy.get(who, set())

    def _without(self, unavailable: Iterable[SlotId], rows: Iterable[Row]) -> Slots:
        taken = reduce(or_, [1 << self.position[slot] for slot in unavailable] + [1 << row.at for row in rows], 0)
        return ((1 << len(self.problem.slots)) - 1) & ~taken

    def _free_people(self) -> dict[Person, Slots]:
        return {
            (person := Person(one.id, delegate.id)): self._without(
                delegate.unavailable, self.attendance.of_person.get(person, ())
            )
            for one in self.problem.participants
            for delegate in one.delegates
        }

    def _free_tables(self, rows: list[Row]) -> dict[TableId, Slots]:
        seated: dict[TableId | None, list[Row]] = defaultdict(list)
        for row in rows:
            seated[row.meeting.table].append(row)
        return {table.id: self._without(table.unavailable, seated[table.id]) for table in self.problem.tables}

    def _free_interpreters(self, rows: list[Row]) -> dict[InterpreterId, Slots]:
        served: dict[InterpreterId | None, list[Row]] = defaultdict(list)
        for row in rows:
            served[row.meeting.interpreter].append(row)
        return {one.id: self._without(one.unavailable, served[one.id]) for one in self.problem.interpreters}

    def reason(self, candidate: Candidate, status: Status, objective: Iterable[Term]) -> Reason | None:
        """The first reason that is true; None where only the terms that depend on the place could tell the last two."""
        if any(self._is_full(self.participants[side]) for side in candidate.between):
            return Reason.PARTICIPANT_FULL
        left = self._allowed(candidate) & self._of_side(candidate, 0) & self._of_side(candidate, 1)
        for reason, slots in (
            (Reason.NO_COMMON_SLOT, left),
            (Reason.NO_INTERPRETER, self._interpreted(candidate)),
            (Reason.NO_TABLE, self._seated(candidate)),
            (Reason.ORDER, self._between_neighbours(candidate)),
        ):
            left &= slots
            if not left:
                return reason
        if not self._is_comfortable(candidate, left):
            return Reason.RULE
        if status in (Status.OPTIMAL, Status.INFEASIBLE):
            return Reason.OUTWEIGHED
        return Reason.TIME_RAN_OUT if status is Status.UNKNOWN else self._gain(candidate, objective)

    def is_free(self, candidate: Candidate, slot: SlotId, table: TableId | None) -> bool:
        """Whether the meeting could be held there at once."""
        if slot not in self.position or any(self._is_full(self.participants[side]) for side in candidate.between):
            return False
        at = 1 << self.position[slot]
        if table is None:
            at &= self._seated(candidate) if candidate.online else 0
        else:
            at &= self.tables[table] if not candidate.online and table in self._tables_of(candidate) else 0
        at &= self._allowed(candidate) & self._of_side(candidate, 0) & self._of_side(candidate, 1)
        at &= self._interpreted(candidate) & self._between_neighbours(candidate)
        return bool(at) and self._is_comfortable(candidate, at)

    def _is_full(self, one: Participant) -> bool:
        count = len(self.attendance.of_participant.get(one.id, ()))
        if one.max_meetings is not None and count >= one.max_meetings:
            return True
        return not any(self.people[Person(one.id, delegate.id)] for delegate in one.delegates)

    def _allowed(self, candidate: Candidate) -> Slots:
        every = self.position if candidate.slots is None else candidate.slots
        return reduce(or_, (1 << self.position[s] for s in every if candidate.fixed_slot in (None, s)), 0)

    def people_of(self, candidate: Candidate, side: int) -> list[Person]:
        """The delegates of one side who may attend, free or not."""
        one = self.participants[candidate.between[side]]
        chosen = candidate.delegates
        return [Person(one.id, d.id) for d in one.delegates if chosen is None or d.id in chosen[side]]

    def _of_side(self, candidate: Candidate, side: int) -> Slots:
        return reduce(or_, (self.people[person] for person in self.people_of(candidate, side)), 0)

    def _interpreted(self, candidate: Candidate) -> Slots:
        pair = candidate.languages
        if pair is None:
            return -1
        if pair not in self.able:
            fit = (one.id for one in self.problem.interpreters if one.languages.issuperset(pair))
            self.able[pair] = reduce(or_, (self.interpreters[one] for one in fit), 0)
        return self.able[pair]

    def _seated(self, candidate: Candidate) -> Slots:
        if candidate.online:
            return -1 if candidate.fixed_table is None else 0
        tables = self._tables_of(candidate)
        return self.any_table if tables is self.tables else reduce(or_, (self.tables[table] for table in tables), 0)

    def _tables_of(self, candidate: Candidate) -> Collection[TableId]:
        if candidate.fixed_table is not None:
            return (candidate.fixed_table,)
        homes = [homes for side in candidate.between if (homes := self.participants[side].home_tables)]
        return homes[0] if homes else self.tables

    def _between_neighbours(self, candidate: Candidate) -> Slots:
        if candidate.id in candidate.after:
            return 0
        later = [self.at[name] for name in candidate.after if name in self.at]
        sooner = [self.at[name] for name in self.followers.get(candidate.id, ())]
        slots = -1 << (max(later) + 1) if later else -1
        return slots & ((1 << min(sooner)) - 1) if sooner else slots

    def _is_comfortable(self, candidate: Candidate, slots: Slots) -> bool:
        """Whether in one of the slots the rules of `rules` would hold with this meeting."""
        limit = self.problem.rules.max_break_spread
        others = [n for one, n in self.breaks.items() if one not in candidate.between] if limit is not None else []
        for at in (t for t in range(len(self.problem.slots)) if slots >> t & 1):
            own = [len(list(self.attendance.waits(self._busy(one) | {at}))) for one in candidate.between]
            is_fair = limit is None or max(own + others) - min(own + others) <= limit
            if is_fair and all(self._is_bearable(candidate, side, at) for side in (0, 1)):
                return True
        return False

    def _is_bearable(self, candidate: Candidate, side: int, at: int) -> bool:
        """Whether one side would neither wait too long that day nor lack a delegate who would have a pause in time."""
        rules, day = self.problem.rules, self.problem.slots[at].day
        waits = self.attendance.waits(self._busy(candidate.between[side]) | {at})
        if rules.max_idle_slots is not None and sum(n for of, n in waits if of == day) > rules.max_idle_slots:
            return False
        if rules.max_consecutive is None:
            return True
        free = [person for person in self.people_of(candidate, side) if self.people[person] >> at & 1]
        return any(max(map(len, self.attendance.runs(self._busy(one) | {at}))) <= rules.max_consecutive for one in free)

    def _gain(self, candidate: Candidate, objective: Iterable[Term]) -> Reason | None:
        """What the first term that it touches says of holding it at once, if that does not depend on where."""
        counts = [(one, len(self.attendance.of_participant.get(one, ()))) for one in candidate.between]
        gains = {
            Term.SHORTFALL: any(count < self.participants[one].min_meetings for one, count in counts),
            Term.VALUE: candidate.value > 0,
            Term.HELD: True,
        }
        for term in objective:
            if term not in gains:
                return None
            if gains[term]:
                return Reason.TIME_RAN_OUT
        return Reason.TIME_RAN_OUT
