"""How much waiting cannot be avoided by all together: the least breaks or idle slots over every choice of meetings.

Each participant pays by the number of their meetings, at the rate of the greatest convex function below what so many
cost at least; the sum is the objective of a linear programme.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from scheduler.bounds import Relaxation
from scheduler.chains.forced import NEVER, least_waits
from scheduler.linear import bound_of_possible
from scheduler.problem import Term

WEIGHTS = {Term.BREAKS: (1, 0), Term.IDLE: (0, 1)}


def least_waiting(relaxation: Relaxation, term: Term, seconds_left: Callable[[], float]) -> int:
    """The least of `breaks` or `idle` in any schedule that the relaxation allows."""
    first, ceilings = relaxation.column_count, relaxation.numbers.ceiling
    for participant, costs in enumerate(least_waits(relaxation.numbers, WEIGHTS[term]).tolist()):
        corners = _corners([cost for cost in costs[: ceilings[participant] + 1] if cost < NEVER])
        if corners[-1][1]:
            _add_cost(relaxation, participant, corners)
    if relaxation.column_count == first:
        return 0
    gain = np.zeros(relaxation.column_count, dtype=np.int64)
    gain[first::2] = -1
    return max(0, -bound_of_possible(relaxation.programme(gain), seconds_left() / 2))


def _corners(costs: Sequence[int]) -> list[tuple[int, int]]:
    """The corners of the greatest convex function that is nowhere above the costs."""
    corners: list[tuple[int, int]] = []
    for point in enumerate(costs):
        while len(corners) > 1 and _is_above(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return corners


def _is_above(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    (a, low), (b, cost), (c, high) = first, middle, last
    return (cost - low) * (c - a) >= (high - low) * (b - a)


def _add_cost(relaxation: Relaxation, participant: int, corners: Sequence[tuple[int, int]]) -> None:
    """Two columns, the cost and the number of meetings, and the rows that tie them."""
    meetings = relaxation.numbers.meetings_of[participant]
    most, dearest = corners[-1]
    cost = relaxation.add_columns([dearest, most])
    relaxation.add_row(np.array([*meetings, cost + 1]), np.array([*[1] * len(meetings), -1]), 0)
    for (a, low), (b, high) in pairwise(corners):
        if high > low:
            rate = np.array([a - b, high - low])
            relaxation.add_row(np.array([cost, cost + 1]), rate, (high - low) * a - low * (b - a))
