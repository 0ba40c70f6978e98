"""Waiting, read off bit masks: the breaks and idle slots of somebody who is busy in these slots of a day."""

from collections.abc import Sequence


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
