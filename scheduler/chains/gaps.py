"""Waiting, read off bit masks: what the free slots between the meetings of a day cost, and how they could be closed."""

from collections.abc import Sequence
from dataclasses import dataclass


def idle_slots(day: int) -> int:
    """The free slots strictly between the first and the last busy one."""
    if not day:
        return 0
    return day.bit_length() - ((day & -day).bit_length() - 1) - day.bit_count()


def breaks(day: int) -> int:
    """The runs of free slots strictly between the first and the last busy one."""
    runs = (day & ~(day << 1)).bit_count()
    return max(0, runs - 1)


def by_day(busy: int, days: Sequence[tuple[int, int]]) -> list[int]:
    """The masks of single days, of which each is first slot and number of slots."""
    return [(busy >> first) & ((1 << length) - 1) for first, length in days]


@dataclass(frozen=True, slots=True)
class DayWait:
    """What a day's mask costs, and where one more meeting costs nothing: `gaps` close, `edges` lengthen the day."""

    cost: int
    gaps: int
    edges: int


class WaitTable:
    """The waiting of every mask that has been asked for; masks of days are looked up, never computed twice."""

    def __init__(self, days: Sequence[tuple[int, int]], break_weight: int, idle_weight: int) -> None:
        self.days = [(first, (1 << length) - 1) for first, length in days]
        self.break_weight = break_weight
        self.idle_weight = idle_weight
        self._known: dict[int, DayWait] = {}
        self._costs: dict[int, int] = {}

    def day(self, mask: int) -> DayWait:
        """The wait of a day's mask; its edges may lie beyond the end of the day."""
        known = self._known.get(mask)
        if known is None:
            known = self._known[mask] = self._look(mask)
        return known

    def _look(self, mask: int) -> DayWait:
        if not mask:
            return DayWait(0, 0, -1)
        low, length = mask & -mask, mask.bit_length()
        gaps = (1 << length) - low & ~mask
        cost = self.break_weight * breaks(mask) + self.idle_weight * idle_slots(mask)
        return DayWait(cost, gaps, low >> 1 | 1 << length)

    def cost(self, busy: int) -> int:
        """The cost of all days."""
        total, costs = 0, self._costs
        for first, ones in self.days:
            mask = busy >> first & ones
            known = costs.get(mask)
            if known is None:
                known = costs[mask] = self.day(mask).cost
            total += known
        return total

    def painless(self, busy: int, day: int) -> int:
        """The slots of a day in which one more meeting would not make anybody wait, as a mask over all slots."""
        first, ones = self.days[day]
        wait = self.day(busy >> first & ones)
        return ((wait.gaps | wait.edges) & ones) << first
