"""The time of one call is divided by what numbering its problem took, and no part of it ends after the whole."""

import pytest

from scheduler.budget import Budget
from scheduler.numbers.numbering import numbered
from scheduler.numbers.timed import Timed
from tests.scheduler.builders import candidate, problem


def budget(seconds: float, *, numbering: float) -> Budget:
    of = Budget(lambda: 100.0, seconds, 1)
    of.learn(Timed(numbered(problem(candidate("m1", "a b"))), numbering))
    return of


@pytest.mark.parametrize("numbering", [0.0, 0.1, 3.0, 1000.0])
@pytest.mark.parametrize("seconds", [0.0, 1.0, 30.0])
def test_search_ends_before_telling_begins_and_that_before_the_end(seconds: float, numbering: float) -> None:
    of = budget(seconds, numbering=numbering)
    assert 100 <= of.search_until <= of.tell_from <= of.tell_from_at_last <= of.end == 100 + seconds


def test_the_longer_numbering_took_the_more_time_is_kept_to_tell() -> None:
    quick, slow = budget(30, numbering=0.5), budget(30, numbering=3)
    assert (quick.tell_from, slow.tell_from) == (129.25, 125.5)


def test_until_the_problem_is_numbered_its_size_says_how_much_time_is_kept() -> None:
    few, many = (Budget(lambda: 0.0, 30, count) for count in (1_000, 1_000_000))
    assert many.tell_from < few.tell_from
