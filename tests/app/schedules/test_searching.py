"""A search in a child of its own stops at once when it is told to, in whichever of its steps it is."""

import os
import signal

import pytest

from app import clock
from app.errors import Unfinished
from app.jobs import Stop
from app.schedules.protocol import Order
from app.schedules.searching import search
from benchmarks.conventions import SIZES, convention
from scheduler import Limits, Problem, Progress, Reason, Result, score, violations
from tests.mortals import searching_for

PATIENCE_SECONDS = 4.0
"""What a stop may take here: a second on a quiet machine; this one may be busy."""


class Somebody:
    """Who stops a search so many seconds after it began, or after it had a timetable."""

    def __init__(self, seconds: float, *, with_timetable: bool) -> None:
        self._seconds, self._with_timetable = seconds, with_timetable
        self._since = None if with_timetable else clock.seconds()
        self.asked_at: float | None = None

    def tell(self, progress: Progress) -> None:
        if self._since is None and progress.score:
            self._since = clock.seconds()

    def stop(self) -> Stop | None:
        if self.asked_at is None and self._since is not None and clock.seconds() - self._since >= self._seconds:
            self.asked_at = clock.seconds()
        return None if self.asked_at is None else Stop.CANCELLED

    def searches(self, problem: Problem) -> tuple[Result | None, float]:
        """Return what the search had, None for nothing, and how long it took to say so."""
        try:
            answer = search(Order(problem, None, Limits(600, 1), "en"), 4096, self.tell, self.stop)
        except Unfinished:
            answer = None
        assert answer is None or isinstance(answer, Result)
        assert self.asked_at is not None
        return answer, clock.seconds() - self.asked_at


class Freezing(Somebody):
    """Who lets the child fall silent once it has told a timetable, before it is stopped."""

    def tell(self, progress: Progress) -> None:
        super().tell(progress)
        if progress.schedule is not None and progress.schedule.meetings:
            for child in searching_for(os.getpid()):
                os.kill(child, signal.SIGSTOP)


def test_a_child_that_says_nothing_more_is_answered_for_with_what_it_told() -> None:
    problem = convention(SIZES["S"], 1)

    found, waited = Freezing(0, with_timetable=True).searches(problem)

    assert waited < PATIENCE_SECONDS
    assert found is not None
    assert found.schedule.meetings
    assert violations(problem, found.schedule) == []
    assert {one.reason for one in found.not_held} == {Reason.TIME_RAN_OUT}
    assert len(found.schedule.meetings) + len(found.not_held) == len(problem.meetings)


def test_a_search_that_is_stopped_while_it_loads_ends_empty_handed() -> None:
    found, seconds = Somebody(0, with_timetable=False).searches(convention(SIZES["S"], 1))

    assert found is None
    assert seconds < PATIENCE_SECONDS


@pytest.mark.soak
@pytest.mark.parametrize(("seconds", "with_timetable"), [(4, False), (0, True), (2, True)])
def test_a_search_for_twenty_thousand_meetings_stops_in_each_of_its_steps(seconds: float, with_timetable: bool) -> None:
    problem = convention(SIZES["L"], 1)

    found, waited = Somebody(seconds, with_timetable=with_timetable).searches(problem)

    assert waited < PATIENCE_SECONDS
    assert (found is not None) == with_timetable
    if found is not None:
        assert len(found.schedule.meetings) + len(found.not_held) == len(problem.meetings)
        assert len(found.schedule.meetings) > 20_000
        assert violations(problem, found.schedule) == []
        figures = score(problem, found.schedule)
        assert found.score == {term: figures[term] for term in problem.objective}
