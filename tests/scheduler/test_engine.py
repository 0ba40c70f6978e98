"""The engine, asked as the command asks it: an answer for every problem, and the judge agrees."""

import time
from dataclasses import replace
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.conventions import SIZES, convention
from scheduler import (
    Candidate,
    Limits,
    Problem,
    Progress,
    Result,
    Rules,
    Schedule,
    Status,
    Term,
    false_claims,
    score,
    searching,
    solve,
    violations,
)
from tests.scheduler.brute_force import optimum
from tests.scheduler.builders import candidate, participant, problem, schedule
from tests.scheduler.strategies import problems

QUICK = Limits(seconds=20, workers=1)


def answer(one: Problem, previous: Schedule | None = None, limits: Limits = QUICK) -> Result:
    result = solve(one, limits, clock=time.monotonic, previous=previous)
    assert violations(one, result.schedule) == [] or result.status in (Status.INFEASIBLE, Status.UNKNOWN)
    return result


def test_the_best_meetings_are_held_and_everything_is_proved() -> None:
    one = problem(
        candidate("m1", "a b", 5), candidate("m2", "a c", 3), candidate("m3", "b c", 1), slot_count=2, places=1
    )
    result = answer(one)
    assert result.status == Status.OPTIMAL
    assert [meeting.id for meeting in result.schedule.meetings] == ["m1", "m2"]
    assert result.score == score(one, result.schedule)
    assert result.bounds == {Term.SHORTFALL: 0, Term.VALUE: 8, Term.BREAKS: 0, Term.MOVES: 0}
    assert result.proved == one.objective
    assert [row.id for row in result.not_held] == ["m3"]


def test_values_beyond_floating_point_are_held_and_no_proof_is_claimed_wrongly() -> None:
    one = problem(candidate("m1", "a b", 2**61), candidate("m2", "a c", 2**61 + 1), slot_count=1, places=1)
    result = answer(one)
    assert result.score[Term.VALUE] >= 2**61
    assert result.bounds[Term.VALUE] >= 2**61 + 1


def test_floors_go_before_value() -> None:
    one = problem(candidate("m1", "a b", 9), candidate("m2", "a c"), slot_count=1, with_=[participant("c", floor=1)])
    assert [meeting.id for meeting in answer(one).schedule.meetings] == ["m2"]


def test_three_required_meetings_do_not_fit_into_two_slots() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", required=True) for k in range(3)]
    result = answer(problem(*meetings, slot_count=2, places=3))
    assert (result.status, result.schedule, result.score) == (Status.INFEASIBLE, Schedule(), {})


def test_without_any_time_nothing_is_held_and_that_is_an_answer_unless_something_must_be() -> None:
    no_time = Limits(seconds=0, workers=1)
    free, bound = problem(candidate("m1", "a b")), problem(candidate("m1", "a b", required=True))
    assert answer(free, limits=no_time).status == Status.FEASIBLE
    assert answer(bound, limits=no_time).status == Status.UNKNOWN


def test_where_nothing_can_hold_no_place_is_named() -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", required=True) for k in range(3)]
    result = answer(problem(*meetings, candidate("m9", "c d"), slot_count=2, places=3))
    assert {row.nearest for row in result.not_held} == {None}


def test_a_repair_keeps_what_was_published() -> None:
    before = schedule("m1 s2 t2 a.1 b.1", "m2 s3 t1 a.1 c.1")
    objective = (Term.SHORTFALL, Term.CHANGES, Term.VALUE, Term.BREAKS, Term.MOVES)
    meetings = [candidate("m1", "a b"), candidate("m2", "a c"), candidate("m3", "b c", 7)]
    result = answer(problem(*meetings, slot_count=3, places=2, objective=objective), before)
    assert result.status == Status.OPTIMAL
    assert result.score[Term.CHANGES] == 0
    assert result.schedule.meetings[:2] == before.meetings
    assert result.score[Term.VALUE] == 9


