"""A problem as positions in lists: who, when, where, with everything left out that can never be."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from scheduler.problem import Candidate, Participant, Problem, SlotId, TableId


@dataclass(frozen=True, slots=True)
class Crew:
    """Interchangeable delegates of one participant: free in the same slots, allowed in the same meetings."""

    participant: int
    members: tuple[int, ...]
    free: frozenset[int]

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Pool:
    """Interchangeable interpreters."""

    members: tuple[int, ...]
    languages: frozenset[str]
    free: frozenset[int]


class Grid:
    """Positions and what is possible where. `is_apart` keeps every delegate in a crew of their own."""

    def __init__(self, problem: Problem, *, is_apart: bool = False) -> None:
        self.problem = problem
        self.slot_count = len(problem.slots)
        self.slot = {slot.id: t for t, slot in enumerate(problem.slots)}
        self.table = {table.id: k for k, table in enumerate(problem.tables)}
        self.participant = {one.id: p for p, one in enumerate(problem.participants)}
        self.meeting = {one.id: m for m, one in enumerate(problem.meetings)}
        self.sides = [(self.participant[one.between[0]], self.participant[one.between[1]]) for one in problem.meetings]
        self.meetings_of: list[list[int]] = [[] for _ in problem.participants]
        for m, sides in enumerate(self.sides):
            for p in sides:
                self.meetings_of[p].append(m)
        self.table_free = [self._free(table.unavailable) for table in problem.tables]
        self.table_count = [sum(t in free for free in self.table_free) for t in range(self.slot_count)]
        self.crews = [self._crews(p, is_apart) for p in range(len(problem.participants))]
        self.seats = [[self._seats(crews, t) for t in range(self.slot_count)] for crews in self.crews]
        self.pools = self._pools()
        self.tables_of = [self._tables_of(one) for one in problem.meetings]
        self.crews_of = [self._crews_of(m) for m in range(len(problem.meetings))]
        self.pools_of = [self._pools_of(one) for one in problem.meetings]
        self.slots_of = [self._slots_of(m) for m in range(len(problem.meetings))]

    @cached_property
    def days(self) -> tuple[tuple[int, ...], ...]:
        """The slots of each day, in time order."""
        days: dict[str, list[int]] = defaultdict(list)
        for t, slot in enumerate(self.problem.slots):
            days[slot.day].append(t)
        return tuple(tuple(day) for day in days.values())

    def windows(self, length: int) -> list[range]:
        """Every run of `length` neighbouring slots."""
        days = [slot.day for slot in self.problem.slots]
        starts = range(self.slot_count - length + 1)
        return [range(t, t + length) for t in starts if len(set(days[t : t + length])) == 1]

    def _free(self, unavailable: frozenset[SlotId]) -> frozenset[int]:
        return frozenset(t for slot, t in self.slot.items() if slot not in unavailable)

    def _crews(self, p: int, is_apart: bool) -> list[Crew]:
        one = self.problem.participants[p]
        if len(one.delegates) == 1:
            return [Crew(p, (0,), self._free(one.delegates[0].unavailable))]
        choices = self._choices(p)
        alike: dict[object, list[int]] = defaultdict(list)
        for d, delegate in enumerate(one.delegates):
            allowed = tuple(delegate.id in choice for choice in choices)
            alike[d if is_apart else (delegate.unavailable, allowed)].append(d)
        return [
            Crew(p, tuple(members), self._free(one.delegates[members[0]].unavailable)) for members in alike.values()
        ]

    def _seats(self, crews: list[Crew], t: int) -> int:
        """How many delegates of a participant are free in a slot."""
        return sum(crew.size for crew in crews if t in crew.free)

    def _choices(self, p: int) -> list[frozenset[str]]:
        """The different sets of delegates that meetings of this participant ask for."""
        found: set[frozenset[str]] = set()
        for m in self.meetings_of[p]:
            asked = self.problem.meetings[m].delegates
            if asked is not None:
                found.add(frozenset(asked[self.sides[m].index(p)]))
        return sorted(found, key=sorted)

    def _pools(self) -> list[Pool]:
        alike: dict[tuple[frozenset[str], frozenset[SlotId]], list[int]] = defaultdict(list)
        for i, one in enumerate(self.problem.interpreters):
            alike[one.languages, one.unavailable].append(i)
        return [Pool(tuple(members), languages, self._free(away)) for (languages, away), members in alike.items()]

    def _tables_of(self, one: Candidate) -> tuple[int, ...] | None:
        """The only tables that a meeting may use; None means any."""
        tables: tuple[TableId, ...] = ()
        if one.fixed_table is not None:
            tables = (one.fixed_table,)
        else:
            hosts: list[Participant] = [self.problem.participants[self.participant[p]] for p in one.between]
            tables = next((host.home_tables for host in hosts if host.home_tables), ())
        if one.online or not tables:
            return None
        return tuple(self.table[k] for k in tables)

    def _crews_of(self, m: int) -> tuple[list[Crew], list[Crew]]:
        """For each side the crews that may attend."""
        asked = self.problem.meetings[m].delegates
        first, second = self.sides[m]
        if asked is None:
            return self.crews[first], self.crews[second]
        return self._allowed(first, asked[0]), self._allowed(second, asked[1])

    def _allowed(self, p: int, asked: frozenset[str]) -> list[Crew]:
        delegates = self.problem.participants[p].delegates
        return [crew for crew in self.crews[p] if delegates[crew.members[0]].id in asked]

    def _pools_of(self, one: Candidate) -> list[int] | None:
        """The pools that can interpret a meeting; None where no interpreter is needed."""
        if one.languages is None:
            return None
        return [g for g, pool in enumerate(self.pools) if pool.languages.issuperset(one.languages)]

    def _slots_of(self, m: int) -> tuple[int, ...]:
        one = self.problem.meetings[m]
        slots = set(range(self.slot_count)) if one.slots is None else {self.slot[s] for s in one.slots}
        if one.fixed_slot is not None:
            slots &= {self.slot[one.fixed_slot]}
        for crews in self.crews_of[m]:
            slots &= set().union(*(crew.free for crew in crews))
        pools = self.pools_of[m]
        if pools is not None:
            slots &= set().union(*(self.pools[g].free for g in pools))
        if one.online and one.fixed_table is not None:
            return ()
        return tuple(sorted(t for t in slots if one.online or self.has_table(m, t)))

    def has_table(self, m: int, t: int) -> bool:
        tables = self.tables_of[m]
        return self.table_count[t] > 0 if tables is None else any(t in self.table_free[k] for k in tables)
