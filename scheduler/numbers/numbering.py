"""The problem in whole numbers: every id a position, every set of slots a bit mask, every scarce thing a pool."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from scheduler.numbers.pools import Pool, Shared, capacity_of, positions, shared_pools
from scheduler.problem import Candidate, Participant, Problem

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Demands:
    """Who and what a meeting could take, as masks of positions.

    `tables` only names meetings that may not take any table, `interpreters` those that need one.
    """

    delegates: list[tuple[int, int]]
    tables: dict[int, int]
    interpreters: dict[int, int]


@dataclass(frozen=True, slots=True)
class Ids:
    """Where each id of the problem stands in its list."""

    slots: dict[str, int]
    tables: dict[str, int]
    participants: dict[str, int]
    meetings: dict[str, int]

    @staticmethod
    def of(problem: Problem) -> "Ids":
        def places(ids: Iterable[str]) -> dict[str, int]:
            return {name: place for place, name in enumerate(ids)}

        return Ids(
            slots=places(slot.id for slot in problem.slots),
            tables=places(table.id for table in problem.tables),
            participants=places(participant.id for participant in problem.participants),
            meetings=places(meeting.id for meeting in problem.meetings),
        )

    def slots_except(self, unavailable: Iterable[str]) -> int:
        mask = (1 << len(self.slots)) - 1
        for slot in unavailable:
            mask &= ~(1 << self.slots[slot])
        return mask


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the steps work on. Pools 0 … participants - 1 are the participants' delegates, in their order.

    `sides` gives the two participants of a meeting, `allowed` the slots in which it could be held if it were alone,
    `extras` its pools besides those of its sides, `hall` the number of tables in each slot, which only meetings that
    are `physical` take. `before` and `after` are the meetings that come strictly earlier and later. `days` are pairs
    of first slot and number of slots.
    """

    problem: Problem
    ids: Ids
    slot_count: int
    days: tuple[tuple[int, int], ...]
    day_of: tuple[int, ...]
    sides: list[tuple[int, int]]
    allowed: list[int]
    value: list[int]
    required: frozenset[int]
    physical: list[bool]
    demands: Demands
    table_free: list[int]
    interpreter_free: list[int]
    pools: list[Pool]
    extras: dict[int, tuple[int, ...]]
    hall: tuple[int, ...]
    floor: list[int]
    ceiling: list[int]
    before: dict[int, tuple[int, ...]]
    after: dict[int, tuple[int, ...]]
    meetings_of: list[list[int]]

    @property
    def participant_count(self) -> int:
        return len(self.floor)

    @property
    def meeting_count(self) -> int:
        return len(self.sides)

    def pools_of(self, meeting: int) -> tuple[int, ...]:
        return self.sides[meeting] + self.extras.get(meeting, ())


def numbered(problem: Problem) -> Numbered:
    """Numbers the problem once; everything after works on positions and masks."""
    ids = Ids.of(problem)
    sides = [(ids.participants[c.between[0]], ids.participants[c.between[1]]) for c in problem.meetings]
    table_free = [ids.slots_except(table.unavailable) for table in problem.tables]
    interpreter_free = [ids.slots_except(interpreter.unavailable) for interpreter in problem.interpreters]
    demands = _demands(problem, ids, sides)
    slot_count, hall = len(problem.slots), capacity_of(table_free, len(problem.slots))
    pools = _delegate_pools(problem, ids, sides, demands)
    extras = defaultdict[int, tuple[int, ...]](tuple)
    for wanted, free in (demands.tables, table_free), (demands.interpreters, interpreter_free):
        for shared in shared_pools(wanted, free, slot_count):
            if not _is_implied(shared, sides, pools):
                for meeting in shared.users:
                    extras[meeting] += (len(pools),)
                pools.append(shared.pool)
    meetings_of: list[list[int]] = [[] for _ in problem.participants]
    for m, (a, b) in enumerate(sides):
        meetings_of[a].append(m)
        meetings_of[b].append(m)
    before = {m: tuple(ids.meetings[e] for e in c.after) for m, c in enumerate(problem.meetings) if c.after}
    days = _days(problem)
    return Numbered(
        problem=problem,
        ids=ids,
        slot_count=slot_count,
        days=days,
        day_of=tuple(day for day, (_, length) in enumerate(days) for _ in range(length)),
        sides=sides,
        allowed=_allowed(problem, ids, pools, sides, demands, table_free, interpreter_free),
        value=[c.value for c in problem.meetings],
        required=frozenset(m for m, c in enumerate(problem.meetings) if c.required),
        physical=[not c.online for c in problem.meetings],
        demands=demands,
        table_free=table_free,
        interpreter_free=interpreter_free,
        pools=pools,
        extras=dict(extras),
        hall=hall,
        floor=[p.min_meetings for p in problem.participants],
        ceiling=[_ceiling(who, pools[p], len(meetings_of[p])) for p, who in enumerate(problem.participants)],
        before=before,
        after=_turned(before),
        meetings_of=meetings_of,
    )


