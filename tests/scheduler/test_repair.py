"""Mending keeps what holds, adds what fits, and says how little could have changed."""

from dataclasses import replace

import pytest

from scheduler.check import score, violations
from scheduler.pipeline import Draft, draft
from scheduler.problem import Problem, Term
from scheduler.schedule import Schedule
from tests.scheduler.builders import candidate, participant, problem, schedule
from tests.scheduler.varied import varied

REPAIR = (Term.SHORTFALL, Term.CHANGES, Term.VALUE, Term.BREAKS, Term.MOVES)


def drafted(of: Problem, previous: Schedule | None = None) -> Draft:
    return draft(of, seed=1, clock=lambda: 0.0, deadline=60.0, previous=previous)


def without(of: Problem, name: str) -> Problem:
    """The problem on the day that somebody does not come."""
    every = frozenset(slot.id for slot in of.slots)
    people = [
        replace(one, delegates=tuple(replace(who, unavailable=every) for who in one.delegates))
        if one.id == name
        else one
        for one in of.participants
    ]
    meetings = tuple(replace(meeting, required=False) for meeting in of.meetings)
    return replace(of, participants=tuple(people), meetings=meetings, objective=REPAIR)


def test_nothing_changes_where_nothing_has_to() -> None:
    of = problem(*(candidate(f"m{k}", f"a{k % 3} b{k}") for k in range(6)), slot_count=4, objective=REPAIR)
    before = drafted(replace(of, objective=(Term.VALUE, Term.BREAKS))).schedule
    assert drafted(of, before).schedule == before


def test_who_leaves_makes_room_for_an_unmet_wish_and_nobody_else_moves() -> None:
    meetings = [candidate("m1", "a b", 9), candidate("m2", "a c", 1), candidate("m3", "c d", 1)]
    of = problem(*meetings, slot_count=2, places=2, with_=[participant("b", "s1 s2")], objective=REPAIR)
    found = drafted(of, schedule("m1 s1 t1 a.1 b.1", "m3 s2 t2 c.1 d.1"))
    assert found.schedule == schedule("m2 s1 t1 a.1 c.1", "m3 s2 t2 c.1 d.1")
    assert found.bounds == {Term.SHORTFALL: 0, Term.CHANGES: 1, Term.VALUE: 2, Term.BREAKS: 0, Term.MOVES: 0}


def test_a_new_wish_waits_where_its_stand_is_taken() -> None:
    meetings = [candidate("m1", "a b", 1), candidate("m2", "c d", 5)]
    of = problem(*meetings, slot_count=2, places=2, with_=[participant("c", home="t1")], objective=REPAIR)
    found = drafted(of, schedule("m1 s1 t1 a.1 b.1"))
    assert found.schedule == schedule("m1 s1 t1 a.1 b.1", "m2 s2 t1 c.1 d.1")


def test_somebody_without_enough_meetings_goes_before_those_who_stay() -> None:
    meetings = [candidate("m1", "a b"), candidate("m2", "c b", slots="s1")]
    of = problem(*meetings, slot_count=2, with_=[participant("c", floor=1)], objective=REPAIR)
    found = drafted(of, schedule("m1 s1 t1 a.1 b.1"))
    assert {row.id: row.slot for row in found.schedule.meetings} == {"m1": "s2", "m2": "s1"}


@pytest.mark.parametrize("seed", range(30))
def test_a_mended_schedule_breaks_no_rule_and_no_bound(seed: int) -> None:
    of = varied(seed)
    before = drafted(of).schedule
    today = without(of, "p0")
    found = drafted(today, before)
    assert violations(today, found.schedule) == []
    reached = score(today, found.schedule, before)
    assert reached[Term.CHANGES] >= found.bounds[Term.CHANGES]
    if reached[Term.SHORTFALL] == found.bounds[Term.SHORTFALL] and reached[Term.CHANGES] == found.bounds[Term.CHANGES]:
        assert reached[Term.VALUE] <= found.bounds[Term.VALUE]


@pytest.mark.parametrize("seed", range(10))
def test_changes_may_also_come_after_value(seed: int) -> None:
    of = replace(varied(seed), objective=(Term.VALUE, Term.CHANGES))
    before = drafted(replace(of, objective=(Term.VALUE,))).schedule
    found = drafted(of, before)
    assert violations(of, found.schedule) == []
    assert score(of, found.schedule, before)[Term.VALUE] <= found.bounds[Term.VALUE]
