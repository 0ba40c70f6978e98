"""A draft honours every field, whatever the problem, and its bounds are never beaten."""

import pytest

from scheduler.check import score, violations
from scheduler.numbers.numbering import numbered
from scheduler.numbers.timed import Timed
from scheduler.pipeline import AT_LAST, Draft, draft
from scheduler.problem import Problem, Term
from scheduler.schedule import Schedule
from tests.scheduler.builders import candidate, participant, problem
from tests.scheduler.varied import varied


def drafted(of: Problem, previous: Schedule | None = None) -> Draft:
    return draft(of, seed=1, clock=lambda: 0.0, deadline=60.0, previous=previous)


@pytest.mark.parametrize("seed", range(60))
def test_a_draft_breaks_no_rule_whatever_fields_the_problem_uses(seed: int) -> None:
    of = varied(seed)
    found = drafted(of)
    assert violations(of, found.schedule) == []
    assert found.schedule.meetings


@pytest.mark.parametrize("seed", range(60))
def test_no_draft_is_better_than_its_bounds(seed: int) -> None:
    of = varied(seed)
    found = drafted(of)
    reached = score(of, found.schedule)
    first = of.objective[0]
    assert set(found.bounds) == set(of.objective)
    assert reached[first] <= found.bounds[first] if first.is_maximised else reached[first] >= found.bounds[first]


def test_the_same_seed_gives_the_same_draft() -> None:
    assert drafted(varied(3)) == drafted(varied(3))


def test_what_cannot_all_be_held_is_said_to_be_impossible() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", required=True) for k in range(4)]
    assert drafted(problem(*meetings, slot_count=3)).is_impossible


def test_a_required_meeting_goes_before_a_dearer_one() -> None:
    meetings = [candidate("m1", "a b", required=True), candidate("m2", "a c", 9)]
    found = drafted(problem(*meetings, slot_count=1))
    assert [row.id for row in found.schedule.meetings] == ["m1"]
    assert found.bounds[Term.VALUE] == 1


def test_a_floor_goes_before_value() -> None:
    meetings = [candidate("m1", "a b", 1), candidate("m2", "a c", 9)]
    found = drafted(problem(*meetings, slot_count=1, with_=[participant("b", floor=1)]))
    assert [row.id for row in found.schedule.meetings] == ["m1"]


def test_what_must_be_held_is_drafted_even_where_nothing_counts_for_it() -> None:
    of = problem(candidate("m1", "a b", required=True), candidate("m2", "a c"), objective=(Term.BREAKS,))
    assert [row.id for row in drafted(of).schedule.meetings] == ["m1"]


def test_where_there_is_no_time_to_choose_the_dearest_are_placed() -> None:
    meetings = [candidate("m1", "a b", 1), candidate("m2", "a c", 9), candidate("m3", "b c", 5)]
    of = problem(*meetings, slot_count=1, objective=(Term.VALUE,))
    found = draft(of, seed=1, clock=lambda: 0.0, deadline=1e-9)
    assert [row.id for row in found.schedule.meetings] == ["m2"]
    assert found.bounds[Term.VALUE] == 15


def test_placing_ends_when_what_is_placed_takes_all_the_time_that_is_left_to_seat_it() -> None:
    of = problem(*(candidate(f"m{k}", f"a{k} b{k}") for k in range(1_000)), slot_count=2, places=500)
    numbers = numbered(of)
    seconds_to_number = 1_000 / AT_LAST  # so that each that is placed is said to take a second
    found = draft(of, seed=1, clock=lambda: 0.0, deadline=250.5, timed=Timed(numbers, seconds_to_number))
    assert 251 <= len(found.schedule.meetings) <= 512
    assert violations(of, found.schedule) == []
