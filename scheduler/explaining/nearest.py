"""The nearest place of a meeting that is not held: free at once, or freed by moving one other meeting elsewhere."""

from collections.abc import Iterable, Iterator, Set
from itertools import chain, islice

from scheduler.explaining.board import Board, Slots, Stand, bits
from scheduler.schedule import Place, Reason

_MOST_TRIED = 20  # moves that are tried for one meeting; a crowded event has thousands


class Nearest:
    """Searches on a board, which is the same again after each search."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._rooms: dict[int, Slots] = {}
        self._movable: dict[int, frozenset[int]] = {}
        self._people = [
            [[0] * len(board.problem.slots) for _ in delegates] for delegates in board.present
        ]  # who is in which meeting: its position plus one
        self._seated = [[-1] * len(board.problem.slots) for _ in board.problem.tables]
        self._serving = [[-1] * len(board.problem.slots) for _ in board.problem.interpreters]
        for m, stand in board.stands.items():
            for p, d in zip(board.sides[m], stand.delegates, strict=True):
                self._people[p][d][stand.slot] = m + 1
            if stand.table is not None:
                self._seated[stand.table][stand.slot] = m
            if stand.interpreter is not None:
                self._serving[stand.interpreter][stand.slot] = m

    def place(self, m: int) -> Place | None:
        """The place with the fewest moves, then the earliest; None where one move of those tried does not free one."""
        slots = list(bits(self._within_reach(m)))
        for t in slots:
            stand = self.board.obstacle(m, t)
            if isinstance(stand, Stand):
                return self._place(m, stand)
        pairs = ((t, other) for t in slots for other in self._in_the_way(m, t) if self._room(other))
        for t, other in islice(pairs, _MOST_TRIED):
            place = self._after_moving(m, t, other)
            if place is not None:
                return place
        return None

    def _within_reach(self, m: int) -> Slots:
        """The slots in which everybody who is needed is there, busy or not."""
        slots = self.board.allowed(m)
        for side, p in enumerate(self.board.sides[m]):
            there = 0
            for d in self.board.who(m, side):
                there |= self.board.present[p][d]
            slots &= there
        return slots

    def _place(self, m: int, stand: Stand, *moves: tuple[int, Stand]) -> Place:
        row = self.board.row_of(m, stand)
        return Place(row.slot, row.table, tuple(self.board.row_of(other, to) for other, to in moves))

    def _in_the_way(self, m: int, t: int) -> Iterable[int]:
        """The meetings of which each, if it were elsewhere, might leave the place to this one."""
        blocked: list[Set[int]] = [others for side in (0, 1) if (others := self._busy_side(m, side, t)) is not None]
        one = self.board.problem.meetings[m]
        able = list(self.board.able(m)) if one.languages is not None else []
        if able and not any((self.board.at_hand[i] & ~self.board.booked[i]) >> t & 1 for i in able):
            blocked.append({self._serving[i][t] for i in able} - {-1})
        tables = self.board.tables(m)
        if not one.online and not tables & self.board.free_tables[t]:
            blocked.append(self._seated_at(t, tables))
        if blocked:
            return sorted(set.intersection(*map(set, blocked)) if len(blocked) > 1 else blocked[0])
        return chain(self._neighbours(m), self._own(m))

    def _seated_at(self, t: int, tables: int) -> Set[int]:
        """The meetings at these tables in a slot; for any table (-1) only those that could go to another slot."""
        if tables < 0:
            if t not in self._movable:
                everywhere = self._seated_at(t, self.board.tables_at[t])
                self._movable[t] = frozenset(other for other in everywhere if self._room(other) & ~(1 << t))
            return self._movable[t]
        return {self._seated[k][t] for k in bits(tables & self.board.tables_at[t])} - {-1}

    def _busy_side(self, m: int, side: int, t: int) -> set[int] | None:
        """The meetings of a side's delegates in a slot; None where one of them is free."""
        p = self.board.sides[m][side]
        there = [d for d in self.board.who(m, side) if self.board.present[p][d] >> t & 1]
        meetings = [self._people[p][d][t] for d in there]
        return None if 0 in meetings else {meeting - 1 for meeting in meetings}

    def _neighbours(self, m: int) -> Iterator[int]:
        """The held meetings that come before or after this one by `after`."""
        yield from (other for other in self._before(m) if other in self.board.stands)
        yield from (other for other in self.board.followers.get(m, ()) if other in self.board.stands)

    def _before(self, m: int) -> Iterable[int]:
        return (self.board.meeting[name] for name in self.board.problem.meetings[m].after)

    def _own(self, m: int) -> Iterator[int]:
        """The other meetings of both sides."""
        for p in self.board.sides[m]:
            for agenda in self._people[p]:
                yield from (meeting - 1 for meeting in agenda if meeting)

    def _after_moving(self, m: int, t: int, other: int) -> Place | None:
        """The place in a slot once another meeting has gone elsewhere, if everything holds then."""
        room = self._room(other)
        was = self.board.lift(other)
        place = None
        stand = self.board.obstacle(m, t)
        if isinstance(stand, Stand):
            self.board.put(m, stand)
            for elsewhere in bits(room):
                to = self.board.obstacle(other, elsewhere)
                if isinstance(to, Stand) and to != was:
                    place = self._place(m, stand, (other, to))
                    break
            self.board.lift(m)
        self.board.put(other, was)
        return place

    def _room(self, other: int) -> Slots:
        """The slots to which a held meeting could go as the schedule stands; remembered.

        Its own is among them if it could stay there with another table, delegate or interpreter.
        """
        if other not in self._rooms:
            was = self.board.lift(other)
            slots = self.board.allowed(other) & self.board.free_slots(other, 0) & self.board.free_slots(other, 1)
            slots &= -1 if self._can_vary(other, was) else ~(1 << was.slot)
            hindered = (Reason.NO_INTERPRETER, Reason.NO_TABLE)
            self._rooms[other] = sum(1 << t for t in bits(slots) if self.board.obstacle(other, t) not in hindered)
            self.board.put(other, was)
        return self._rooms[other]

    def _can_vary(self, other: int, was: Stand) -> bool:
        board, t = self.board, was.slot
        tables = 0 if was.table is None else board.free_tables[t] & board.tables(other) & ~(1 << was.table)
        people = any({*board.free_people(other, side, t)} - {was.delegates[side]} for side in (0, 1))
        able = board.able(other) if was.interpreter is not None else ()
        return bool(tables or people) or any(
            i != was.interpreter and (board.at_hand[i] & ~board.booked[i]) >> t & 1 for i in able
        )
