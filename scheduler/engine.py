"""The engine: a problem in, the best timetable within the time out, with what is proved of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version

from scheduler import pipeline
from scheduler.cpsat import exact
from scheduler.cpsat.racing import Watchdog
from scheduler.cpsat.stages import Known
from scheduler.errand import Errand
from scheduler.explain import explained
from scheduler.explaining.conflict import conflict_of
from scheduler.explaining.counting import arguments
from scheduler.explaining.filling import filled
from scheduler.incumbent import CHOSEN, Incumbent, those_that_hold
from scheduler.limits import Clock, Limits, Progress
from scheduler.numbers.numbering import numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.patience import Patience
from scheduler.problem import Problem, Term
from scheduler.repair import resume
from scheduler.schedule import Result, Schedule, Status
from scheduler.seating import seated
from scheduler.selection import bounds_given

NAME = f"ronde, OR-Tools {version('ortools')}"
# Below so many candidates times slots the exact model answers before a draft would be worth it.
FEW_PLACES = 300
DRAFT_SHARE, WAITS_SHARE, CHOICE_SHARE = 0.4, 0.3, 0.7
# What numbering and a linear programme take at least for each candidate, and explaining why it is not held.
SECONDS_TO_BOUND, SECONDS_TO_EXPLAIN = 6e-5, 1e-5
# How long a search may take to come to its end once its time is over or somebody has said stop.
GRACE_SECONDS = 0.2
# Candidates beyond which the programme on waiting takes minutes.
MOST_TO_BOUND = 100_000
# How often annealing may bring nothing before it is given up.
MOST_FAILURES = 2


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
    whole = Watchdog(clock, begin + limits.seconds, should_stop)
    watchdog = Watchdog(
        clock,
        whole.deadline - _spare(problem, limits),
        lambda: errand.is_left() or (should_stop is not None and should_stop()),
    )
    ends: list[Status | None] = []
    errand = Errand(lambda: ends.append(_search(problem, limits, watchdog, previous, best)))

    def tell(score: Mapping[Term, int], bounds: Mapping[Term, int]) -> None:
        if watch is not None and not errand.is_left():
            at_hand = () if best.best is None else (best.best.schedule, best.best.score)
            watch(Progress(clock() - begin, score or None, bounds, *at_hand))

    best = Incumbent(problem, previous, tell)
    tell({}, {term: sum(_gains(problem, term)) for term in problem.objective})
    if errand.is_done_within(lambda: whole.is_over, GRACE_SECONDS) and ends[0] is Status.INFEASIBLE:
        conflict = conflict_of(problem, lambda one: _can_be(one, limits, watchdog))
        rows = explained(problem, Schedule(), Status.INFEASIBLE)
        result = Result(problem.name, Status.INFEASIBLE, not_held=rows, conflict=conflict, engine=NAME)
    else:
        result = _result(problem, best.at_hand(), previous, lambda: whole.is_over)
    return replace(result, seconds=clock() - begin)


def _spare(problem: Problem, limits: Limits) -> float:
    """Seconds that are kept for telling what was found."""
    return min(0.5 * limits.seconds, 0.2 + SECONDS_TO_EXPLAIN * len(problem.meetings))


def _can_be(problem: Problem, limits: Limits, watchdog: Watchdog) -> bool | None:
    """Whether there is any schedule, where the exact model can tell in the time that is left."""
    if watchdog.is_over or not exact.is_in_reach(problem):
        return None
    return exact.is_feasible(problem, limits, watchdog)


def _search(
    problem: Problem, limits: Limits, watchdog: Watchdog, previous: Schedule | None, best: Incumbent
) -> Status | None:
    """Fills the incumbent, from the quick to the thorough; INFEASIBLE when that is proved."""
    if next(arguments(problem), None) is not None:
        return Status.INFEASIBLE
    is_small = len(problem.meetings) * len(problem.slots) <= FEW_PLACES and exact.is_exact_in_value(problem)
    is_in_reach = exact.is_in_reach(problem)
    known = Known() if is_small else _begin(problem, limits, watchdog, previous, best)
    if known is None:
        return Status.INFEASIBLE
    if is_in_reach and not best.is_optimal and (is_small or not watchdog.is_over):
        outcome = exact.optimise(problem, previous, known, limits, watchdog, best.report)
        if outcome.is_infeasible:
            assert best.best is None, "the model forbids what the judge allows"
            return Status.INFEASIBLE
        best.learn(outcome.bounds)
        if outcome.schedule is not None:
            _reseat(problem, outcome.schedule, best)
    if best.best is not None and not CHOSEN.intersection(problem.objective) <= set(best.proved):
        best.offer(filled(problem, best.best.schedule, previous))
    if best.best is None:
        best.offer(Schedule())  # for its bounds
    _complete(problem, max(watchdog.seconds_left, 0.3 * _spare(problem, limits)), best)
    return None


def _begin(
    problem: Problem, limits: Limits, watchdog: Watchdog, previous: Schedule | None, best: Incumbent
) -> Known | None:
    """A draft, made better without a choice anew, and what is known of it; None where there is no schedule at all."""
    drafting = _share(DRAFT_SHARE, watchdog, limits) if exact.is_in_reach(problem) else watchdog
    draft = _drafted(problem, limits, drafting, previous, best)
    if draft.is_impossible:
        return None
    if best.best is None:
        return Known(bounds=draft.bounds)
    best.learn(those_that_hold(draft.bounds, best.best.score, problem.objective))
    _learn_of_waits(problem, watchdog, best)
    _try_at_once(problem, limits, watchdog, previous, best)
    _shorten_waits(problem, limits, _share(WAITS_SHARE, watchdog, limits), best)
    _improve(problem, limits, _share(CHOICE_SHARE, watchdog, limits), previous, best)
    return Known(best.best.schedule, best.best.score, {**draft.bounds, **best.bounds})


def _share(share: float, watchdog: Watchdog, limits: Limits) -> Watchdog:
    """A share of the time that is left; with one worker all of it, since no clock may steer what is repeated."""
    return watchdog if limits.worker_count == 1 else watchdog.within(share * watchdog.seconds_left)


def _improve(problem: Problem, limits: Limits, watchdog: Watchdog, previous: Schedule | None, best: Incumbent) -> None:
    """Better times and tables for the meetings that are chosen; the choice stays."""
    if best.best is None or best.is_optimal or watchdog.is_over:
        return
    chosen = exact.with_choice_of(problem, best.best.schedule)
    if len(chosen.meetings) < len(problem.meetings) and exact.is_in_reach(chosen):
        known = Known(best.best.schedule, best.best.score, best.bounds)
        # What is proved for this choice says nothing of others: only the scores are told.
        outcome = exact.optimise(
            chosen, previous, known, limits, watchdog, lambda score, _: best.report(score, {}), is_partial=True
        )
        if outcome.schedule is not None:
            _reseat(problem, outcome.schedule, best)


def _try_at_once(
    problem: Problem, limits: Limits, watchdog: Watchdog, previous: Schedule | None, best: Incumbent
) -> None:
    """Where nothing is to be chosen the exact model has all the time: it often needs only seconds of it."""
    is_all_held = all(one.required for one in problem.meetings) and exact.is_in_reach(problem)
    if best.best is None or best.is_optimal or limits.worker_count == 1 or not is_all_held:
        return
    known = Known(best.best.schedule, best.best.score, best.bounds)
    outcome = exact.optimise(problem, previous, known, limits, watchdog, best.report)
    best.learn(outcome.bounds)
    if outcome.schedule is not None:
        _reseat(problem, outcome.schedule, best)


def _shorten_waits(problem: Problem, limits: Limits, watchdog: Watchdog, best: Incumbent) -> None:
    """The chosen meetings in better slots, again and again, until no better ones are found or can be."""
    term = next((term for term in problem.objective if term in pipeline.WAITING), None)
    patience = Patience(watchdog.clock, watchdog.deadline, lambda: watchdog.is_over)
    is_needless = term is None or Term.CHANGES in problem.objective
    failures = MOST_FAILURES if is_needless else 0
    needed = SECONDS_TO_BOUND * len(problem.meetings)  # what numbering and seating anew take, and the judge
    while best.best is not None and term not in best.proved and failures < MOST_FAILURES:
        if watchdog.is_over or watchdog.seconds_left <= needed:
            return
        seed = limits.seed + failures
        failures = 0 if best.offer(pipeline.waiting_less(problem, best.best.schedule, seed, patience)) else failures + 1


def _learn_of_waits(problem: Problem, watchdog: Watchdog, best: Incumbent) -> None:
    """What nobody can avoid to wait, for the choice of meetings that was reached."""
    wanted = {Term.BREAKS, Term.IDLE}.intersection(problem.objective) - set(best.proved)
    is_quick = len(problem.meetings) <= MOST_TO_BOUND and watchdog.seconds_left > SECONDS_TO_BOUND * len(
        problem.meetings
    )
    if best.best is not None and wanted and is_quick:
        score = best.best.score
        best.learn(
            bounds_given(numbered(problem), problem.objective, score, lambda: watchdog.seconds_left, wanted=wanted)
        )


def _drafted(
    problem: Problem, limits: Limits, watchdog: Watchdog, previous: Schedule | None, best: Incumbent
) -> pipeline.Draft:
    """A draft holds what must be held only if holding counts: where nothing is left to choose, that comes first."""
    is_chosen = all(one.required for one in problem.meetings) and not CHOSEN.intersection(problem.objective)
    draft = pipeline.draft(
        replace(problem, objective=(Term.HELD, *problem.objective)) if is_chosen else problem,
        seed=limits.seed,
        clock=watchdog.clock,
        deadline=watchdog.deadline,
        should_stop=lambda: watchdog.is_over,
        previous=previous,
    )
    if not draft.is_impossible:
        best.offer(draft.schedule)
    return draft


def _reseat(problem: Problem, schedule: Schedule, best: Incumbent) -> None:
    """Offers the schedule as it is, and with tables and delegates chosen so that fewer people move."""
    best.offer(schedule)
    if Term.MOVES in problem.objective and Term.MOVES not in best.proved:
        occupancy = Occupancy(numbered(problem))
        if not resume(occupancy, schedule):
            best.offer(seated(occupancy))


def _complete(problem: Problem, seconds: float, best: Incumbent) -> None:
    """Bounds for the terms that have none yet, by linear programme where the choice of meetings decides them.

    That on moves depends on all that was reached before, and so comes last.
    """
    missing = [term for term in problem.objective if term not in best.bounds]
    wanted = {*missing, *({Term.MOVES}.intersection(problem.objective) - set(best.proved))}
    if best.best is None or not wanted:
        return
    if seconds > SECONDS_TO_BOUND * len(problem.meetings):
        numbers, score = numbered(problem), best.best.score
        best.learn(bounds_given(numbers, problem.objective, score, lambda: seconds, wanted=wanted))


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
