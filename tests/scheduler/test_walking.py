"""How often people change tables at least: true of every best schedule, and reached where nobody has a gap."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.numbers.numbering import numbered
from scheduler.problem import Problem, Term
from scheduler.selection import bounds_given
from tests.scheduler.brute_force import optimum
from tests.scheduler.builders import candidate, participant, problem
from tests.scheduler.strategies import problems

USUAL = (Term.SHORTFALL, Term.VALUE, Term.BREAKS, Term.MOVES)


def bound_of(of: Problem) -> tuple[int, int]:
    """What is proved of the moves beside the true optimum, and what they are there."""
    truth = optimum(of)
    assert truth is not None
    proved = bounds_given(numbered(of), of.objective, truth.score, lambda: 60.0, wanted={Term.MOVES})
    return proved[Term.MOVES], truth.score[Term.MOVES]


def test_where_all_meet_all_each_meeting_after_the_first_moves_somebody() -> None:
    meetings = [candidate(f"m{a}{b}", f"p{a} p{b}") for a in range(4) for b in range(a)]
    assert bound_of(problem(*meetings, slot_count=3, places=2)) == (4, 4)


def test_who_meets_at_the_same_table_again_need_not_move() -> None:
    assert bound_of(problem(candidate("m1", "a b"), candidate("m2", "b a"), slot_count=2)) == (0, 0)


def test_a_new_day_begins_at_any_table() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", slots=f"s{k + 1}") for k in range(2)]
    assert bound_of(problem(*meetings, slot_count=(1, 1), places=2)) == (0, 0)


def test_two_delegates_may_come_back_to_their_tables_in_turn() -> None:
    of = problem(*(candidate(f"m{k}", f"a b{k}") for k in range(4)), slot_count=4, with_=[participant("a", "", "")])
    assert bound_of(of) == (0, 0)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_single_people_with_few_breaks_never_move_less_than_is_proved(data: st.DataObject) -> None:
    pairs = data.draw(
        st.sets(st.sampled_from([f"p{a} p{b}" for a in range(5) for b in range(a)]), min_size=4, max_size=6)
    )
    meetings = [
        candidate(f"m{k}", pair, online=data.draw(st.integers(0, 9)) == 9, required=True)
        for k, pair in enumerate(sorted(pairs))
    ]
    days = data.draw(st.sampled_from([(3,), (4,), (2, 2)]))
    of = problem(*meetings, slot_count=days, objective=(Term.BREAKS, Term.MOVES))
    assume(optimum(of) is not None)
    proved, least = bound_of(of)
    assert proved <= least


ORDERS = [
    USUAL,
    (Term.VALUE, Term.MOVES),
    (Term.VALUE, Term.DELEGATE_IDLE, Term.MOVES),
    (Term.HELD, Term.IDLE, Term.MOVES),
]


@pytest.mark.parametrize("order", ORDERS)
@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_best_schedule_moves_less_than_is_proved(order: tuple[Term, ...], data: st.DataObject) -> None:
    of = replace(data.draw(problems(most_slots=5, most_tables=2)), objective=order)
    assume(optimum(of) is not None)
    proved, least = bound_of(of)
    assert proved <= least
