"""Each rule of the exact model alone: with it the judge is content, without it the judge complains of just that."""

import time

import pytest

from scheduler.check import Rule, violations
from scheduler.cpsat import exact, rules
from scheduler.cpsat.racing import Watchdog
from scheduler.cpsat.stages import Known, Stages
from scheduler.limits import Limits
from scheduler.problem import Problem, Rules, Term
from scheduler.schedule import Schedule
from tests.scheduler.builders import candidate, interpreter, participant, problem

HELD = (Term.HELD,)
EACH_RULE_ALONE: dict[rules.Rule, tuple[Rule, Problem]] = {
    rules.required_meetings_are_held: (
        Rule.REQUIRED,
        problem(
            candidate("m1", "a b", 1, required=True),
            candidate("m2", "a c", 2),
            slot_count=1,
            objective=(Term.VALUE,),
        ),
    ),
    rules.a_delegate_is_in_one_meeting_a_slot: (
        Rule.DELEGATE_TWICE,
        problem(candidate("m1", "a b"), candidate("m2", "a c"), slot_count=1, objective=HELD),
    ),
    rules.an_interpreter_is_in_one_meeting_a_slot: (
        Rule.INTERPRETER_TWICE,
        problem(
            candidate("m1", "a b", languages="de fr"),
            candidate("m2", "c d", languages="fr de"),
            slot_count=1,
            interpreters=[interpreter("i", "de fr")],
            objective=HELD,
        ),
    ),
    rules.a_table_takes_one_meeting_a_slot: (
        Rule.TABLE_TWICE,
        problem(
            candidate("m1", "a b", fixed_table="t1"),
            candidate("m2", "c d", fixed_table="t1"),
            slot_count=1,
            objective=HELD,
        ),
    ),
    rules.nobody_exceeds_their_ceiling: (
        Rule.MAX_MEETINGS,
        problem(candidate("m1", "a b"), candidate("m2", "a c"), with_=[participant("a", ceiling=1)], objective=HELD),
    ),
    rules.a_meeting_comes_after_those_it_names: (
        Rule.AFTER,
        problem(candidate("m1", "a b", after="m2"), candidate("m2", "c d"), slot_count=1, objective=HELD),
    ),
    rules.breaks_differ_by_little: (
        Rule.MAX_BREAK_SPREAD,
        problem(
            candidate("m1", "a b", fixed_slot="s1"),
            candidate("m2", "a c", fixed_slot="s3"),
            rules=Rules(max_break_spread=0),
            objective=HELD,
        ),
    ),
    rules.nobody_meets_too_long_without_a_rest: (
        Rule.MAX_CONSECUTIVE,
        problem(
            candidate("m1", "a b"),
            candidate("m2", "a c"),
            slot_count=2,
            rules=Rules(max_consecutive=1),
            objective=HELD,
        ),
    ),
    rules.nobody_waits_too_long_in_a_day: (
        Rule.MAX_IDLE_SLOTS,
        problem(
            candidate("m1", "a b", fixed_slot="s1"),
            candidate("m2", "a c", fixed_slot="s4"),
            slot_count=4,
            rules=Rules(max_idle_slots=1),
            objective=HELD,
        ),
    ),
}
# These two follow from the others and only make the search short.
IMPLIED = {rules.every_meeting_keeps_two_busy, rules.the_busy_slots_are_counted}


def best(one: Problem, kept: tuple[rules.Rule, ...]) -> Schedule:
    watchdog = Watchdog(time.monotonic, time.monotonic() + 20)
    stages = Stages(exact.build(one, rules=kept), one.objective, Limits(workers=1), watchdog, lambda _s, _b: None)
    schedule = stages.optimise(Known()).schedule
    assert schedule is not None
    return schedule


@pytest.mark.parametrize("rule", EACH_RULE_ALONE, ids=lambda rule: rule.__name__)
def test_a_rule_is_missed_when_it_is_gone(rule: rules.Rule) -> None:
    complaint, one = EACH_RULE_ALONE[rule]
    assert violations(one, best(one, rules.RULES)) == []
    without = tuple(kept for kept in rules.RULES if kept not in {rule, *IMPLIED})
    assert {found.rule for found in violations(one, best(one, without))} == {complaint}


def test_every_rule_has_a_problem_of_its_own() -> None:
    assert set(rules.RULES) == EACH_RULE_ALONE.keys() | IMPLIED


def test_a_problem_is_feasible_or_not() -> None:
    watchdog = Watchdog(time.monotonic, time.monotonic() + 20)
    meetings = [candidate("m1", "a b", required=True), candidate("m2", "a c", required=True)]
    found = [exact.any_schedule(problem(*meetings, slot_count=n), Limits(workers=1), watchdog) for n in (1, 2)]
    assert [one.is_infeasible for one in found] == [True, False]
    assert [one.schedule is None for one in found] == [True, False]


def test_nothing_is_claimed_when_the_time_is_over() -> None:
    watchdog = Watchdog(time.monotonic, time.monotonic() - 1)
    meetings = [candidate(f"m{i}{j}", f"p{i} p{j}", required=True) for i in range(12) for j in range(i)]
    found = exact.any_schedule(problem(*meetings, slot_count=12, places=6), Limits(workers=1), watchdog)
    assert found.schedule is None
    assert not found.is_infeasible
