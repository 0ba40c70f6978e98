"""Five leave and three join: what of a published schedule stays, how much is placed anew, and what that costs.

`python -m benchmarks.repair S L XL` drafts a convention, changes who comes, and mends the draft. At size S
the engine is then asked for the whole answer, and for how long it takes to prove that no schedule has fewer changes.
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
    Limits,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Progress,
    Schedule,
    Term,
    score,
    solve,
    violations,
)
from scheduler.pipeline import draft

FORMAT = "{:<4}{:>3}{:>8}{:>6}{:>9}{:>9}{:>7}{:>8}{:>11}{:>11}{:>8}{:>17}"
HEAD = ("", "#", "held", "gone", "changes", "at least", "moved", "placed", "value", "bound", "CPU s", "proved, CPU s")
PROVED_AT = ("S",)
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
        reached[Term.CHANGES] - len(was - now),
        len(now - was),
        reached[Term.VALUE],
        mended.bounds[Term.VALUE],
        f"{cpu_seconds:.2f}",
        proof(today, before) if name in PROVED_AT else "",
    )


def proof(today: Problem, before: Schedule) -> str:
    """The least number of changes and when it was both reached and proved, or that it was not."""
    begin, known = time.process_time(), []

    def watch(progress: Progress) -> None:
        now = None if progress.score is None else progress.score.get(Term.CHANGES)
        if now is not None and now == progress.bounds.get(Term.CHANGES):
            known.append((now, time.process_time() - begin))

    result = solve(today, Limits(20, 2), clock=time.monotonic, previous=before, watch=watch)
    least = result.score[Term.CHANGES]
    when = next((seconds for changes, seconds in known if changes == least), time.process_time() - begin)
    return f"{least}, {when:.1f}" if Term.CHANGES in result.proved else "no"


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
