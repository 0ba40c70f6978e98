"""The truth about tiny problems: all schedules looked at, in an order in which the rest can soon be left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise, permutations, product

from scheduler.problem import Candidate, DelegateId, InterpreterId, Participant, Problem, Slot, SlotId, TableId, Term
from scheduler.schedule import Meeting, Schedule

Times = tuple[SlotId | None, ...]  # for each meeting the slot in which it is held
Key = tuple[int, ...]  # a schedule's terms in the order of the objective, so that the smaller is the better


@dataclass(frozen=True, slots=True)
class Optimum:
    """A best schedule, and what each term of the objective is worth in it."""

    schedule: Schedule
    score: dict[Term, int]


def optimum(problem: Problem, previous: Schedule | None = None) -> Optimum | None:
    """The lexicographic optimum; None where no schedule keeps every rule."""
    return _Search(problem, previous).best()


class _Search:
    def __init__(self, problem: Problem, previous: Schedule | None) -> None:
        self.problem = problem
        self.before = {meeting.id: meeting for meeting in previous.meetings} if previous is not None else {}
        self.order = {slot.id: t for t, slot in enumerate(problem.slots)}
        self.participants = {one.id: one for one in problem.participants}

    def best(self) -> Optimum | None:
        """Times are tried by the best that they could give; those that cannot beat what was found are left out."""
        found: tuple[Key, Schedule] | None = None
        for hope, times in sorted(self._hopeful_times(), key=lambda pair: pair[0]):
            if found is not None and hope >= found[0]:
                break
            for schedule in self._schedules(times):
                key = self._key(times, schedule)
                if found is None or key < found[0]:
                    found = key, schedule
                if key == hope:
                    break
        if found is None:
            return None
        signs = {term: -1 if term.is_maximised else 1 for term in self.problem.objective}
        return Optimum(found[1], {term: signs[term] * key for term, key in zip(signs, found[0], strict=True)})

    def _hopeful_times(self) -> Iterator[tuple[Key, Times]]:
        meetings = self.problem.meetings
        slots = [slot.id for slot in self.problem.slots]
        choices: list[list[SlotId | None]] = []
        for one in meetings:
            where = [s for s in slots if (one.slots is None or s in one.slots) and one.fixed_slot in (None, s)]
            choices.append([*([] if one.required else [None]), *where])
        for times in product(*choices):
            if self._keeps_rules(times):
                yield self._key(times, None), times

    def _keeps_rules(self, times: Times) -> bool:
        """The rules that who attends and where does not touch."""
        at = {one.id: slot for one, slot in zip(self.problem.meetings, times, strict=True) if slot is not None}
        for one in self.problem.meetings:
            if one.id in at and any(e in at and self.order[at[e]] >= self.order[at[one.id]] for e in one.after):
                return False
        for who in self.problem.participants:
            count = sum(who.id in one.between and one.id in at for one in self.problem.meetings)
            if who.max_meetings is not None and count > who.max_meetings:
                return False
        days = [self._days(who, times) for who in self.problem.participants]
        rules, gaps = self.problem.rules, [[_gaps(day) for day in of] for of in days]
        breaks = [sum(len(day) for day in of) for of in gaps]
        if rules.max_break_spread is not None and breaks and max(breaks) - min(breaks) > rules.max_break_spread:
            return False
        waits = [sum(day) for of in gaps for day in of]
        return rules.max_idle_slots is None or max(waits, default=0) <= rules.max_idle_slots

    def _days(self, who: Participant, times: Times) -> list[str]:
        """For each day a letter a slot: x busy, o free."""
        busy = {slot for one, slot in zip(self.problem.meetings, times, strict=True) if who.id in one.between}
        return _by_day(self.problem.slots, busy)

    def _key(self, times: Times, schedule: Schedule | None) -> Key:
        """The terms of a schedule; without one, the best that any schedule with these times could have."""
        worth = {
            Term.SHORTFALL: lambda: self._shortfall(times),
            Term.VALUE: lambda: (
                -sum(o.value for o, s in zip(self.problem.meetings, times, strict=True) if s is not None)
            ),
            Term.HELD: lambda: -sum(slot is not None for slot in times),
            Term.BREAKS: lambda: sum(
                len(_gaps(day)) for who in self.problem.participants for day in self._days(who, times)
            ),
            Term.IDLE: lambda: sum(
                sum(_gaps(day)) for who in self.problem.participants for day in self._days(who, times)
            ),
            Term.DELEGATE_IDLE: lambda: sum(sum(_gaps(day)) for day in self._delegate_days(schedule)),
            Term.MOVES: lambda: self._moves(schedule),
            Term.CHANGES: lambda: self._changes(times, schedule),
        }
        return tuple(worth[term]() for term in self.problem.objective)

    def _shortfall(self, times: Times) -> int:
        held = [one for one, slot in zip(self.problem.meetings, times, strict=True) if slot is not None]
        return sum(max(0, p.min_meetings - sum(p.id in one.between for one in held)) for p in self.problem.participants)

    def _changes(self, times: Times, schedule: Schedule | None) -> int:
        at = {one.id: slot for one, slot in zip(self.problem.meetings, times, strict=True)}
        table = {meeting.id: meeting.table for meeting in schedule.meetings} if schedule is not None else None
        return sum(
            at.get(name) != was.slot or (table is not None and table[name] != was.table)
            for name, was in self.before.items()
        )

    def _agendas(self, schedule: Schedule | None) -> Iterator[list[tuple[Candidate, Meeting]]]:
        """The meetings of each delegate in time order."""
        candidates = {one.id: one for one in self.problem.meetings}
        rows = [(candidates[m.id], m) for m in schedule.meetings] if schedule is not None else []
        rows.sort(key=lambda row: self.order[row[1].slot])
        for who in self.problem.participants:
            for delegate in who.delegates:
                yield [
                    (one, meeting)
                    for one, meeting in rows
                    if (who.id, delegate.id) in zip(one.between, meeting.delegates, strict=True)
                ]

    def _delegate_days(self, schedule: Schedule | None) -> Iterator[str]:
        for agenda in self._agendas(schedule):
            yield from _by_day(self.problem.slots, {meeting.slot for _, meeting in agenda})

    def _moves(self, schedule: Schedule | None) -> int:
        day = {slot.id: slot.day for slot in self.problem.slots}
        return sum(
            day[a.slot] == day[b.slot] and a.table != b.table
            for agenda in self._agendas(schedule)
            for a, b in pairwise([meeting for one, meeting in agenda if not one.online])
        )

    def _schedules(self, times: Times) -> Iterator[Schedule]:
        """Everybody who may attend, at every table, with one choice of interpreters: no term depends on them."""
        rows = [(o, slot) for o, slot in zip(self.problem.meetings, times, strict=True) if slot is not None]
        interpreters: dict[str, InterpreterId | None] = {}
        for slot in self.problem.slots:
            found = self._interpreters([one for one, at in rows if at == slot.id], slot.id)
            if found is None:
                return
            interpreters |= found
        limit = self.problem.rules.max_consecutive
        for seats in self._seatings(rows, set()):
            schedule = Schedule(
                tuple(
                    Meeting(one.id, slot, table, people, interpreters[one.id])
                    for (one, slot), (table, people) in zip(rows, seats, strict=True)
                )
            )
            days = self._delegate_days(schedule) if limit is not None else ()
            if all(len(run) <= (limit or 0) for day in days for run in re.findall("x+", day)):
                yield schedule

    def _interpreters(self, meetings: list[Candidate], slot: SlotId) -> dict[str, InterpreterId | None] | None:
        """Who interprets what in a slot, if it can be done."""
        spoken = [one for one in meetings if one.languages is not None]
        free = [one for one in self.problem.interpreters if slot not in one.unavailable]
        for chosen in permutations(free, len(spoken)):
            if all(set(one.languages or ()) <= who.languages for one, who in zip(spoken, chosen, strict=True)):
                return {one.id: None for one in meetings} | {o.id: w.id for o, w in zip(spoken, chosen, strict=True)}
        return None

    def _seatings(
        self, rows: list[tuple[Candidate, SlotId]], taken: set[tuple[str, ...]]
    ) -> Iterator[list[tuple[TableId | None, tuple[DelegateId, DelegateId]]]]:
        if not rows:
            yield []
            return
        (one, slot), *rest = rows
        for table, first, second in product(
            self._tables(one, slot), self._people(one, 0, slot), self._people(one, 1, slot)
        ):
            uses = {("delegate", one.between[0], first, slot), ("delegate", one.between[1], second, slot)}
            if table is not None:
                uses.add(("table", table, slot))
            if not uses & taken:
                yield from ([(table, (first, second)), *others] for others in self._seatings(rest, taken | uses))

    def _tables(self, one: Candidate, slot: SlotId) -> list[TableId | None]:
        if one.online:
            return [None] if one.fixed_table is None else []
        free = [table.id for table in self.problem.tables if slot not in table.unavailable]
        homes = [homes for side in one.between if (homes := self.participants[side].home_tables)]
        if one.fixed_table is not None:
            return [table for table in free if table == one.fixed_table]
        return [table for table in free if not homes or table in homes[0]]

    def _people(self, one: Candidate, side: int, slot: SlotId) -> list[DelegateId]:
        there = [d.id for d in self.participants[one.between[side]].delegates if slot not in d.unavailable]
        return there if one.delegates is None else [name for name in there if name in one.delegates[side]]


def _by_day(slots: tuple[Slot, ...], busy: set[SlotId] | set[SlotId | None]) -> list[str]:
    days = groupby(slots, key=lambda slot: slot.day)
    return ["".join("x" if slot.id in busy else "o" for slot in day) for _, day in days]


def _gaps(day: str) -> list[int]:
    """The lengths of the free runs between two busy slots."""
    return [len(gap) for gap in re.findall("(?<=x)o+(?=x)", day)]
