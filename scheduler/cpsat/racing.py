"""CP-SAT searches side by side on one model: the first to know tells the others."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, CpModel, CpSolver, CpSolverSolutionCallback

from scheduler.limits import Clock

POLL_SECONDS = 0.02


class Watchdog:
    """When to stop: the deadline of the whole call, or somebody's word."""

    def __init__(self, clock: Clock, deadline: float, should_stop: Callable[[], bool] | None = None) -> None:
        self.clock = clock
        self.deadline = deadline
        self._should_stop = should_stop

    def unless(self, is_idle: Callable[[], bool]) -> "Watchdog":
        """The same, and over as soon as there is nothing left to know."""
        return Watchdog(self.clock, self.deadline, lambda: self.is_over or is_idle())

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.deadline - self.clock())

    def within(self, seconds: float) -> "Watchdog":
        """The same with an earlier deadline."""
        return Watchdog(self.clock, min(self.deadline, self.clock() + seconds), self._should_stop)

    @property
    def is_over(self) -> bool:
        return self.seconds_left <= 0 or (self._should_stop is not None and self._should_stop())


@dataclass(frozen=True, slots=True)
class Style:
    """One way to search: the settings of CP-SAT that make it, in its text format."""

    settings: str
    worker_count: int = 1


class Answer:
    """The least cost found with its values, and the greatest bound proved; `is_infeasible`: there is no solution."""

    def __init__(self, cost_of: Callable[[Sequence[int]], int]) -> None:
        self._cost_of = cost_of
        self.cost: int | None = None
        self.reached: int | None = None  # by a schedule of which the values are not known here
        self.values: list[int] | None = None
        self.bound: int | None = None
        self.is_infeasible = False
        self.effort = 0.0
        self._lock = threading.Lock()

    @property
    def least(self) -> int | None:
        costs = [cost for cost in (self.cost, self.reached) if cost is not None]
        return min(costs, default=None)

    @property
    def is_settled(self) -> bool:
        return self.is_infeasible or (self.least is not None and self.bound is not None and self.least <= self.bound)

    def found(self, values: list[int]) -> None:
        cost = self._cost_of(values)
        with self._lock:
            if self.cost is None or cost < self.cost:
                self.cost, self.values = cost, values

    def proved(self, bound: float) -> None:
        """A bound of the solver, which says it in floating point: what that may round is not claimed."""
        if math.isfinite(bound):
            with self._lock:
                whole = math.ceil(bound - max(1e-6, abs(bound) * 2**-50))
                self.bound = whole if self.bound is None else max(self.bound, whole)


class _Runner(CpSolverSolutionCallback):
    """One search in a thread of its own; what it finds goes into the shared answer at once."""

    def __init__(self, model: CpModel, style: Style, seed: int, answer: Answer) -> None:
        super().__init__()
        self._model = model
        self._answer = answer
        self.solver = CpSolver()
        self.solver.parameters.parse_text_format(style.settings)
        self.solver.parameters.num_workers = style.worker_count
        self.solver.parameters.random_seed = seed
        self.solver.parameters.catch_sigint_signal = False
        self.solver.best_bound_callback = answer.proved
        self.thread = threading.Thread(target=self._run, daemon=True)

    def on_solution_callback(self) -> None:
        self._answer.found(list(self.response_proto.solution))
        self._answer.proved(self.best_objective_bound)

    def _run(self) -> None:
        status = self.solver.solve(self._model, self)
        answer = self._answer
        answer.effort += self.solver.deterministic_time
        if status == INFEASIBLE:
            answer.is_infeasible = True
        if status in (OPTIMAL, FEASIBLE):
            answer.found(list(self.solver.response_proto.solution))
            answer.proved(self.solver.best_objective_bound)

    def stop(self) -> None:
        self.solver.stop_search()


def race(
    model: CpModel,
    styles: Sequence[Style],
    answer: Answer,
    seed: int,
    watchdog: Watchdog,
    effort: float,
    tell: Callable[[Answer], None],
) -> None:
    """Adds to the answer what the searches find. `effort` is CP-SAT's deterministic time, for each of them."""
    runners = [_Runner(model, style, seed + lane, answer) for lane, style in enumerate(styles)]
    for runner in runners:
        runner.solver.parameters.max_time_in_seconds = max(0.01, watchdog.seconds_left)
        if effort < float("inf"):
            runner.solver.parameters.max_deterministic_time = max(0.001, effort)
        runner.thread.start()
    try:
        while alive := _alive(runners):
            alive[0].thread.join(POLL_SECONDS)
            tell(answer)
            if answer.is_settled or watchdog.is_over:
                break
    finally:  # a search that is left ends in `tell` or `is_over`
        _stop(runners)


def _stop(runners: Sequence[_Runner]) -> None:
    """Tells them again until they have heard: one that has not begun yet hears nothing."""
    while alive := _alive(runners):
        for runner in alive:
            runner.stop()
        alive[0].thread.join(POLL_SECONDS)


def _alive(runners: Sequence[_Runner]) -> list[_Runner]:
    """Asked once for each look: a search can come to its end between two questions."""
    return [runner for runner in runners if runner.thread.is_alive()]
