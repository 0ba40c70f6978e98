"""The best schedule known so far, admitted only by the judge, and the bounds that have been proved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.check import judged
from scheduler.patience import nothing_collected
from scheduler.problem import Problem, Term
from scheduler.schedule import Schedule

# The terms that the choice of meetings decides: a bound on a later one holds if these reached what was assumed.
CHOSEN = frozenset({Term.SHORTFALL, Term.VALUE, Term.HELD, Term.CHANGES})

Tell = Callable[[Mapping[Term, int], Mapping[Term, int]], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A schedule that breaks no rule, with its score."""

    schedule: Schedule
    score: Mapping[Term, int]


class Incumbent:
    """Takes schedules and bounds as they come; what it holds is always true."""

    def __init__(self, problem: Problem, previous: Schedule | None, tell: Tell) -> None:
        self._problem = problem
        self._previous = previous
        self._tell = tell
        self.best: Entry | None = None
        self.bounds: dict[Term, int] = {}

    def offer(self, schedule: Schedule) -> bool:
        """Whether the schedule is right, and better than what was known."""
        if self.best is not None and schedule is self.best.schedule:
            return False
        with nothing_collected():
            broken, figures = judged(self._problem, schedule, self._previous)
        if broken:
            return False
        entry = Entry(schedule, figures)
        if self.best is not None and self._cost(entry) >= self._cost(self.best):
            return False
        self.best = entry
        self._tell(self._of_objective(entry.score), self.bounds)
        return True

    def at_hand(self) -> "Incumbent":
        """What is known by now, of which a search that goes on changes nothing any more."""
        copy = Incumbent(self._problem, self._previous, self._tell)
        copy.best, copy.bounds = self.best, dict(self.bounds)
        return copy

    def learn(self, bounds: Mapping[Term, int]) -> None:
        """Adds bounds that hold for schedules as good as the one known in all earlier terms."""
        for term, bound in bounds.items():
            known = self.bounds.get(term, bound)
            self.bounds[term] = min(known, bound) if term.is_maximised else max(known, bound)

    def report(self, score: Mapping[Term, int], bounds: Mapping[Term, int]) -> None:
        """Passes on what a search says of itself; the terms that it has not come to yet are those of the best."""
        known = {} if self.best is None else self._of_objective(self.best.score)
        self._tell({**known, **score}, {**self.bounds, **bounds})

    @property
    def proved(self) -> tuple[Term, ...]:
        if self.best is None:
            return ()
        return tuple(term for term in self._problem.objective if self.best.score[term] == self.bounds.get(term))

    @property
    def is_optimal(self) -> bool:
        return self.best is not None and self.proved == self._problem.objective

    def _cost(self, entry: Entry) -> list[int]:
        terms = self._problem.objective
        return [-entry.score[term] if term.is_maximised else entry.score[term] for term in terms]

    def _of_objective(self, scores: Mapping[Term, int]) -> dict[Term, int]:
        return {term: scores[term] for term in self._problem.objective}


def those_that_hold(bounds: Mapping[Term, int], score: Mapping[Term, int], terms: tuple[Term, ...]) -> dict[Term, int]:
    """Of bounds that assume each chosen term at its bound: those that hold beside this score."""
    holding: dict[Term, int] = {}
    for term in terms:
        holding[term] = bounds[term]
        if term in CHOSEN and score[term] != bounds[term]:
            break
    return holding
