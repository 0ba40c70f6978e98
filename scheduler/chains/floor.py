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

NOBODY = -1
LONGEST = 100
LONGEST_DAY = 62


class Floor(NamedTuple):
    """Meetings are numbered among those held. A participant has a lane for each delegate: `lanes[p]` to `lanes[p + 1]`.

    `seat[lane, slot]` is the meeting there or NOBODY, `room[p, slot]` how many lanes can be used, `busy[p, day]` a
    mask. `least` is what a participant waits at best, `waiting[:tally[0]]` are those whose `cost` is more than that,
    `place` says where they stand in it. `chain` is the chain in hand; its meetings and participants bear the stamp
    `tally[1]`. `weights` are a break's and an idle slot's.
    """

    slot_of: Ints
    sides: HalfInts
    allowed: Bytes
    is_physical: Bytes
    lanes: HalfInts
    seat: HalfInts
    room: HalfInts
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
    meeting_stamp: Ints
    participant_stamp: Ints
    chain: Ints
    weights: Ints


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


def floor_of(occupancy: Occupancy, held: list[int], weights: tuple[int, int], least: Ints) -> Floor:
    """The arrays of these meetings. Those that need more than counting may go nowhere."""
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
    nothing = np.zeros(people, dtype=np.int64)
    return Floor(
        slot_of=np.array([occupancy.slot_of[m] for m in held], dtype=np.int64),
        sides=np.array([numbers.sides[m] for m in held], dtype=np.int32),
        allowed=_allowed(occupancy, held),
        is_physical=np.array([numbers.physical[m] for m in held], dtype=np.int8),
        lanes=lanes,
        seat=seat,
        room=room,
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
        meeting_stamp=np.zeros(len(held), dtype=np.int64),
        participant_stamp=nothing.copy(),
        chain=np.zeros(LONGEST, dtype=np.int64),
        weights=np.array(weights, dtype=np.int64),
    )


def _allowed(occupancy: Occupancy, held: list[int]) -> Bytes:
    numbers = occupancy.numbers
    width = (numbers.slot_count + 7) // 8
    masks = [0 if occupancy.is_intricate[m] else numbers.allowed[m] for m in held]
    packed = np.frombuffer(b"".join(mask.to_bytes(width, "little") for mask in masks), dtype=np.uint8)
    bits = np.unpackbits(packed.reshape(len(held), width), axis=1, bitorder="little")
    return bits[:, : numbers.slot_count].astype(np.int8)
