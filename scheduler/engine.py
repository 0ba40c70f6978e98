"""The engine: a problem in, the best timetable within the time out, with what is proved of it."""

from collections.abc import Callable, Mapping

from scheduler.check import score as score_of
from scheduler.explain import explained
from scheduler.grid import Grid
from scheduler.limits import Clock, Limits, Progress
from scheduler.model import Model
from scheduler.problem import Problem, Term
from scheduler.racing import Watchdog
from scheduler.rules import RULES
from scheduler.schedule import Result, Schedule, Status
from scheduler.stages import Known, Outcome, Stages

NAME = "ronde cp-sat"
SEATED_AT_MOST = 6_000
EXACT_AT_MOST = 200_000


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
    begin = clock()
    watchdog = Watchdog(clock, begin + limits.seconds, should_stop)

    def tell(score: Mapping[Term, int], bounds: Mapping[Term, int]) -> None:
        if watch is not None:
            watch(Progress(clock() - begin, score, bounds))

    outcome = _exact(problem, limits, watchdog, previous, tell)
    return _result(problem, outcome, previous, clock() - begin)


def _exact(
    problem: Problem,
    limits: Limits,
    watchdog: Watchdog,
    previous: Schedule | None,
    tell: Callable[[Mapping[Term, int], Mapping[Term, int]], None],
) -> Outcome:
    if len(problem.meetings) * len(problem.slots) > EXACT_AT_MOST:
        return Outcome(
            bounds={Term.VALUE: sum(one.value for one in problem.meetings), Term.HELD: len(problem.meetings)}
        )
    is_seated = Term.MOVES in problem.objective and _seat_count(problem) <= SEATED_AT_MOST
    is_apart = is_seated or Term.DELEGATE_IDLE in problem.objective or problem.rules.max_consecutive is not None
    model = Model(Grid(problem, is_apart=is_apart), is_seated=is_seated, previous=previous)
    for rule in RULES:
        rule(model)
    terms = [term for term in problem.objective if is_seated or term is not Term.MOVES]
    return Stages(model, terms, limits, watchdog, tell).optimise(Known())


def _seat_count(problem: Problem) -> int:
    """How many literals the tables of all meetings would need."""
    return len(problem.meetings) * len(problem.slots) * len(problem.tables)


def _result(problem: Problem, outcome: Outcome, previous: Schedule | None, seconds: float) -> Result:
    if outcome.is_infeasible:
        rows = explained(problem, Schedule(), Status.INFEASIBLE)
        return Result(problem.name, Status.INFEASIBLE, not_held=rows, seconds=seconds, engine=NAME)
    if outcome.schedule is None:
        rows = explained(problem, Schedule(), Status.UNKNOWN)
        return Result(problem.name, Status.UNKNOWN, bounds=outcome.bounds, not_held=rows, seconds=seconds, engine=NAME)
    score = score_of(problem, outcome.schedule, previous)
    bounds = {term: outcome.bounds.get(term, 0) for term in problem.objective}
    proved = tuple(term for term in problem.objective if score[term] == bounds[term])
    status = Status.OPTIMAL if len(proved) == len(problem.objective) else Status.FEASIBLE
    return Result(
        problem.name,
        status,
        outcome.schedule,
        score,
        bounds,
        proved,
        explained(problem, outcome.schedule, status, previous),
        seconds=seconds,
        engine=NAME,
    )
