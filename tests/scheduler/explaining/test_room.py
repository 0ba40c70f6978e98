"""Without a look at each slot the reason is the same: one thing after the other takes its slots away."""

import pytest

from scheduler.explaining.board import Board
from scheduler.explaining.room import Room
from scheduler.problem import Candidate
from scheduler.schedule import Reason
from tests.scheduler.builders import candidate, interpreter, participant, problem, schedule

# a and b meet at t1 in s1, and there are s1, s2 and t1, t2; i1 serves them; c is at home at t1, d is away in s2.
CASES: list[tuple[Candidate, Reason | None]] = [
    (candidate("m", "a x"), None),
    (candidate("m", "full x"), Reason.PARTICIPANT_FULL),
    (candidate("m", "a d"), Reason.NO_COMMON_SLOT),
    (candidate("m", "a x", slots="s1"), Reason.NO_COMMON_SLOT),
    (candidate("m", "a x", fixed_slot="s1"), Reason.NO_COMMON_SLOT),
    (candidate("m", "x pair", delegates=("x.1", "pair.2")), None),
    (candidate("m", "d pair", delegates=("d.1", "pair.2")), Reason.NO_COMMON_SLOT),
    (candidate("m", "d x", languages="de fr"), Reason.NO_INTERPRETER),
    (candidate("m", "a x", languages="de fr"), None),
    (candidate("m", "a x", languages="de nl"), Reason.NO_INTERPRETER),
    (candidate("m", "d x"), None),
    (candidate("m", "d c"), Reason.NO_TABLE),
    (candidate("m", "x c"), None),
    (candidate("m", "d c", online=True), None),
    (candidate("m", "d c", fixed_table="t2"), None),
    (candidate("m", "d x", fixed_table="t1"), Reason.NO_TABLE),
    (candidate("m", "a x", online=True, fixed_table="t2"), Reason.NO_TABLE),
    (candidate("m", "d x", after="held"), Reason.ORDER),
    (candidate("m", "a x", after="held"), None),
    (candidate("m", "a x", after="m"), Reason.ORDER),
]


@pytest.mark.parametrize(("one", "reason"), CASES)
def test_the_first_thing_that_leaves_no_slot_is_the_reason(one: Candidate, reason: Reason | None) -> None:
    of = problem(
        candidate("held", "a b", languages="de fr"),
        one,
        slot_count=2,
        places=2,
        with_=[
            participant("c", home="t1"),
            participant("d", "s2"),
            participant("full", ceiling=0),
            participant("pair", "", "s1"),
        ],
        interpreters=[interpreter("i1", "de fr")],
    )
    board = Board(of, schedule("held s1 t1 a.1 b.1 i1"))
    assert Room(board).reason(1) is reason


def test_what_has_to_come_before_a_held_meeting_has_no_slot_where_that_is_the_first() -> None:
    of = problem(candidate("held", "a b", after="m"), candidate("m", "c d"), slot_count=2)
    assert Room(Board(of, schedule("held s1 t1 a.1 b.1"))).reason(1) is Reason.ORDER
