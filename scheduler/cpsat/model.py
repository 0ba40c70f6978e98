"""The exact model: every candidate and slot a Boolean, asked for in words; the rules and terms stand beside it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.cpsat.grid import Grid
from scheduler.schedule import Meeting, Schedule

Literals = dict[tuple[int, int], list[IntVar]]


def total(parts: Iterable[LinearExpr | int]) -> LinearExpr:
    expression: LinearExpr = LinearExpr.sum(list(parts))
    return expression


class Model:
    """Literals of one problem. `is_seated` gives every meeting its table; otherwise tables are counted where that is
    exact: a meeting that may sit anywhere finds a table whenever the slot has one left for each meeting in it."""

    def __init__(self, grid: Grid, *, is_seated: bool = False, previous: Schedule | None = None) -> None:
        self.grid = grid
        self.is_seated = is_seated
        self.cp = CpModel()
        self.held: list[IntVar] = []
        self.at: list[dict[int, IntVar]] = []
        self.attending: Literals = defaultdict(list)
        self.interpreting: Literals = defaultdict(list)
        self.taking: Literals = defaultdict(list)
        self.crew_of: dict[tuple[int, int, int], list[tuple[int, IntVar]]] = {}
        self.pool_of: dict[tuple[int, int], list[tuple[int, IntVar]]] = {}
        self.table_of: dict[tuple[int, int], list[tuple[int, IntVar]]] = {}
        self.crew_number = {id(crew): c for c, crew in enumerate(crew for crews in grid.crews for crew in crews)}
        self.crews = [crew for crews in grid.crews for crew in crews]
        self.breaks: dict[int, LinearExpr] = {}
        self.busy = cache(self._busy)
        self.crew_busy = cache(self._crew_busy)
        for m in range(len(grid.sides)):
            self._add_meeting(m)
        self.kept: dict[int, IntVar] = {}
        self.kept_table: dict[int, int] = {}
        self.change_count = 0
        self._keep(previous or Schedule())

    def of_participant(self, p: int, t: int) -> list[IntVar]:
        """The meetings of a participant in a slot."""
        return [self.at[m][t] for m in self.grid.meetings_of[p] if t in self.at[m]]

    def in_slot(self, t: int) -> list[IntVar]:
        return [at[t] for at in self.at if t in at]

    def at_tables(self, t: int) -> list[IntVar]:
        """The meetings of a slot that take a table."""
        meetings = zip(self.grid.problem.meetings, self.at, strict=True)
        return [at[t] for one, at in meetings if t in at and not one.online]

    def count(self, p: int) -> LinearExpr:
        """How many meetings a participant has."""
        return total(self.held[m] for m in self.grid.meetings_of[p])

    def busy_count(self, p: int) -> int | None:
        """In how many slots a participant is busy, where that is known beforehand."""
        problem, meetings = self.grid.problem, self.grid.meetings_of[p]
        if max(self.grid.seats[p], default=0) > 1 or not all(problem.meetings[m].required for m in meetings):
            return None
        return len(meetings)

    def reached(self, day: list[IntVar | None]) -> list[IntVar | None]:
        """For each slot a literal that says whether one up to it is busy."""
        reached: list[IntVar | None] = []
        for now in day:
            before = reached[-1] if reached else None
            if now is None or before is None:
                reached.append(before if now is None else now)
                continue
            either = self.cp.new_bool_var("")
            self.cp.add_max_equality(either, [before, now])
            reached.append(either)
        return reached

    def _add_meeting(self, m: int) -> None:
        cp, grid = self.cp, self.grid
        held = cp.new_bool_var("")
        at = {t: cp.new_bool_var("") for t in grid.slots_of[m]}
        cp.add_exactly_one([*at.values(), held.negated()])
        self.held.append(held)
        self.at.append(at)
        for t, here in at.items():
            for side, crews in enumerate(grid.crews_of[m]):
                numbers = [self.crew_number[id(crew)] for crew in crews if t in crew.free]
                self.crew_of[m, side, t] = self._choose(here, numbers)
                for c, attends in self.crew_of[m, side, t]:
                    self.attending[c, t].append(attends)
            self._add_place(m, t, here)

    def _add_place(self, m: int, t: int, here: IntVar) -> None:
        grid = self.grid
        pools = grid.pools_of[m]
        if pools is not None:
            self.pool_of[m, t] = self._choose(here, [g for g in pools if t in grid.pools[g].free])
            for g, speaks in self.pool_of[m, t]:
                self.interpreting[g, t].append(speaks)
        tables = grid.tables_of[m]
        if self.is_seated and tables is None and not grid.problem.meetings[m].online:
            tables = tuple(range(len(grid.problem.tables)))
        if tables is not None:
            self.table_of[m, t] = self._choose(here, [k for k in tables if t in grid.table_free[k]])
            for k, sits in self.table_of[m, t]:
                self.taking[k, t].append(sits)

    def _choose(self, whole: IntVar, options: list[int]) -> list[tuple[int, IntVar]]:
        """A literal for each option: exactly one where `whole` is true, none where it is not."""
        if len(options) == 1:
            return [(options[0], whole)]
        parts = [(option, self.cp.new_bool_var("")) for option in options]
        self.cp.add_exactly_one([*(part for _, part in parts), whole.negated()])
        return parts

    def _busy(self, p: int, t: int) -> IntVar | None:
        """A participant meets somebody in a slot; None where they never can."""
        return self._any(self.of_participant(p, t), is_single=self.grid.seats[p][t] <= 1)

    def _crew_busy(self, c: int, t: int) -> IntVar | None:
        return self._any(self.attending[c, t], is_single=self.crews[c].size == 1)

    def _any(self, literals: list[IntVar], *, is_single: bool) -> IntVar | None:
        if not literals:
            return None
        either = self.cp.new_bool_var("")
        if is_single:
            self.cp.add_exactly_one([*literals, either.negated()])
        else:
            self.cp.add_max_equality(either, literals)
        return either

    def _keep(self, previous: Schedule) -> None:
        """A literal for each earlier meeting that can stay at its slot and table; the rest are changes already."""
        for old in previous.meetings:
            m, t = self.grid.meeting.get(old.id), self.grid.slot.get(old.slot)
            kept = None if m is None or t is None else self._kept(m, t, old)
            if m is None or kept is None:
                self.change_count += 1
            else:
                self.kept[m] = kept

    def _kept(self, m: int, t: int, old: Meeting) -> IntVar | None:
        grid = self.grid
        here = self.at[m].get(t)
        is_online = grid.problem.meetings[m].online
        if here is None or is_online != (old.table is None):
            return None
        if old.table is None:
            return here
        k = grid.table.get(old.table)
        if k is None or t not in grid.table_free[k]:
            return None
        if (m, t) in self.table_of:
            return dict(self.table_of[m, t]).get(k)
        kept = self.cp.new_bool_var("")
        self.cp.add_implication(kept, here)
        self.taking[k, t].append(kept)
        self.kept_table[m] = k
        return kept

    def hint(self, schedule: Schedule) -> None:
        """Suggests the slots of a schedule to the search."""
        slots = {self.grid.meeting[row.id]: self.grid.slot[row.slot] for row in schedule.meetings}
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools leaves this one untyped
        for m, held in enumerate(self.held):
            self.cp.add_hint(held, m in slots)
            for t, here in self.at[m].items():
                self.cp.add_hint(here, slots.get(m) == t)

    def hint_values(self, values: Sequence[int]) -> None:
        """Suggests a whole solution to the search; variables made since have none."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools leaves this one untyped
        hint = self.cp.proto.solution_hint
        hint.vars.extend(range(len(values)))
        hint.values.extend(values)

    def schedule(self, value: Callable[[IntVar], bool]) -> Schedule:
        """The schedule that the literals say, with tables, delegates and interpreters named."""
        places: dict[int, int] = {}
        for m, at in enumerate(self.at):
            slot = next((t for t, here in at.items() if value(here)), None)
            if slot is not None:
                places[m] = slot
        tables = self._tables(places, value)
        crews = _Naming((c, crew.members) for c, crew in enumerate(self.crews))
        pools = _Naming((g, pool.members) for g, pool in enumerate(self.grid.pools))
        problem, meetings = self.grid.problem, []
        for m, t in places.items():
            people = []
            for side, p in enumerate(self.grid.sides[m]):
                member = crews.next(_chosen(self.crew_of[m, side, t], value), t)
                people.append(problem.participants[p].delegates[member].id)
            voice = None
            if (m, t) in self.pool_of:
                voice = problem.interpreters[pools.next(_chosen(self.pool_of[m, t], value), t)].id
            table = problem.tables[tables[m]].id if m in tables else None
            meetings.append(Meeting(problem.meetings[m].id, problem.slots[t].id, table, (people[0], people[1]), voice))
        return Schedule(tuple(meetings))

    def _tables(self, places: dict[int, int], value: Callable[[IntVar], bool]) -> dict[int, int]:
        """The table of each meeting: the one that it must have or keeps, otherwise the next that is free."""
        tables: dict[int, int] = {}
        taken: dict[int, set[int]] = defaultdict(set)
        for m, t in places.items():
            if (m, t) in self.table_of:
                tables[m] = _chosen(self.table_of[m, t], value)
            elif m in self.kept_table and value(self.kept[m]):
                tables[m] = self.kept_table[m]
            else:
                continue
            taken[t].add(tables[m])
        self._seat_the_others(places, tables, taken)
        return tables

    def _seat_the_others(self, places: dict[int, int], tables: dict[int, int], taken: dict[int, set[int]]) -> None:
        """Slot by slot, where one of the two sides sat last if that table is free."""
        grid, last = self.grid, dict[int, int]()
        for m, t in sorted(places.items(), key=lambda place: place[1]):
            if grid.problem.meetings[m].online:
                continue
            if m not in tables:
                liked = [last[p] for p in grid.sides[m] if p in last]
                free = (k for k in [*liked, *range(len(grid.table_free))] if t in grid.table_free[k])
                tables[m] = next(k for k in free if k not in taken[t])
                taken[t].add(tables[m])
            last.update(dict.fromkeys(grid.sides[m], tables[m]))


class _Naming:
    """Hands out the members of each group in turn, slot by slot; from the first again where a rule was left out."""

    def __init__(self, groups: Iterable[tuple[int, tuple[int, ...]]]) -> None:
        self._members = dict(groups)
        self._used: dict[tuple[int, int], int] = defaultdict(int)

    def next(self, group: int, t: int) -> int:
        self._used[group, t] += 1
        return self._members[group][(self._used[group, t] - 1) % len(self._members[group])]


def _chosen(options: list[tuple[int, IntVar]], value: Callable[[IntVar], bool]) -> int:
    return next(option for option, literal in options if value(literal))
