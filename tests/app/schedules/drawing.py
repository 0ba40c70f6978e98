"""Drafts of any problem, as Hypothesis draws them: rows that break nothing, and changes that may."""

from hypothesis import strategies as st

from app.schedules.draft import Changes, Draft, Frame
from scheduler import Meeting, Problem, Rule, Schedule, violations
from tests.scheduler.strategies import problems, schedules

Told = list[tuple[str, tuple[str, ...]]]
"""Rules, each with the meetings that break it."""


def frame_of(problem: Problem) -> Frame:
    """All of a problem as an edit sees it."""
    return Frame(
        problem.slots,
        {one.id: one for one in problem.tables},
        {one.id: one for one in problem.interpreters},
        {one.id: one for one in problem.participants},
        {one.id: one for one in problem.meetings},
        len(problem.participants),
        problem.rules,
    )


def draft_of(problem: Problem, schedule: Schedule) -> Draft:
    between = {one.id: one.between for one in problem.meetings}
    rows = [(row, between[row.id]) for row in schedule.meetings]
    return Draft(frame_of(problem), rows, {one.id: one.after for one in problem.meetings})


def schedule_of(problem: Problem, draft: Draft) -> Schedule:
    return Schedule(tuple(draft.row_of[one.id] for one in problem.meetings if one.id in draft.row_of))


def told_by_judge(problem: Problem, schedule: Schedule, touched: Changes) -> Told:
    """What the engine's judge finds, but for meetings that must be held and that nobody has touched."""
    return sorted(
        (one.rule.value, tuple(sorted(one.meetings)))
        for one in violations(problem, schedule)
        if one.rule is not Rule.REQUIRED or one.meetings[0] in touched
    )


@st.composite
def clean_drafts(draw: st.DrawFn) -> tuple[Problem, Draft]:
    """A problem and a draft of it in which the judge finds nothing, but that something more must be held."""
    problem = draw(problems(most_slots=5, most_tables=3, most_meetings=7))
    kept: list[Meeting] = []
    for _ in range(3):
        for row in draw(schedules(problem)).meetings:
            tried = Schedule((*kept, row))
            if row.id not in {one.id for one in kept} and not told_by_judge(problem, tried, {}):
                kept.append(row)
    return problem, draft_of(problem, Schedule(tuple(kept)))


@st.composite
def changes_of(draw: st.DrawFn, problem: Problem, draft: Draft) -> Changes:
    """Any rows for one or two meetings, or none."""
    rows = {row.id: row for row in draw(schedules(problem)).meetings}
    names = draw(st.lists(st.sampled_from([one.id for one in problem.meetings]), min_size=1, max_size=2, unique=True))
    return {name: rows.get(name) for name in names}
