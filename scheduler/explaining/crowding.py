"""Hall's condition: meetings that fit only into some slots cannot be more than there is room in those."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.explaining.board import Slots, bits


@dataclass(frozen=True, slots=True)
class Crowd:
    """Positions of meetings that are one more than there is room for in the slots into which they fit: a Hall violator.

    Without any one of them there is room for the others.
    """

    meetings: tuple[int, ...]
    slots: Slots


def crowd(choices: Sequence[Slots], room: Sequence[int]) -> Crowd | None:
    """One crowd, where not all meetings have room: `choices` are the slots of each, `room` how many a slot takes.

    By augmenting paths; where none is left, all that was reached on the way is the crowd (Hall 1935).
    """
    placing = _Placing(choices, room)
    for m in sorted(range(len(choices)), key=lambda m: choices[m].bit_count()):
        reached = placing.place(m)
        if reached is not None:
            return Crowd((m, *(one for t in bits(reached) for one in sorted(placing.inside[t]))), reached)
    return None


class _Placing:
    """Meetings in slots; `inside[t]` are those in a slot, `at[m]` is the slot of each that has one."""

    def __init__(self, choices: Sequence[Slots], room: Sequence[int]) -> None:
        self.choices = choices
        self.room = room
        self.inside: list[set[int]] = [set() for _ in room]
        self.at: dict[int, int] = {}

    def place(self, m: int) -> Slots | None:
        """Gives a meeting a slot, others of theirs another one if need be; the slots tried if there is no way."""
        roomiest = max(bits(self.choices[m]), key=self._left, default=None)
        if roomiest is not None and self._left(roomiest):
            self._put(m, roomiest)
            return None
        comes_from = dict.fromkeys(bits(self.choices[m]), m)  # which meeting would go into the slot
        reached, queue = self.choices[m], deque(comes_from)
        while queue:
            t = queue.popleft()
            if self._left(t):
                self._shift(comes_from, t)
                return None
            for other in self.inside[t]:
                fresh = self.choices[other] & ~reached
                reached |= fresh
                for further in bits(fresh):
                    comes_from[further] = other
                    queue.append(further)
        return reached

    def _left(self, t: int) -> int:
        return self.room[t] - len(self.inside[t])

    def _put(self, m: int, t: int) -> None:
        self.inside[t].add(m)
        self.at[m] = t

    def _shift(self, comes_from: dict[int, int], t: int) -> None:
        """Each meeting on the way goes into the next slot."""
        while True:
            m = comes_from[t]
            source = self.at.get(m)
            self._put(m, t)
            if source is None:
                return
            self.inside[source].remove(m)
            t = source
