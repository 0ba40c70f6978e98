"""One term after the other: each is optimised by CP-SAT, then kept while the next is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.cpsat.climbing import Search
from scheduler.cpsat.model import Model, total
from scheduler.cpsat.racing import Answer, Watchdog
from scheduler.cpsat.terms import TERMS
from scheduler.incumbent import CHOSEN
from scheduler.limits import Limits
from scheduler.problem import Term
from scheduler.schedule import Schedule

# What a term may take of the time that is left when others follow, and of CP-SAT's deterministic time with one worker.
SHARE = 0.6
EFFORT_PER_SECOND = 0.5
# Terms whose optimum is small: counted up from the bound.
STEPPED = frozenset({Term.BREAKS, Term.IDLE, Term.DELEGATE_IDLE, Term.CHANGES, Term.MOVES})


@dataclass(frozen=True, slots=True)
class Outcome:
    """No schedule and `is_infeasible`, or the best schedule found and the bound of each term given those before it."""

    schedule: Schedule | None = None
    bounds: Mapping[Term, int] = field(default_factory=dict)
    is_infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beforehand: a schedule with its score, and bounds that hold given the terms before."""

    schedule: Schedule | None = None
    score: Mapping[Term, int] = field(default_factory=dict)
    bounds: Mapping[Term, int] = field(default_factory=dict)


Tell = Callable[[Mapping[Term, int], Mapping[Term, int]], None]


class Stages:
    """The terms of one model in their order, and what has become of them so far.

    With one worker no clock steers the search: a term with others after it, or all where `is_partial`, has its share
    of deterministic time. The deadline ends it all the same.
    """

    def __init__(
        self,
        model: Model,
        terms: Sequence[Term],
        limits: Limits,
        watchdog: Watchdog,
        tell: Tell,
        *,
        is_partial: bool = False,
    ) -> None:
        self._is_partial = is_partial
        self._model = model
        self._limits = limits
        self._watchdog = watchdog
        self._tell = tell
        self._costs = {term: _sign(term) * TERMS[term](model) for term in terms}
        self._values: list[int] | None = None
        self._is_tight = True  # what was kept so far is what the known bounds assume
        self._is_matched = True  # the known schedule is as good as what was kept so far
        self._score: dict[Term, int] = {}
        self._bounds: dict[Term, int] = {}

    def optimise(self, known: Known) -> Outcome:
        """The lexicographic optimum, or how far it came; a term that is proved already costs nothing."""
        if not self._costs:
            answer = self._search(None, self._watchdog).run(lambda _: None, is_stepped=False, effort=None)
            self._values = answer.values
            if answer.is_infeasible:
                return Outcome(is_infeasible=True)
        if known.schedule is not None:
            self._model.hint(known.schedule)
        for term in self._costs:
            answer = self._settle(term, known)
            if answer.is_infeasible and answer.least is None:
                return Outcome(is_infeasible=True)
        values = self._values
        schedule = None if values is None else self._model.schedule(lambda literal: bool(values[literal.index]))
        return Outcome(schedule, self._bounds)

    def _settle(self, term: Term, known: Known) -> Answer:
        """Optimises one term and keeps what it reached."""
        sign, is_last = _sign(term), term == list(self._costs)[-1]
        is_single = self._limits.worker_count == 1
        within = self._watchdog if is_last or is_single else self._watchdog.within(SHARE * self._watchdog.seconds_left)
        search = self._search(term, within)
        answer = search.answer
        if self._is_tight and term in known.bounds:
            answer.proved(sign * known.bounds[term])
        if self._is_matched and known.schedule is not None:
            answer.reached = sign * known.score[term]
        if self._values is not None:
            answer.found(self._values)
        if not answer.is_settled:
            is_open = not is_single or (is_last and not self._is_partial)
            effort = None if is_open else EFFORT_PER_SECOND * SHARE * self._limits.seconds
            search.run(self._telling(term), is_stepped=term in STEPPED, effort=effort)
        if answer.bound is not None:
            self._bounds[term] = sign * answer.bound
        if answer.least is not None:
            self._values = answer.values if answer.cost == answer.least else None
            self._is_matched &= answer.reached == answer.least
            self._score[term] = sign * answer.least
            search.keep(answer.least)
        if term in CHOSEN:
            self._is_tight &= self._score.get(term) == known.bounds.get(term)
        return answer

    def _search(self, term: Term | None, watchdog: Watchdog) -> Search:
        cost = total([]) if term is None else self._costs[term]
        return Search(self._model.cp, cost, watchdog, self._limits.worker_count, self._limits.seed)

    def _telling(self, term: Term) -> Callable[[Answer], None]:
        def tell(answer: Answer) -> None:
            bound = {} if answer.bound is None else {term: _sign(term) * answer.bound}
            score = {} if answer.cost is None else {**self._score, term: _sign(term) * answer.cost}
            self._tell(score, {**self._bounds, **bound})

        return tell


def _sign(term: Term) -> int:
    return -1 if term.is_maximised else 1
