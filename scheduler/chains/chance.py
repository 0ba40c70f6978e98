"""Chance in compiled code: xorshift (Marsaglia 2003, "Xorshift RNGs"), whose state is an array of one number, never 0.

The generator that numba brings took a fifth of the time of closing gaps.
"""

import numpy as np

from scheduler.chains.bits import ones
from scheduler.chains.compiling import compiled
from scheduler.chains.floor import State

HALF = np.uint64(32)


@compiled
def half_word(state: State) -> int:
    """The upper 32 bits of the next number."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return int(word >> HALF)


@compiled
def below(state: State, count: int) -> int:
    """One of 0 to `count` - 1, which is less than 2³¹."""
    return half_word(state) * int(count) >> 32


@compiled
def fraction(state: State) -> float:
    """From 0 to less than 1, in steps of 2⁻³²."""
    return half_word(state) / 4294967296.0


@compiled
def any_bit(state: State, mask: int) -> int:
    """The place of one of the bits set."""
    for _ in range(below(state, ones(mask))):
        mask &= mask - 1
    return ones((mask & -mask) - 1)
