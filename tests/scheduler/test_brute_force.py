"""The truth agrees with the judge: what it finds is allowed, and nothing that is allowed is better."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import score, violations
from scheduler.problem import Problem, Term
from scheduler.schedule import Meeting, Schedule
from tests.scheduler.brute_force import optimum
from tests.scheduler.strategies import problems, schedules


def every_schedule(problem: Problem) -> list[Schedule]:
    """Every way to hold some meetings with somebody, somewhere, some time: rules are the judge's."""
    people = {one.id: [delegate.id for delegate in one.delegates] for one in problem.participants}
    slots = [slot.id for slot in problem.slots]
    tables = [None, *(table.id for table in problem.tables)]
    interpreters = [None, *(one.id for one in problem.interpreters)]
    choices: list[list[Meeting | None]] = []
    for one in problem.meetings:
        first, second = (people[side] for side in one.between)
        places = product(slots, tables, product(first, second), interpreters)
        choices.append([None, *(Meeting(one.id, s, t, (a, b), i) for s, t, (a, b), i in places)])
    single = [[row for row in rows if row is None or not breaks_by_itself(problem, row)] for rows in choices]
    return [Schedule(tuple(row for row in rows if row is not None)) for rows in product(*single)]


def breaks_by_itself(problem: Problem, row: Meeting) -> bool:
    """Whether the meeting cannot be held like this, whatever else is held: for speed only."""
    alone = {str(violation.rule) for violation in violations(problem, Schedule((row,)))}
    return bool(alone - {"required"})


def rank(problem: Problem, schedule: Schedule, previous: Schedule | None) -> tuple[int, ...]:
    figures = score(problem, schedule, previous)
    return tuple(-figures[term] if term.is_maximised else figures[term] for term in problem.objective)


@settings(deadline=None, max_examples=120)
@given(problems(most_slots=3, most_tables=2, most_participants=3, most_meetings=3))
def test_no_schedule_that_the_judge_allows_is_better(problem: Problem) -> None:
    allowed = [one for one in every_schedule(problem) if not violations(problem, one)]
    truth = optimum(problem)

    assert (truth is None) == (not allowed)
    if truth is not None:
        figures = score(problem, truth.schedule)
        assert violations(problem, truth.schedule) == []
        assert truth.score == {term: figures[term] for term in problem.objective}
        assert rank(problem, truth.schedule, None) == min(rank(problem, one, None) for one in allowed)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_changes_are_as_few_as_the_judge_allows(data: st.DataObject) -> None:
    problem = data.draw(problems(most_slots=3, most_tables=2, most_participants=3, most_meetings=3, terms=tuple(Term)))
    previous = data.draw(schedules(problem))
    truth = optimum(problem, previous)
    ranks = [rank(problem, one, previous) for one in every_schedule(problem) if not violations(problem, one)]

    assert (None if truth is None else rank(problem, truth.schedule, previous)) == min(ranks, default=None)


@settings(deadline=None, max_examples=150)
@given(problems())
def test_the_truth_is_allowed_by_the_judge(problem: Problem) -> None:
    truth = optimum(problem)

    assert truth is None or violations(problem, truth.schedule) == []
