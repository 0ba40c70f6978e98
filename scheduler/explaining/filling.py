"""Holding what could be held at once and would make a schedule better, where the time ran out before a search did."""

from scheduler.explain import Explanation
from scheduler.problem import Problem
from scheduler.schedule import Reason, Schedule, Status

MOST_TRIED = 20_000  # meetings not held; beyond, looking at each takes longer than there is time left


def filled(problem: Problem, schedule: Schedule, previous: Schedule | None = None) -> Schedule:
    """The schedule with every meeting beside it that has a place at once and is worth it, the most valuable first."""
    held = {meeting.id for meeting in schedule.meetings}
    left_out = [one for one in problem.meetings if one.id not in held]
    if not left_out or len(left_out) > MOST_TRIED:
        return schedule
    told = Explanation(problem, schedule, Status.FEASIBLE, previous)
    late = [one for one in left_out if told.row(one.id, is_brief=True).reason is Reason.TIME_RAN_OUT]
    rows = {meeting.id: meeting for meeting in schedule.meetings}
    for one in sorted(late, key=lambda one: -one.value):
        m = told.board.meeting[one.id]
        stand = told.gains.best_stand(m)
        if stand is not None:
            told.gains.hold(m, stand)
            rows[one.id] = told.board.row_of(m, stand)
    return Schedule(tuple(rows[one.id] for one in problem.meetings if one.id in rows))
