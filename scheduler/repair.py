"""Mending an earlier schedule: what still holds stays where it is, and only what is missing is made anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from scheduler.linear import Programme, solve_relaxed
from scheduler.numbers.numbering import NOWHERE, Numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions
from scheduler.patience import Patience
from scheduler.problem import Term
from scheduler.schedule import Meeting, Schedule

# Which meetings to add is looked at again, without those that found no place, so many times.
ROUNDS = 5
MOST_VALUE = 2**40


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of an earlier schedule: the rows of the meetings that stay, and their tables.

    Nobody is twice in the rows of a slot. `tables` also has meetings that somebody else has to attend. `gone_count` is
    how many of the earlier meetings could not stay even if they were alone: no schedule has fewer changes.
    """

    rows: dict[int, Meeting]
    tables: dict[int, int]
    slots: dict[int, int]
    gone_count: int

    def still_there(self, occupancy: Occupancy) -> "Remains":
        """Without what has gone to another slot since."""
        stayed = {m for m, slot in self.slots.items() if occupancy.slot_of[m] == slot}
        rows = {m: row for m, row in self.rows.items() if m in stayed}
        tables = {m: table for m, table in self.tables.items() if m in stayed}
        return Remains(rows, tables, self.slots, self.gone_count)


def resume(occupancy: Occupancy, previous: Schedule) -> list[int]:
    """Holds every meeting of the earlier schedule that still can be when it was, and returns those that cannot."""
    return _resumed(occupancy, _places(occupancy.numbers, previous))


def _places(numbers: Numbered, previous: Schedule) -> list[tuple[int, int]]:
    """The meeting and the slot of each row, NOWHERE for what the problem does not have."""
    meetings, slots = numbers.ids.meetings, numbers.ids.slots
    return [(meetings.get(row.id, NOWHERE), slots.get(row.slot, NOWHERE)) for row in previous.meetings]


def _resumed(occupancy: Occupancy, places: Iterable[tuple[int, int]]) -> list[int]:
    lost = []
    for meeting, slot in places:
        if meeting == NOWHERE:
            continue
        if slot != NOWHERE and occupancy.open_slots(meeting) >> slot & 1 and occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
        else:
            lost.append(meeting)
    return lost


def remains(occupancy: Occupancy, previous: Schedule) -> Remains:
    """Holds what still can be and notes its tables. A meeting that keeps its slot and not its table is a change too."""
    places = _places(occupancy.numbers, previous)
    _resumed(occupancy, places)
    numbers, slot_of = occupancy.numbers, occupancy.slot_of
    table_of, people, at_table = numbers.ids.tables, _People(numbers), [0] * len(numbers.table_free)
    rows, tables, gone_count = dict[int, Meeting](), dict[int, int](), 0
    for row, (meeting, slot) in zip(previous.meetings, places, strict=True):
        table = NOWHERE if row.table is None else table_of.get(row.table, NOWHERE)
        if meeting == NOWHERE or slot == NOWHERE or not _could_stay(numbers, meeting, slot, table):
            gone_count += 1
        elif slot_of[meeting] == slot and (table == NOWHERE or not at_table[table] >> slot & 1):
            if table != NOWHERE:
                at_table[table] |= 1 << slot
                tables[meeting] = table
            if people.take(meeting, row, slot):
                rows[meeting] = row
    slots = {m: slot_of[m] for m in rows | tables}
    return Remains(rows, tables, slots, gone_count)


def _could_stay(numbers: Numbered, meeting: int, slot: int, table: int) -> bool:
    """Whether the meeting could be held there if it were the only one; online there is no table."""
    if not numbers.allowed[meeting] >> slot & 1:
        return False
    if table == NOWHERE or not numbers.physical[meeting]:
        return (table == NOWHERE) == (not numbers.physical[meeting])
    choice = numbers.demands.tables.get(meeting, -1)
    return bool(choice >> table & 1 and numbers.table_free[table] >> slot & 1)


class _People:
    """When delegates and interpreters are taken by rows that stay, as masks of slots; each has one number."""

    def __init__(self, numbers: Numbered) -> None:
        self._numbers = numbers
        self._first = [0, *accumulate(len(pool.free) for pool in numbers.pools[: numbers.participant_count])]
        self._only = [p.delegates[0].id if len(p.delegates) == 1 else None for p in numbers.problem.participants]
        self._member = [{one.id: k for k, one in enumerate(p.delegates)} for p in numbers.problem.participants]
        self._interpreter = {one.id: k for k, one in enumerate(numbers.problem.interpreters)}
        self._taken = [0] * (self._first[-1] + len(self._interpreter))

    def take(self, meeting: int, row: Meeting, slot: int) -> bool:
        """Takes all that the row names; false, and nobody taken, where one may not attend, is not there, or is taken.

        The meeting is held then, so that the only delegate of a participant is there and has no other.
        """
        numbers, taken, those = self._numbers, self._taken, list[int]()
        for participant, wanted in zip(numbers.sides[meeting], row.delegates, strict=True):
            if self._only[participant] == wanted:
                continue
            pool, member = numbers.pools[participant], self._member[participant].get(wanted, NOWHERE)
            if member == NOWHERE or not pool.free[member] >> slot & 1:
                return False
            if pool.eligible and not pool.members_for(meeting) >> member & 1:
                return False
            those.append(self._first[participant] + member)
        if row.interpreter is not None or meeting in numbers.demands.interpreters:
            able = numbers.demands.interpreters.get(meeting, 0)
            one = NOWHERE if row.interpreter is None else self._interpreter.get(row.interpreter, NOWHERE)
            if one == NOWHERE or not able >> one & 1 or not numbers.interpreter_free[one] >> slot & 1:
                return False
            those.append(self._first[-1] + one)
        for person in those:
            if taken[person] >> slot & 1:
                return False
        for person in those:
            taken[person] |= 1 << slot
        return True


