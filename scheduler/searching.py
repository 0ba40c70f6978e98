"""The search for a schedule, from the quick to the thorough: what it finds and proves goes to the incumbent."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler import pipeline
from scheduler.budget import Budget
from scheduler.cpsat import exact
from scheduler.cpsat.racing import Watchdog
from scheduler.cpsat.stages import Known, Outcome
from scheduler.explaining.counting import arguments
from scheduler.explaining.filling import filled
from scheduler.explaining.relaxing import may_fill_gaps, parts_of, relaxed
from scheduler.incumbent import CHOSEN, Incumbent, those_that_hold
from scheduler.limits import Limits
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.timed import Timed
from scheduler.patience import Patience
from scheduler.problem import Problem, Term
from scheduler.repair import resume
from scheduler.schedule import Schedule, Status
from scheduler.seating import seated
from scheduler.selection import bounds_given

# Below so many candidates times slots the exact model answers before a draft would be worth it.
FEW_PLACES = 300
DRAFT_SHARE, WAITS_SHARE, CHOICE_SHARE = 0.4, 0.3, 0.7
# What numbering and a linear programme take at least for each candidate.
SECONDS_TO_BOUND = 6e-5
# Candidates beyond which the programme on waiting takes minutes.
MOST_TO_BOUND = 100_000
# How often annealing may bring nothing before it is given up.
MOST_FAILURES = 2


class Search:
    """One search for the lexicographic optimum of a problem, which is numbered once."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        previous: Schedule | None,
        best: Incumbent,
        budget: Budget,
        should_stop: Callable[[], bool],
    ) -> None:
        self.problem = problem
        self.limits = limits
        self.previous = previous
        self.best = best
        self._budget = budget
        self._should_stop = should_stop
        self._timed: Timed | None = None

    def run(self) -> Status | None:
        """Fills the incumbent; INFEASIBLE when that is proved."""
        problem, best = self.problem, self.best
        if next(arguments(problem), None) is not None:
            return Status.INFEASIBLE
        is_small = len(problem.meetings) * len(problem.slots) <= FEW_PLACES and exact.is_exact_in_value(problem)
        known = Known() if is_small else self._begin()
        if known is None:
            return Status.INFEASIBLE
        watchdog = self._watchdog()
        if exact.is_in_reach(problem) and not best.is_optimal and (is_small or not watchdog.is_over):
            outcome = exact.optimise(problem, self.previous, known, self.limits, watchdog, best.report)
            if outcome.is_infeasible:
                assert best.best is None, "the model forbids what the judge allows"
                return Status.INFEASIBLE
            self._learn(outcome)
        if best.best is not None and not CHOSEN.intersection(problem.objective) <= set(best.proved):
            best.offer(filled(problem, best.best.schedule, self.previous))
        if best.best is None:
            best.offer(Schedule())  # for its bounds
        self._complete()
        return None

    def _numbers(self) -> Timed:
        if self._timed is None:
            self._timed = Timed.of(self.problem, self._budget.clock)
            self._budget.learn(self._timed)
        return self._timed

    def _watchdog(self) -> Watchdog:
        return Watchdog(self._budget.clock, self._budget.search_until, self._should_stop)

    def _share(self, share: float) -> Watchdog:
        """A share of the time that is left; with one worker all of it, since no clock may steer what is repeated."""
        watchdog = self._watchdog()
        return watchdog if self.limits.worker_count == 1 else watchdog.within(share * watchdog.seconds_left)

    def _begin(self) -> Known | None:
        """A draft, made better without a choice anew, and what is known of it; None where there is no schedule."""
        best, timed = self.best, self._numbers()
        draft = self._drafted(timed, self._share(DRAFT_SHARE) if exact.is_in_reach(self.problem) else self._watchdog())
        if draft.is_impossible:
            return None
        if best.best is None and self._hold_the_required(self._share(DRAFT_SHARE)):
            return None
        if best.best is None:
            return Known(bounds=draft.bounds)
        best.learn(those_that_hold(draft.bounds, best.best.score, self.problem.objective))
        self._learn_of_waits(self._watchdog())
        self._try_at_once(self._watchdog())
        self._shorten_waits(self._share(WAITS_SHARE))
        self._improve(self._share(CHOICE_SHARE))
        return Known(best.best.schedule, best.best.score, {**draft.bounds, **best.bounds})

    def _drafted(self, timed: Timed, watchdog: Watchdog) -> pipeline.Draft:
        """A draft holds what must be held only if holding counts: where nothing is to be chosen, that comes first."""
        problem = self.problem
        is_chosen = all(one.required for one in problem.meetings) and not CHOSEN.intersection(problem.objective)
        if is_chosen:
            problem = replace(problem, objective=(Term.HELD, *problem.objective))
        return self._draft_of(problem, timed.with_objective_of(problem), self.previous, watchdog)

    def _draft_of(
        self, problem: Problem, timed: Timed, previous: Schedule | None, watchdog: Watchdog
    ) -> pipeline.Draft:
        draft = pipeline.draft(
            problem,
            seed=self.limits.seed,
            clock=watchdog.clock,
            deadline=watchdog.deadline,
            should_stop=lambda: watchdog.is_over,
            previous=previous,
            timed=timed,
        )
        if not draft.is_impossible:
            self.best.offer(draft.schedule)
        return draft

    def _hold_the_required(self, watchdog: Watchdog) -> bool:
        """Where the whole is too large for the exact model: the required meetings alone, then a draft around them.

        True where it is refuted that they can be held. Where others may be needed between them (`max_idle_slots`,
        `max_break_spread`) nothing is tried.
        """
        if exact.is_in_reach(self.problem) or may_fill_gaps(self.problem.rules) or watchdog.is_over:
            return False
        alone, previous = relaxed(self.problem, parts_of(self.problem)), self.previous
        if not exact.is_in_reach(alone):
            return False
        if previous is not None:
            names = {one.id for one in alone.meetings}
            kept = Schedule(tuple(row for row in previous.meetings if row.id in names))
            alone = replace(alone, objective=(Term.CHANGES,))
            outcome = exact.optimise(alone, kept, Known(), self.limits, watchdog, _say_nothing, is_partial=True)
        else:
            outcome = exact.any_schedule(alone, self.limits, watchdog)
        if outcome.schedule is not None and self.best.offer(outcome.schedule):
            self._draft_around(outcome.schedule, self._watchdog())
        return outcome.is_infeasible

    def _draft_around(self, required: Schedule, watchdog: Watchdog) -> None:
        """A draft in which these meetings have these slots; of an earlier schedule stays what they leave room for."""
        rows = {row.id: row for row in required.meetings}
        fixed = (replace(one, fixed_slot=rows[one.id].slot) if one.id in rows else one for one in self.problem.meetings)
        around, previous = replace(self.problem, meetings=tuple(fixed)), self.previous
        if previous is not None:
            previous = Schedule((*required.meetings, *(row for row in previous.meetings if row.id not in rows)))
        self._draft_of(around, Timed.of(around, watchdog.clock), previous, watchdog)

    def _learn_of_waits(self, watchdog: Watchdog) -> None:
        """What nobody can avoid to wait, for the choice of meetings that was reached."""
        wanted = {Term.BREAKS, Term.IDLE}.intersection(self.problem.objective) - set(self.best.proved)
        needed = SECONDS_TO_BOUND * len(self.problem.meetings)
        if wanted and len(self.problem.meetings) <= MOST_TO_BOUND and watchdog.seconds_left > needed:
            self._learn_bounds(wanted, lambda: watchdog.seconds_left)

    def _learn_bounds(self, wanted: set[Term], seconds_left: Callable[[], float]) -> None:
        if self.best.best is not None:
            numbers, terms = self._numbers().numbers, self.problem.objective
            self.best.learn(bounds_given(numbers, terms, self.best.best.score, seconds_left, wanted=wanted))

    def _try_at_once(self, watchdog: Watchdog) -> None:
        """Where nothing is to be chosen the exact model has all the time: it often needs only seconds of it."""
        best = self.best
        is_all_held = all(one.required for one in self.problem.meetings) and exact.is_in_reach(self.problem)
        if best.best is None or best.is_optimal or self.limits.worker_count == 1 or not is_all_held:
            return
        known = Known(best.best.schedule, best.best.score, best.bounds)
        self._learn(exact.optimise(self.problem, self.previous, known, self.limits, watchdog, best.report))

    def _shorten_waits(self, watchdog: Watchdog) -> None:
        """The chosen meetings in better slots, again and again, until no better ones are found or can be."""
        best, objective = self.best, self.problem.objective
        term = next((term for term in objective if term in pipeline.WAITING), None)
        if term is None or Term.CHANGES in objective:
            return
        numbers, (aim, then) = self._numbers().numbers, pipeline.WAITING[term]
        patience, failures = Patience(watchdog.clock, watchdog.deadline, lambda: watchdog.is_over), 0
        needed = SECONDS_TO_BOUND * len(self.problem.meetings)  # what seating anew takes, and the judge
        while best.best is not None and term not in best.proved and failures < MOST_FAILURES:
            if watchdog.is_over or watchdog.seconds_left <= needed:
                return
            better = pipeline.waiting_less(numbers, best.best.schedule, aim, self.limits.seed + failures, patience)
            failures, aim = 0 if best.offer(better) else failures + 1, then

    def _improve(self, watchdog: Watchdog) -> None:
        """Better times and tables for the meetings that are chosen; the choice stays."""
        best = self.best
        if best.best is None or best.is_optimal or watchdog.is_over:
            return
        chosen = exact.with_choice_of(self.problem, best.best.schedule)
        if len(chosen.meetings) < len(self.problem.meetings) and exact.is_in_reach(chosen):
            known = Known(best.best.schedule, best.best.score, best.bounds)
            # What is proved for this choice says nothing of others: only the scores are told.
            outcome = exact.optimise(
                chosen,
                self.previous,
                known,
                self.limits,
                watchdog,
                lambda score, _: best.report(score, {}),
                is_partial=True,
            )
            if outcome.schedule is not None:
                self._reseat(outcome.schedule)

    def _learn(self, outcome: Outcome) -> None:
        self.best.learn(outcome.bounds)
        if outcome.schedule is not None:
            self._reseat(outcome.schedule)

    def _reseat(self, schedule: Schedule) -> None:
        """Offers the schedule as it is, and with tables and delegates chosen so that fewer people move."""
        self.best.offer(schedule)
        if Term.MOVES in self.problem.objective and Term.MOVES not in self.best.proved:
            occupancy = Occupancy(self._numbers().numbers)
            if not resume(occupancy, schedule):
                self.best.offer(seated(occupancy))

    def _complete(self) -> None:
        """Bounds for the terms that have none yet, by linear programme where the choice of meetings decides them.

        That on moves depends on all that was reached before, and so comes last.
        """
        best, objective, seconds = self.best, self.problem.objective, self._budget.seconds_for_bounds
        missing = [term for term in objective if term not in best.bounds]
        wanted = {*missing, *({Term.MOVES}.intersection(objective) - set(best.proved))}
        if best.best is not None and wanted and seconds > SECONDS_TO_BOUND * len(self.problem.meetings):
            self._learn_bounds(wanted, lambda: seconds)


def _say_nothing(_score: Mapping[Term, int], _bounds: Mapping[Term, int]) -> None:
    """What is true of a part says nothing of the whole."""
