"""What the loop that closes gaps draws is spread evenly, and the same for the same seed."""

from collections import Counter

import numpy as np
import pytest

from scheduler.chains.chance import any_bit, below, fraction

DRAWN = 40_000


@pytest.mark.parametrize("count", [1, 2, 7, 10_000])
def test_every_number_below_comes_as_often_as_every_other(count: int) -> None:
    state = np.array([12345], dtype=np.uint64)
    cells = min(count, 20)
    found = Counter(below(state, count) * cells // count for _ in range(DRAWN))
    assert sorted(found) == list(range(cells))
    expected = DRAWN / cells
    assert sum((times - expected) ** 2 / expected for times in found.values()) < 3 * cells


def test_fractions_fill_what_lies_from_nothing_to_one_one_after_the_other_by_chance() -> None:
    state = np.array([1], dtype=np.uint64)
    drawn = np.array([fraction(state) for _ in range(DRAWN)])
    assert 0 <= drawn.min() < 0.001 < 0.999 < drawn.max() < 1
    assert abs(drawn.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.02


@pytest.mark.parametrize("mask", [0b1, 0b1011 << 40, 2**62 - 1])
def test_one_of_the_bits_set_is_drawn_each_as_often(mask: int) -> None:
    state = np.array([99], dtype=np.uint64)
    found = Counter(any_bit(state, mask) for _ in range(DRAWN))
    assert set(found) == {place for place in range(62) if mask >> place & 1}
    assert max(found.values()) < 1.3 * min(found.values())


def test_the_same_seed_draws_the_same() -> None:
    one, other = (np.array([7], dtype=np.uint64) for _ in range(2))
    assert [below(one, 1000) for _ in range(50)] == [below(other, 1000) for _ in range(50)]