def _days(problem: Problem) -> tuple[tuple[int, int], ...]:
    """Runs of slots on the same day, as first slot and length."""
    days: list[tuple[int, int]] = []
    for place, slot in enumerate(problem.slots):
        if place and problem.slots[place - 1].day == slot.day:
            first, length = days.pop()
            days.append((first, length + 1))
        else:
            days.append((place, 1))
    return tuple(days)


def _ceiling(who: Participant, delegates: Pool, candidate_count: int) -> int:
    """How many meetings a participant could hold: their own limit, their delegates' slots, their candidates."""
    reachable = min(sum(delegates.capacity), candidate_count)
    return reachable if who.max_meetings is None else min(reachable, who.max_meetings)


def _turned(before: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    after = defaultdict[int, tuple[int, ...]](tuple)
    for later, earlier in before.items():
        for meeting in earlier:
            after[meeting] += (later,)
    return dict(after)


def _demands(problem: Problem, ids: Ids, sides: list[tuple[int, int]]) -> Demands:
    people = [{d.id: k for k, d in enumerate(p.delegates)} for p in problem.participants]
    everyone = [(1 << len(p.delegates)) - 1 for p in problem.participants]
    homes = [sum(1 << ids.tables[table] for table in set(p.home_tables)) for p in problem.participants]
    delegates, tables, interpreters = [], {}, {}
    for m, (candidate, (a, b)) in enumerate(zip(problem.meetings, sides, strict=True)):
        if candidate.delegates is None:
            delegates.append((everyone[a], everyone[b]))
        else:
            mine, theirs = candidate.delegates
            delegates.append((sum(1 << people[a][d] for d in mine), sum(1 << people[b][d] for d in theirs)))
        if not candidate.online:
            home = homes[a] or homes[b]
            if candidate.fixed_table is not None:
                tables[m] = 1 << ids.tables[candidate.fixed_table]
            elif home:
                tables[m] = home
        if candidate.languages is not None:
            spoken = set(candidate.languages)
            interpreters[m] = sum(1 << k for k, i in enumerate(problem.interpreters) if spoken <= i.languages)
    return Demands(delegates, tables, interpreters)


def _delegate_pools(problem: Problem, ids: Ids, sides: list[tuple[int, int]], demands: Demands) -> list[Pool]:
    eligible: list[dict[int, int]] = [{} for _ in problem.participants]
    for m, (candidate, pair, wanted) in enumerate(zip(problem.meetings, sides, demands.delegates, strict=True)):
        if candidate.delegates is None:
            continue
        for participant, members in zip(pair, wanted, strict=True):
            if members != (1 << len(problem.participants[participant].delegates)) - 1:
                eligible[participant][m] = members
    pools = []
    for p, who in enumerate(problem.participants):
        free = tuple(ids.slots_except(delegate.unavailable) for delegate in who.delegates)
        pools.append(Pool(free, capacity_of(free, len(problem.slots)), eligible[p]))
    return pools


def _is_implied(shared: Shared, sides: list[tuple[int, int]], pools: list[Pool]) -> bool:
    """Whether the delegates of one participant are always the scarcer thing: a stand of their own for one person."""
    if shared.pool.eligible:
        return False
    common = set(sides[shared.users[0]]).intersection(*(sides[m] for m in shared.users))
    return any(
        all(people <= places for people, places in zip(pools[p].capacity, shared.pool.capacity, strict=True) if places)
        for p in common
    )


def _allowed(
    problem: Problem,
    ids: Ids,
    pools: list[Pool],
    sides: list[tuple[int, int]],
    demands: Demands,
    table_free: list[int],
    interpreter_free: list[int],
) -> list[int]:
    """For each meeting the slots that its own fields, some delegate of each side, a table and an interpreter leave."""
    some_table = reduce(or_, table_free, 0)
    whole_pool = [pool.slots_of(pool.everyone) for pool in pools[: len(problem.participants)]]
    masks = []
    for m, (candidate, (a, b)) in enumerate(zip(problem.meetings, sides, strict=True)):
        mask = whole_pool[a] & whole_pool[b]
        if candidate.delegates is not None:
            mine, theirs = demands.delegates[m]
            mask = pools[a].slots_of(mine) & pools[b].slots_of(theirs)
        if candidate.slots is not None or candidate.fixed_slot is not None or candidate.after or candidate.online:
            mask &= _own_slots(candidate, ids)
        if m in demands.tables:
            mask &= reduce(or_, (table_free[k] for k in positions(demands.tables[m])), 0)
        elif not candidate.online:
            mask &= some_table
        if m in demands.interpreters:
            mask &= reduce(or_, (interpreter_free[k] for k in positions(demands.interpreters[m])), 0)
        masks.append(mask)
    return masks


def _own_slots(candidate: Candidate, ids: Ids) -> int:
    mask = -1
    if (candidate.online and candidate.fixed_table is not None) or candidate.id in candidate.after:
        return 0
    if candidate.slots is not None:
        mask = sum(1 << ids.slots[slot] for slot in candidate.slots)
    if candidate.fixed_slot is not None:
        mask &= 1 << ids.slots[candidate.fixed_slot]
    return mask
