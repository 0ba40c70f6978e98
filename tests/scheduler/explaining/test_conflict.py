"""An infeasible problem is told by rules of which none can be left out, and where it can be, with figures."""

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.engine import solve
from scheduler.explaining.conflict import conflict_of
from scheduler.explaining.counting import arguments
from scheduler.explaining.relaxing import Part, parts_of, relaxed
from scheduler.judging.claims import is_path
from scheduler.limits import Limits
from scheduler.problem import Candidate, MeetingId, Problem, Rules, SlotId
from scheduler.schedule import Status
from tests.scheduler.brute_force import optimum
from tests.scheduler.builders import candidate, interpreter, participant, problem, tables
from tests.scheduler.strategies import problems


def can_be(of: Problem) -> bool | None:
    status = solve(replace(of, objective=()), Limits(seconds=20, workers=1), clock=time.monotonic).status
    return {Status.OPTIMAL: True, Status.INFEASIBLE: False}.get(status)


def named(of: Problem, paths: tuple[str, ...]) -> list[Part]:
    return [part for part in parts_of(of) if part.path in paths or part.group in paths]


def assert_minimal(of: Problem, paths: tuple[str, ...]) -> None:
    """Together the rules cannot hold; without any one of them they can."""
    assert all(is_path(of, path) for path in paths)
    assert can_be(relaxed(of, named(of, paths))) is False
    for path in paths:
        others = tuple(other for other in paths if other != path)
        assert can_be(relaxed(of, named(of, others))) is True, f"without {path}"


def crowded(of: Problem, meeting: Candidate, slot: SlotId) -> Problem:
    """With so many copies of a meeting fixed to one slot that their first side has too few delegates for them."""
    side = next(one for one in of.participants if one.id == meeting.between[0])
    copies = (
        replace(meeting, id=MeetingId(f"copy {k}"), required=True, slots=None, fixed_slot=slot, after=())
        for k in range(len(side.delegates) + 1)
    )
    return replace(of, meetings=(*of.meetings, *copies))


@pytest.mark.parametrize("most_questions", [0, 1, 3])
def test_when_the_time_is_over_nothing_is_asked_and_what_is_told_is_said_not_to_be_minimal(most_questions: int) -> None:
    meetings = [candidate(f"m{k}", f"a b{k}", required=True, slots="s1 s2") for k in range(3)]
    of = problem(*meetings, candidate("m9", "c d", required=True), slot_count=4, places=3)
    asked: list[Problem] = []

    def oracle(one: Problem) -> bool | None:
        asked.append(one)
        return can_be(one)

    conflict = conflict_of(of, oracle, lambda: len(asked) >= most_questions)

    assert len(asked) == most_questions
    assert not conflict.is_minimal
    assert can_be(relaxed(of, named(of, conflict.paths))) is False


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_none_of_the_rules_of_a_conflict_can_be_left_out(data: st.DataObject) -> None:
    of = data.draw(problems(most_slots=3, most_meetings=4))
    of = replace(of, meetings=tuple(replace(one, required=data.draw(st.booleans())) for one in of.meetings))
    if optimum(replace(of, objective=())) is not None:
        of = crowded(of, data.draw(st.sampled_from(of.meetings)), data.draw(st.sampled_from(of.slots)).id)

    conflict = conflict_of(of, can_be)

    assert conflict.is_minimal
    assert conflict.text.endswith(".")
    assert_minimal(of, conflict.paths)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_no_argument_speaks_against_a_problem_that_has_a_schedule(data: st.DataObject) -> None:
    of = data.draw(problems(most_slots=3, most_meetings=4))
    of = replace(of, meetings=tuple(replace(one, required=data.draw(st.booleans())) for one in of.meetings))
    assume(optimum(replace(of, objective=())) is not None)

    assert list(arguments(of)) == []


def test_with_all_rules_in_force_the_problem_is_as_strict_as_before() -> None:
    of = problem(
        candidate("m1", "a b", required=True, after="m2", languages="de fr", fixed_table="t1"),
        candidate("m2", "a b", required=True, slots="s1 s2", delegates=("a.1", "b.1")),
        with_=[participant("a", "s3", home="t2"), participant("b", "s1", "", ceiling=2)],
        interpreters=[interpreter("i1", "de fr")],
        rules=Rules(max_consecutive=1),
        objective=(),
    )

    assert relaxed(of, parts_of(of)) == of


def ring(count: int) -> list[str]:
    return [f"p{k} p{(k + 1) % count}" for k in range(count)]


