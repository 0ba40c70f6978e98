"""What could be held at once, and would be for the better, is held however short the time was."""

from scheduler.explaining.filling import filled
from scheduler.problem import Rules, Term
from scheduler.schedule import Schedule
from tests.scheduler.builders import candidate, participant, problem, schedule


def test_whatever_has_a_place_at_once_is_held_the_most_valuable_first() -> None:
    of = problem(
        candidate("m1", "a b", 1), candidate("m2", "a c", 5), candidate("m3", "d e", 2), slot_count=1, places=2
    )

    assert [row.id for row in filled(of, Schedule()).meetings] == ["m2", "m3"]


def test_it_is_held_where_the_schedule_is_best_with_it() -> None:
    of = problem(candidate("m1", "a b"), candidate("m2", "a c"), slot_count=3, places=2)

    assert filled(of, schedule("m1 s1 t2 a.1 b.1")) == schedule("m1 s1 t2 a.1 b.1", "m2 s2 t2 a.1 c.1")


def test_what_would_be_for_the_worse_or_against_a_rule_is_not_held() -> None:
    now = schedule("m1 s1 t1 a.1 b.1")
    meetings = (candidate("m1", "a b"), candidate("m2", "a c", slots="s3"))
    waiting = problem(*meetings, objective=(Term.BREAKS, Term.VALUE))
    hasty = problem(*meetings, rules=Rules(max_idle_slots=0))
    full = problem(*meetings, with_=[participant("a", ceiling=1)])

    assert [filled(of, now) for of in (waiting, hasty, full)] == [now, now, now]
