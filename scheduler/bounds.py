"""What no schedule can exceed: limits of people, tables and interpreters on the choice of meetings, slots aside."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.linear import Ints, Programme
from scheduler.numbers.numbering import Numbered
from scheduler.numbers.pools import positions

# Sets of slots for which crowding is looked at, where there are very many: those shared by this share of the meetings.
COMMON_SHARE = 0.01
MANY_SETS = 300


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of these meetings can be held."""

    meetings: Sequence[int]
    most: int


def limits(numbers: Numbered) -> Iterator[Limit]:
    """Every limit that could bind: ceilings, the free time of each pool, tables, and the slots that meetings share."""
    for participant, meetings in enumerate(numbers.meetings_of):
        if len(meetings) > numbers.ceiling[participant]:
            yield Limit(meetings, numbers.ceiling[participant])
    physical = [m for m in range(numbers.meeting_count) if numbers.physical[m]]
    yield from _crowding(numbers, physical, numbers.hall)
    users: list[list[int]] = [*numbers.meetings_of, *([] for _ in numbers.pools[numbers.participant_count :])]
    for meeting, pools in numbers.extras.items():
        for pool in pools:
            users[pool].append(meeting)
    for scarce, meetings in zip(numbers.pools, users, strict=True):
        yield from _crowding(numbers, meetings, scarce.capacity)
        for members in set(scarce.eligible.values()):
            choosy = [m for m in meetings if not scarce.members_for(m) & ~members]
            free = [(scarce.free_in(slot) & members).bit_count() for slot in range(numbers.slot_count)]
            yield from _crowding(numbers, choosy, free)


def _crowding(numbers: Numbered, meetings: Sequence[int], capacity: Sequence[int]) -> Iterator[Limit]:
    """Hall's condition over time: meetings that fit only into some slots cannot be more than those slots have room."""
    if len(meetings) > sum(capacity):
        yield Limit(meetings, sum(capacity))
    room = min((count for count in capacity if count), default=0)
    widths = sorted(numbers.allowed[m].bit_count() for m in meetings)
    if all(widths[width * room] > width for width in range(1, numbers.slot_count) if width * room < len(widths)):
        return
    by_mask = defaultdict[int, list[int]](list)
    for m in meetings:
        by_mask[numbers.allowed[m]].append(m)
    fewest = 1 if len(by_mask) <= MANY_SETS else max(2, COMMON_SHARE * len(meetings))
    for mask in [mask for mask, those in by_mask.items() if len(those) >= fewest]:
        width = mask.bit_count()
        if width == numbers.slot_count or bisect_right(widths, width) <= width * room:
            continue
        inside = [m for other, those in by_mask.items() if not other & ~mask for m in those]
        places = sum(capacity[slot] for slot in positions(mask))
        if len(inside) > places:
            yield Limit(inside, places)


class Relaxation:
    """Which meetings could be held if only the limits counted: a programme with one column for each meeting.

    After those stand the shortfalls of the participants with a floor, then whatever a step adds. `keep` adds what a
    former term has reached.
    """

    def __init__(self, numbers: Numbered) -> None:
        self.numbers = numbers
        self._wanting = [p for p, floor in enumerate(numbers.floor) if floor > 0]
        count = numbers.meeting_count
        possible = np.array([mask != 0 for mask in numbers.allowed], dtype=np.int64)
        floors = np.array([numbers.floor[p] for p in self._wanting], dtype=np.int64)
        reach = np.array([numbers.ceiling[p] for p in self._wanting], dtype=np.int64)
        self._lower = np.concatenate([np.zeros(count, dtype=np.int64), np.maximum(0, floors - reach)])
        self._lower[list(numbers.required)] = 1
        self._upper = np.concatenate([possible, floors])
        self.is_impossible = bool(np.any(self._lower > self._upper))
        self._columns: list[Ints] = []
        self._entries: list[Ints] = []
        self._limit: list[int] = []
        for limit in limits(numbers):
            self.add_row(np.asarray(limit.meetings, dtype=np.int64), 1, limit.most)
        for k, p in enumerate(self._wanting):
            self.add_row(np.array([*numbers.meetings_of[p], count + k], dtype=np.int64), -1, -numbers.floor[p])

    @property
    def column_count(self) -> int:
        return len(self._upper)

    def least(self) -> Ints:
        """What must be chosen in any case: required meetings, and shortfalls that nothing avoids."""
        return self._lower.copy()

    def shortfall_gain(self) -> Ints:
        """The gain whose maximum is the least shortfall, negated."""
        gain = np.zeros(self.column_count, dtype=np.int64)
        gain[self.numbers.meeting_count :][: len(self._wanting)] = -1
        return gain

    def meeting_gain(self, worth: Sequence[int]) -> Ints:
        gain = np.zeros(self.column_count, dtype=np.int64)
        gain[: self.numbers.meeting_count] = worth
        return gain

    def keep(self, gain: Ints, amount: int) -> None:
        """From now on the gain is at least this."""
        columns = np.flatnonzero(gain)
        self.add_row(columns, -gain[columns], -amount)

    def programme(self, gain: Ints) -> Programme:
        """The programme for one gain. Its rows are as they were added."""
        lengths = [len(columns) for columns in self._columns]
        return Programme(
            gain=gain,
            lower=self._lower,
            upper=self._upper,
            limit=np.array(self._limit, dtype=np.int64),
            rows=np.repeat(np.arange(len(lengths)), lengths),
            columns=np.concatenate([*self._columns, np.zeros(0, dtype=np.int64)]),
            entries=np.concatenate([*self._entries, np.zeros(0, dtype=np.int64)]),
        )

    def add_columns(self, upper: Sequence[int]) -> int:
        """More whole numbers to choose, each from 0 to its upper limit; the first one's place."""
        first = self.column_count
        self._lower = np.concatenate([self._lower, np.zeros(len(upper), dtype=np.int64)])
        self._upper = np.concatenate([self._upper, np.asarray(upper, dtype=np.int64)])
        return first

    def add_row(self, columns: Ints, entry: int | Ints, limit: int) -> None:
        """One more row. No column comes twice."""
        order = np.argsort(columns, kind="stable")
        self._columns.append(columns[order])
        self._entries.append(np.broadcast_to(np.asarray(entry, dtype=np.int64), columns.shape)[order])
        self._limit.append(limit)
