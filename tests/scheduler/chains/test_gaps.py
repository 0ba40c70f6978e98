"""Waiting is read off the busy slots of a day."""

import pytest

from scheduler.chains.bits import ones, painless, wait, width
from scheduler.chains.gaps import WaitTable, breaks, by_day, idle_slots


@pytest.mark.parametrize(
    ("day", "idle", "runs"), [(0, 0, 0), (0b1, 0, 0), (0b101, 1, 1), (0b1001, 2, 1), (0b10101, 2, 2), (0b1110, 0, 0)]
)
def test_free_slots_between_meetings_are_waited(day: int, idle: int, runs: int) -> None:
    assert idle_slots(day) == idle
    assert breaks(day) == runs


def test_nobody_waits_from_one_day_to_the_next() -> None:
    assert by_day(0b110011, [(0, 3), (3, 3)]) == [0b011, 0b110]
    assert WaitTable([(0, 3), (3, 3)], 1, 1).cost(0b110011) == 0


def test_a_gap_and_the_ends_of_the_day_are_painless() -> None:
    assert WaitTable([(0, 8)], 1, 1).painless(0b00101000, 0) == 0b01010100
    assert WaitTable([(0, 8)], 1, 1).painless(0, 0) == 0b11111111


@pytest.mark.parametrize("day", [*range(1, 256), 2**61 | 5, 2**62 - 1, 0b1011 << 40])
def test_compiled_and_plain_waiting_agree(day: int) -> None:
    assert ones(day) == day.bit_count()
    assert width(day) == day.bit_length()
    assert wait(day, 3, 2) == 3 * breaks(day) + 2 * idle_slots(day)
    assert painless(day, 62) == WaitTable([(0, 62)], 1, 1).painless(day, 0)
