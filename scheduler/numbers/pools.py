"""Pools: things of which a meeting takes one for its slot, such as delegates, tables of its own, interpreters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# The digits 0 and 1 as bytes, which are the numbers 0 and 1: one step for all slots of a mask.
DIGITS = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, slots=True)
class Pool:
    """`free` holds for each member the slots (a mask) in which it can be taken, `capacity` for each slot how many can.

    `eligible` gives, as masks of members, the choice of those meetings that may not take any member. Where it is
    empty a count is all that matters; otherwise the meetings of a slot must be matched to members.
    """

    free: tuple[int, ...]
    capacity: tuple[int, ...]
    eligible: dict[int, int] = field(default_factory=dict)

    @property
    def everyone(self) -> int:
        return (1 << len(self.free)) - 1

    def members_for(self, meeting: int) -> int:
        return self.eligible.get(meeting, self.everyone)

    def free_in(self, slot: int) -> int:
        """The members that can be taken in the slot, as a mask."""
        return sum(1 << k for k, mask in enumerate(self.free) if mask >> slot & 1)

    def slots_of(self, members: int) -> int:
        """The slots in which at least one of the members can be taken."""
        mask = 0
        for k in positions(members):
            mask |= self.free[k]
        return mask

    def taken(self, meetings: Sequence[int], slot: int) -> dict[int, int] | None:
        """A different member for each of the meetings of a slot, or None where there is none for all of them."""
        free = self.free_in(slot)
        return matched({m: self.members_for(m) & free for m in meetings})


@dataclass(frozen=True, slots=True)
class Shared:
    """A pool and the meetings that draw on it."""

    pool: Pool
    users: list[int]


def positions(mask: int) -> list[int]:
    """The places of the ones in a mask, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def capacity_of(free: Sequence[int], slot_count: int) -> tuple[int, ...]:
    """For each slot the number of masks that hold it."""
    if len(free) == 1:
        return tuple(f"{free[0]:0{slot_count}b}"[::-1].encode()[:slot_count].translate(DIGITS))
    count = [0] * slot_count
    for mask, times in _counted(free).items():
        for slot in positions(mask):
            count[slot] += times
    return tuple(count)


def matched(choices: dict[int, int]) -> dict[int, int] | None:
    """A different member for each key out of its mask of choices, by augmenting paths; None where there is none."""
    taken_by: dict[int, int] = {}

    def take(key: int, seen: set[int]) -> bool:
        for member in positions(choices[key]):
            if member in seen:
                continue
            seen.add(member)
            if member not in taken_by or take(taken_by[member], seen):
                taken_by[member] = key
                return True
        return False

    if not all(take(key, set()) for key in choices):
        return None
    return {key: member for member, key in taken_by.items()}


def shared_pools(demands: dict[int, int], free: Sequence[int], slot_count: int) -> list[Shared]:
    """One pool for each group of members that meetings could compete for; `demands`: meeting → members."""
    group = list(range(len(free)))

    def head(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    for wanted in set(demands.values()) - {0}:
        first, *others = positions(wanted)
        for member in others:
            group[head(member)] = head(first)
    users = defaultdict[int, list[int]](list)
    for meeting, wanted in demands.items():
        if wanted:
            users[head((wanted & -wanted).bit_length() - 1)].append(meeting)
    members = defaultdict[int, list[int]](list)
    for member in range(len(free)):
        members[head(member)].append(member)
    return [_shared(demands, meetings, members[top], free, slot_count) for top, meetings in users.items()]


def _shared(
    demands: dict[int, int], meetings: list[int], members: list[int], free: Sequence[int], slot_count: int
) -> Shared:
    """The pool of one group, its members numbered from 0."""
    place = {member: k for k, member in enumerate(members)}
    everyone = (1 << len(members)) - 1
    local = {m: sum(1 << place[member] for member in positions(demands[m])) for m in meetings}
    masks = tuple(free[member] for member in members)
    choosy = {m: wanted for m, wanted in local.items() if wanted != everyone}
    return Shared(Pool(masks, capacity_of(masks, slot_count), choosy), meetings)


def _counted(masks: Iterable[int]) -> dict[int, int]:
    count = defaultdict[int, int](int)
    for mask in masks:
        count[mask] += 1
    return count
