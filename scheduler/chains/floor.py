"""A timetable as arrays, for loops that are compiled, and back."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.chains.gaps import by_day
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions

Ints = NDArray[np.int64]
HalfInts = NDArray[np.int32]  # what is large is kept small, for the processor's cache
Bytes = NDArray[np.int8]
State = NDArray[np.uint64]

NOBODY = -1
LONGEST = 100
LONGEST_DAY = 62


class Floor(NamedTuple):
    """Meetings are numbered among those held. A participant has a lane for each delegate: `lanes[p]` to `lanes[p + 1]`.

    `seat[lane, slot]` is the meeting there or NOBODY, `room[p, slot]` how many lanes can be used; `there[p, day]`, when
    some can, and `busy[p, day]` are masks. `bound` is the row in `allowed` of a meeting that may not be held whenever
    its sides are there, NOBODY for others. `least` is what a participant waits at best, `waiting[:tally[0]]` are those
    whose `cost` is more than that, `place` says where they stand in it. `chain` is the chain in hand, number
    `tally[1]`, which those with several delegates bear as their `stamp`. `weights` are a break's and an idle slot's,
    `chance` is the state of what is drawn.
    """

    slot_of: Ints
    sides: HalfInts
    bound: HalfInts
    allowed: Bytes
    is_physical: Bytes
    lanes: HalfInts
    seat: HalfInts
    room: HalfInts
    there: Ints
    busy: Ints
    cost: Ints
    least: Ints
    waiting: Ints
    place: Ints
    tally: Ints
    first: Ints
    length: Ints
    day_of: Ints
    hall: Ints
    at_table: Ints
    stamp: Ints
    chain: Ints
    weights: Ints
    chance: State


class Cooling(NamedTuple):
    """How an annealing goes: from hot to cold, and from cheap to dear for a meeting more than a slot has tables.

    At the beginning a slot may have `spare` such meetings, at the end none more.
    """

    steps: int
    hot: float
    cold: float
    cheap: float
    dear: float
    spare: int


def floor_of(occupancy: Occupancy, held: list[int], weights: tuple[int, int], least: Ints, seed: int) -> Floor:
    """The arrays of these meetings. Those that need more than counting may go nowhere. `seed`: 64 bits, not 0."""
    numbers, slots = occupancy.numbers, occupancy.numbers.slot_count
    people = numbers.participant_count
    room = np.array([numbers.pools[p].capacity for p in range(people)], dtype=np.int32).reshape(people, slots)
    lanes = np.concatenate([[0], np.cumsum(np.maximum(1, room.max(axis=1)))]).astype(np.int32)
    number = {meeting: k for k, meeting in enumerate(held)}
    seat = np.full((int(lanes[-1]), slots), NOBODY, dtype=np.int32)
    for participant, busy in enumerate(occupancy.busy):
        for slot in positions(busy):
            for lane, meeting in enumerate(occupancy.users(participant, slot), int(lanes[participant])):
                seat[lane, slot] = number[meeting]
    there = [pool.slots_of(pool.everyone) for pool in numbers.pools[:people]]
    choosy = [m for m in held if _is_bound(occupancy, m, there)]
    bound = np.full(len(held), NOBODY, dtype=np.int32)
    bound[[number[m] for m in choosy]] = np.arange(len(choosy))
    nothing = np.zeros(people, dtype=np.int64)
    return Floor(
        slot_of=np.array([occupancy.slot_of[m] for m in held], dtype=np.int64),
        sides=np.array([numbers.sides[m] for m in held], dtype=np.int32),
        bound=bound,
        allowed=_allowed(occupancy, choosy),
        is_physical=np.array([numbers.physical[m] for m in held], dtype=np.int8),
        lanes=lanes,
        seat=seat,
        room=room,
        there=np.array([by_day(mask, numbers.days) for mask in there], dtype=np.int64),
        busy=np.array([by_day(busy, numbers.days) for busy in occupancy.busy], dtype=np.int64),
        cost=least.copy(),
        least=least,
        waiting=nothing.copy(),
        place=nothing.copy(),
        tally=np.zeros(2, dtype=np.int64),
        first=np.array([first for first, _ in numbers.days], dtype=np.int64),
        length=np.array([length for _, length in numbers.days], dtype=np.int64),
        day_of=np.array(numbers.day_of, dtype=np.int64),
        hall=np.array(numbers.hall, dtype=np.int64),
        at_table=np.array(occupancy.at_table, dtype=np.int64),
        stamp=nothing.copy(),
        chain=np.zeros(LONGEST, dtype=np.int64),
        weights=np.array(weights, dtype=np.int64),
        chance=np.array([seed], dtype=np.uint64),
    )


def _is_bound(occupancy: Occupancy, meeting: int, there: list[int]) -> bool:
    """Whether something else than the presence of its sides decides where the meeting may go."""
    a, b = occupancy.numbers.sides[meeting]
    return occupancy.is_intricate[meeting] or occupancy.numbers.allowed[meeting] != there[a] & there[b]


def _allowed(occupancy: Occupancy, meetings: list[int]) -> Bytes:
    numbers = occupancy.numbers
    width = (numbers.slot_count + 7) // 8
    masks = [0 if occupancy.is_intricate[m] else numbers.allowed[m] for m in meetings]
    packed = np.frombuffer(b"".join(mask.to_bytes(width, "little") for mask in masks), dtype=np.uint8)
    bits = np.unpackbits(packed.reshape(len(meetings), width), axis=1, bitorder="little")
    return bits[:, : numbers.slot_count].astype(np.int8)
