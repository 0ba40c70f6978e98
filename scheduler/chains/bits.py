"""Masks of the slots of a day in compiled code: whole numbers of 62 bits at most."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

import numpy as np

IS_COMPILED = find_spec("numba") is not None

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, kept on disk for the next run; as it is where numba is not installed.

    Nothing is allocated in it, and no references are counted: at every call, that took six times as long as the rest.
    """
    if not IS_COMPILED:
        return function
    faster: Callable[P, R] = import_module("numba").njit(cache=True, forceinline=True, _nrt=False, error_model="numpy")(
        function
    )
    return faster


@compiled
def ones(mask: int) -> int:
    """How many bits are set, for masks that are not negative."""
    mask -= (mask >> 1) & 0x5555555555555555
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    mask += mask >> 8
    mask += mask >> 16
    mask += mask >> 32
    return mask & 127


@compiled
def width(mask: int) -> int:
    """The place after the highest bit."""
    mask |= mask >> 1
    mask |= mask >> 2
    mask |= mask >> 4
    mask |= mask >> 8
    mask |= mask >> 16
    mask |= mask >> 32
    return ones(mask)


@compiled
def wait(day: int, break_weight: int, idle_weight: int) -> int:
    """What the free slots between the meetings of a day cost."""
    if day == 0:
        return 0
    idle = width(day) - ones((day & -day) - 1) - ones(day)
    return break_weight * (ones(day & ~(day << 1)) - 1) + idle_weight * idle


@compiled
def painless(day: int, length: int) -> int:
    """The free slots in which one more meeting lengthens no waiting: gaps, and those beside the first and the last."""
    if day == 0:
        return (1 << length) - 1
    low, high = day & -day, 1 << width(day)
    return ((high - low) | (low >> 1) | high) & ~day & ((1 << length) - 1)


@compiled
def any_bit(mask: int) -> int:
    """The place of one of the bits set, by chance."""
    for _ in range(np.random.randint(ones(mask))):
        mask &= mask - 1
    return ones((mask & -mask) - 1)
