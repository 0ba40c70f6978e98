"""A search is waited for as long as its time lasts, and not longer."""

from threading import Event, current_thread

import pytest

from scheduler.errand import Errand


def test_work_that_comes_to_its_end_is_waited_for() -> None:
    done: list[str] = []

    assert Errand(lambda: done.append("all")).is_done_within(lambda: False, 0)
    assert done == ["all"]


def test_work_that_goes_on_when_the_time_is_over_is_left_and_ends_when_it_asks() -> None:
    ended, may_ask, steps = Event(), Event(), []

    def work() -> None:
        try:
            may_ask.wait()
            errand.is_left()
            steps.append("a step that nobody waits for")
        finally:
            ended.set()

    errand = Errand(work)

    assert not errand.is_done_within(lambda: True, 0)
    may_ask.set()
    assert ended.wait(20)
    assert steps == []


def test_who_is_not_the_search_itself_only_hears_that_it_was_left() -> None:
    may_end = Event()
    errand = Errand(lambda: bool(may_end.wait(20)) and None)

    assert not errand.is_done_within(lambda: True, 0)
    assert errand.is_left(), current_thread().name
    may_end.set()


def test_what_the_work_raises_is_raised_where_somebody_waits() -> None:
    def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Errand(work).is_done_within(lambda: False, 0)
