"""Several workers find what one finds and what enumeration finds, and the judge agrees with all of them."""

import time

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler import Limits, Problem, Result, Schedule, Status, false_claims, searching, solve, violations
from tests.scheduler.brute_force import optimum
from tests.scheduler.strategies import problems

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def answer(of: Problem, workers: int) -> Result:
    result = solve(of, Limits(seconds=60, workers=workers), clock=time.monotonic)
    assert false_claims(of, result) == []
    return result


def assert_same_truth(of: Problem) -> None:
    truth = optimum(of)
    results = [answer(of, workers) for workers in (1, 2)]
    if truth is None:
        assert [(one.status, one.schedule) for one in results] == 2 * [(Status.INFEASIBLE, Schedule())]
        return
    for one in results:
        assert violations(of, one.schedule) == []
        assert one.status is Status.OPTIMAL
        assert {term: one.score[term] for term in of.objective} == truth.score == one.bounds


@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
@given(problems())
def test_two_workers_prove_what_one_proves(of: Problem) -> None:
    assert_same_truth(of)


@pytest.mark.soak
@pytest.mark.parametrize("few_places", [searching.FEW_PLACES, -1])
@pytest.mark.parametrize("are_wild", [False, True])
def test_two_workers_prove_what_one_proves_in_a_thousand_problems(
    monkeypatch: pytest.MonkeyPatch, few_places: int, are_wild: bool
) -> None:
    monkeypatch.setattr(searching, "FEW_PLACES", few_places)

    @settings(deadline=None, max_examples=250, suppress_health_check=SLOW)
    @given(problems(are_wild=are_wild))
    def every(of: Problem) -> None:
        assert_same_truth(of)

    every()
