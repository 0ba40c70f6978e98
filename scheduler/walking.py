"""How often delegates change tables at least, whatever the slots and tables: by counting who can stay where they sit.

Write P for the meetings at tables, A for the pairs of a delegate and a day with such a meeting, T for those of a table
and a day, and call a side of a meeting seated if its delegate's last meeting of the day was at the same table. Then

    moves = 2 P - A - seated sides,   seated sides <= P - T + D,

for the first meeting of a day at a table has no seated side, and D counts the meetings with two. Both delegates then
sat at this table before, and not at the same time unless they met there: the one who sat there first was elsewhere or
free while the other did, and has a gap among their meetings at tables that ends with this meeting. So D is at most the
number of such gaps and of pairs that meet again, and of the meetings that can end a gap.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from scheduler.bounds import Relaxation
from scheduler.linear import bound_of_possible
from scheduler.numbers.numbering import Numbered
from scheduler.problem import Term


def least_moves(
    relaxation: Relaxation, before: Sequence[Term], score: Mapping[Term, int], seconds_left: Callable[[], float]
) -> int:
    """The least of `moves` in any schedule with the score given in the terms before, which the relaxation keeps."""
    numbers = relaxation.numbers
    people, longest_day = range(numbers.participant_count), max((length for _, length in numbers.days), default=1)
    gaps = _gaps(numbers, before, score)
    is_loose = [gaps is None or (len(numbers.pools[p].free) > 1 and Term.DELEGATE_IDLE not in before) for p in people]
    of_tables = [[m for m in numbers.meetings_of[p] if numbers.physical[m]] for p in people]
    present = relaxation.add_columns([_delegate_days(numbers, p) for p in people])
    for p in people:
        relaxation.add_row(np.array([*of_tables[p], present + p]), np.array([*[-1] * len(of_tables[p]), 1]), 0)
    ends = [m for m, sides in enumerate(numbers.sides) if numbers.physical[m] and any(is_loose[p] for p in sides)]
    doubles = relaxation.add_columns([len(ends)])
    relaxation.add_row(np.array([*ends, doubles]), np.array([*[-1] * len(ends), 1]), 0)
    _later_than_the_first(relaxation, [p for p in people if is_loose[p]], of_tables, present, doubles)
    gain = np.zeros(relaxation.column_count, dtype=np.int64)
    gain[: numbers.meeting_count][numbers.physical] = -longest_day - 1
    gain[present : present + len(people)] = longest_day
    gain[doubles] = longest_day
    most = bound_of_possible(relaxation.programme(gain), seconds_left() / 2)
    return max(0, -(most // longest_day) - (gaps or 0) - _repeated(numbers))


def _gaps(numbers: Numbered, before: Sequence[Term], score: Mapping[Term, int]) -> int | None:
    """How many gaps those have at most whose gaps are counted by a term before; None where there is no such term."""
    counted = [score[term] for term in (Term.DELEGATE_IDLE, Term.BREAKS, Term.IDLE) if term in before]
    online = sum(not is_physical for is_physical in numbers.physical)
    if Term.DELEGATE_IDLE in before:
        return score[Term.DELEGATE_IDLE] + 2 * online
    return min(counted) + 2 * online if counted else None


def _delegate_days(numbers: Numbered, participant: int) -> int:
    """On how many days each delegate is there at all, summed up."""
    masks = [((1 << length) - 1) << first for first, length in numbers.days]
    return sum(free & mask != 0 for free in numbers.pools[participant].free for mask in masks)


def _later_than_the_first(
    relaxation: Relaxation, loose: Sequence[int], of_tables: Sequence[Sequence[int]], present: int, doubles: int
) -> None:
    """A meeting that ends a gap is not the first of the day for whose gap it is."""
    counts = Counter(m for p in loose for m in of_tables[p])
    columns = np.array([*counts, *(present + p for p in loose), doubles], dtype=np.int64)
    relaxation.add_row(columns, np.array([*(-count for count in counts.values()), *[1] * (len(loose) + 1)]), 0)


def _repeated(numbers: Numbered) -> int:
    """How many meetings are of a pair that has another one before it in the list."""
    return numbers.meeting_count - len({frozenset(sides) for sides in numbers.sides})
