"""The published B2BSP instances: is the known optimum reached and proved, and how long does it take?

`python -m benchmarks.published [NAME…] [--seconds 300] [--workers 2]` prints a table.
"""

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import b2bsp
from scheduler import Limits, Status, Term, problem_from_json, solve, violations

FOLDER = Path(__file__).parents[2] / "shared" / "benchmarks" / "b2bsp"
INFEASIBLE = "infeasible"
# Seconds of the best solver in the paper (MaxSAT, Bofill et al., table of the original instances), where it has a row.
MAXSAT_SECONDS = {
    "tic-12.original": 0.1,
    "tic-12crafc.original": 0.3,
    "tic-13crafb.original": 0.4,
    "tic-13crafc.original": 5.8,
    "tic-14crafa.original": 1.0,
    "forumt-14crafe.original": 0.6,
    "forum-13.original": 2.5,
    "forum-13crafc.original": 2.3,
    "forum-14.original": 5.1,
    "ticf-13crafb.original": 22.3,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One instance solved: what is known of it, and what the engine says."""

    name: str
    known: str
    found: str
    is_proved: bool
    wall_seconds: float
    cpu_seconds: float

    @property
    def is_closed(self) -> bool:
        return self.is_proved and self.found == self.known


def known_optima() -> dict[str, str]:
    """The optimum of each instance, or `infeasible`, as the paper proved it."""
    with (FOLDER / "known.csv").open(newline="") as file:
        return {row["instance"]: row["optimal_breaks"] for row in csv.DictReader(file)}


def run(name: str, known: str, limits: Limits) -> Run:
    instance = b2bsp.read(FOLDER / f"{name}.dzn")
    problem = problem_from_json(b2bsp.text(instance))
    wall, cpu = time.monotonic(), time.process_time()
    result = solve(problem, limits, clock=time.monotonic)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    if result.status is Status.INFEASIBLE:
        return Run(name, known, INFEASIBLE, True, wall, cpu)
    if not result.score:
        return Run(name, known, "-", False, wall, cpu)
    assert violations(problem, result.schedule) == []
    return Run(name, known, str(result.score[Term.BREAKS]), result.status is Status.OPTIMAL, wall, cpu)


def rows(names: list[str], limits: Limits) -> Iterator[str]:
    """The table, a line as soon as it is known."""
    yield "| instance | known | found | proved | wall s | CPU s | MaxSAT s |"
    yield "|---|---|---|---|---|---|---|"
    for name, known in known_optima().items():
        if names and not any(name.startswith(asked) for asked in names):
            continue
        done = run(name, known, limits)
        proved = "yes" if done.is_proved else "no"
        told = f"{done.wall_seconds:.1f} | {done.cpu_seconds:.1f} | {MAXSAT_SECONDS.get(name, '')}"
        yield f"| {name} | {known} | {done.found} | {proved} | {told} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Solve the published instances.")
    parser.add_argument("names", nargs="*", help="beginnings of instance names; none: all")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    for line in rows(arguments.names, Limits(arguments.seconds, arguments.workers)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
