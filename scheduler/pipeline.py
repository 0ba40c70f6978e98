"""A schedule for a problem of any size, step by step: choose, place, seat; with bounds on what it reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from scheduler.closing import close_gaps
from scheduler.comfort import give_up_what_waits
from scheduler.insertion import insert, insert_all
from scheduler.linear import ImpossibleError
from scheduler.numbering import NOWHERE, numbered
from scheduler.occupancy import Occupancy
from scheduler.patience import Patience
from scheduler.problem import MeetingId, Problem, Term
from scheduler.repair import resume
from scheduler.schedule import Schedule
from scheduler.seating import seated
from scheduler.selection import select, worth_adding
from scheduler.timetable import place_all


@dataclass(frozen=True, slots=True)
class Draft:
    """`bounds` as in the file format, for every term of the objective. `missing` are required meetings without a slot.

    `is_impossible`: no schedule at all respects the limits of people, tables and interpreters.
    """

    schedule: Schedule = field(default_factory=Schedule)
    bounds: Mapping[Term, int] = field(default_factory=dict)
    missing: tuple[MeetingId, ...] = ()
    is_impossible: bool = False


def draft(
    problem: Problem,
    *,
    seed: int,
    clock: Callable[[], float],
    deadline: float,
    should_stop: Callable[[], bool] | None = None,
    watch: Callable[[Schedule, Mapping[Term, int]], None] | None = None,
    previous: Schedule | None = None,
) -> Draft:
    """A good schedule and true bounds before `deadline` (in the clock's seconds).

    `watch` is told of each complete schedule on the way and of the bounds known so far.
    """
    numbers, rng, patience = numbered(problem), Random(seed), Patience(clock, deadline, should_stop)
    try:
        selection = select(numbers, problem.objective, patience.seconds_left)
    except ImpossibleError:
        return Draft(is_impossible=True)
    occupancy = Occupancy(numbers)
    if previous is not None:
        resume(occupancy, previous)
    insert_all(occupancy, place_all(occupancy, selection.chosen), rng, patience)
    for meeting in worth_adding(numbers, problem.objective, occupancy.held_count):
        if occupancy.slot_of[meeting] == NOWHERE:
            insert(occupancy, meeting, rng)
    weights = _wait_weights(problem)
    if weights is not None:
        close_gaps(occupancy, weights, rng, patience)
    give_up_what_waits(occupancy)
    schedule = seated(occupancy)
    bounds = {term: selection.bounds.get(term, 0) for term in problem.objective}
    if watch:
        watch(schedule, bounds)
    missing = tuple(problem.meetings[m].id for m in sorted(numbers.required) if occupancy.slot_of[m] == NOWHERE)
    return Draft(schedule, bounds, missing)


def _wait_weights(problem: Problem) -> tuple[int, int] | None:
    """What a break and an idle slot weigh; None where nobody minds waiting."""
    rules = problem.rules
    if Term.BREAKS in problem.objective or rules.max_break_spread is not None:
        return 1, 1
    if {Term.IDLE, Term.DELEGATE_IDLE} & set(problem.objective) or rules.max_idle_slots is not None:
        return 0, 1
    return None
