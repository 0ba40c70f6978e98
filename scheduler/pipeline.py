"""A schedule for a problem of any size, step by step: choose, place, seat; with bounds on what it reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from scheduler.chains.closing import Aim, close_gaps
from scheduler.chains.comfort import add_what_fits, give_up_what_waits
from scheduler.chains.insertion import insert, insert_all
from scheduler.linear import ImpossibleError
from scheduler.numbers.numbering import NOWHERE, Numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.timed import Timed
from scheduler.patience import Patience, nothing_collected
from scheduler.problem import MeetingId, Problem, Term
from scheduler.repair import add_without_moving, is_lacking, remains, resume, urgent
from scheduler.schedule import Schedule
from scheduler.seating import seated
from scheduler.selection import Kept, select, worth_adding
from scheduler.timetable import place_all

# Seating a meeting and judging it take 13 times as long as numbering a candidate did, more where the machine is busy by
# then. They come when the time for search is over: placing ends when what is placed takes all that is left. Before
# anything is placed, a share of the time is kept for it at most, since it takes less where less can be placed.
AT_LAST, LAST_SHARE = 20, 0.5
# What choosing may take of the time that is left.
CHOICE_SHARE = 0.6
# How people come to wait less, by the term: first what it counts, with little heat, which does not throw about what was
# closed before; then also a bit of the other kind, since a short gap is closed sooner than a long one.
LESS_BREAKS = (Aim((1, 0), (0.5, 0.1)), Aim((20, 1), (3.0, 0.3), 6))
LESS_IDLE = (Aim((0, 1), (0.5, 0.1)), Aim((1, 5), (2.0, 0.4), 4))
WAITING = {Term.BREAKS: LESS_BREAKS, Term.IDLE: LESS_IDLE, Term.DELEGATE_IDLE: LESS_IDLE}


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
    timed: Timed | None = None,
) -> Draft:
    """A good schedule and true bounds, and time to judge it before `deadline` (in the clock's seconds).

    `timed` is the problem in numbers, where somebody has numbered it.
    """
    with nothing_collected():
        try:
            patience = Patience(clock, deadline, should_stop)
            # Numbers that are made here are gone before the collector is back, which would look at all of them.
            return _found(timed or Timed.of(problem, clock), Random(seed), patience, previous)
        except ImpossibleError:
            return Draft(is_impossible=True)


def _found(timed: Timed, rng: Random, patience: Patience, previous: Schedule | None) -> Draft:
    occupancy, seconds_each = Occupancy(timed.numbers), AT_LAST * timed.seconds_each
    if previous is not None and _is_to_be_kept(timed.numbers.problem):
        last = seconds_each * min(len(previous.meetings), timed.numbers.meeting_count)
        return _mended(occupancy, previous, rng, replace(patience, deadline=patience.deadline - last))
    before = previous if Term.CHANGES in timed.numbers.problem.objective else None
    return _made_anew(occupancy, before, rng, _with_time_to_seat(patience, occupancy, seconds_each), seconds_each)


def _with_time_to_seat(patience: Patience, occupancy: Occupancy, seconds_each: float) -> Patience:
    """The same, and over as soon as seating and judging what is placed by then takes all the time that is left."""
    return replace(
        patience,
        should_stop=lambda: patience.is_over or patience.clock() + seconds_each * occupancy.placed >= patience.deadline,
    )


def waiting_less(numbers: Numbered, schedule: Schedule, aim: Aim, seed: int, patience: Patience) -> Schedule:
    """The same meetings in slots in which people wait less."""
    occupancy = Occupancy(numbers)
    if resume(occupancy, schedule):
        return schedule
    close_gaps(occupancy, aim, Random(seed), patience, is_thorough=True)
    return seated(occupancy)


def _is_to_be_kept(problem: Problem) -> bool:
    """Whether changes count more than what else could be held."""
    for term in problem.objective:
        if term in (Term.CHANGES, Term.VALUE, Term.HELD):
            return term is Term.CHANGES
    return False


def _made_anew(
    occupancy: Occupancy, previous: Schedule | None, rng: Random, patience: Patience, seconds_each: float
) -> Draft:
    """The whole way: choose, place, add, close gaps, seat. What is chosen of an earlier schedule stays in its slot."""
    numbers = occupancy.numbers
    problem, aim = numbers.problem, _aim_of(numbers.problem)
    left, kept = None, None
    if previous is not None:
        left = remains(occupancy, previous)
        kept = Kept(len(previous.meetings), frozenset(occupancy.held()))
    last = seconds_each * min(numbers.meeting_count, sum(numbers.ceiling) // 2)

    def to_choose() -> float:
        seconds = patience.seconds_left()
        return CHOICE_SHARE * max(seconds - last, LAST_SHARE * seconds)

    selection = select(numbers, problem.objective, to_choose, kept)
    for meeting in sorted(set(occupancy.held()) - set(selection.chosen)):
        occupancy.remove(meeting)
    insert_all(occupancy, place_all(occupancy, selection.chosen, patience), rng, patience)
    for meeting in _worth_adding(occupancy, patience):
        if occupancy.slot_of[meeting] == NOWHERE and not patience.is_over:
            insert(occupancy, meeting, rng)
    if aim is not None and left is None and not patience.is_over:
        deadline = patience.deadline - seconds_each * occupancy.placed
        close_gaps(occupancy, aim, rng, replace(patience, deadline=deadline))
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


def _aim_of(problem: Problem) -> Aim | None:
    """Which waiting a first schedule avoids; None where nobody minds."""
    rules = problem.rules
    if Term.BREAKS in problem.objective or rules.max_break_spread is not None:
        return Aim((1, 1))
    if {Term.IDLE, Term.DELEGATE_IDLE} & set(problem.objective) or rules.max_idle_slots is not None:
        return Aim((0, 1))
    return None