def urgent(occupancy: Occupancy) -> list[int]:
    """What must be held and is not, and then what would help somebody who lacks meetings, the dearest first."""
    numbers = occupancy.numbers
    lacking = [held < floor for held, floor in zip(occupancy.held_count, numbers.floor, strict=True)]
    missing = [m for m in sorted(numbers.required) if occupancy.slot_of[m] == NOWHERE]
    wanted = {m for p, is_short in enumerate(lacking) if is_short for m in numbers.meetings_of[p]}
    helpful = [m for m in sorted(wanted) if occupancy.slot_of[m] == NOWHERE and numbers.allowed[m]]
    return missing + sorted(helpful, key=lambda m: -numbers.value[m])


def is_lacking(occupancy: Occupancy, meeting: int) -> bool:
    numbers = occupancy.numbers
    return any(occupancy.held_count[p] < numbers.floor[p] for p in numbers.sides[meeting])


def add_without_moving(occupancy: Occupancy, left: Remains, patience: Patience) -> dict[Term, int]:
    """Adds meetings in open slots, the best set that the free time of people allows, and as long as any finds a place.

    Returns bounds on what could be held when all stays that is there.
    """
    candidates = _candidates(occupancy)
    taken = [0] * occupancy.numbers.slot_count
    for meeting, table in left.still_there(occupancy).tables.items():
        taken[occupancy.slot_of[meeting]] |= 1 << table
    value = sum(occupancy.numbers.value[m] for m in occupancy.held())
    held = sum(occupancy.held_count) // 2 + len(candidates)
    bound: int | None = None
    for _ in range(ROUNDS):
        if not candidates:
            break
        chosen, most = _best(occupancy, candidates, patience)
        bound = most if bound is None else bound
        for meeting in chosen:
            _add(occupancy, meeting, taken)
        candidates = [m for m in candidates if occupancy.slot_of[m] == NOWHERE and occupancy.open_slots(m)]
    for meeting in sorted(candidates, key=lambda m: -occupancy.numbers.value[m]):
        _add(occupancy, meeting, taken)
    return {Term.VALUE: value + (bound or 0), Term.HELD: held}


def _candidates(occupancy: Occupancy) -> list[int]:
    """What is not held and could be, as far as each of it is concerned."""
    numbers = occupancy.numbers
    has_room = [held < most for held, most in zip(occupancy.held_count, numbers.ceiling, strict=True)]
    return [
        m
        for m, (a, b) in enumerate(numbers.sides)
        if has_room[a] and has_room[b] and occupancy.slot_of[m] == NOWHERE and occupancy.open_slots(m)
    ]


def _add(occupancy: Occupancy, meeting: int, taken: Sequence[int]) -> None:
    """Holds the meeting in an open slot in which nobody who stays sits at the only table it may have."""
    own = occupancy.numbers.demands.tables.get(meeting, -1)
    for slot in positions(occupancy.open_slots(meeting)):
        if own & ~taken[slot] and occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
            return


def _best(occupancy: Occupancy, candidates: Sequence[int], patience: Patience) -> tuple[list[int], int]:
    """Of the candidates those to add, the best first, and a bound on their value.

    A matching in which everybody gets as many meetings as they may have more, and have open slots for. What must be
    held and what somebody lacks goes before value.
    """
    numbers = occupancy.numbers
    value = np.array([numbers.value[m] for m in candidates], dtype=np.int64)
    open_slots = [occupancy.open_slots(m) for m in candidates]
    of_participant: dict[int, list[int]] = {}
    for column, meeting in enumerate(candidates):
        for participant in numbers.sides[meeting]:
            of_participant.setdefault(participant, []).append(column)
    limit = [_more(occupancy, p, [open_slots[c] for c in columns]) for p, columns in of_participant.items()]
    programme = Programme(
        gain=value,
        lower=np.zeros(len(candidates), dtype=np.int64),
        upper=np.ones(len(candidates), dtype=np.int64),
        limit=np.array(limit, dtype=np.int64),
        rows=np.repeat(np.arange(len(limit)), [len(columns) for columns in of_participant.values()]),
        columns=np.concatenate([np.array(columns, dtype=np.int64) for columns in of_participant.values()]),
        entries=np.ones(2 * len(candidates), dtype=np.int64),
    )
    urgent = np.array([_urgency(occupancy, m) for m in candidates], dtype=np.int64)
    solved = solve_relaxed(programme, patience.seconds_left())
    x = solved.x
    if urgent.any():
        weighted = value + urgent * (1 + min(int(value.sum()), MOST_VALUE))
        x = solve_relaxed(replace(programme, gain=weighted), patience.seconds_left()).x
    share = np.zeros(len(candidates)) if x is None else x
    order = np.lexsort((-value, -urgent))
    return [candidates[c] for c in order.tolist() if share[c] > 0.5], solved.bound


def _more(occupancy: Occupancy, participant: int, open_slots: Sequence[int]) -> int:
    """How many more meetings a participant may have: by their ceiling, and by slots that are open to any of them."""
    union = 0
    for mask in open_slots:
        union |= mask
    capacity = occupancy.numbers.pools[participant].capacity
    places = sum(capacity[slot] - len(occupancy.users(participant, slot)) for slot in positions(union))
    return min(places, occupancy.numbers.ceiling[participant] - occupancy.held_count[participant])


def _urgency(occupancy: Occupancy, meeting: int) -> int:
    """How many of its sides lack meetings; more than any such number for what must be held."""
    numbers = occupancy.numbers
    lacking = sum(occupancy.held_count[p] < numbers.floor[p] for p in numbers.sides[meeting])
    return lacking + 3 * (meeting in numbers.required)
