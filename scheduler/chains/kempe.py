"""Kempe chains: what has to change slots when one meeting does, so that everybody still is in one place at a time."""

from dataclasses import dataclass, field
from random import Random

from scheduler.numbers.occupancy import Occupancy

# A chain longer than this is seldom allowed in all its slots.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Chain:
    """Meetings that all go from one of two slots to the other, and whom that makes busy when: participant → mask.

    A chain is a path: who is busy in both slots just swaps them, so that `busy` only names those at its ends, and
    those who have several delegates. `crowds` counts, for these, who goes forth and back.
    """

    source: int
    target: int
    meetings: list[int]
    busy: dict[int, int] = field(default_factory=dict)
    crowds: dict[int, list[int]] = field(default_factory=dict)


def chain(occupancy: Occupancy, meeting: int, target: int, rng: Random) -> Chain | None:
    """The chain that takes the meeting to `target`, or None where one of its meetings may not go where it must.

    Only participants are looked at: tables, interpreters, order and rest are left to `exchange`.
    """
    numbers = occupancy.numbers
    if not numbers.allowed[meeting] >> target & 1:
        return None
    found = Chain(occupancy.slot_of[meeting], target, [meeting])
    a, b = numbers.sides[meeting]
    for side in (a, b):
        if not occupancy.is_single[side]:
            found.crowds[side] = [1, 0]
    is_closed = _follow(occupancy, found, a, rng)
    if is_closed is None or (not is_closed and _follow(occupancy, found, b, rng) is None):
        return None
    for participant, (forth, back) in found.crowds.items():
        if not _crowd_fits(occupancy, found, participant, forth - back):
            return None
    return found


def _follow(occupancy: Occupancy, found: Chain, participant: int, rng: Random) -> bool | None:
    """Follows the path from one side of the first meeting to its end.

    True where it came back to its beginning, False where it ended, None where a meeting cannot follow.
    """
    numbers, is_single, users_at = occupancy.numbers, occupancy.is_single, occupancy.users_at
    allowed, sides, slot_count = numbers.allowed, numbers.sides, numbers.slot_count
    moved, here, there = found.meetings, found.source, found.target
    while True:
        if is_single[participant]:
            users = users_at[participant * slot_count + there]
            if not users:
                found.busy[participant] = occupancy.busy[participant] ^ (1 << here) ^ (1 << there)
                return False
            pushed = users[0]
            if pushed == moved[0]:
                return True
        else:
            crowded = _pushed_from_crowd(occupancy, found, participant, there, rng)
            if crowded is None:
                return False
            pushed = crowded
        if not allowed[pushed] >> here & 1 or len(moved) >= LONGEST:
            return None
        moved.append(pushed)
        a, b = sides[pushed]
        participant = b if a == participant else a
        here, there = there, here
        if not is_single[participant]:
            found.crowds.setdefault(participant, [0, 0])[there == found.source] += 1


def _pushed_from_crowd(occupancy: Occupancy, found: Chain, participant: int, slot: int, rng: Random) -> int | None:
    """Whom a participant with several delegates has to move out of the slot, None where there is room."""
    numbers, counts = occupancy.numbers, found.crowds[participant]
    arriving, leaving = counts if slot == found.target else reversed(counts)
    users = occupancy.users(participant, slot)
    staying = [m for m in users if m not in found.meetings]
    if len(users) + arriving - leaving <= numbers.pools[participant].capacity[slot] or not staying:
        return None
    counts[slot == found.target] += 1
    return staying[0] if len(staying) == 1 else rng.choice(staying)


def _crowd_fits(occupancy: Occupancy, found: Chain, participant: int, more: int) -> bool:
    """Whether a participant with several delegates has `more` of them in the target; notes when they are busy."""
    at_source = len(occupancy.users(participant, found.source)) - more
    at_target = len(occupancy.users(participant, found.target)) + more
    capacity = occupancy.numbers.pools[participant].capacity
    mask = occupancy.busy[participant] & ~(1 << found.source | 1 << found.target)
    found.busy[participant] = mask | bool(at_source) << found.source | bool(at_target) << found.target
    return at_source <= capacity[found.source] and at_target <= capacity[found.target]


def exchange(occupancy: Occupancy, found: Chain, spare: int = 0) -> bool:
    """Moves the whole chain, or nothing where tables, interpreters, order or rest forbid it."""
    one, other = found.source, found.target
    if not any(occupancy.is_intricate[m] for m in found.meetings):
        return occupancy.exchange(found.meetings, one, other, spare)
    former = [occupancy.remove(m) for m in found.meetings]
    for count, (meeting, slot) in enumerate(zip(found.meetings, former, strict=True)):
        new = one + other - slot
        if not (occupancy.open_slots(meeting) >> new & 1 and occupancy.fits(meeting, new)):
            for placed in found.meetings[:count]:
                occupancy.remove(placed)
            for back, at in zip(found.meetings, former, strict=True):
                occupancy.place(back, at)
            return False
        occupancy.place(meeting, new)
    return True
