"""What holding one more meeting at once would do to the terms of the objective."""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

from scheduler.explaining.board import Board, Slots, Stand, bits
from scheduler.problem import Term
from scheduler.schedule import Schedule


class Gains:
    """Compares the schedule on a board with what it would be with one more meeting, at the best place for it.

    Meetings come onto the board by `hold` alone. Where `is_over` says so, nothing is compared, and nothing is worse.
    """

    def __init__(self, board: Board, previous: Schedule | None, is_over: Callable[[], bool]) -> None:
        self.board = board
        self.is_over = is_over
        self.before = {row.id: (row.slot, row.table) for row in previous.meetings} if previous is not None else {}
        self._floor = [one.min_meetings for one in board.problem.participants]
        self._longer: dict[tuple[Term, Slots, int], int] = {}
        self._tables: defaultdict[tuple[int, int], list[tuple[int, int]]] | None = None

    def is_worse(self, m: int) -> bool:
        """Whether the schedule would be worse with the meeting wherever it is put."""
        decided = self._anywhere(m)
        if decided is not None:
            return decided
        if self.is_over():
            return False
        return all(self._is_worse_at(m, stand) for stand in self._stands(m))

    def hold(self, m: int, stand: Stand) -> None:
        """Puts a meeting on the board."""
        self.board.put(m, stand)
        if self._tables is not None and stand.table is not None:
            for person in zip(self.board.sides[m], stand.delegates, strict=True):
                insort(self._tables[person], (stand.slot, stand.table))

    def _is_worse_at(self, m: int, stand: Stand) -> bool:
        costs = (self._cost(m, stand, term) for term in self.board.problem.objective)
        return next((cost > 0 for cost in costs if cost), False)

    def best_stand(self, m: int) -> Stand | None:
        """The place at once with which the schedule would be best; None where it would not be better with any."""
        origin = [0] * len(self.board.problem.objective)
        gains = ((self._costs(m, stand), k, stand) for k, stand in enumerate(self._stands(m)))
        costs, _, stand = min(gains, default=(origin, 0, None))
        return stand if costs < origin else None

    def _anywhere(self, m: int) -> bool | None:
        """The answer where the first terms give it whatever the place; else None."""
        for term in self.board.problem.objective:
            if term not in _ANYWHERE:
                return None
            if self._worth(m, term):
                return False
        return False

    def _worth(self, m: int, term: Term) -> int:
        """What a meeting adds to a term wherever it is held."""
        if term is Term.SHORTFALL:
            (first, second), counts = self.board.sides[m], self.board.counts
            return (counts[first] < self._floor[first]) + (counts[second] < self._floor[second])
        return self.board.problem.meetings[m].value if term is Term.VALUE else 1

    def _stands(self, m: int) -> Iterator[Stand]:
        """The places where the meeting could stand at once; of tables that are alike for it, one."""
        board = self.board
        for t in bits(board.allowed(m) & board.free_slots(m, 0) & board.free_slots(m, 1)):
            first = board.obstacle(m, t)
            if not isinstance(first, Stand):
                continue
            for pair in product(board.free_people(m, 0, t), board.free_people(m, 1, t)):
                for table in [None] if first.table is None else self._different(m, t, pair):
                    yield Stand(t, table, pair, first.interpreter)

    def _different(self, m: int, t: int, pair: tuple[int, int]) -> Iterator[int]:
        """The free tables at which one of the two sits on the day or that the meeting had before, and any other."""
        board = self.board
        free = board.free_tables[t] & board.tables(m)
        known = {table for p, d in zip(board.sides[m], pair, strict=True) for _, table in self._day_of(p, d, t)}
        _, was = self.before.get(board.problem.meetings[m].id, (None, None))
        if was is not None and was in board.table:
            known.add(board.table[was])
        some = sum(1 << table for table in known) & free
        others = free & ~some
        yield from bits(some | (others & -others))

    def _costs(self, m: int, stand: Stand) -> list[int]:
        """What each term would lose, in the order of the objective."""
        return [self._cost(m, stand, term) for term in self.board.problem.objective]

    def _cost(self, m: int, stand: Stand, term: Term) -> int:
        board = self.board
        if term in _ANYWHERE:
            return -self._worth(m, term)
        sides = tuple(zip(board.sides[m], stand.delegates, strict=True))
        if term is Term.CHANGES:
            row = board.row_of(m, stand)
            return -int(self.before.get(row.id) == (row.slot, row.table))
        if term is Term.MOVES:
            return 0 if stand.table is None else sum(self._moves(p, d, stand.slot, stand.table) for p, d in sides)
        is_alone = term is Term.DELEGATE_IDLE
        agendas = (board.busy[p][d] if is_alone else board.busy_slots(p) for p, d in sides)
        return sum(self._waiting(term, busy, stand.slot) for busy in agendas)

    def _waiting(self, term: Term, busy: Slots, t: int) -> int:
        """How much more waiting there would be with one more slot; remembered."""
        if (term, busy, t) not in self._longer:
            self._longer[term, busy, t] = self._waited(term, busy | 1 << t) - self._waited(term, busy)
        return self._longer[term, busy, t]

    def _waited(self, term: Term, busy: Slots) -> int:
        return sum(1 if term is Term.BREAKS else length for _, length in self.board.waits(busy))

    def _moves(self, p: int, d: int, t: int, table: int) -> int:
        """How many more times a delegate would change tables on the day."""
        before = self._day_of(p, d, t)
        return _changes(sorted([*before, (t, table)])) - _changes(before)

    def _day_of(self, p: int, d: int, t: int) -> list[tuple[int, int]]:
        """The slots and tables of a delegate's meetings on the day of a slot, in order."""
        if self._tables is None:
            self._tables = self._agendas()
        day = self.board.day
        return [(at, table) for at, table in self._tables.get((p, d), ()) if day[at] == day[t]]

    def _agendas(self) -> defaultdict[tuple[int, int], list[tuple[int, int]]]:
        found = defaultdict[tuple[int, int], list[tuple[int, int]]](list)
        for m, stand in self.board.stands.items():
            if stand.table is not None:
                for person in zip(self.board.sides[m], stand.delegates, strict=True):
                    insort(found[person], (stand.slot, stand.table))
        return found


def _changes(agenda: Iterable[tuple[int, int]]) -> int:
    return sum(a[1] != b[1] for a, b in pairwise(agenda))


_ANYWHERE = (Term.SHORTFALL, Term.VALUE, Term.HELD)
