"""What a user would write first: one CP-SAT model with x[meeting, slot] and a weighted sum; and a plan by priority.

`python -m benchmarks.monolith [SIZE…] [--seconds 60]` prints both results on generated conventions.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

from benchmarks.conventions import SIZES, convention
from benchmarks.scaling import by_priority
from scheduler import Limits, Problem, Term, solve

# Value before breaks, as in the default objective: more than all breaks that there can be.
WEIGHT = 10_000


@dataclass(frozen=True, slots=True)
class Reached:
    """Value and breaks of one answer; None where there is no solution in the time."""

    value: int | None
    breaks: int | None
    wall_seconds: float


def monolithic(problem: Problem, seconds: float, workers: int) -> Reached:
    """The plain model: ceilings, delegates and tables as sums for each slot, breaks as starts of runs."""
    begin, model = time.monotonic(), CpModel()
    slots = range(len(problem.slots))
    away = {
        one.id: [sum(slot.id in delegate.unavailable for delegate in one.delegates) for slot in problem.slots]
        for one in problem.participants
    }
    x = {(m, t): model.new_bool_var("") for m in range(len(problem.meetings)) for t in slots}
    meetings_of: dict[str, list[int]] = {one.id: [] for one in problem.participants}
    for m, one in enumerate(problem.meetings):
        model.add_at_most_one(x[m, t] for t in slots)
        for side in one.between:
            meetings_of[side].append(m)
    for t in slots:
        model.add(sum(x[m, t] for m in range(len(problem.meetings))) <= len(problem.tables))
    breaks: list[IntVar] = []
    for participant in problem.participants:
        mine = meetings_of[participant.id]
        if participant.max_meetings is not None:
            model.add(sum(x[m, t] for m in mine for t in slots) <= participant.max_meetings)
        busy = []
        for t in slots:
            model.add(sum(x[m, t] for m in mine) <= len(participant.delegates) - away[participant.id][t])
            busy.append(model.new_bool_var(""))
            model.add_max_equality(busy[t], [x[m, t] for m in mine] or [model.new_constant(0)])
        breaks += _breaks(model, busy)
    value = sum(one.value * x[m, t] for m, one in enumerate(problem.meetings) for t in slots)
    model.maximize(WEIGHT * value - sum(breaks))
    solver = CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - begin))
    solver.solve(model)
    took = time.monotonic() - begin
    if not solver.response_proto.solution:
        return Reached(None, None, took)
    return Reached(int(solver.value(value)), sum(int(solver.value(one)) for one in breaks), took)


def _breaks(model: CpModel, busy: list[IntVar]) -> list[IntVar]:
    """For each slot whether a pause ends in it."""
    begun, ends = [busy[0]], []
    for t in range(1, len(busy)):
        begun.append(model.new_bool_var(""))
        model.add_max_equality(begun[t], [begun[t - 1], busy[t]])
        end = model.new_bool_var("")
        model.add_bool_or([end, busy[t].negated(), busy[t - 1], begun[t - 1].negated()])
        ends.append(end)
    return ends


def decomposed(problem: Problem, seconds: float, workers: int) -> Reached:
    """The engine on the same problem."""
    begin = time.monotonic()
    result = solve(problem, Limits(seconds, workers), clock=time.monotonic)
    return Reached(result.score.get(Term.VALUE), result.score.get(Term.BREAKS), time.monotonic() - begin)


def rows(names: list[str], seeds: int, seconds: float, workers: int) -> Iterator[str]:
    yield "| convention | value by priority | of a monolith | of the engine | ratios | breaks: monolith | engine |"
    yield "|---|---|---|---|---|---|---|"
    for name in names:
        for seed in range(1, seeds + 1):
            problem = convention(SIZES[name], seed)
            one, other = monolithic(problem, seconds, workers), decomposed(problem, seconds, workers)
            by_hand, _ = by_priority(problem)
            values = (by_hand, one.value, other.value)
            ratio = ", ".join("-" if n is None or not other.value else f"{n / other.value:.3f}" for n in values[:2])
            told = " | ".join("none" if n is None else str(n) for n in values)
            paused = " | ".join("none" if n is None else str(n) for n in (one.breaks, other.breaks))
            yield f"| {name} {seed} | {told} | {ratio} | {paused} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare with a monolithic model.")
    parser.add_argument("names", nargs="*", default=["S"], help="sizes of conventions")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    for line in rows(arguments.names, arguments.seeds, arguments.seconds, arguments.workers):
        print(line, flush=True)


if __name__ == "__main__":
    main()
