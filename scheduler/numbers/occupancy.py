"""Who is where, slot by slot, while a timetable is made: masks that say at once when something could be held."""

from collections.abc import Iterable
from itertools import chain

from scheduler.numbers.numbering import NOWHERE, Numbered
from scheduler.numbers.pools import positions
from scheduler.numbers.rosters import day_roster, rests_in_time


class Occupancy:
    """A timetable in the making. Every change goes through `place` and `remove`, which keep the masks true.

    `slot_of` gives the slot of a meeting or NOWHERE, `busy` a participant's slots with a meeting, `full` a pool's slots
    without room, `hall_full` the slots without a table, `placed` is how many meetings have a slot. `users(pool, slot)`
    are the meetings there.
    """

    __slots__ = (
        "at_table",
        "busy",
        "full",
        "hall_full",
        "held_count",
        "is_intricate",
        "is_single",
        "numbers",
        "placed",
        "slot_of",
        "users_at",
    )

    def __init__(self, numbers: Numbered) -> None:
        self.numbers = numbers
        self.placed = 0
        self.slot_of = [NOWHERE] * numbers.meeting_count
        self.busy = [0] * numbers.participant_count
        self.held_count = [0] * numbers.participant_count
        self.users_at: list[list[int]] = [[] for _ in range(len(numbers.pools) * numbers.slot_count)]
        self.full = [_slots_with(pool.capacity, 0) for pool in numbers.pools]
        self.at_table = [0] * numbers.slot_count
        self.hall_full = _slots_with(numbers.hall, 0)
        self.is_single = [max(numbers.pools[p].capacity, default=0) <= 1 for p in range(numbers.participant_count)]
        self.is_intricate = self._need_more_than_counting()

    def _need_more_than_counting(self) -> list[bool]:
        """For each meeting whether pools, order or rest decide where it fits."""
        numbers = self.numbers
        flags = [numbers.problem.rules.max_consecutive is not None] * numbers.meeting_count
        choosy = (numbers.meetings_of[p] for p in range(numbers.participant_count) if numbers.pools[p].eligible)
        for meeting in chain(numbers.extras, numbers.before, numbers.after, *choosy):
            flags[meeting] = True
        return flags

    def users(self, pool: int, slot: int) -> list[int]:
        return self.users_at[pool * self.numbers.slot_count + slot]

    def held(self) -> list[int]:
        return [m for m, slot in enumerate(self.slot_of) if slot != NOWHERE]

    def place(self, meeting: int, slot: int) -> None:
        """Holds the meeting in the slot. Whether it may be is for `open_slots` and `fits` to say."""
        numbers, bit = self.numbers, 1 << slot
        self.slot_of[meeting] = slot
        self.placed += 1
        sides = numbers.sides[meeting]
        for participant in sides:
            self.busy[participant] |= bit
            self.held_count[participant] += 1
        users_at, pools, slot_count = self.users_at, numbers.pools, numbers.slot_count
        for pool in numbers.pools_of(meeting) if meeting in numbers.extras else sides:
            users = users_at[pool * slot_count + slot]
            users.append(meeting)
            if len(users) >= pools[pool].capacity[slot]:
                self.full[pool] |= bit
        if numbers.physical[meeting]:
            self._seat(slot, 1)

    def remove(self, meeting: int) -> int:
        """Takes the meeting out and returns the slot in which it was."""
        numbers, slot = self.numbers, self.slot_of[meeting]
        bit = 1 << slot
        self.slot_of[meeting] = NOWHERE
        self.placed -= 1
        for pool in numbers.pools_of(meeting):
            users = self.users_at[pool * numbers.slot_count + slot]
            users.remove(meeting)
            if len(users) < numbers.pools[pool].capacity[slot]:
                self.full[pool] &= ~bit
        for participant in numbers.sides[meeting]:
            self.held_count[participant] -= 1
            if not self.users_at[participant * numbers.slot_count + slot]:
                self.busy[participant] &= ~bit
        if numbers.physical[meeting]:
            self._seat(slot, -1)
        return slot

    def exchange(self, meetings: list[int], one: int, other: int, spare: int = 0) -> bool:
        """Moves meetings that need no more than counting between two slots; false, and nothing done, without tables."""
        numbers, slot_of = self.numbers, self.slot_of
        to_one = sum(numbers.physical[m] for m in meetings if slot_of[m] == other)
        more = 2 * to_one - sum(numbers.physical[m] for m in meetings)
        gaining, count = (one, more) if more > 0 else (other, -more)
        if count and self.at_table[gaining] + count > numbers.hall[gaining] + spare:
            return False
        touched = dict.fromkeys(p for m in meetings for p in numbers.sides[m])
        for meeting in meetings:
            was = slot_of[meeting]
            now = slot_of[meeting] = one + other - was
            for participant in numbers.sides[meeting]:
                self.users_at[participant * numbers.slot_count + was].remove(meeting)
                self.users_at[participant * numbers.slot_count + now].append(meeting)
        for participant in touched:
            self._count(participant, one)
            self._count(participant, other)
        self._seat(one, more)
        self._seat(other, -more)
        return True

    def _count(self, participant: int, slot: int) -> None:
        """Makes the masks of a participant true again."""
        users, bit = len(self.users(participant, slot)), 1 << slot
        is_full = users >= self.numbers.pools[participant].capacity[slot]
        self.busy[participant] = self.busy[participant] | bit if users else self.busy[participant] & ~bit
        self.full[participant] = self.full[participant] | bit if is_full else self.full[participant] & ~bit

    def _seat(self, slot: int, more: int) -> None:
        self.at_table[slot] += more
        is_full = self.at_table[slot] >= self.numbers.hall[slot]
        self.hall_full = self.hall_full | 1 << slot if is_full else self.hall_full & ~(1 << slot)

    def open_slots(self, meeting: int) -> int:
        """The slots in which every pool counts room for the meeting, a table is left, and the order is kept.

        None where a side has as many meetings as it may.
        """
        numbers = self.numbers
        a, b = numbers.sides[meeting]
        if self.held_count[a] >= numbers.ceiling[a] or self.held_count[b] >= numbers.ceiling[b]:
            return 0
        mask = numbers.allowed[meeting] & ~(self.full[a] | self.full[b])
        for pool in numbers.extras.get(meeting, ()):
            mask &= ~self.full[pool]
        if numbers.physical[meeting]:
            mask &= ~self.hall_full
        if mask and (meeting in numbers.before or meeting in numbers.after):
            mask &= self.orderly_slots(meeting)
        return mask

    def orderly_slots(self, meeting: int) -> int:
        """The slots strictly after all that must come before the meeting, and strictly before all that come after."""
        numbers, mask = self.numbers, (1 << self.numbers.slot_count) - 1
        for earlier in numbers.before.get(meeting, ()):
            if self.slot_of[earlier] != NOWHERE:
                mask &= -1 << (self.slot_of[earlier] + 1)
        for later in numbers.after.get(meeting, ()):
            if self.slot_of[later] != NOWHERE:
                mask &= (1 << self.slot_of[later]) - 1
        return mask

    def fits(self, meeting: int, slot: int) -> bool:
        """Whether the open slot has people, a table and an interpreter for it where counting is not enough."""
        if not self.is_intricate[meeting]:
            return True
        numbers = self.numbers
        for pool in numbers.pools_of(meeting):
            if (
                numbers.pools[pool].eligible
                and numbers.pools[pool].taken([*self.users(pool, slot), meeting], slot) is None
            ):
                return False
        most = numbers.problem.rules.max_consecutive
        return most is None or all(self._can_rest(p, meeting, slot, most) for p in numbers.sides[meeting])

    def _can_rest(self, participant: int, meeting: int, slot: int, most: int) -> bool:
        numbers = self.numbers
        first, length = numbers.days[numbers.day_of[slot]]
        pool = numbers.pools[participant]
        if len(pool.free) == 1:
            return rests_in_time(self.busy[participant], slot, first, length, most)
        day = [self.users(participant, at) for at in range(first, first + length)]
        day[slot - first] = [*day[slot - first], meeting]
        return day_roster(pool, day, first, most) is not None

    def fitting_slots(self, meeting: int) -> Iterable[int]:
        return (slot for slot in positions(self.open_slots(meeting)) if self.fits(meeting, slot))


def _slots_with(capacity: Iterable[int], count: int) -> int:
    return sum(1 << slot for slot, room in enumerate(capacity) if room <= count)
