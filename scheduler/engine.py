"""The engine: a problem in, the best timetable within the time out, with what is proved of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version

from scheduler.budget import Budget
from scheduler.cpsat import exact
from scheduler.cpsat.racing import Watchdog
from scheduler.errand import Errand
from scheduler.explain import explained
from scheduler.explaining.conflict import conflict_of
from scheduler.incumbent import Incumbent
from scheduler.limits import Clock, Limits, Progress
from scheduler.problem import Problem, Term
from scheduler.schedule import Result, Schedule, Status
from scheduler.searching import Search

NAME = f"ronde, OR-Tools {version('ortools')}"
# How long a search may take to come to its end once its time is over or somebody has said stop.
GRACE_SECONDS = 0.2


def solve(
    problem: Problem,
    limits: Limits,
    *,
    clock: Clock,
    previous: Schedule | None = None,
    watch: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """The lexicographic optimum of the problem, or the best schedule that the limits allow."""
    begin, budget = clock(), Budget(clock, limits.seconds, len(problem.meetings))
    whole = Watchdog(clock, budget.end, should_stop)
    ends: list[Status | None] = []
    errand = Errand(lambda: ends.append(search.run()))

    def tell(score: Mapping[Term, int], bounds: Mapping[Term, int]) -> None:
        if watch is not None and not errand.is_left():
            at_hand = () if best.best is None else (best.best.schedule, best.best.score)
            watch(Progress(clock() - begin, score or None, bounds, *at_hand))

    def is_to_be_told() -> bool:
        return whole.is_over or clock() >= (budget.tell_from if best.best else budget.tell_from_at_last)

    best = Incumbent(problem, previous, tell)
    tell({}, {term: sum(_gains(problem, term)) for term in problem.objective})
    search = Search(problem, limits, previous, best, budget, lambda: errand.is_left() or whole.is_over)
    if errand.is_done_within(is_to_be_told, GRACE_SECONDS) and ends[0] is Status.INFEASIBLE:
        rows = explained(problem, Schedule(), Status.INFEASIBLE, is_over=lambda: whole.is_over)
        conflict = conflict_of(problem, lambda one: _can_be(one, limits, whole), lambda: whole.is_over)
        result = Result(problem.name, Status.INFEASIBLE, not_held=rows, conflict=conflict, engine=NAME)
    else:
        result = _result(problem, best.at_hand(), previous, lambda: whole.is_over)
    return replace(result, seconds=clock() - begin)


def _can_be(problem: Problem, limits: Limits, watchdog: Watchdog) -> bool | None:
    """Whether there is any schedule, where the exact model can tell in the time that is left."""
    if watchdog.is_over or not exact.is_in_reach(problem):
        return None
    outcome = exact.any_schedule(problem, limits, watchdog)
    if outcome.is_infeasible:
        return False
    return None if outcome.schedule is None else True


def _gains(problem: Problem, term: Term) -> list[int]:
    """What each candidate could add to a term at most; nothing is less than zero."""
    if term is Term.VALUE:
        return [one.value for one in problem.meetings]
    return [1] * len(problem.meetings) if term is Term.HELD else []


def _result(problem: Problem, best: Incumbent, previous: Schedule | None, is_over: Callable[[], bool]) -> Result:
    if best.best is None:
        best.offer(Schedule())  # where nothing must be held, holding nothing is an answer
    if best.best is None:
        rows = explained(problem, Schedule(), Status.UNKNOWN, is_over=is_over)
        return Result(problem.name, Status.UNKNOWN, not_held=rows, engine=NAME)
    best.learn({term: sum(_gains(problem, term)) for term in problem.objective if term not in best.bounds})
    status = Status.OPTIMAL if best.is_optimal else Status.FEASIBLE
    return Result(
        problem.name,
        status,
        best.best.schedule,
        best.best.score,
        {term: best.bounds[term] for term in problem.objective},
        best.proved,
        explained(problem, best.best.schedule, status, previous, is_over=is_over),
        engine=NAME,
    )
