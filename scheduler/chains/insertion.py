"""Room for what found no slot: chains that free a slot for it, then others that give way to it and look for another."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from scheduler.chains.kempe import Chain, chain, exchange
from scheduler.numbers.numbering import NOWHERE
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions
from scheduler.patience import Patience

# How many chains are tried for one meeting, and how often on average a meeting may be put aside for another.
CHAINS = 60
ROUNDS = 30


def insert(occupancy: Occupancy, meeting: int, rng: Random) -> bool:
    """Holds the meeting where a slot is open, or where swapping a chain of others between two slots opens one."""
    for slot in positions(occupancy.open_slots(meeting)):
        if occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
            return True
    return any(_insert_in(occupancy, meeting, slot, other, rng) for slot, other in _pairs(occupancy, meeting, rng))


def _pairs(occupancy: Occupancy, meeting: int, rng: Random) -> Iterator[tuple[int, int]]:
    """Slots that one thing keeps the meeting out of, each with a slot to which what is in the way could go."""
    numbers = occupancy.numbers
    a, b = numbers.sides[meeting]
    if occupancy.held_count[a] >= numbers.ceiling[a] or occupancy.held_count[b] >= numbers.ceiling[b]:
        return
    free = ~(occupancy.full[a] & occupancy.full[b]) & (1 << numbers.slot_count) - 1
    elsewhere = {slot: _elsewhere(occupancy, meeting, slot) for slot in positions(numbers.allowed[meeting] & free)}
    slots = [slot for slot, others in elsewhere.items() if others]
    if sum(elsewhere[slot].bit_count() for slot in slots) <= CHAINS:
        yield from ((slot, other) for slot in slots for other in positions(elsewhere[slot]))
        return
    others = {slot: positions(elsewhere[slot]) for slot in slots}
    for _ in range(CHAINS):
        slot = rng.choice(slots)
        yield slot, rng.choice(others[slot])


def _elsewhere(occupancy: Occupancy, meeting: int, slot: int) -> int:
    """The slots with room for whatever keeps the meeting out of this one; none where that is more than one thing."""
    numbers, bit = occupancy.numbers, 1 << slot
    full = [pool for pool in numbers.pools_of(meeting) if occupancy.full[pool] & bit]
    lacks_table = numbers.physical[meeting] and occupancy.hall_full & bit
    if len(full) > 1 or not (full or lacks_table):
        return 0
    room = (1 << numbers.slot_count) - 1 & ~bit
    for pool in full:
        room &= ~occupancy.full[pool]
    return room & ~occupancy.hall_full if lacks_table else room


def _insert_in(occupancy: Occupancy, meeting: int, slot: int, other: int, rng: Random) -> bool:
    """Tries to free `slot` for the meeting by a chain between the two slots that starts with whoever is in the way."""
    blocking = _in_the_way(occupancy, meeting, slot, rng)
    if blocking is None:
        return False
    chained = chain(occupancy, blocking, other, rng)
    if chained is None or _is_in_vain(occupancy, meeting, chained) or not exchange(occupancy, chained):
        return False
    if occupancy.open_slots(meeting) >> slot & 1 and occupancy.fits(meeting, slot):
        occupancy.place(meeting, slot)
        return True
    exchange(occupancy, replace(chained, source=other, target=slot))
    return False


def _is_in_vain(occupancy: Occupancy, meeting: int, chained: Chain) -> bool:
    """Whether somebody would be busy in the slot all the same, or as many at tables as before."""
    for side in occupancy.numbers.sides[meeting]:
        if occupancy.is_single[side] and chained.busy.get(side, 0) >> chained.source & 1:
            return True
    return bool(occupancy.hall_full >> chained.source & 1) and len(chained.meetings) % 2 == 0


def _in_the_way(occupancy: Occupancy, meeting: int, slot: int, rng: Random) -> int | None:
    """A meeting that keeps this one out of the slot; None where more than one side of it is in the way."""
    numbers = occupancy.numbers
    full = [pool for pool in numbers.pools_of(meeting) if occupancy.full[pool] >> slot & 1]
    if len(full) == 1:
        return rng.choice(occupancy.users(full[0], slot))
    if full or not occupancy.hall_full >> slot & 1:
        return None
    for _ in range(20):
        there = occupancy.users(rng.randrange(numbers.participant_count), slot)
        if there and numbers.physical[there[0]]:
            return there[0]
    return None


def insert_all(occupancy: Occupancy, meetings: Iterable[int], rng: Random, patience: Patience) -> list[int]:
    """Inserts what it can; then meetings displace others, those that were displaced least often, and these look anew.

    Returns the meetings without a slot, in the order of the problem.
    """
    if patience.is_over:
        return sorted(meetings)
    waiting = deque(m for m in meetings if patience.is_over or not insert(occupancy, m, rng))
    displaced = dict[int, int]()
    steps = ROUNDS * len(waiting) + sum(occupancy.held_count) // 8
    for step in range(steps):
        if not waiting or (step % 16 == 0 and patience.is_over):
            break
        meeting = waiting.popleft()
        if insert(occupancy, meeting, rng):
            continue
        evicted = _displace(occupancy, meeting, displaced, rng)
        waiting += evicted if occupancy.slot_of[meeting] != NOWHERE else [meeting]
    return sorted(meeting for meeting in waiting if patience.is_over or not insert(occupancy, meeting, rng))


def _displace(occupancy: Occupancy, meeting: int, displaced: dict[int, int], rng: Random) -> list[int]:
    """Puts the meeting into the slot where the least matters is in its way, and returns what it put aside."""
    numbers, best, least = occupancy.numbers, None, None
    slots = positions(numbers.allowed[meeting] & occupancy.orderly_slots(meeting))
    rng.shuffle(slots)
    for slot in slots:
        crowd = _crowd(occupancy, meeting, slot, displaced, rng)
        cost = sum(1 + displaced.get(m, 0) for m in crowd)
        if (least is None or cost < least) and not any(_outranks(occupancy, m, meeting) for m in crowd):
            best, least = (slot, crowd), cost
    if best is None:
        return []
    slot, crowd = best
    for m in crowd:
        displaced[m] = displaced.get(m, 0) + 1
        occupancy.remove(m)
    if occupancy.open_slots(meeting) >> slot & 1 and occupancy.fits(meeting, slot):
        occupancy.place(meeting, slot)
        return crowd
    for m in crowd:
        occupancy.place(m, slot)
    return []


def _outranks(occupancy: Occupancy, held: int, meeting: int) -> bool:
    required = occupancy.numbers.required
    return held in required and meeting not in required


def _crowd(occupancy: Occupancy, meeting: int, slot: int, displaced: dict[int, int], rng: Random) -> list[int]:
    """One user of every pool that is full in the slot, and somebody's table where the hall is: all must go."""
    numbers = occupancy.numbers
    crowd: dict[int, None] = {}
    for pool in numbers.pools_of(meeting):
        if occupancy.full[pool] >> slot & 1:
            users = occupancy.users(pool, slot)
            if users and not any(m in crowd for m in users):
                crowd[min(users, key=lambda m: displaced.get(m, 0))] = None
    if numbers.physical[meeting] and occupancy.hall_full >> slot & 1 and not any(numbers.physical[m] for m in crowd):
        for _ in range(20):
            there = occupancy.users(rng.randrange(numbers.participant_count), slot)
            if there and numbers.physical[there[0]]:
                crowd[there[0]] = None
                break
    return list(crowd)
