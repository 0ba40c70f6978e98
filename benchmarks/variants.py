"""Variants of the published instances, made from a seed: are they proved, and as they must be where that is known?

`python -m benchmarks.variants [NAME…] [--seconds 60] [--workers 2] [--seed 1]` prints a table. Meetings that are
fixed, or put in order, as the best schedule has them leave its optimum as it is.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks import b2bsp
from benchmarks.published import FOLDER, INFEASIBLE
from scheduler import (
    Limits,
    Problem,
    Result,
    Schedule,
    Status,
    Term,
    false_claims,
    problem_from_json,
    solve,
    violations,
)

NAMES = ("tic-12", "tic-13crafb", "tic-13crafc", "tic-14crafa", "forumt-14crafe", "forum-14")
BASES = [
    "tic-12.original",
    "tic-13crafb.original",
    "tic-14crafa.original",
    "forumt-14crafe.original",
    "forum-14.original",
]
SHARE_AWAY, SHARE_FIXED, SHARE_ORDERED = 0.3, 0.3, 0.2

Change = Callable[[Problem, Schedule, random.Random], Problem]


def away(problem: Problem, _best: Schedule, rng: random.Random) -> Problem:
    """Some who have more slots than meetings are away in one more, drawn at random."""
    slots = [slot.id for slot in problem.slots]
    count = Counter(side for one in problem.meetings for side in one.between)
    participants = []
    for one in problem.participants:
        (who,) = one.delegates
        free = [slot for slot in slots if slot not in who.unavailable]
        if len(free) > count[one.id] and rng.random() < SHARE_AWAY:
            who = replace(who, unavailable=who.unavailable | {rng.choice(free)})
        participants.append(replace(one, delegates=(who,)))
    return replace(problem, participants=tuple(participants))


def fixed(problem: Problem, best: Schedule, rng: random.Random) -> Problem:
    """Some meetings are fixed to their slots in the best schedule."""
    at = {row.id: row.slot for row in best.meetings}
    meetings = (replace(one, fixed_slot=at[one.id]) if rng.random() < SHARE_FIXED else one for one in problem.meetings)
    return replace(problem, meetings=tuple(meetings))


def ordered(problem: Problem, best: Schedule, rng: random.Random) -> Problem:
    """Some meetings come after another one, which they do in the best schedule."""
    return _after(problem, best, rng, is_reversed=False)


def reversed_(problem: Problem, best: Schedule, rng: random.Random) -> Problem:
    """Some meetings come after another one, which is the other way round in the best schedule."""
    return _after(problem, best, rng, is_reversed=True)


def _after(problem: Problem, best: Schedule, rng: random.Random, *, is_reversed: bool) -> Problem:
    place = {slot.id: t for t, slot in enumerate(problem.slots)}
    at = {row.id: place[row.slot] * (-1 if is_reversed else 1) for row in best.meetings}
    meetings = []
    for one in problem.meetings:
        sooner = [other.id for other in problem.meetings if at[other.id] < at[one.id]]
        is_chosen = rng.random() < SHARE_ORDERED and sooner
        meetings.append(replace(one, after=(*one.after, rng.choice(sooner))) if is_chosen else one)
    return replace(problem, meetings=tuple(meetings))


def circular(problem: Problem, _best: Schedule, rng: random.Random) -> Problem:
    """Three meetings each come after another of them."""
    circle = rng.sample([one.id for one in problem.meetings], 3)
    after = dict(zip(circle, circle[1:] + circle[:1], strict=True))
    meetings = (replace(one, after=(after[one.id],)) if one.id in after else one for one in problem.meetings)
    return replace(problem, meetings=tuple(meetings))


CHANGES: dict[str, Change] = {
    "away": away,
    "fixed": fixed,
    "ordered": ordered,
    "reversed": reversed_,
    "circular": circular,
}
KEEP_THE_OPTIMUM = ("fixed", "ordered")


def told(problem: Problem, result: Result) -> str:
    """The proved optimum, `infeasible`, or what is left open; what the judge does not accept is an error."""
    if result.score:
        assert violations(problem, result.schedule) == []
    assert false_claims(problem, result) == []
    if result.status is Status.INFEASIBLE:
        return INFEASIBLE
    return str(result.score[Term.BREAKS]) if result.status is Status.OPTIMAL else "open"


def rows(names: list[str], limits: Limits, seed: int) -> Iterator[str]:
    yield "| instance | variant | known | found | wall s | CPU s |"
    yield "|---|---|---|---|---|---|"
    for name in names:
        base = problem_from_json(b2bsp.text(b2bsp.read(FOLDER / f"{name}.dzn")))
        best = solve(base, limits, clock=time.monotonic)
        optimum = told(base, best)
        if not best.score:
            continue
        for kind, change in CHANGES.items():
            problem = change(base, best.schedule, random.Random(f"{name} {kind} {seed}"))
            known = INFEASIBLE if change is circular else optimum if kind in KEEP_THE_OPTIMUM else ""
            wall, cpu = time.monotonic(), time.process_time()
            found = told(problem, solve(problem, limits, clock=time.monotonic))
            wall, cpu = time.monotonic() - wall, time.process_time() - cpu
            assert "open" in (known, found) or known in ("", found), f"{name} {kind}: {found} is not {known}"
            yield f"| {name} | {kind} | {known} | {found} | {wall:.1f} | {cpu:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Solve variants of the published instances.")
    parser.add_argument("names", nargs="*", default=BASES)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for line in rows(given.names, Limits(given.seconds, given.workers), given.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
