"""A place that an answer names is believed only where it becomes free by the moves that it names."""

from dataclasses import replace

import pytest

from scheduler.judging.claims import false_claims
from scheduler.judging.places import Places
from scheduler.judging.reasons import Vacancies
from scheduler.problem import Candidate, Problem, Rules, SlotId, TableId, Term
from scheduler.schedule import NotHeld, Place, Reason, Result, Status
from tests.scheduler.builders import candidate, held, interpreter, participant, problem, schedule

HELD = ("m1 s1 t1 a.1 b.1", "m2 s2 t1 c.1 d.1")
M1, M2, M3 = candidate("m1", "a b"), candidate("m2", "c d"), candidate("m3", "a c")


def place(text: str, *moves: str) -> Place:
    slot, table = text.split()
    return Place(SlotId(slot), None if table == "-" else TableId(table), tuple(held(row) for row in moves))


def is_free(where: Place, *meetings: Candidate, rows: tuple[str, ...] = HELD, **options: object) -> bool:
    of = replace(problem(*(meetings or (M1, M2, M3)), slot_count=4, places=1), **options)
    now = schedule(*rows)
    return Places(Vacancies(of, now), now.meetings).is_free(of.meetings[2], where)


@pytest.mark.parametrize("where", [place("s3 t1"), place("s4 t1"), place("s1 t1", "m1 s3 t1 a.1 b.1")])
def test_a_place_that_is_free_or_becomes_so_is_believed(where: Place) -> None:
    assert is_free(where)


@pytest.mark.parametrize(
    "where",
    [
        place("s1 t1"),  # a is busy
        place("s3 t2"),  # no such table
        place("s3 -"),
        place("s9 t1"),
        place("s9 t1", "m1 s3 t1 a.1 b.1"),
        place("s3 -", "m1 s4 t1 a.1 b.1"),
        place("s1 t1", "m1 s2 t1 a.1 b.1"),  # there is m2
        place("s3 t1", "m1 s3 t1 a.1 b.1"),  # both in one place
        place("s1 t1", "m1 s3 t1 a.2 b.1"),  # no such delegate
        place("s1 t1", "m1 s3 t1 a.1 b.1", "m1 s4 t1 a.1 b.1"),
        place("s3 t1", "m3 s4 t1 a.1 c.1"),  # not held, so it cannot move
    ],
)
def test_a_place_that_does_not_become_free_is_not_believed(where: Place) -> None:
    assert not is_free(where)


def test_an_interpreter_is_in_one_place_also_when_meetings_move() -> None:
    spoken = [replace(one, languages=("de", "fr")) for one in (M1, M2, M3)]
    rows = tuple(f"{row} i1" for row in HELD)
    options = {"interpreters": (interpreter("i1", "de fr", "s4"),)}

    assert is_free(place("s1 t1", "m1 s3 t1 a.1 b.1 i1"), *spoken, rows=rows, **options)
    assert not is_free(place("s1 t1", "m1 s4 t1 a.1 b.1 i1"), *spoken, rows=rows, **options)
    assert not is_free(place("s4 t1"), *spoken, rows=rows, **options)


def test_the_order_of_meetings_counts_for_a_place() -> None:
    later = replace(M3, after=(M2.id,))

    assert is_free(place("s3 t1", "m1 s4 t1 a.1 b.1"), M1, M2, later)
    assert not is_free(place("s1 t1", "m1 s3 t1 a.1 b.1"), M1, M2, later)
    assert not is_free(place("s1 t1", "m1 s3 t1 a.1 b.1"), replace(M1, after=(M2.id,)), M2, later)


def test_a_ceiling_and_a_home_count_for_a_place() -> None:
    ceiling = problem(M1, M2, M3, with_=[participant("a", ceiling=1)]).participants
    home = problem(M1, M2, M3, places=2, with_=[participant("a", home="t2")])

    assert not is_free(place("s1 t1", "m1 s3 t1 a.1 b.1"), participants=ceiling)
    for moves, is_right in ((("m1 s3 t2 a.1 b.1",), True), (("m1 s3 t1 a.1 b.1",), False)):
        at_home = ("m1 s1 t2 a.1 b.1", HELD[1])
        assert (
            is_free(place("s1 t2", *moves), rows=at_home, tables=home.tables, participants=home.participants)
            is is_right
        )


@pytest.mark.parametrize(
    ("rules", "where", "is_right"),
    [
        (Rules(max_idle_slots=1), place("s3 t1"), True),
        (Rules(max_idle_slots=1), place("s4 t1"), False),
        (Rules(max_idle_slots=1), place("s4 t1", "m1 s3 t1 a.1 b.1"), True),
        (Rules(max_idle_slots=0), place("s4 t1", "m1 s3 t1 a.1 b.1"), False),
        (Rules(max_break_spread=1), place("s4 t1", "m1 s3 t1 a.1 b.1"), True),
        (Rules(max_break_spread=0), place("s4 t1", "m1 s3 t1 a.1 b.1"), False),
        (Rules(max_consecutive=2), place("s1 t1", "m1 s3 t1 a.1 b.1"), True),
        (Rules(max_consecutive=1), place("s1 t1", "m1 s3 t1 a.1 b.1"), False),
    ],
)
def test_the_rules_of_comfort_count_for_a_place(rules: Rules, where: Place, *, is_right: bool) -> None:
    assert is_free(where, rules=rules) is is_right


def test_the_judge_names_a_place_that_is_not_free() -> None:
    of: Problem = problem(M1, M2, M3, slot_count=4, places=1, objective=(Term.BREAKS,))
    row = NotHeld(M3.id, Reason.OUTWEIGHED, "Any sentence.", place("s3 t1"))
    result = Result(
        of.name,
        Status.OPTIMAL,
        schedule(*HELD),
        {Term.BREAKS: 0},
        {Term.BREAKS: 0},
        (Term.BREAKS,),
        (row,),
    )
    wrong = replace(result, not_held=(replace(row, nearest=place("s2 t1")),))

    assert false_claims(of, result) == []
    assert [fault.path for fault in false_claims(of, wrong)] == ["not_held[0].nearest"]
