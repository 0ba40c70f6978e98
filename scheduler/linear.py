"""Linear programmes in whole numbers: arrays in; a solution, and a bound that no rounding can spoil, out."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2, result_pb2, sparse_containers_pb2
from ortools.math_opt.core.python import solver as core_solver
from ortools.math_opt.python import mathopt

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Dual prices are rounded to multiples of 1/DENOMINATOR: those of a matching are halves, others seldom need more.
DENOMINATOR = 5040
INTEGRAL = 1e-6
# Branch and cut stops after so many nodes, so that it repeats itself when the time allows.
NODES = 500
SAFE_INTEGER = 2**62
# What the simplex method may say because of its tolerances: where a row is met by the optimum alone it finds nothing.
_DOUBTFUL = (result_pb2.TERMINATION_REASON_IMPRECISE, result_pb2.TERMINATION_REASON_INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Programme:
    """Maximise `gain · x` over whole x with `lower ≤ x ≤ upper` and `A x ≤ limit`.

    The entries of A stand in three arrays of one length, ordered by row, then column.
    """

    gain: Ints
    lower: Ints
    upper: Ints
    limit: Ints
    rows: Ints
    columns: Ints
    entries: Ints


@dataclass(frozen=True, slots=True)
class Solved:
    """`bound` is an upper bound on the gain of every integral x; `x` may be fractional, None when none was found."""

    x: Floats | None
    bound: int

    @property
    def is_integral(self) -> bool:
        return self.x is not None and bool(np.all(np.abs(self.x - np.rint(self.x)) < INTEGRAL))


class ImpossibleError(Exception):
    """The programme has no solution, not even a fractional one."""


def solve_relaxed(programme: Programme, seconds: float) -> Solved:
    """The linear relaxation by the simplex method, and the bound that its dual prices give.

    Raises ImpossibleError when a second solver too says that there is no solution.
    """
    result = _solve(programme, mathopt.SolverType.GLOP, seconds, is_integral=False)
    if result is not None and result.termination.reason in _DOUBTFUL:
        result = _solve(programme, mathopt.SolverType.HIGHS, seconds / 2, is_integral=False)
    if _is_impossible(result):
        raise ImpossibleError
    return _relaxed(programme, result)


def bound_of_possible(programme: Programme, seconds: float) -> int:
    """The bound for a programme of which a solution is known: a solver that says that there is none has rounded."""
    result = _solve(programme, mathopt.SolverType.GLOP, seconds, is_integral=False)
    if _is_impossible(result):
        return _plain_bound(programme)
    if result is not None and result.termination.reason in _DOUBTFUL:
        result = _solve(programme, mathopt.SolverType.HIGHS, seconds / 2, is_integral=False)
    return _relaxed(programme, result).bound


def _is_impossible(result: result_pb2.SolveResultProto | None) -> bool:
    return result is not None and result.termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE


def _relaxed(programme: Programme, result: result_pb2.SolveResultProto | None) -> Solved:
    if result is None or result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return Solved(None, _plain_bound(programme))
    solution = result.solutions[0]
    prices = _scattered(solution.dual_solution.dual_values, len(programme.limit))
    x = _scattered(solution.primal_solution.variable_values, len(programme.gain))
    return Solved(x, priced_bound(programme, prices))


def _plain_bound(programme: Programme) -> int:
    return priced_bound(programme, np.zeros(len(programme.limit)))


def solve_integral(programme: Programme, seconds: float, bound: int) -> Solved:
    """The best integral solution found by branch and cut; `bound` is the relaxation's, kept if not beaten."""
    result = _solve(programme, mathopt.SolverType.HIGHS, seconds, is_integral=True)
    if _is_impossible(result):
        raise ImpossibleError
    if result is None or not result.solutions:
        return Solved(None, bound)
    x = _scattered(result.solutions[0].primal_solution.variable_values, len(programme.gain))
    dual = result.termination.objective_bounds.dual_bound
    proved = bound if not np.isfinite(dual) else int(np.floor(dual + 1e-6 * max(1.0, abs(dual))))
    return Solved(np.rint(x), min(bound, proved))


def priced_bound(programme: Programme, prices: Floats) -> int:
    """What no solution exceeds: Lagrange's bound for these row prices, computed in whole numbers.

    It holds for any prices that are not negative, so the solver's tolerances cannot make it wrong, only weaker.
    """
    largest = int(np.abs(programme.gain).max(initial=0)) + int(np.ceil(np.abs(prices).max(initial=0.0)))
    size = (
        largest * DENOMINATOR * (int(np.abs(programme.limit).sum()) + int(programme.upper.sum()) + len(programme.rows))
    )
    scaled = np.rint(np.maximum(prices, 0.0) * DENOMINATOR)
    if size >= SAFE_INTEGER:
        return _priced_bound_of_any_size(programme, [int(price) for price in scaled])
    price = scaled.astype(np.int64)
    reduced = programme.gain * DENOMINATOR
    np.subtract.at(reduced, programme.columns, programme.entries * price[programme.rows])
    best = np.where(reduced > 0, reduced * programme.upper, reduced * programme.lower)
    total = int((price * programme.limit).sum()) + int(best.sum())
    return total // DENOMINATOR


def _priced_bound_of_any_size(programme: Programme, price: list[int]) -> int:
    """As `priced_bound`, in Python's integers, which never overflow."""
    reduced = [gain * DENOMINATOR for gain in programme.gain.tolist()]
    for row, column, entry in zip(
        programme.rows.tolist(), programme.columns.tolist(), programme.entries.tolist(), strict=True
    ):
        reduced[column] -= entry * price[row]
    bounds = zip(reduced, programme.lower.tolist(), programme.upper.tolist(), strict=True)
    best = sum(gain * (upper if gain > 0 else lower) for gain, lower, upper in bounds)
    limits = zip(price, programme.limit.tolist(), strict=True)
    return int(best + sum(each * limit for each, limit in limits)) // DENOMINATOR


def _solve(
    programme: Programme, solver: mathopt.SolverType, seconds: float, *, is_integral: bool
) -> result_pb2.SolveResultProto | None:
    """What the solver says; None where it broke down."""
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.0, seconds)), node_limit=NODES if is_integral else None
    )
    # One floor below `mathopt.solve`, which would turn every column into an object and back: seconds at 250,000.
    return core_solver.solve(
        _proto(programme, is_integral=is_integral),
        solver.value,
        mathopt.StreamableSolverInitArguments().to_proto(),
        parameters.to_proto(),
        mathopt.ModelSolveParameters().to_proto(),
        None,
        mathopt.CallbackRegistration().to_proto(),
        None,
        None,
    )


def _proto(programme: Programme, *, is_integral: bool) -> model_pb2.ModelProto:
    columns, rows = len(programme.gain), len(programme.limit)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(programme.lower.astype(float))
    proto.variables.upper_bounds.extend(programme.upper.astype(float))
    proto.variables.integers.extend([is_integral] * columns)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(range(columns))
    proto.objective.linear_coefficients.values.extend(programme.gain.astype(float))
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend([-np.inf] * rows)
    proto.linear_constraints.upper_bounds.extend(programme.limit.astype(float))
    proto.linear_constraint_matrix.row_ids.extend(programme.rows)
    proto.linear_constraint_matrix.column_ids.extend(programme.columns)
    proto.linear_constraint_matrix.coefficients.extend(programme.entries.astype(float))
    return proto


def _scattered(vector: sparse_containers_pb2.SparseDoubleVectorProto, length: int) -> Floats:
    dense = np.zeros(length)
    dense[np.asarray(vector.ids, dtype=np.int64)] = vector.values
    return dense