def test_breaks_may_not_differ_by_more_than_the_rule_says() -> None:
    meetings = [candidate("m1", "a b", fixed_slot="s1"), candidate("m2", "a c", fixed_slot="s3")]
    result = answer(problem(*meetings, rules=Rules(max_break_spread=0)))
    assert len(result.schedule.meetings) == 1


def beside_many(*required: Candidate) -> Problem:
    """A convention that is too large for the exact model, with these meetings besides."""
    others = (candidate(f"n{k}", f"p{k} p{k + 600}") for k in range(1200))
    return problem(*others, *required, slot_count=40, places=90)


@pytest.mark.parametrize("length", [2, 8, 40])
def test_in_a_large_convention_meetings_that_follow_each_other_without_a_slot_to_spare_are_held(length: int) -> None:
    slots = " ".join(f"s{t}" for t in range(1, length + 1))
    chain = [
        candidate(f"m{k}", f"a b{k}", required=True, after=f"m{k - 1}" if k else "", slots=slots)
        for k in reversed(range(length))
    ]
    result = answer(beside_many(*chain))
    assert result.score[Term.HELD] == 1200 + length


def test_in_a_large_convention_a_repair_for_a_new_chain_leaves_the_others_where_they_are() -> None:
    before = answer(beside_many()).schedule
    chain = [candidate(f"m{k}", f"p0 p{k + 1}", required=True, after=f"m{k - 1}" if k else "") for k in range(30)]
    repair = (Term.SHORTFALL, Term.CHANGES, Term.VALUE, Term.BREAKS)
    result = answer(replace(beside_many(*reversed(chain)), objective=repair), before)
    assert result.score[Term.HELD] == 1230
    assert result.score[Term.CHANGES] <= 31


def test_in_a_large_convention_three_who_have_two_slots_to_meet_each_other_are_refused_with_their_rules() -> None:
    three = [candidate(f"m{k}", pair, required=True, slots="s1 s2") for k, pair in enumerate(("a b", "b c", "c a"))]
    result = answer(beside_many(*three))
    assert result.status is Status.INFEASIBLE
    assert result.conflict is not None
    assert result.conflict.is_minimal
    assert set(result.conflict.paths) == {
        *(f"meetings[{1200 + k}].{name}" for k in range(3) for name in ("required", "slots")),
        *(f"participants[{k}].delegates" for k, one in enumerate(beside_many(*three).participants) if one.id in "abc"),
    }


def test_the_same_seed_gives_the_same_schedule() -> None:
    meetings = [candidate(f"m{i}{j}", f"p{i} p{j}", i + j) for i in range(5) for j in range(i)]
    one = problem(*meetings, slot_count=4, places=2, objective=(Term.VALUE, Term.IDLE))
    first, second = answer(one), answer(one)
    assert (first.schedule, first.score, first.bounds) == (second.schedule, second.score, second.bounds)


def test_the_same_seed_gives_the_same_schedule_of_a_draft_that_is_improved() -> None:
    people = [participant(f"p{i}", ceiling=4) for i in range(10)]
    meetings = [candidate(f"m{i}{j}", f"p{i} p{j}", 1 + (i * j) % 7) for i in range(10) for j in range(i)]
    one = problem(*meetings, slot_count=8, places=4, with_=people, objective=(Term.VALUE, Term.BREAKS))
    patient = Limits(seconds=120, workers=1)
    first, second = answer(one, limits=patient), answer(one, limits=patient)
    assert first.status == Status.OPTIMAL
    assert (first.schedule, first.score, first.bounds) == (second.schedule, second.score, second.bounds)


def test_whoever_stops_at_once_gets_an_answer() -> None:
    meetings = [candidate(f"m{i}{j}", f"p{i} p{j}") for i in range(30) for j in range(i)]
    one = problem(*meetings, slot_count=20, places=10)
    result = solve(one, QUICK, clock=time.monotonic, should_stop=lambda: True)
    assert result.status in (Status.FEASIBLE, Status.UNKNOWN)
    assert violations(one, result.schedule) == []
    assert result.bounds[Term.VALUE] <= len(meetings)


