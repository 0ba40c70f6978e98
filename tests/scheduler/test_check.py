"""The judge finds each broken rule, and counts each term by hand's arithmetic."""

from dataclasses import replace

import pytest

from scheduler.check import Rule, score, violations
from scheduler.problem import Delegate, DelegateId, Problem, Rules, Term
from scheduler.schedule import Schedule
from tests.scheduler.builders import candidate, interpreter, participant, problem, schedule, tables

PAIR = candidate("m1", "a b")
SOUND = "m1 s1 t1 a.1 b.1"

# For each rule the smallest problem in which only it bites, and a schedule that breaks it.
BROKEN: dict[str, tuple[Rule, Problem, Schedule]] = {
    "a meeting that the problem does not have": (
        Rule.REFERENCE,
        problem(PAIR),
        schedule("m2 s1 t1 a.1 b.1"),
    ),
    "a slot that the problem does not have": (Rule.REFERENCE, problem(PAIR), schedule("m1 s9 t1 a.1 b.1")),
    "a table that the problem does not have": (Rule.REFERENCE, problem(PAIR), schedule("m1 s1 t9 a.1 b.1")),
    "a delegate of the other side": (Rule.REFERENCE, problem(PAIR), schedule("m1 s1 t1 b.1 b.1")),
    "an interpreter that the problem does not have": (
        Rule.REFERENCE,
        problem(candidate("m1", "a b", languages="de fr")),
        schedule("m1 s1 t1 a.1 b.1 i1"),
    ),
    "one meeting held twice": (Rule.ONCE, problem(PAIR), schedule(SOUND, "m1 s2 t1 a.1 b.1")),
    "a required meeting left out": (Rule.REQUIRED, problem(candidate("m1", "a b", required=True)), schedule()),
    "a slot that is not among the meeting's": (
        Rule.SLOTS,
        problem(candidate("m1", "a b", slots="s2 s3")),
        schedule(SOUND),
    ),
    "another slot than the fixed one": (
        Rule.FIXED_SLOT,
        problem(candidate("m1", "a b", fixed_slot="s2")),
        schedule(SOUND),
    ),
    "another table than the fixed one": (
        Rule.FIXED_TABLE,
        problem(candidate("m1", "a b", fixed_table="t2")),
        schedule(SOUND),
    ),
    "an online meeting at a table": (Rule.ONLINE, problem(candidate("m1", "a b", online=True)), schedule(SOUND)),
    "a meeting without a table": (Rule.ONLINE, problem(PAIR), schedule("m1 s1 - a.1 b.1")),
    "away from home": (Rule.HOME_TABLE, problem(PAIR, with_=[participant("a", home="t2")]), schedule(SOUND)),
    "away from the home of the second side": (
        Rule.HOME_TABLE,
        problem(PAIR, with_=[participant("b", home="t2")]),
        schedule(SOUND),
    ),
    "at home with the second side though the first has a home": (
        Rule.HOME_TABLE,
        problem(PAIR, with_=[participant("a", home="t2"), participant("b", home="t1")]),
        schedule(SOUND),
    ),
    "a delegate who may not attend": (
        Rule.DELEGATES,
        problem(candidate("m1", "a b", delegates=("a.2", "b.1")), with_=[participant("a", "", "")]),
        schedule(SOUND),
    ),
    "no interpreter": (
        Rule.LANGUAGES,
        problem(candidate("m1", "a b", languages="de fr"), interpreters=[interpreter("i1", "de fr")]),
        schedule(SOUND),
    ),
    "an interpreter who lacks a language": (
        Rule.LANGUAGES,
        problem(candidate("m1", "a b", languages="de fr"), interpreters=[interpreter("i1", "de nl")]),
        schedule(SOUND + " i1"),
    ),
    "an interpreter whom nobody needs": (
        Rule.LANGUAGES,
        problem(PAIR, interpreters=[interpreter("i1", "de fr")]),
        schedule(SOUND + " i1"),
    ),
    "a delegate who is not there": (Rule.UNAVAILABLE, problem(PAIR, with_=[participant("a", "s1")]), schedule(SOUND)),
    "a table that is not there": (Rule.UNAVAILABLE, problem(PAIR, places=tables(1, t1="s1")), schedule(SOUND)),
    "an interpreter who is not there": (
        Rule.UNAVAILABLE,
        problem(candidate("m1", "a b", languages="de fr"), interpreters=[interpreter("i1", "de fr", "s1")]),
        schedule(SOUND + " i1"),
    ),
    "a delegate in two meetings": (
        Rule.DELEGATE_TWICE,
        problem(PAIR, candidate("m2", "a c")),
        schedule(SOUND, "m2 s1 t2 a.1 c.1"),
    ),
    "a table with two meetings": (
        Rule.TABLE_TWICE,
        problem(PAIR, candidate("m2", "c d")),
        schedule(SOUND, "m2 s1 t1 c.1 d.1"),
    ),
    "an interpreter in two meetings": (
        Rule.INTERPRETER_TWICE,
        problem(
            candidate("m1", "a b", languages="de fr"),
            candidate("m2", "c d", languages="de nl"),
            interpreters=[interpreter("i1", "de fr nl")],
        ),
        schedule(SOUND + " i1", "m2 s1 t2 c.1 d.1 i1"),
    ),
    "more meetings than wanted": (
        Rule.MAX_MEETINGS,
        problem(PAIR, candidate("m2", "a c"), with_=[participant("a", ceiling=1)]),
        schedule(SOUND, "m2 s2 t1 a.1 c.1"),
    ),
    "the later one at the same time": (
        Rule.AFTER,
        problem(PAIR, candidate("m2", "c d", after="m1")),
        schedule(SOUND, "m2 s1 t2 c.1 d.1"),
    ),
    "the later one earlier": (
        Rule.AFTER,
        problem(PAIR, candidate("m2", "c d", after="m1")),
        schedule("m1 s2 t1 a.1 b.1", "m2 s1 t2 c.1 d.1"),
    ),
    "breaks for some and none for others": (
        Rule.MAX_BREAK_SPREAD,
        problem(PAIR, candidate("m2", "a b"), with_=[participant("c")], rules=Rules(max_break_spread=0)),
        schedule(SOUND, "m2 s3 t1 a.1 b.1"),
    ),
    "no pause": (
        Rule.MAX_CONSECUTIVE,
        problem(
            PAIR, candidate("m2", "a c"), with_=[participant("b"), participant("c")], rules=Rules(max_consecutive=1)
        ),
        schedule(SOUND, "m2 s2 t1 a.1 c.1"),
    ),
    "a long wait": (
        Rule.MAX_IDLE_SLOTS,
        problem(PAIR, candidate("m2", "a c"), slot_count=4, rules=Rules(max_idle_slots=1)),
        schedule(SOUND, "m2 s4 t1 a.1 c.1"),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_rule_is_found_and_nothing_else(case: str) -> None:
    rule, of, answer = BROKEN[case]

    assert [violation.rule for violation in violations(of, answer)] == [rule]


def test_every_rule_has_a_schedule_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BROKEN.values()} == set(Rule)


def test_what_is_allowed_is_not_complained_about() -> None:
    of = problem(
        candidate("m1", "a b", fixed_table="t2"),
        candidate("m2", "c d"),
        candidate("m3", "a b", online=True, after="m1"),
        candidate("m4", "c b", languages="de fr", delegates=("c.1", "b.2"), required=True),
        candidate("m5", "e f", after="m9 m1"),
        candidate("m9", "e f"),
        with_=[participant("a", home="t1"), participant("b", "", "s1", ceiling=3)],
        interpreters=[interpreter("i1", "fr nl de")],
        rules=Rules(max_break_spread=1, max_consecutive=2, max_idle_slots=1),
        slot_count=(2, 2),
    )
    answer = schedule(
        "m1 s1 t2 a.1 b.1", "m2 s1 t1 c.1 d.1", "m3 s3 - a.1 b.1", "m4 s2 t1 c.1 b.2 i1", "m5 s2 t2 e.1 f.1"
    )

    assert violations(of, answer) == []


def test_delegates_of_two_participants_may_have_the_same_id() -> None:
    everybody = [replace(participant(name), delegates=(Delegate(DelegateId("x")),)) for name in "abcd"]
    of = problem(PAIR, candidate("m2", "c d"), with_=everybody)

    assert violations(of, schedule("m1 s1 t1 x x", "m2 s1 t2 x x")) == []


def test_every_term_is_counted() -> None:
    of = problem(
        candidate("m1", "a b", 5),
        candidate("m2", "a c", 3),
        candidate("m3", "a b", 2, online=True),
        candidate("m4", "a c", 7),
        candidate("m5", "b c", 11),
        slot_count=(5, 2),
        with_=[participant("a", "", "", floor=5), participant("c", floor=3), participant("d", floor=2)],
    )
    answer = schedule(
        "m1 s1 t1 a.1 b.1",  # a.1 waits s2 to s4 for m4, which stands at another table; b waits for m3
        "m2 s2 t2 a.2 c.1",  # a is in s1, s2, s3, s5: one break of one slot
        "m3 s3 - a.2 b.1",
        "m4 s5 t2 a.1 c.1",  # c waits s3, s4
        "m5 s6 t1 b.1 c.1",  # another day
    )

    assert score(of, answer) == {
        Term.SHORTFALL: 1 + 0 + 2,
        Term.VALUE: 28,
        Term.HELD: 5,
        Term.BREAKS: 1 + 1 + 1,
        Term.IDLE: 1 + 1 + 2,
        Term.DELEGATE_IDLE: 3 + 0 + 1 + 2,
        Term.MOVES: 1,
    }


def test_a_change_is_counted_once_and_other_delegates_are_none() -> None:
    of = problem(PAIR, candidate("m2", "a c"), candidate("m3", "b c"), with_=[participant("a", "", "")])
    before = schedule(SOUND, "m2 s2 t1 a.1 c.1", "m3 s3 t1 b.1 c.1", "gone s1 t2 x y")
    after = schedule("m1 s1 t1 a.2 b.1", "m2 s3 t2 a.1 c.1")

    assert score(of, after, before)[Term.CHANGES] == 3


def test_meetings_in_two_runs_of_one_day_make_one_break_between_them() -> None:
    of = problem(*(candidate(f"m{k}", "a b") for k in range(1, 5)), slot_count=6)
    answer = schedule("m1 s1 t1 a.1 b.1", "m2 s2 t1 a.1 b.1", "m3 s5 t1 a.1 b.1", "m4 s6 t1 a.1 b.1")

    assert (score(of, answer)[Term.BREAKS], score(of, answer)[Term.IDLE]) == (2, 4)
