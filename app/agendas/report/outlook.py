"""What a change would bring at the next edition: the engine solves the changed problem, and nothing is guessed.

Each change is solved for the minimums and the value of the plan, by one worker: two runs say the same, unless the
time ran out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from app.agendas.report.changes import Changed, changes_of
from app.agendas.report.parts import Outlook, Recommendation
from scheduler import Limits, ParticipantId, Problem, Result, Schedule, Status, Term, score, solve

GOALS = (Term.SHORTFALL, Term.VALUE)
HAS_SCHEDULE = (Status.OPTIMAL, Status.FEASIBLE)
SECONDS, MOST_SECONDS, MEETINGS_A_SECOND, AT_ONCE = 6.0, 30.0, 400, 3
"""How long all takes: at least, at most, how many meetings are worth a second more; one change may take a third."""
TOLD_PERCENT = 5.0
"""What was found must be as near as this to the most that is possible: else the time was too short to say anything."""


@dataclass(frozen=True, slots=True)
class Given:
    """The plan that is there: the problem, what is held, the wishes as pairs, and whether no value is left to gain."""

    problem: Problem
    held: Schedule
    wishes: tuple[frozenset[ParticipantId], ...]
    is_proved: bool


_one_at_a_time = Lock()


def known_outlook(given: Given, clock: Callable[[], float]) -> Outlook:
    """Return the outlook, kept for whoever asks again; one is computed at a time, whoever asks how often."""
    with _one_at_a_time:
        return _kept(given, clock)


@lru_cache(maxsize=4)
def _kept(given: Given, clock: Callable[[], float]) -> Outlook:
    return outlook(given, clock)


def outlook(given: Given, clock: Callable[[], float], seconds: float | None = None) -> Outlook:
    """Return what each sensible change would bring, the greatest gain first; `seconds` None: by how many meet.

    What the time was too short for is counted, and nothing is said of it.
    """
    begin, figures = clock(), score(given.problem, given.held)
    allowed = seconds_for(given.held) if seconds is None else seconds
    found: list[Recommendation] = []
    left_out = 0
    for changed in changes_of(given.problem, given.held):
        left = allowed - (clock() - begin)
        result = _solved(changed, given.held, min(allowed / AT_ONCE, left), clock) if left > 0 else None
        told = [_recommendation(changed, result, given, figures[Term.SHORTFALL], figures[Term.VALUE])] if result else []
        said = [one for one in told if _says_something(one, changed)]
        left_out += not said
        found += said
    return Outlook(tuple(sorted(found, key=_gain, reverse=True)), left_out, given.is_proved)


def seconds_for(held: Schedule) -> float:
    """Return how long looking for all changes of a plan may take."""
    return min(MOST_SECONDS, SECONDS + len(held.meetings) / MEETINGS_A_SECOND)


def _says_something(told: Recommendation, changed: Changed) -> bool:
    """Whether a change was looked into far enough: proved, or near what is possible and no worse than the plan."""
    is_near = told.possible_percent - told.value_percent <= TOLD_PERCENT
    is_no_worse = told.shortfall <= 0 and told.value_percent >= 0
    return told.is_proved or (is_near and (is_no_worse or not changed.keeps_all))


def _solved(changed: Changed, held: Schedule, seconds: float, clock: Callable[[], float]) -> Result | None:
    problem = replace(changed.problem, objective=GOALS)
    previous = held if changed.keeps_all else None
    result = solve(problem, Limits(seconds=seconds, workers=1), clock=clock, previous=previous)
    return result if result.status in HAS_SCHEDULE else None


def _recommendation(changed: Changed, result: Result, given: Given, shortfall: int, value: int) -> Recommendation:
    return Recommendation(
        changed.change,
        changed.amount,
        changed.about,
        len(result.schedule.meetings) - len(given.held.meetings),
        _met(given, result.schedule) - _met(given, given.held),
        result.score[Term.SHORTFALL] - shortfall,
        _percent(result.score[Term.VALUE] - value, value),
        _percent(result.bounds[Term.VALUE] - value, value),
        set(GOALS) <= set(result.proved),
    )


def _met(given: Given, schedule: Schedule) -> int:
    """How many wishes a schedule meets; a mutual one counts twice, as there are two."""
    sides = {one.id: frozenset(one.between) for one in given.problem.meetings}
    pairs = {sides[meeting.id] for meeting in schedule.meetings}
    return sum(wish in pairs for wish in given.wishes)


def _percent(gain: int, whole: int) -> float:
    return round(100 * gain / whole, 2) if whole else 0.0


def _gain(one: Recommendation) -> tuple[float, ...]:
    return -one.shortfall, one.value_percent, one.meetings, -one.amount
