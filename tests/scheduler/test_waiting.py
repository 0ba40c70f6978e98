"""Waiting that cannot be avoided: tables for one participant, and a bound that is true of every best schedule."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.chains.forced import NEVER, day_waits
from scheduler.chains.gaps import breaks, idle_slots
from scheduler.numbers.numbering import numbered
from scheduler.problem import Problem, Term
from scheduler.selection import bounds_given
from tests.scheduler.brute_force import optimum
from tests.scheduler.builders import candidate, participant, problem
from tests.scheduler.strategies import problems


def bound_of(of: Problem, term: Term) -> tuple[int, int]:
    """What is proved of the waiting beside the true optimum, and what it is there."""
    truth = optimum(of)
    assert truth is not None
    return bounds_given(numbered(of), of.objective, truth.score, lambda: 60.0, wanted={term})[term], truth.score[term]


@pytest.mark.parametrize("there", [0b0, 0b1, 0b10110, 0b1101011, 0b10000001, 0b1111111])
def test_a_day_costs_what_its_best_choice_of_slots_costs(there: int) -> None:
    free = [1 << slot for slot in range(8) if there >> slot & 1]
    choices = [[sum(chosen) for chosen in combinations(free, count)] for count in range(len(free) + 1)]
    flags = np.array([[there >> slot & 1 for slot in range(8)]], dtype=np.bool_)
    for weights, cost in (
        ((1, 0), breaks),
        ((0, 1), idle_slots),
        ((2, 1), lambda mask: 2 * breaks(mask) + idle_slots(mask)),
    ):
        least = [min(map(cost, masks)) for masks in choices]
        assert day_waits(flags, weights)[0].tolist() == [*least, *[NEVER] * (9 - len(least))]


def test_who_is_away_in_between_has_a_break() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}") for k in range(3)]
    of = problem(*meetings, slot_count=5, with_=[participant("a", "s2 s3")], objective=(Term.HELD, Term.BREAKS))
    assert bound_of(of, Term.BREAKS) == (1, 1)
    assert bound_of(replace(of, objective=(Term.HELD, Term.IDLE)), Term.IDLE) == (2, 2)


def test_who_holds_fewer_meetings_need_not_wait() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}") for k in range(2)]
    of = problem(*meetings, slot_count=4, with_=[participant("a", "s3")], objective=(Term.HELD, Term.BREAKS))
    assert bound_of(of, Term.BREAKS) == (0, 0)


@pytest.mark.parametrize("term", [Term.BREAKS, Term.IDLE])
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_best_schedule_waits_less_than_is_proved(term: Term, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from([(Term.SHORTFALL, Term.VALUE), (Term.HELD,), ()]))
    of = replace(data.draw(problems(most_slots=5, most_meetings=4)), objective=(*before, term))
    assume(optimum(of) is not None)
    proved, least = bound_of(of, term)
    assert proved <= least
