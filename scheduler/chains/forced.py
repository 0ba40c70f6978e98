"""Waiting that nobody avoids: by when each participant is there, whatever the slots of their meetings."""

import numpy as np
from numpy.typing import NDArray

from scheduler.numbers.numbering import Numbered

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = 2**40


def least_waits(numbers: Numbered, weights: tuple[int, int]) -> Ints:
    """A row for each participant: what 0, 1, 2, … meetings make them wait at least, NEVER where they cannot have them.

    `weights` are those of a break and of an idle slot. More meetings never cost less.
    """
    there = _there(numbers)
    busy = np.zeros((numbers.participant_count, 1), dtype=np.int64)
    for first, length in numbers.days:
        busy = _together(busy, day_waits(there[:, first : first + length], weights))
    people = np.array([max(1, len(pool.free)) for pool in numbers.pools[: numbers.participant_count]], dtype=np.int64)
    counts = np.arange(max(numbers.ceiling, default=0) + 1)
    slots = -(-counts // people[:, None])  # so many are busy at least
    costs = np.take_along_axis(busy, np.minimum(slots, numbers.slot_count), axis=1)
    return np.where(slots <= numbers.slot_count, np.minimum(costs, NEVER), NEVER)


def _there(numbers: Numbered) -> Flags:
    """Whether some meeting of a participant could be held in a slot."""
    masks = [0] * numbers.participant_count
    for allowed, (a, b) in zip(numbers.allowed, numbers.sides, strict=True):
        masks[a] |= allowed
        masks[b] |= allowed
    width = (numbers.slot_count + 7) // 8
    packed = np.frombuffer(b"".join(mask.to_bytes(width, "little") for mask in masks), dtype=np.uint8)
    bits = np.unpackbits(packed.reshape(len(masks), width), axis=1, bitorder="little")
    return bits[:, : numbers.slot_count].astype(np.bool_)


def day_waits(there: Flags, weights: tuple[int, int]) -> Ints:
    """The same for one day and for numbers of busy slots, with a row of flags for each participant."""
    pause, idle = weights
    shape = len(there), there.shape[1] + 1
    best = np.full(shape, NEVER)
    best[:, 0] = 0
    none_yet, busy, free = best, np.full(shape, NEVER), np.full(shape, NEVER)  # by the last slot; paid for at once
    for slot in range(there.shape[1]):
        joined = np.minimum(np.minimum(none_yet, busy), free)
        free = np.minimum(busy + pause + idle, free + idle)
        busy = np.full(shape, NEVER)
        busy[:, 1:] = np.where(there[:, slot, None], joined[:, :-1], NEVER)
        best = np.minimum(best, busy)
    return best


def _together(one: Ints, other: Ints) -> Ints:
    """The least costs of so many busy slots over two days."""
    total = np.full((len(one), one.shape[1] + other.shape[1] - 1), NEVER)
    for count in range(other.shape[1]):
        part = total[:, count : count + one.shape[1]]
        np.minimum(part, one + other[:, count, None], out=part)
    return total