def test_a_step_that_does_not_come_to_its_end_is_left_and_what_is_at_hand_is_the_answer() -> None:
    is_at_hand, may_go_on = Event(), Event()
    one = convention(SIZES["S"], 1)

    def watch(progress: Progress) -> None:
        if progress.schedule is not None:
            is_at_hand.set()
            may_go_on.wait(60)

    result = solve(one, QUICK, clock=time.monotonic, watch=watch, should_stop=is_at_hand.is_set)
    may_go_on.set()

    assert result.status is Status.FEASIBLE
    assert result.schedule.meetings
    assert violations(one, result.schedule) == []
    assert false_claims(one, result) == []


def test_what_a_search_raises_is_raised_by_solve() -> None:
    def watch(progress: Progress) -> None:
        if progress.schedule is not None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve(convention(SIZES["S"], 1), QUICK, clock=time.monotonic, watch=watch)


def test_progress_tells_score_and_bound() -> None:
    told: list[Progress] = []
    meetings = [candidate(f"m{i}{j}", f"p{i} p{j}") for i in range(12) for j in range(i)]
    one = problem(*meetings, slot_count=11, places=6, objective=(Term.VALUE, Term.BREAKS))
    solve(one, Limits(seconds=3, workers=2), clock=time.monotonic, watch=told.append)
    assert told
    assert all(progress.score is None or Term.VALUE in progress.score for progress in told)


def test_the_first_that_is_told_is_what_nothing_can_exceed() -> None:
    told: list[Progress] = []
    one = problem(candidate("m1", "a b", 3), candidate("m2", "a c", 4), objective=(Term.VALUE, Term.HELD, Term.BREAKS))
    solve(one, Limits(seconds=3, workers=1), clock=lambda: 0.0, watch=told.append)
    assert told[0] == Progress(0.0, None, {Term.VALUE: 7, Term.HELD: 2, Term.BREAKS: 0})


@pytest.mark.parametrize("objective", [(), (Term.MOVES,), (Term.HELD, Term.DELEGATE_IDLE), (Term.MOVES, Term.BREAKS)])
def test_any_terms_in_any_order_are_proved(objective: tuple[Term, ...]) -> None:
    meetings = [candidate("m1", "a b"), candidate("m2", "a c"), candidate("m3", "b c")]
    one = problem(*meetings, with_=[participant("a", "", "s1")], objective=objective)
    assert answer(one).status == Status.OPTIMAL


def assert_truth_of(one: Problem, previous: Schedule | None = None) -> None:
    """The engine and the enumeration agree on every term, on the proof, and on what cannot be."""
    truth, result = optimum(one, previous), answer(one, previous)
    if truth is None:
        assert (result.status, result.schedule) == (Status.INFEASIBLE, Schedule())
        return
    assert result.status == Status.OPTIMAL
    assert {term: result.score[term] for term in one.objective} == truth.score
    assert result.bounds == truth.score
    assert result.proved == one.objective


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_engine_finds_the_true_optimum_of_every_objective(one: Problem) -> None:
    assert_truth_of(one)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(problems(are_wild=True))
def test_the_engine_finds_the_truth_in_wild_problems(one: Problem) -> None:
    assert_truth_of(one)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.data())
def test_a_repair_changes_as_little_as_is_possible(one: Problem, data: st.DataObject) -> None:
    rows = answer(one).schedule.meetings
    kept = tuple(row for row in rows if data.draw(st.booleans()))
    place = data.draw(st.integers(0, len(one.objective)))
    objective = (*one.objective[:place], Term.CHANGES, *one.objective[place:])
    absent = data.draw(st.sets(st.sampled_from(range(len(one.meetings)))) if one.meetings else st.just(set[int]()))
    meetings = tuple(replace(m, after=()) for i, m in enumerate(one.meetings) if i not in absent)
    assert_truth_of(replace(one, meetings=meetings, objective=objective), Schedule(kept))


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(problems())
def test_drafts_are_proved_or_bettered(monkeypatch: pytest.MonkeyPatch, one: Problem) -> None:
    monkeypatch.setattr(searching, "FEW_PLACES", -1)
    assert_truth_of(one)
