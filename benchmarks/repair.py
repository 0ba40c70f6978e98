"""Five leave and three join: what of a published schedule stays, how much is placed anew, and what that costs.

`python -m benchmarks.repair S L XL` drafts a convention, changes who comes, and mends the draft.
"""

import argparse
import time
from dataclasses import replace
from random import Random

from benchmarks.conventions import SIZES, convention
from scheduler import (
    Candidate,
    Delegate,
    DelegateId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Term,
    score,
    violations,
)
from scheduler.pipeline import draft

FORMAT = "{:<4}{:>3}{:>8}{:>6}{:>9}{:>9}{:>8}{:>11}{:>11}{:>8}"
HEAD = ("", "#", "held", "gone", "changes", "at least", "placed", "value", "bound", "CPU s")
LEAVING, JOINING, WISHES_OF_NEW = 5, 3, 25
REPAIR = (Term.SHORTFALL, Term.CHANGES, Term.VALUE, Term.BREAKS, Term.MOVES)


def changed(problem: Problem, rng: Random) -> Problem:
    """The problem on the day: some are not there after all, and some are who were not expected."""
    every = frozenset(slot.id for slot in problem.slots)
    leaving = {one.id for one in rng.sample(problem.participants, LEAVING)}
    participants = [
        replace(one, delegates=tuple(replace(who, unavailable=every) for who in one.delegates))
        if one.id in leaving
        else one
        for one in problem.participants
    ]
    present = [one.id for one in participants if one.id not in leaving]
    meetings = list(problem.meetings)
    for k in range(JOINING):
        new = ParticipantId(f"new-{k}")
        participants.append(Participant(new, (Delegate(DelegateId(f"new-{k}.1")),), max_meetings=12))
        for j, other in enumerate(rng.sample(present, WISHES_OF_NEW)):
            meetings.append(Candidate(MeetingId(f"new-{k}-{j}"), (new, other), rng.randint(1, 30)))
    return replace(problem, participants=tuple(participants), meetings=tuple(meetings), objective=REPAIR)


def row(name: str, seed: int) -> str:
    problem = convention(SIZES[name], seed)
    before = draft(problem, seed=seed, clock=time.monotonic, deadline=time.monotonic() + 600).schedule
    today = changed(problem, Random(seed))
    begin = time.process_time()
    mended = draft(today, seed=seed, clock=time.monotonic, deadline=time.monotonic() + 60, previous=before)
    cpu_seconds = time.process_time() - begin
    if broken := violations(today, mended.schedule):
        raise AssertionError(f"{len(broken)} rules broken, such as: {broken[0]}")
    was, now = {row.id for row in before.meetings}, {row.id for row in mended.schedule.meetings}
    reached = score(today, mended.schedule, before)
    return FORMAT.format(
        name,
        seed,
        len(was),
        len(was - now),
        reached[Term.CHANGES],
        mended.bounds[Term.CHANGES],
        len(now - was),
        reached[Term.VALUE],
        mended.bounds[Term.VALUE],
        f"{cpu_seconds:.2f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L"], choices=SIZES)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    print(FORMAT.format(*HEAD))
    for name in given.sizes:
        for seed in range(1, given.seeds + 1):
            print(row(name, seed), flush=True)


if __name__ == "__main__":
    main()
