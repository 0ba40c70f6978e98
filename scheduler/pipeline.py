"""A schedule for a problem of any size, step by step: choose, place, seat; with bounds on what it reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from scheduler.chains.closing import close_gaps
from scheduler.chains.comfort import add_what_fits, give_up_what_waits
from scheduler.chains.insertion import insert, insert_all
from scheduler.linear import ImpossibleError
from scheduler.numbers.numbering import NOWHERE, numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.patience import Patience, nothing_collected
from scheduler.problem import MeetingId, Problem, Term
from scheduler.repair import add_without_moving, is_lacking, remains, resume, urgent
from scheduler.schedule import Schedule
from scheduler.seating import seated
from scheduler.selection import Kept, select, worth_adding
from scheduler.timetable import place_all

# Seating and judging come when the time for search is over; they take so many times as long as numbering did, and are
# given this share of the time at most, since they take less where less was placed.
AT_LAST, LAST_SHARE = 7, 0.5
# What choosing may take of the time that is left.
CHOICE_SHARE = 0.6
# What a break and an idle slot weigh for the terms on waiting.
WAITING = {Term.BREAKS: (1, 0), Term.IDLE: (0, 1), Term.DELEGATE_IDLE: (0, 1)}


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
    previous: Schedule | None = None,
) -> Draft:
    """A good schedule and true bounds, and time to judge it before `deadline` (in the clock's seconds)."""
    with nothing_collected():
        try:
            return _found(problem, Random(seed), Patience(clock, deadline, should_stop), previous)
        except ImpossibleError:
            return Draft(is_impossible=True)


def _found(problem: Problem, rng: Random, patience: Patience, previous: Schedule | None) -> Draft:
    begin = patience.clock()
    occupancy = Occupancy(numbered(problem))
    last = min(AT_LAST * (patience.clock() - begin), LAST_SHARE * patience.seconds_left())
    patience = replace(patience, deadline=patience.deadline - last)
    if previous is not None and _is_to_be_kept(problem):
        return _mended(occupancy, previous, rng, patience)
    return _made_anew(occupancy, previous if Term.CHANGES in problem.objective else None, rng, patience)


def waiting_less(problem: Problem, schedule: Schedule, seed: int, patience: Patience) -> Schedule:
    """The same meetings in slots in which people wait less, by the first term on waiting that counts."""
    occupancy = Occupancy(numbered(problem))
    if resume(occupancy, schedule):
        return schedule
    weights = next((WAITING[term] for term in problem.objective if term in WAITING), (1, 1))
    close_gaps(occupancy, weights, Random(seed), patience, is_thorough=True)
    return seated(occupancy)


def _is_to_be_kept(problem: Problem) -> bool:
    """Whether changes count more than what else could be held."""
    for term in problem.objective:
        if term in (Term.CHANGES, Term.VALUE, Term.HELD):
            return term is Term.CHANGES
    return False


def _made_anew(occupancy: Occupancy, previous: Schedule | None, rng: Random, patience: Patience) -> Draft:
    """The whole way: choose, place, add, close gaps, seat. What is chosen of an earlier schedule stays in its slot."""
    numbers = occupancy.numbers
    problem, weights = numbers.problem, _wait_weights(numbers.problem)
    left, kept = None, None
    if previous is not None:
        left = remains(occupancy, previous)
        kept = Kept(len(previous.meetings), frozenset(occupancy.held()))
    selection = select(numbers, problem.objective, lambda: CHOICE_SHARE * patience.seconds_left(), kept)
    for meeting in sorted(set(occupancy.held()) - set(selection.chosen)):
        occupancy.remove(meeting)
    insert_all(occupancy, place_all(occupancy, selection.chosen, patience), rng, patience)
    for meeting in _worth_adding(occupancy, patience):
        if occupancy.slot_of[meeting] == NOWHERE and not patience.is_over:
            insert(occupancy, meeting, rng)
    if weights is not None and left is None and not patience.is_over:
        close_gaps(occupancy, weights, rng, patience)
    give_up_what_waits(occupancy)
    add_what_fits(occupancy, _worth_adding(occupancy, patience), patience)
    bounds = dict(selection.bounds)
    if left is not None:
        bounds[Term.CHANGES] = left.gone_count
    return _drafted(occupancy, seated(occupancy, left.still_there(occupancy).tables if left else None), bounds)


def _worth_adding(occupancy: Occupancy, patience: Patience) -> list[int]:
    """What would be worth holding if there is time to look for a place for it."""
    numbers = occupancy.numbers
    return [] if patience.is_over else worth_adding(numbers, numbers.problem.objective, occupancy.held_count)


def _mended(occupancy: Occupancy, previous: Schedule, rng: Random, patience: Patience) -> Draft:
    """Keeps what can be kept; moves others only for what must be held and for those who lack meetings."""
    numbers = occupancy.numbers
    left = remains(occupancy, previous)
    for meeting in urgent(occupancy):
        if meeting in numbers.required or is_lacking(occupancy, meeting):
            insert(occupancy, meeting, rng)
    bounds = {Term.SHORTFALL: sum(map(lambda floor, most: max(0, floor - most), numbers.floor, numbers.ceiling))}
    bounds |= {Term.CHANGES: left.gone_count} | add_without_moving(occupancy, left, patience)
    give_up_what_waits(occupancy)
    add_what_fits(occupancy, urgent(occupancy), patience)
    left = left.still_there(occupancy)
    return _drafted(occupancy, seated(occupancy, left.tables, left.rows), bounds)


def _drafted(occupancy: Occupancy, schedule: Schedule, bounds: Mapping[Term, int]) -> Draft:
    problem, required = occupancy.numbers.problem, sorted(occupancy.numbers.required)
    missing = tuple(problem.meetings[m].id for m in required if occupancy.slot_of[m] == NOWHERE)
    return Draft(schedule, {term: bounds.get(term, 0) for term in problem.objective}, missing)


def _wait_weights(problem: Problem) -> tuple[int, int] | None:
    """What a break and an idle slot weigh; None where nobody minds waiting."""
    rules = problem.rules
    if Term.BREAKS in problem.objective or rules.max_break_spread is not None:
        return 1, 1
    if {Term.IDLE, Term.DELEGATE_IDLE} & set(problem.objective) or rules.max_idle_slots is not None:
        return 0, 1
    return None
