"""A schedule laid out on a board: meetings can be lifted and put, and each place says what stands in the way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from scheduler.problem import Problem, SlotId
from scheduler.schedule import Meeting, Reason, Schedule

Slots = int  # a set of slots as bits, the first slot the lowest


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a meeting is held, by positions in the problem's lists; delegates by those among their participant's."""

    slot: int
    table: int | None
    delegates: tuple[int, int]
    interpreter: int | None


class Board:
    """Positions stand for ids everywhere: m for meetings, p for participants, t for slots."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.every_slot: Slots = (1 << len(problem.slots)) - 1
        self.slot = {one.id: t for t, one in enumerate(problem.slots)}
        self.meeting = {one.id: m for m, one in enumerate(problem.meetings)}
        self.table = {one.id: k for k, one in enumerate(problem.tables)}
        self.interpreter = {one.id: i for i, one in enumerate(problem.interpreters)}
        self.participant = {one.id: p for p, one in enumerate(problem.participants)}
        self.delegate = [{one.id: d for d, one in enumerate(side.delegates)} for side in problem.participants]
        self.everybody = [range(len(one.delegates)) for one in problem.participants]
        self.day = [one.day for one in problem.slots]
        self.sides = [(self.participant[one.between[0]], self.participant[one.between[1]]) for one in problem.meetings]
        self.present = [[self._present(d.unavailable) for d in one.delegates] for one in problem.participants]
        self.at_hand = [self._present(one.unavailable) for one in problem.interpreters]
        self.tables_at = [self._tables_at(t) for t in range(len(problem.slots))]
        self.followers: dict[int, list[int]] = defaultdict(list)
        for m, one in enumerate(problem.meetings):
            for earlier in one.after:
                self.followers[self.meeting[earlier]].append(m)
        self.busy = [[0] * len(delegates) for delegates in self.present]
        self.booked = [0] * len(self.at_hand)
        self.free_tables = list(self.tables_at)
        self.stands: dict[int, Stand] = {}
        self.counts = [0] * len(self.present)
        self.breaks = [0] * len(self.present)
        self.tally = Counter(self.breaks)
        for row in schedule.meetings:
            self.put(self.meeting[row.id], self.stand_of(row))

    def _present(self, unavailable: Iterable[SlotId]) -> Slots:
        return self.every_slot & ~sum(1 << self.slot[slot] for slot in unavailable)

    def _tables_at(self, t: int) -> int:
        """The tables that can be used in a slot, as bits."""
        slot = self.problem.slots[t].id
        return sum(1 << k for k, table in enumerate(self.problem.tables) if slot not in table.unavailable)

    def stand_of(self, row: Meeting) -> Stand:
        first, second = self.sides[self.meeting[row.id]]
        return Stand(
            self.slot[row.slot],
            None if row.table is None else self.table[row.table],
            (self.delegate[first][row.delegates[0]], self.delegate[second][row.delegates[1]]),
            None if row.interpreter is None else self.interpreter[row.interpreter],
        )

    def row_of(self, m: int, stand: Stand) -> Meeting:
        first, second = (self.problem.participants[p].delegates for p in self.sides[m])
        return Meeting(
            self.problem.meetings[m].id,
            self.problem.slots[stand.slot].id,
            None if stand.table is None else self.problem.tables[stand.table].id,
            (first[stand.delegates[0]].id, second[stand.delegates[1]].id),
            None if stand.interpreter is None else self.problem.interpreters[stand.interpreter].id,
        )

    def put(self, m: int, stand: Stand) -> None:
        self.stands[m] = stand
        self._turn(m, stand, 1)

    def lift(self, m: int) -> Stand:
        stand = self.stands.pop(m)
        self._turn(m, stand, -1)
        return stand

    def _turn(self, m: int, stand: Stand, count: int) -> None:
        bit = 1 << stand.slot
        if stand.table is not None:
            self.free_tables[stand.slot] ^= 1 << stand.table
        if stand.interpreter is not None:
            self.booked[stand.interpreter] ^= bit
        for p, d in zip(self.sides[m], stand.delegates, strict=True):
            self.busy[p][d] ^= bit
            self.counts[p] += count
            if self.problem.rules.max_break_spread is not None:
                self.tally[self.breaks[p]] -= 1
                self.breaks[p] = sum(1 for _ in self.waits(self.busy_slots(p)))
                self.tally[self.breaks[p]] += 1

    def busy_slots(self, p: int) -> Slots:
        """The slots in which a delegate of the participant is in a meeting."""
        return reduce(or_, self.busy[p], 0)

    def waits(self, busy: Slots) -> Iterator[tuple[int, int]]:
        """The last slot and the length of each run of free slots between two busy ones of a day."""
        last = -1
        for t in bits(busy):
            if last >= 0 and t - last > 1 and self.day[t] == self.day[last]:
                yield t - 1, t - last - 1
            last = t

    def allowed(self, m: int) -> Slots:
        one = self.problem.meetings[m]
        slots = self.every_slot if one.slots is None else sum(1 << self.slot[s] for s in one.slots)
        return slots if one.fixed_slot is None else slots & 1 << self.slot[one.fixed_slot]

    def who(self, m: int, side: int) -> Sequence[int]:
        """The delegates of a side who may attend."""
        p, chosen = self.sides[m][side], self.problem.meetings[m].delegates
        if chosen is None:
            return self.everybody[p]
        return [d for d in self.everybody[p] if self.problem.participants[p].delegates[d].id in chosen[side]]

    def free_slots(self, m: int, side: int) -> Slots:
        """The slots in which a delegate who may attend is free."""
        p = self.sides[m][side]
        return reduce(or_, (self.present[p][d] & ~self.busy[p][d] for d in self.who(m, side)), 0)

    def tables(self, m: int) -> int:
        """The tables at which a meeting may be held, as bits; -1 for any."""
        one = self.problem.meetings[m]
        if one.fixed_table is not None:
            return 1 << self.table[one.fixed_table]
        homes = [homes for p in self.sides[m] if (homes := self.problem.participants[p].home_tables)]
        return sum(1 << self.table[k] for k in homes[0]) if homes else -1

    def able(self, m: int) -> Iterator[int]:
        """The interpreters who speak both languages of a meeting."""
        pair = self.problem.meetings[m].languages or ()
        return (i for i, one in enumerate(self.problem.interpreters) if one.languages.issuperset(pair))

    def is_full(self, m: int) -> int | None:
        """The side of a meeting, if there is one, that has no meeting left to give, or nobody free at all."""
        for side, p in enumerate(self.sides[m]):
            most = self.problem.participants[p].max_meetings
            free = reduce(or_, (here & ~busy for here, busy in zip(self.present[p], self.busy[p], strict=True)), 0)
            if not free or (most is not None and self.counts[p] >= most):
                return side
        return None

    def obstacle(self, m: int, t: int) -> Stand | Reason:
        """The first thing that keeps a meeting out of a slot, ceilings aside; or where it could stand there."""
        people = [[d for d in self.who(m, side) if self._is_free(m, side, d, t)] for side in (0, 1)]
        if not self.allowed(m) >> t & 1 or not all(people):
            return Reason.NO_COMMON_SLOT
        one, interpreter, table = self.problem.meetings[m], None, None
        if one.languages is not None:
            free = (i for i in self.able(m) if (self.at_hand[i] & ~self.booked[i]) >> t & 1)
            interpreter = next(free, None)
            if interpreter is None:
                return Reason.NO_INTERPRETER
        if not one.online or one.fixed_table is not None:
            left = 0 if one.online else self.free_tables[t] & self.tables(m)
            if not left:
                return Reason.NO_TABLE
            table = (left & -left).bit_length() - 1
        if not all(self.is_in_order(m, t)):
            return Reason.ORDER
        rested = [self.free_people(m, side, t) for side in (0, 1)]
        if not all(rested) or any(self.broken_rules(m, t)):
            return Reason.RULE
        return Stand(t, table, (rested[0][0], rested[1][0]), interpreter)

    def _is_free(self, m: int, side: int, d: int, t: int) -> bool:
        p = self.sides[m][side]
        return bool((self.present[p][d] & ~self.busy[p][d]) >> t & 1)

    def is_in_order(self, m: int, t: int) -> Iterator[bool]:
        """For each held meeting that comes before or after this one by `after`, whether it would."""
        for earlier in self.problem.meetings[m].after:
            other = self.meeting[earlier]
            if other == m:
                yield False
            elif other in self.stands:
                yield self.stands[other].slot < t
        for other in self.followers.get(m, ()):
            if other in self.stands:
                yield t < self.stands[other].slot

    def free_people(self, m: int, side: int, t: int) -> list[int]:
        """The delegates of a side who may attend, are free, and would not have too many meetings in a row."""
        return [d for d in self.who(m, side) if self._is_free(m, side, d, t) and self._is_rested(m, side, d, t)]

    def _is_rested(self, m: int, side: int, d: int, t: int) -> bool:
        limit = self.problem.rules.max_consecutive
        if limit is None:
            return True
        busy, first, last = self.busy[self.sides[m][side]][d], t, t
        while first > 0 and self.day[first - 1] == self.day[t] and busy >> (first - 1) & 1:
            first -= 1
        while last + 1 < len(self.day) and self.day[last + 1] == self.day[t] and busy >> (last + 1) & 1:
            last += 1
        return last - first + 1 <= limit

    def broken_rules(self, m: int, t: int) -> Iterator[str]:
        """The rules on waiting that the meeting would break in a slot."""
        rules, tally = self.problem.rules, None
        if rules.max_idle_slots is None and rules.max_break_spread is None:
            return
        for p in self.sides[m]:
            waits = list(self.waits(self.busy_slots(p) | 1 << t))
            idle = sum(length for last, length in waits if self.day[last] == self.day[t])
            if rules.max_idle_slots is not None and idle > rules.max_idle_slots:
                yield "max_idle_slots"
            if rules.max_break_spread is not None:
                tally = self.tally.copy() if tally is None else tally
                tally[self.breaks[p]] -= 1
                tally[len(waits)] += 1
        found = [breaks for breaks, count in tally.items() if count > 0] if tally is not None else []
        if rules.max_break_spread is not None and found and max(found) - min(found) > rules.max_break_spread:
            yield "max_break_spread"


def bits(slots: Slots) -> Iterator[int]:
    """The positions in a set, in order."""
    while slots:
        lowest = slots & -slots
        yield lowest.bit_length() - 1
        slots ^= lowest
