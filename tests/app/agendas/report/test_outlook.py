"""What a change would bring is what the engine finds; where nothing would be gained, that is proved."""

import itertools

import pytest

from app.agendas.report.changes import changes_of
from app.agendas.report.outlook import Given, outlook, seconds_for
from app.agendas.report.parts import Change, Recommendation
from app.clock import seconds
from scheduler import DelegateId, Limits, Meeting, MeetingId, Problem, Rules, Schedule, SlotId, solve, violations
from tests.scheduler.builders import candidate, interpreter, participant, problem


def planned(posed: Problem) -> Schedule:
    return solve(posed, Limits(seconds=20, workers=1), clock=seconds).schedule


def found(posed: Problem) -> dict[tuple[Change, tuple[str, ...]], Recommendation]:
    given = Given(posed, planned(posed), tuple(frozenset(one.between) for one in posed.meetings), is_proved=True)
    return {(one.change, one.about): one for one in outlook(given, seconds).recommendations}


def gains(posed: Problem) -> dict[Change, tuple[int, int, bool]]:
    return {change: (one.meetings, one.wishes, one.is_proved) for (change, _about), one in found(posed).items()}


def star(count: int, slot_count: int, table_count: int, *, ceiling: int | None = None) -> Problem:
    """One whom so many others want to meet."""
    meetings = [candidate(f"m{n}", f"star g{n}", 10) for n in range(count)]
    return problem(*meetings, slot_count=slot_count, places=table_count, with_=[participant("star", ceiling=ceiling)])


def pairs(count: int, places: int) -> Problem:
    """So many pairs that only want each other, in one slot."""
    return problem(*(candidate(f"m{n}", f"a{n} b{n}") for n in range(count)), slot_count=1, places=places)


def test_one_more_slot_and_one_more_delegate_help_who_has_no_time() -> None:
    brought = gains(star(6, slot_count=3, table_count=8))

    assert brought[Change.SLOT] == (1, 1, True)
    assert brought[Change.DELEGATE] == (3, 3, True)
    assert brought[Change.SLOT_LESS] == (-1, -1, True)
    assert brought[Change.TABLES] == (0, 0, True)
    assert brought[Change.TABLES_LESS] == (0, 0, True)
    assert Change.CEILINGS not in brought


def test_a_ceiling_raised_by_one_brings_one_more_and_a_slot_nothing() -> None:
    brought = gains(star(6, slot_count=4, table_count=2, ceiling=2))

    assert brought[Change.CEILINGS] == (1, 1, True)
    assert brought[Change.SLOT] == (0, 0, True)
    assert Change.DELEGATE not in brought


def test_tables_are_what_lacks_where_all_are_taken() -> None:
    brought = gains(pairs(7, places=2))

    assert brought[Change.TABLES] == (5, 5, True)
    assert brought[Change.SLOT] == (2, 2, True)
    assert Change.TABLES_LESS not in brought
    assert Change.SLOT_LESS not in brought


def test_the_interpreter_who_lacks_is_of_the_pair_of_languages_that_waits() -> None:
    posed = problem(
        candidate("m0", "a b", languages="fr es"),
        candidate("m1", "c d", languages="fr de"),
        candidate("m2", "e f", languages="fr de"),
        slot_count=1,
        places=3,
        interpreters=[interpreter("i1", "fr de es")],
    )

    brought = found(posed)

    assert brought[Change.INTERPRETER, ("de", "fr")].meetings == 1
    assert all(one.is_proved for one in brought.values())


def test_who_comes_late_would_be_met_if_they_came_early() -> None:
    posed = problem(
        candidate("m", "late early"), slot_count=2, with_=[participant("late", "s1"), participant("early", "s2")]
    )

    assert gains(posed)[Change.PRESENCE] == (1, 1, True)


def test_rules_on_comfort_cost_what_they_cost() -> None:
    posed = problem(*(candidate(f"m{other}", f"a {other}") for other in "bcd"), rules=Rules(max_consecutive=1))

    assert gains(posed)[Change.RULES] == (1, 1, True)


def test_minimums_that_could_be_kept_come_first() -> None:
    guests = [participant(f"g{n}", floor=1) for n in range(3)]
    posed = problem(*(candidate(f"m{n}", f"star g{n}") for n in range(3)), slot_count=2, with_=guests)

    best = next(iter(found(posed).values()))

    assert best.shortfall == -1


@pytest.mark.parametrize(
    "posed",
    [star(6, 3, 8), star(6, 4, 2, ceiling=2), star(3, 3, 3), pairs(7, 2)],
    ids=["no time", "at the ceiling", "all held", "no table"],
)
def test_the_plan_breaks_no_rule_of_a_problem_that_only_allows_more(posed: Problem) -> None:
    held = planned(posed)

    for changed in changes_of(posed, held):
        assert not changed.keeps_all or violations(changed.problem, held) == []


def test_what_there_is_no_time_for_is_said_to_be_left_out() -> None:
    posed = star(6, 3, 8)
    given = Given(posed, planned(posed), (), is_proved=True)

    told = outlook(given, seconds, seconds=0)

    assert told.recommendations == ()
    assert told.left_out == len(list(changes_of(posed, given.held)))


@pytest.mark.parametrize("step", [0.05, 1.0])
def test_a_search_that_was_cut_short_says_nothing_false(step: float) -> None:
    """By a clock that jumps the time runs out anywhere; what is said then is what is said with all the time."""
    posed = star(9, 3, 8)
    given = Given(posed, planned(posed), (), is_proved=True)
    moments = itertools.count(step=step)

    told = outlook(given, lambda: next(moments))
    whole = outlook(given, seconds, seconds=300)

    known = {(one.change, one.amount, one.about): one for one in whole.recommendations}
    assert whole.left_out == 0
    assert len(told.recommendations) + told.left_out == len(known)
    for one in told.recommendations:
        right = known[one.change, one.amount, one.about]
        assert one.value_percent <= right.value_percent <= one.possible_percent
        assert one.possible_percent - one.value_percent <= 5


def test_a_larger_event_gets_more_time_and_none_for_ever() -> None:
    people = DelegateId("a"), DelegateId("b")
    meetings = [Meeting(MeetingId(f"m{number}"), SlotId("s1"), None, people) for number in range(12_000)]

    assert [seconds_for(Schedule(tuple(meetings[:count]))) for count in (0, 600, 4_000, 12_000)] == [6, 7.5, 16, 30]


def test_twice_the_same_is_said() -> None:
    assert list(found(star(9, 3, 8)).values()) == list(found(star(9, 3, 8)).values())


def test_an_event_without_meetings_asks_for_nothing() -> None:
    assert found(problem(slot_count=2)) == {}
