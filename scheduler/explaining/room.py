"""What is left of the slots, as sets: the reason of a meeting that is not held, without a look at each slot."""

from functools import reduce
from operator import or_

from scheduler.explaining.board import Board, Slots
from scheduler.problem import Candidate
from scheduler.schedule import Reason


class Room:
    """The schedule on a board as it stands; `free` are the slots in which somebody of a participant is free."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.with_table = sum(1 << t for t, tables in enumerate(board.free_tables) if tables)
        self.free = [self._free(p) for p in range(len(board.present))]
        self.full = [self._is_full(p) for p in range(len(board.present))]
        self._at_home: dict[int, Slots] = {}
        self._interpreted: dict[tuple[str, str], Slots] = {}
        self._is_sought = [bool(one.home_tables) for one in board.problem.participants]

    def _free(self, p: int) -> Slots:
        slots = 0
        for here, busy in zip(self.board.present[p], self.board.busy[p], strict=True):
            slots |= here & ~busy
        return slots

    def _is_full(self, p: int) -> bool:
        most = self.board.problem.participants[p].max_meetings
        return not self.free[p] or (most is not None and self.board.counts[p] >= most)

    def reason(self, m: int) -> Reason | None:
        """The first thing that keeps a meeting out of every slot, the rules of `rules` aside; None where none does."""
        board = self.board
        one, (first, second) = board.problem.meetings[m], board.sides[m]
        if self.full[first] or self.full[second]:
            return Reason.PARTICIPANT_FULL
        left = self.free[first] & self.free[second]
        if one.delegates is not None:
            left &= board.free_slots(m, 0) & board.free_slots(m, 1)
        if one.slots is not None or one.fixed_slot is not None:
            left &= board.allowed(m)
        if not left:
            return Reason.NO_COMMON_SLOT
        if one.languages is not None:
            left &= self._with_interpreter(one.languages, m)
            if not left:
                return Reason.NO_INTERPRETER
        if not one.online or one.fixed_table is not None:
            left &= self._with_seat(one, first, second)
            if not left:
                return Reason.NO_TABLE
        if (one.after or m in board.followers) and not left & self._in_order(m):
            return Reason.ORDER
        return None

    def _with_interpreter(self, pair: tuple[str, str], m: int) -> Slots:
        if pair not in self._interpreted:
            board = self.board
            self._interpreted[pair] = reduce(or_, (board.at_hand[i] & ~board.booked[i] for i in board.able(m)), 0)
        return self._interpreted[pair]

    def _with_seat(self, one: Candidate, first: int, second: int) -> Slots:
        """The slots with a free table at which a meeting may be held; online there is none to be fixed to."""
        if one.fixed_table is not None:
            return 0 if one.online else self._with_any_of(1 << self.board.table[one.fixed_table])
        for p in (first, second):
            if self._is_sought[p]:
                if p not in self._at_home:
                    homes = self.board.problem.participants[p].home_tables
                    self._at_home[p] = self._with_any_of(sum(1 << self.board.table[k] for k in set(homes)))
                return self._at_home[p]
        return self.with_table

    def _with_any_of(self, tables: int) -> Slots:
        return sum(1 << t for t, free in enumerate(self.board.free_tables) if free & tables)

    def _in_order(self, m: int) -> Slots:
        """The slots after all that come before a meeting, and before all that come after it."""
        board, slots = self.board, self.board.every_slot
        for name in board.problem.meetings[m].after:
            earlier = board.meeting[name]
            if earlier == m:
                return 0
            if earlier in board.stands:
                slots &= -1 << (board.stands[earlier].slot + 1)
        for later in board.followers.get(m, ()):
            if later in board.stands:
                slots &= (1 << board.stands[later].slot) - 1
        return slots
