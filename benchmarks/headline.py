"""The event that named the project, from its example workbook: when is what proved, and how good are the breaks?

`python -m benchmarks.headline [--problem PROBLEM.json] [--seconds 30] [--workers 2]` prints a table.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scheduler import Limits, Problem, Progress, Term, problem_from_json, solve, violations

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT / "examples" / "mont-saint-martin" / "mont-saint-martin.xlsx"


def example() -> Problem:
    """The problem that `ronde plan` makes of the example."""
    with tempfile.TemporaryDirectory() as folder:
        ronde = Path(sys.executable).with_name("ronde")
        subprocess.run([ronde, "plan", WORKBOOK, "--out", folder], check=True, capture_output=True, cwd=ROOT)
        return problem_from_json((Path(folder) / "problem.json").read_bytes())


def rows(problem: Problem, limits: Limits) -> Iterator[str]:
    """For each term its value and bound at the end, and when each was first known."""
    begin = time.process_time()
    reached: dict[Term, float] = {}
    proved: dict[Term, float] = {}
    told: list[Progress] = []

    def watch(progress: Progress) -> None:
        told.append(progress)

    result = solve(problem, limits, clock=time.monotonic, watch=watch)
    assert violations(problem, result.schedule) == []
    for progress in told:
        for term in problem.objective:
            if progress.score is not None and progress.score.get(term) == result.score[term]:
                reached.setdefault(term, progress.seconds)
            if progress.bounds.get(term) == result.bounds[term]:
                proved.setdefault(term, progress.seconds)
    people = sum(len(one.delegates) for one in problem.participants)
    yield (
        f"{len(problem.participants)} organisations, {people} delegates, {len(problem.slots)} slots, "
        f"{len(problem.tables)} tables, {len(problem.meetings)} candidates: {len(result.schedule.meetings)} held, "
        f"{result.status}, {result.seconds:.1f} s, {time.process_time() - begin:.1f} s of CPU"
    )
    yield ""
    yield "| term | reached | after s | bound | after s |"
    yield "|---|---|---|---|---|"
    for term in problem.objective:
        when, known = reached.get(term, result.seconds), proved.get(term, result.seconds)
        yield f"| {term} | {result.score[term]} | {when:.1f} | {result.bounds[term]} | {known:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Solve the headline event.")
    parser.add_argument("--problem", type=Path, help="a problem file instead of the example")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    problem = problem_from_json(arguments.problem.read_bytes()) if arguments.problem else example()
    for line in rows(problem, Limits(arguments.seconds, arguments.workers)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
