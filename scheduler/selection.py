"""Which meetings to hold: the best set that people, tables and interpreters have time for, before it has slots."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.bounds import Relaxation
from scheduler.linear import (
    ImpossibleError,
    Ints,
    Solved,
    bound_of_possible,
    priced_bound,
    solve_integral,
    solve_relaxed,
)
from scheduler.numbers.numbering import Numbered
from scheduler.problem import Term
from scheduler.waiting import least_waiting
from scheduler.walking import least_moves

# A fractional optimum is made whole by branch and cut up to so many columns; beyond it by weight alone.
MOST_COLUMNS_TO_BRANCH = 60_000
# Where there is less time than this, a programme would not be solved, and the time is better spent on finding places.
SECONDS_A_COLUMN = 1e-5
# Posing it takes longer.
SECONDS_TO_POSE = 2e-5


@dataclass(frozen=True, slots=True)
class Kept:
    """What an earlier schedule held: how many meetings, and which of them could stay where they were."""

    count: int
    meetings: frozenset[int]


@dataclass(frozen=True, slots=True)
class Selection:
    """`chosen`, and `bounds` for those terms that depend on the choice."""

    chosen: tuple[int, ...]
    bounds: dict[Term, int]


def select(
    numbers: Numbered, terms: Iterable[Term], seconds_left: Callable[[], float], kept: Kept | None = None
) -> Selection:
    """Optimises the terms in their order; those that slots and tables decide are passed over.

    Raises ImpossibleError when no choice at all respects the limits.
    """
    if seconds_left() < SECONDS_TO_POSE * numbers.meeting_count:
        return Selection(tuple(_by_value(numbers, sorted(numbers.required))), _plain_bounds(numbers))
    relaxation = _possible(numbers)
    bounds: dict[Term, int] = {}
    is_unknown = False
    best = relaxation.least().astype(np.float64)
    for term in terms:
        gain = _gain(relaxation, term, kept)
        if gain is None:
            continue
        solved = _solve_whole(relaxation, gain, seconds_left)
        bounds[term] = _bound(term, solved.bound, kept)
        is_unknown = solved.x is None
        if solved.x is not None:
            best = solved.x
            relaxation.keep(gain, round(float(gain @ best)) if solved.is_integral else solved.bound)
    chosen = np.flatnonzero(best[: numbers.meeting_count] > 0.5).tolist()
    return Selection(tuple(_by_value(numbers, chosen) if is_unknown else chosen), bounds)


def _plain_bounds(numbers: Numbered) -> dict[Term, int]:
    """What holding all that can be held alone would give."""
    values = [value for value, mask in zip(numbers.value, numbers.allowed, strict=True) if mask]
    return {Term.VALUE: sum(values), Term.HELD: len(values)}


def _by_value(numbers: Numbered, first: Sequence[int]) -> list[int]:
    """The first, then the dearest as long as people and tables may be free: where nothing better is known."""
    left, room, known = list(numbers.ceiling), sum(numbers.hall), set(first)
    others = [m for m, mask in enumerate(numbers.allowed) if mask and m not in known]
    chosen = []
    for meeting in [*first, *sorted(others, key=lambda m: -numbers.value[m])]:
        a, b = numbers.sides[meeting]
        needed = int(numbers.physical[meeting])
        if meeting in known or (left[a] > 0 and left[b] > 0 and room >= needed):
            chosen.append(meeting)
            left[a] -= 1
            left[b] -= 1
            room -= needed
    return chosen


def bounds_given(
    numbers: Numbered,
    terms: Sequence[Term],
    score: Mapping[Term, int],
    seconds_left: Callable[[], float],
    *,
    wanted: Collection[Term],
) -> dict[Term, int]:
    """For each of the terms wanted the best that is possible where the terms before it have the score given."""
    relaxation = _possible(numbers)
    bounds: dict[Term, int] = {}
    for place, term in enumerate(terms):
        if term is Term.MOVES and term in wanted:
            bounds[term] = least_moves(relaxation, terms[:place], score, seconds_left)
        elif term in (Term.BREAKS, Term.IDLE) and term in wanted:
            bounds[term] = least_waiting(relaxation, term, seconds_left)
        gain = _gain(relaxation, term, None)
        if gain is None:
            continue
        if term in wanted:
            bounds[term] = _bound(term, bound_of_possible(relaxation.programme(gain), seconds_left()), None)
        relaxation.keep(gain, score[term] if term.is_maximised else -score[term])
    return bounds


def _possible(numbers: Numbered) -> Relaxation:
    relaxation = Relaxation(numbers)
    if relaxation.is_impossible:
        raise ImpossibleError
    return relaxation


def _gain(relaxation: Relaxation, term: Term, kept: Kept | None) -> Ints | None:
    """What the columns gain for a term; None where the choice of meetings does not decide it."""
    numbers = relaxation.numbers
    match term:
        case Term.SHORTFALL:
            return relaxation.shortfall_gain() if any(numbers.floor) else None
        case Term.VALUE:
            return relaxation.meeting_gain(numbers.value)
        case Term.HELD:
            return relaxation.meeting_gain([1] * numbers.meeting_count)
        case Term.CHANGES if kept is not None:
            return relaxation.meeting_gain([int(m in kept.meetings) for m in range(numbers.meeting_count)])
        case _:
            return None


def _bound(term: Term, most: int, kept: Kept | None) -> int:
    """The bound on the gain, said as a bound on the term."""
    if term.is_maximised:
        return most
    return (kept.count if term is Term.CHANGES and kept else 0) - most


def _solve_whole(relaxation: Relaxation, gain: Ints, seconds_left: Callable[[], float]) -> Solved:
    programme, seconds = relaxation.programme(gain), seconds_left()
    if seconds < SECONDS_A_COLUMN * relaxation.column_count:
        return Solved(None, priced_bound(programme, np.zeros(len(programme.limit))))
    relaxed = solve_relaxed(programme, seconds)
    if relaxed.x is None or relaxed.is_integral or relaxation.column_count > MOST_COLUMNS_TO_BRANCH:
        return relaxed
    whole = solve_integral(programme, seconds_left(), relaxed.bound)
    return whole if whole.x is not None else Solved(relaxed.x, whole.bound)


def worth_adding(numbers: Numbered, terms: Iterable[Term], held_count: Sequence[int]) -> list[int]:
    """The candidates that improve the first terms wherever there is still room for them, the best first."""
    gains = [term for term in terms if term in (Term.SHORTFALL, Term.VALUE, Term.HELD)]

    def worth(meeting: int) -> tuple[int, ...]:
        lacking = sum(held_count[p] < numbers.floor[p] for p in numbers.sides[meeting])
        by_term = {Term.SHORTFALL: lacking, Term.VALUE: numbers.value[meeting], Term.HELD: 1}
        return tuple(by_term[term] for term in gains)

    open_to_more = [held_count[p] < ceiling for p, ceiling in enumerate(numbers.ceiling)]
    possible = [m for m, (a, b) in enumerate(numbers.sides) if open_to_more[a] and open_to_more[b] and any(worth(m))]
    return sorted(possible, key=worth, reverse=True)