CASES: dict[str, tuple[Problem, str, tuple[str, ...]]] = {
    "too few pairs": (
        problem(
            *(candidate(f"m{k}.{j}", pair, required=True) for k in range(2) for j, pair in enumerate(ring(5))),
            slot_count=4,
            places=9,
        ),
        "2 pairs can meet at once and there are 4 slots: 8 places for 10 required meetings.",
        ("participants[*].delegates", "slots", "meetings[*].required"),
    ),
    "too few tables": (
        problem(*(candidate(f"m{k}", f"a{k} b{k}", required=True) for k in range(5)), slot_count=2, places=tables(2)),
        "2 tables are free at once and there are 2 slots: 4 places for 5 required meetings.",
        ("tables", "slots", "meetings[*].required"),
    ),
    "too many meetings for one": (
        problem(*(candidate(f"m{k}", f"a b{k}", required=True) for k in range(4)), with_=[participant("a", "s1")]),
        "a has 1 delegate with 2 free slots together, and 4 required meetings.",
        (
            "participants[0].delegates",
            "slots",
            "meetings[0].required",
            "meetings[1].required",
            "meetings[2].required",
        ),
    ),
    "a ceiling": (
        problem(*(candidate(f"m{k}", f"a b{k}", required=True) for k in range(3)), with_=[participant("a", ceiling=1)]),
        "a has 3 required meetings, and 1 is their ceiling.",
        ("participants[0].max_meetings", "meetings[0].required", "meetings[1].required"),
    ),
    "too few interpreters": (
        problem(
            *(candidate(f"m{k}", f"a{k} b{k}", required=True, languages="fr de") for k in range(3)),
            slot_count=2,
            places=3,
            interpreters=[interpreter("i1", "de fr"), interpreter("i2", "de nl")],
        ),
        "For de and fr: 1 interpreter is free at once and there are 2 slots: 2 places for 3 required meetings.",
        (
            *(f"meetings[{k}].languages" for k in range(3)),
            "interpreters",
            "slots",
            *(f"meetings[{k}].required" for k in range(3)),
        ),
    ),
    "a chain": (
        problem(
            candidate("m1", "a b", required=True),
            candidate("m2", "c d", required=True, after="m1"),
            candidate("m3", "e f", required=True, after="m2"),
            slot_count=2,
        ),
        "Meetings m1, m2 and m3 have to follow each other in 2 slots.",
        (
            "meetings[1].after",
            "meetings[2].after",
            "slots",
            "meetings[0].required",
            "meetings[1].required",
            "meetings[2].required",
        ),
    ),
    "a circle": (
        problem(candidate("m1", "a b", required=True, after="m2"), candidate("m2", "c d", required=True, after="m1")),
        "Meetings m1 and m2 have to follow each other in a circle.",
        ("meetings[0].required", "meetings[1].required", "meetings[0].after", "meetings[1].after"),
    ),
    "two at one table": (
        problem(
            *(candidate(f"m{k}", f"a{k} b{k}", required=True, fixed_slot="s1", fixed_table="t1") for k in range(2))
        ),
        "Meetings m0 and m1 are fixed to table t1 in slot s1.",
        (
            "meetings[0].required",
            "meetings[1].required",
            "meetings[0].fixed_table",
            "meetings[1].fixed_table",
            "meetings[0].fixed_slot",
            "meetings[1].fixed_slot",
        ),
    ),
    "one person in one slot": (
        problem(*(candidate(f"m{k}", f"a b{k}", required=True, fixed_slot="s1") for k in range(2))),
        "Meetings m0 and m1 are fixed to slot s1, when a has 1 delegate.",
        (
            "meetings[0].required",
            "meetings[1].required",
            "meetings[0].fixed_slot",
            "meetings[1].fixed_slot",
            "participants[0].delegates",
        ),
    ),
    "never together": (
        problem(
            candidate("m1", "a b", required=True),
            slot_count=2,
            with_=[participant("a", "s1"), participant("b", "s2")],
        ),
        (
            "Meeting m1 is required and cannot be held: a and b have no free slot in common: "
            "of the 2 slots in which they may meet, a is free in 1 and b in 1."
        ),
        ("meetings[0].required", "participants[0].delegates", "participants[1].delegates", "slots"),
    ),
    "too few slots that fit": (
        problem(
            *(candidate(f"m{k}", f"a {b}", required=True, slots="s1 s2") for k, b in enumerate("bcd", 1)),
            candidate("m4", "a e", required=True),
            slot_count=5,
        ),
        "Meetings m1, m2 and m3 fit only into s1 and s2, in which a has delegates for 2 meetings.",
        (
            *(f"meetings[{k}].required" for k in range(3)),
            *(f"meetings[{k}].slots" for k in range(3)),
            "participants[0].delegates",
        ),
    ),
    "too few tables where they fit": (
        problem(
            *(candidate(f"m{k}", f"a{k} b{k}", required=True, slots="s1") for k in range(3)),
            candidate("m3", "c d", required=True, slots="s2"),
            slot_count=3,
            places=2,
        ),
        "Meetings m0, m1 and m2 fit only into s1, in which the tables have room for 2 meetings.",
        (*(f"meetings[{k}].required" for k in range(3)), *(f"meetings[{k}].slots" for k in range(3)), "tables"),
    ),
    "a home where they fit": (
        problem(
            *(candidate(f"m{k}", f"a b{k}", required=True, slots="s1") for k in range(2)),
            with_=[participant("a", "", "", home="t2")],
            places=3,
        ),
        "Meetings m0 and m1 fit only into s1, in which table t2 has room for 1 meeting.",
        (
            "participants[0].home_table",
            *(f"meetings[{k}].required" for k in range(2)),
            *(f"meetings[{k}].slots" for k in range(2)),
        ),
    ),
    "too few interpreters where they fit": (
        problem(
            *(candidate(f"m{k}", f"a{k} b{k}", required=True, slots="s1", languages="fr de") for k in range(2)),
            places=3,
            interpreters=[interpreter("i1", "de fr"), interpreter("i2", "de nl")],
        ),
        "Meetings m0 and m1 fit only into s1, in which interpreters are there for 1 meeting.",
        (
            *(f"meetings[{k}].languages" for k in range(2)),
            "interpreters",
            *(f"meetings[{k}].required" for k in range(2)),
            *(f"meetings[{k}].slots" for k in range(2)),
        ),
    ),
    "nothing to count": (
        problem(
            *(candidate(f"m{k}", pair, required=True, slots="s1 s2") for k, pair in enumerate(("a b", "b c", "c a"))),
            slot_count=3,
        ),
        (
            "Meetings m0, m1 and m2 are required and cannot all be held: m0 may be held only in s1 and s2; "
            "m1 may be held only in s1 and s2; m2 may be held only in s1 and s2; a has 1 delegate; b has 1 delegate; "
            "c has 1 delegate."
        ),
        (
            *(f"meetings[{k}].required" for k in range(3)),
            *(f"meetings[{k}].slots" for k in range(3)),
            *(f"participants[{k}].delegates" for k in range(3)),
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_conflict_is_told_with_its_figures(case: str) -> None:
    of, text, paths = CASES[case]
    conflict = conflict_of(of, can_be)

    assert conflict.text == text
    assert set(conflict.paths) == set(paths)
    assert conflict.is_minimal
    assert_minimal(of, conflict.paths)


def test_a_group_whose_other_members_are_in_conflict_too_is_not_called_minimal() -> None:
    """The agenda of a is crowded, and three of those whom a meets cannot meet each other either."""
    early = " ".join(f"s{t}" for t in range(1, 13))
    of = problem(
        *(candidate(f"m{k}", f"a p{k}", required=True, slots=early if k > 3 else None) for k in range(1, 14)),
        *(candidate(f"x{k}", pair, required=True) for k, pair in enumerate(("p1 p2", "p2 p3", "p1 p3"))),
        slot_count=14,
        places=20,
        with_=[
            participant("a"),
            *(
                participant(f"p{k}", " ".join(f"s{t}" for t in range(1, 15) if t not in (1, 2, k + 2)))
                for k in (1, 2, 3)
            ),
        ],
    )

    conflict = conflict_of(of, can_be)

    assert "fit only into" in conflict.text
    assert "meetings[*].required" in conflict.paths
    assert can_be(relaxed(of, named(of, conflict.paths))) is False
    assert not conflict.is_minimal


def test_who_meets_nobody_counts_where_breaks_may_not_differ() -> None:
    of = problem(
        candidate("m1", "a b", required=True, fixed_slot="s1"),
        candidate("m2", "a b", required=True, fixed_slot="s3"),
        with_=[participant("c")],
        rules=Rules(max_break_spread=0),
    )

    conflict = conflict_of(of, can_be)

    assert conflict.is_minimal
    assert_minimal(of, conflict.paths)


def test_twelve_meetings_in_eight_slots_are_told_where_the_event_is_too_large_for_the_exact_model() -> None:
    others = (candidate(f"n{k}", f"p{k} p{k + 400}") for k in range(1200))
    twelve = (candidate(f"m{k}", f"a p{k}", required=True) for k in range(12))
    coming_late = [participant(f"p{k}", " ".join(f"s{t}" for t in range(1, 33))) for k in range(12)]
    of = problem(*others, *twelve, slot_count=40, places=90, with_=coming_late)

    result = solve(of, Limits(seconds=20, workers=1), clock=time.monotonic)

    assert result.status is Status.INFEASIBLE
    assert result.conflict is not None
    assert result.conflict.is_minimal
    assert result.conflict.text.endswith(
        "fit only into s33, s34, s35, s36, s37, s38, s39 and s40, in which a has delegates for 8 meetings."
    )
    assert_minimal(of, result.conflict.paths)


def test_a_conflict_is_not_called_minimal_when_the_time_ran_out() -> None:
    of, _, _ = CASES["nothing to count"]

    conflict = conflict_of(of, lambda _: None)

    assert not conflict.is_minimal
    assert conflict.paths
