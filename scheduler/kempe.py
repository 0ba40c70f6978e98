"""Kempe chains: what has to change slots when one meeting does, so that everybody still is in one place at a time."""

from collections.abc import Sequence
from random import Random

from scheduler.occupancy import Occupancy

# A chain longer than this is seldom allowed in all its slots.
LONGEST = 60


def chain(occupancy: Occupancy, meeting: int, target: int, rng: Random) -> list[int] | None:
    """The meetings that swap between the meeting's slot and `target` when it goes there, itself first.

    None where one of them is not allowed in its new slot, the chain is too long, or the tables do not suffice.
    Every meeting goes from the one slot to the other. Only participants are looked at; see `swap` for the rest.
    """
    numbers = occupancy.numbers
    source, slot_count = occupancy.slot_of[meeting], numbers.slot_count
    allowed, sides, users_at = numbers.allowed, numbers.sides, occupancy.users_at
    if not allowed[meeting] >> target & 1:
        return None
    moved, net = [meeting], dict[int, int]()
    inside = {meeting}
    todo = [(p, source, target) for p in sides[meeting]]
    while todo:
        participant, here, there = todo.pop()
        net[participant * slot_count + here] = net.get(participant * slot_count + here, 0) - 1
        cell = participant * slot_count + there
        coming = net[cell] = net.get(cell, 0) + 1
        users = users_at[cell]
        if len(users) + coming <= numbers.pools[participant].capacity[there]:
            continue
        staying = [m for m in users if m not in inside]
        if not staying:
            continue
        pushed = staying[0] if len(staying) == 1 else rng.choice(staying)
        if not allowed[pushed] >> here & 1 or len(moved) == LONGEST:
            return None
        inside.add(pushed)
        moved.append(pushed)
        todo += [(p, there, here) for p in sides[pushed]]
    if all(len(users_at[cell]) + more <= _room(occupancy, cell) for cell, more in net.items() if more > 0):
        return moved
    return None


def _room(occupancy: Occupancy, cell: int) -> int:
    participant, slot = divmod(cell, occupancy.numbers.slot_count)
    return occupancy.numbers.pools[participant].capacity[slot]


def swap(occupancy: Occupancy, meetings: Sequence[int], one: int, other: int) -> bool:
    """Exchanges the two slots for these meetings, or changes nothing where tables, interpreters or order forbid it."""
    former = [occupancy.remove(m) for m in meetings]
    for count, (meeting, slot) in enumerate(zip(meetings, former, strict=True)):
        new = one + other - slot
        if not (occupancy.open_slots(meeting) >> new & 1 and occupancy.fits(meeting, new)):
            for placed in meetings[:count]:
                occupancy.remove(placed)
            for back, at in zip(meetings, former, strict=True):
                occupancy.place(back, at)
            return False
        occupancy.place(meeting, new)
    return True
