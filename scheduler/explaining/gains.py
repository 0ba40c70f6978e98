"""What holding one more meeting at once would do to the terms of the objective."""

from collections.abc import Iterator
from itertools import pairwise, product

from scheduler.explaining.board import Board, Stand, bits
from scheduler.problem import Term
from scheduler.schedule import Schedule


class Gains:
    """Compares the schedule on a board with what it would be with one more meeting, at the best place for it."""

    def __init__(self, board: Board, previous: Schedule | None) -> None:
        self.board = board
        self.before = {row.id: (row.slot, row.table) for row in previous.meetings} if previous is not None else {}

    def is_worse(self, m: int) -> bool:
        """Whether the schedule would be worse with the meeting wherever it is put."""
        decided = self._anywhere(m)
        if decided is not None:
            return decided
        origin = [0] * len(self.board.problem.objective)
        return all(self._costs(m, stand) > origin for stand in self._stands(m))

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
            sides = self.board.sides[m]
            return sum(self.board.counts[p] < self.board.problem.participants[p].min_meetings for p in sides)
        return self.board.problem.meetings[m].value if term is Term.VALUE else 1

    def _stands(self, m: int) -> Iterator[Stand]:
        """Every place where the meeting could stand at once."""
        board = self.board
        for t in bits(board.allowed(m) & board.free_slots(m, 0) & board.free_slots(m, 1)):
            first = board.obstacle(m, t)
            if not isinstance(first, Stand):
                continue
            tables = [None] if first.table is None else list(bits(board.free_tables[t] & board.tables(m)))
            people = product(board.free_people(m, 0, t), board.free_people(m, 1, t))
            for table, pair in product(tables, people):
                yield Stand(t, table, pair, first.interpreter)

    def _costs(self, m: int, stand: Stand) -> list[int]:
        """What each term would lose, in the order of the objective."""
        terms = self.board.problem.objective
        return [-self._worth(m, term) if term in _ANYWHERE else self._cost(m, stand, term) for term in terms]

    def _cost(self, m: int, stand: Stand, term: Term) -> int:
        board = self.board
        if term is Term.CHANGES:
            row = board.row_of(m, stand)
            return -int(self.before.get(row.id) == (row.slot, row.table))
        if term is Term.MOVES:
            sides = zip(board.sides[m], stand.delegates, strict=True)
            return 0 if stand.table is None else sum(self._moves(p, d, stand.slot, stand.table) for p, d in sides)
        cost = 0
        for p, d in zip(board.sides[m], stand.delegates, strict=True):
            busy = board.busy[p][d] if term is Term.DELEGATE_IDLE else board.busy_slots(p)
            before = [1 if term is Term.BREAKS else length for _, length in board.waits(busy)]
            after = [1 if term is Term.BREAKS else length for _, length in board.waits(busy | 1 << stand.slot)]
            cost += sum(after) - sum(before)
        return cost

    def _moves(self, p: int, d: int, t: int, table: int) -> int:
        """How many more times a delegate would change tables on the day."""
        day = self.board.day[t]
        agenda = sorted(
            (stand.slot, stand.table)
            for m, stand in self.board.stands.items()
            if stand.table is not None and (p, d) in zip(self.board.sides[m], stand.delegates, strict=True)
        )
        before = [(at, k) for at, k in agenda if self.board.day[at] == day]
        after = sorted([*before, (t, table)])
        return sum(a[1] != b[1] for a, b in pairwise(after)) - sum(a[1] != b[1] for a, b in pairwise(before))


_ANYWHERE = (Term.SHORTFALL, Term.VALUE, Term.HELD)
