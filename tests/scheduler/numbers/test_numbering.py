"""The problem in numbers says the same as the problem in words."""

from scheduler.numbers.numbering import numbered
from tests.scheduler.builders import candidate, interpreter, participant, problem, tables


def test_a_meeting_may_be_held_when_both_sides_and_a_table_are_there() -> None:
    meeting = candidate("m1", "a b", slots="s1 s2 s3")
    people = [participant("a", "s1"), participant("b", "s4")]
    numbers = numbered(problem(meeting, slot_count=4, places=tables(1, t1="s3"), with_=people))
    assert numbers.allowed == [0b0010]


def test_a_delegate_who_alone_may_attend_must_be_there() -> None:
    meeting = candidate("m1", "a b", delegates=("a.2", "b.1"))
    numbers = numbered(problem(meeting, slot_count=2, with_=[participant("a", "", "s1")]))
    assert numbers.allowed == [0b10]
    assert numbers.pools[0].eligible == {0: 0b10}


def test_an_online_meeting_with_a_fixed_table_can_never_be_held() -> None:
    numbers = numbered(problem(candidate("m1", "a b", online=True, fixed_table="t1")))
    assert numbers.allowed == [0]


def test_a_stand_of_ones_own_for_one_person_limits_nothing_more() -> None:
    numbers = numbered(problem(candidate("m1", "a b"), with_=[participant("a", home="t1")]))
    assert numbers.extras == {}


def test_a_stand_for_two_people_is_scarce() -> None:
    meetings = [candidate("m1", "a b"), candidate("m2", "a c")]
    numbers = numbered(problem(*meetings, with_=[participant("a", "", "", home="t1")]))
    assert numbers.extras == {0: (3,), 1: (3,)}
    assert numbers.pools[3].capacity == (1, 1, 1)


def test_interpreters_are_scarce_where_languages_need_them() -> None:
    meetings = [candidate(f"m{k}", f"a{k} b{k}", languages="de fr" if k else None) for k in range(3)]
    numbers = numbered(problem(*meetings, slot_count=2, interpreters=[interpreter("i1", "de fr", "s1")]))
    assert numbers.allowed == [0b11, 0b10, 0b10]
    assert list(numbers.extras) == [1, 2]


def test_days_are_runs_of_slots() -> None:
    numbers = numbered(problem(candidate("m1", "a b"), slot_count=(2, 3)))
    assert numbers.days == ((0, 2), (2, 3))
    assert numbers.day_of == (0, 0, 1, 1, 1)
