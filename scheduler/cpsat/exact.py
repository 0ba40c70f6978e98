"""The exact model of a whole problem: asked for the lexicographic optimum, or only whether anything fits."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.cpsat.grid import Grid
from scheduler.cpsat.model import Model
from scheduler.cpsat.racing import Watchdog
from scheduler.cpsat.rules import RULES, Rule
from scheduler.cpsat.stages import Known, Outcome, Stages, Tell
from scheduler.limits import Limits
from scheduler.problem import Problem, Term
from scheduler.schedule import Schedule

# Literals of candidates in slots, and of their tables, beyond which the model is not built.
MOST_PLACES = 40_000
MOST_SEATS = 6_000
# CP-SAT sums in 64 bits and says bounds in floating point: worth beyond this is left to the linear programme.
MOST_VALUE = 2**50


def is_in_reach(problem: Problem) -> bool:
    return len(problem.meetings) * len(problem.slots) <= MOST_PLACES


def is_exact_in_value(problem: Problem) -> bool:
    return sum(one.value for one in problem.meetings) <= MOST_VALUE


def build(problem: Problem, previous: Schedule | None = None, rules: Sequence[Rule] = RULES) -> Model:
    """The model with its rules. Tables are told apart only where moves are counted and the problem is small."""
    seats = len(problem.meetings) * len(problem.slots) * len(problem.tables)
    is_seated = Term.MOVES in problem.objective and seats <= MOST_SEATS
    is_apart = is_seated or Term.DELEGATE_IDLE in problem.objective or problem.rules.max_consecutive is not None
    model = Model(Grid(problem, is_apart=is_apart), is_seated=is_seated, previous=previous)
    for rule in rules:
        rule(model)
    return model


def optimise(
    problem: Problem,
    previous: Schedule | None,
    known: Known,
    limits: Limits,
    watchdog: Watchdog,
    tell: Tell,
    *,
    is_partial: bool = False,
) -> Outcome:
    """The best schedule in the order of the objective; moves are passed over where tables are not told apart.

    `is_partial`: another search follows, to which some time is left.
    """
    model = build(problem, previous)
    left_out = {
        *((Term.MOVES,) if not model.is_seated else ()),
        *(() if is_exact_in_value(problem) else (Term.VALUE,)),
    }
    terms = [term for term in problem.objective if term not in left_out]
    return Stages(model, terms, limits, watchdog, tell, is_partial=is_partial).optimise(known)


def with_choice_of(problem: Problem, schedule: Schedule) -> Problem:
    """The same with the meetings of a schedule and no others: when, where and who is left to decide."""
    held = {row.id for row in schedule.meetings}
    meetings = (
        replace(one, required=True, after=tuple(earlier for earlier in one.after if earlier in held))
        for one in problem.meetings
        if one.id in held
    )
    objective = tuple(term for term in problem.objective if term not in (Term.SHORTFALL, Term.VALUE, Term.HELD))
    return replace(problem, meetings=tuple(meetings), objective=objective)


def any_schedule(problem: Problem, limits: Limits, watchdog: Watchdog) -> Outcome:
    """A schedule that keeps every rule, whatever its score; neither that nor infeasible when the time ran out first."""
    return Stages(build(problem), (), limits, watchdog, lambda _score, _bounds: None).optimise(Known())
