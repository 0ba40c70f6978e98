"""Conventions of four sizes, loose and tight: what is held against what is proved possible, and what that costs.

`python -m benchmarks.convention S M --tight --correlated --seeds 5` prints one row for each size and seed.
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.conventions import SIZES, convention
from benchmarks.forced import forced_idle, idle_while_there
from scheduler import Problem, Schedule, Term, score, violations
from scheduler.pipeline import draft

FORMAT = "{:<4}{:>3} {:<6}{:<6}{:>8}{:>11}{:>11}{:>9}{:>8}{:>8}{:>8}{:>8}{:>7}{:>8}{:>7}"
HEAD = (
    "",
    "#",
    "",
    "",
    "held",
    "value",
    "bound",
    "lacking",
    "breaks",
    "idle",
    "forced",
    "there",
    "moves",
    "CPU s",
    "MB",
)
SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One problem drafted. `idle` slots are for each participant, `moves` for each two meetings in a row.

    `forced` are the idle slots that these meetings cost whenever they are held, since people are not always there;
    `there` those of all idle ones in which the participant is.
    """

    held: int
    value: int
    bound: int
    breaks: int
    idle: float
    forced: float
    there: float
    moves: float
    cpu_seconds: float
    peak_megabytes: int


def measured(problem: Problem, seed: int = 1) -> Measured:
    """Drafts the problem, lets the judge look at it, and counts processor seconds without making or judging it."""
    begin = time.process_time()
    found = draft(problem, seed=seed, clock=time.monotonic, deadline=time.monotonic() + SECONDS)
    cpu_seconds = time.process_time() - begin
    broken = violations(problem, found.schedule)
    if broken:
        raise AssertionError(f"{len(broken)} rules broken, such as: {broken[0]}")
    reached = score(problem, found.schedule)
    return Measured(
        len(found.schedule.meetings),
        reached[Term.VALUE],
        found.bounds[Term.VALUE],
        reached[Term.BREAKS],
        reached[Term.IDLE] / len(problem.participants),
        forced_idle(problem, found.schedule) / len(problem.participants),
        idle_while_there(problem, found.schedule) / len(problem.participants),
        reached[Term.MOVES] / max(1, _successions(problem, found.schedule)),
        cpu_seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _successions(problem: Problem, schedule: Schedule) -> int:
    """How often a delegate has another meeting after one on the same day: as often they could have moved."""
    day = {slot.id: slot.day for slot in problem.slots}
    between = {meeting.id: meeting.between for meeting in problem.meetings}
    count = Counter(
        (participant, delegate, day[row.slot])
        for row in schedule.meetings
        for participant, delegate in zip(between[row.id], row.delegates, strict=True)
    )
    return sum(count.values()) - len(count)


def rows(names: list[str], seeds: int, *, is_tight: bool, is_correlated: bool) -> Iterator[str]:
    yield FORMAT.format(*HEAD)
    for name in names:
        for seed in range(1, seeds + 1):
            problem = convention(SIZES[name], seed, is_tight=is_tight, is_correlated=is_correlated)
            found = measured(problem)
            yield FORMAT.format(
                name,
                seed,
                "tight" if is_tight else "loose",
                "corr." if is_correlated else "",
                found.held,
                found.value,
                found.bound,
                f"{1 - found.value / found.bound:.3%}",
                found.breaks,
                f"{found.idle:.3f}",
                f"{found.forced:.3f}",
                f"{found.there:.3f}",
                f"{found.moves:.1%}",
                f"{found.cpu_seconds:.1f}",
                found.peak_megabytes,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L"], choices=SIZES)
    parser.add_argument("--tight", action="store_true")
    parser.add_argument("--correlated", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    for row in rows(given.sizes, given.seeds, is_tight=given.tight, is_correlated=given.correlated):
        print(row, flush=True)


if __name__ == "__main__":
    main()
