"""One term after the other: each is optimised by CP-SAT, then kept while the next is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python.cp_model import FlatIntExpr, LinearExpr

from scheduler.limits import Limits
from scheduler.model import Model
from scheduler.problem import Term
from scheduler.racing import Answer, Style, Watchdog, race
from scheduler.schedule import Schedule
from scheduler.terms import TERMS

SHARE = 0.6
PROVER = Style("optimize_with_core: true linearization_level: 0")
PORTFOLIO = "linearization_level: 1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """No schedule and `is_infeasible`, or the best schedule found and the bound of each term given those before it."""

    schedule: Schedule | None = None
    bounds: Mapping[Term, int] = field(default_factory=dict)
    is_infeasible: bool = False


Tell = Callable[[Mapping[Term, int], Mapping[Term, int]], None]


def optimise(
    model: Model, terms: Sequence[Term], limits: Limits, watchdog: Watchdog, tell: Tell = lambda _score, _bounds: None
) -> Outcome:
    """The lexicographic optimum of the model, or how far it came; terms in which it cannot differ cost nothing."""
    costs = {term: _sign(term) * TERMS[term](model) for term in terms}
    score: dict[Term, int] = {}
    bounds: dict[Term, int] = {}
    effort = limits.seconds / 2
    values: list[int] | None = None
    if not terms:
        answer = race(model.cp, _styles(limits), limits.seed, watchdog)
        values = answer.values
        if answer.is_infeasible:
            return Outcome(is_infeasible=True)
    for number, term in enumerate(terms):
        is_last = number == len(terms) - 1
        if watchdog.is_over and number:
            bounds[term] = _sign(term) * _least(model, costs[term])
            continue
        model.cp.minimize(costs[term])
        _hint(model, values)
        answer = race(
            model.cp,
            _styles(limits),
            limits.seed,
            watchdog,
            _telling(tell, term, score, bounds),
            seconds=None if is_last or limits.worker_count == 1 else SHARE * watchdog.seconds_left,
            effort=None if is_last or values is None or limits.worker_count > 1 else SHARE * effort,
        )
        effort -= answer.effort
        if answer.is_infeasible and values is None:
            return Outcome(is_infeasible=True)
        bounds[term] = _sign(term) * (_least(model, costs[term]) if answer.bound is None else answer.bound)
        values = answer.values or values
        if values is not None:
            reached = _cost(costs[term], values)
            score[term] = _sign(term) * reached
            model.cp.add(costs[term] <= reached)
    found = values
    return Outcome(None if found is None else model.schedule(lambda literal: bool(found[literal.index])), bounds)


def _sign(term: Term) -> int:
    return -1 if term.is_maximised else 1


def _styles(limits: Limits) -> list[Style]:
    """One worker proves by cores; with more, the others look for better schedules."""
    if limits.worker_count == 1:
        return [PROVER]
    return [PROVER, Style("linearization_level: 1", limits.worker_count - 1)]


def _telling(tell: Tell, term: Term, score: Mapping[Term, int], bounds: Mapping[Term, int]) -> Callable[[Answer], None]:
    sign = _sign(term)

    def tell_all(answer: Answer) -> None:
        if answer.cost is not None:
            bound = {} if answer.bound is None else {term: sign * answer.bound}
            tell({**score, term: sign * answer.cost}, {**bounds, **bound})

    return tell_all


def _hint(model: Model, values: list[int] | None) -> None:
    hint = model.cp.proto.solution_hint
    hint.vars.clear()
    hint.values.clear()
    if values is not None:
        hint.vars.extend(range(len(values)))
        hint.values.extend(values)


def _cost(expression: LinearExpr, values: Sequence[int]) -> int:
    flat = FlatIntExpr(expression)
    return int(flat.offset + sum(c * values[x.index] for x, c in zip(flat.vars, flat.coeffs, strict=True)))


def _least(model: Model, expression: LinearExpr) -> int:
    """What the expression cannot fall below, by the domains of its variables alone."""
    flat, variables = FlatIntExpr(expression), model.cp.proto.variables
    ends = (variables[x.index].domain[0 if c > 0 else -1] for x, c in zip(flat.vars, flat.coeffs, strict=True))
    return int(flat.offset + sum(c * end for c, end in zip(flat.coeffs, ends, strict=True)))
