"""The limits on which meetings are held, and the bounds that follow from them."""

import numpy as np
import pytest

from scheduler.bounds import limits
from scheduler.linear import ImpossibleError, Programme, bound_of_possible, priced_bound, solve_relaxed
from scheduler.numbers.numbering import numbered
from scheduler.problem import Term
from scheduler.selection import Kept, bounds_given, select
from tests.scheduler.builders import candidate, interpreter, participant, problem, tables


def forever() -> float:
    return 60.0


def test_nobody_has_more_meetings_than_free_slots() -> None:
    of = numbered(problem(*(candidate(f"m{k}", f"a b{k}") for k in range(4)), slot_count=3, places=9))
    assert next((list(limit.meetings), limit.most) for limit in limits(of)) == ([0, 1, 2, 3], 3)


def test_tables_limit_all_meetings_together() -> None:
    of = numbered(problem(*(candidate(f"m{k}", f"a{k} b{k}") for k in range(3)), slot_count=2, places=1))
    assert [limit.most for limit in limits(of)] == [2]


def test_meetings_that_fit_into_one_slot_only_crowd_each_other() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", slots="s1") for k in range(2)] + [candidate("m9", "a c")]
    bounds = select(numbered(problem(*meetings, slot_count=3)), [Term.HELD], forever).bounds
    assert bounds == {Term.HELD: 2}


def test_one_interpreter_limits_what_needs_them() -> None:
    meetings = [candidate(f"m{k}", f"a{k} b{k}", languages="de fr") for k in range(3)]
    of = numbered(problem(*meetings, slot_count=2, places=9, interpreters=[interpreter("i1", "de fr")]))
    assert select(of, [Term.HELD], forever).bounds == {Term.HELD: 2}


def test_three_who_all_want_each_other_in_one_slot_are_no_three_halves() -> None:
    triangle = problem(candidate("m1", "a b", 5), candidate("m2", "b c", 5), candidate("m3", "a c", 5), slot_count=1)
    selection = select(numbered(triangle), [Term.VALUE], forever)
    assert selection.bounds == {Term.VALUE: 5}
    assert len(selection.chosen) == 1


def test_terms_are_kept_in_their_order() -> None:
    of = problem(candidate("m1", "a b", 1), candidate("m2", "a c", 9), slot_count=1, with_=[participant("b", floor=1)])
    first = select(numbered(of), [Term.SHORTFALL, Term.VALUE], forever)
    second = select(numbered(of), [Term.VALUE, Term.SHORTFALL], forever)
    assert first.bounds == {Term.SHORTFALL: 0, Term.VALUE: 1}
    assert second.bounds == {Term.VALUE: 9, Term.SHORTFALL: 1}


def test_what_is_kept_counts_before_value_where_that_is_asked() -> None:
    of = problem(candidate("m1", "a b", 1), candidate("m2", "a c", 9), slot_count=1)
    found = select(numbered(of), [Term.CHANGES, Term.VALUE], forever, Kept(1, frozenset({0})))
    assert found.chosen == (0,)
    assert found.bounds == {Term.CHANGES: 0, Term.VALUE: 1}


def test_a_bound_is_given_for_the_score_that_was_reached() -> None:
    of = problem(candidate("m1", "a b", 1), candidate("m2", "a c", 9), slot_count=1, with_=[participant("b", floor=1)])
    score = {Term.SHORTFALL: 1, Term.VALUE: 9}
    assert bounds_given(numbered(of), list(score), score, forever, wanted=score) == {Term.SHORTFALL: 0, Term.VALUE: 9}


def test_required_meetings_without_room_are_impossible() -> None:
    of = problem(*(candidate(f"m{k}", f"a b{k}", required=True) for k in range(3)), slot_count=2, places=tables(3))
    with pytest.raises(ImpossibleError):
        select(numbered(of), [Term.VALUE], forever)


def test_a_bound_holds_whatever_the_prices_are() -> None:
    programme = Programme(
        gain=np.array([3, 5]),
        lower=np.array([0, 0]),
        upper=np.array([1, 1]),
        limit=np.array([1]),
        rows=np.array([0, 0]),
        columns=np.array([0, 1]),
        entries=np.array([1, 1]),
    )
    assert solve_relaxed(programme, 10.0).bound == 5
    for price in (0.0, 2.9999999, 4.0, 1e6, -3.0):
        assert priced_bound(programme, np.array([price])) >= 5


def test_a_bound_of_enormous_values_does_not_overflow() -> None:
    programme = Programme(
        gain=np.array([2**60, 2**60]),
        lower=np.array([0, 0]),
        upper=np.array([1, 1]),
        limit=np.array([2]),
        rows=np.array([0, 0]),
        columns=np.array([0, 1]),
        entries=np.array([1, 1]),
    )
    assert priced_bound(programme, np.array([0.0])) == 2**61


def test_where_a_solution_is_known_a_solver_that_finds_none_costs_the_bound_and_not_the_answer() -> None:
    programme = Programme(
        gain=np.array([3, 2]),
        lower=np.array([0, 0]),
        upper=np.array([1, 1]),
        limit=np.array([-3]),
        rows=np.array([0, 0]),
        columns=np.array([0, 1]),
        entries=np.array([-1, -1]),
    )
    with pytest.raises(ImpossibleError):
        solve_relaxed(programme, 10.0)
    assert bound_of_possible(programme, 10.0) == 5
