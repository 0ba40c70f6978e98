"""Conventions with meetings that cannot all be held: what is said of them, and how soon.

`python -m benchmarks.impossible L XL` prints one row for each size and way of being impossible.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

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
    solve,
)

FORMAT = "{:<4}{:<18}{:>12}{:>8}{:>9}{:>8}  {}"
HEAD = ("", "impossible", "", "minimal", "rules", "wall s", "in words")
LIMITS = Limits(seconds=30, workers=1)


def _more_than_slots(problem: Problem) -> Problem:
    """Whoever is wanted most has to be met by everybody who wants it."""
    most = Counter(side for one in problem.meetings for side in one.between).most_common(1)[0][0]
    return _requiring(problem, lambda one: most in one.between)


def _more_than_tables(problem: Problem) -> Problem:
    return _requiring(problem, lambda _: True)


def _twelve_in_eight(problem: Problem) -> Problem:
    """One participant, and twelve meetings of theirs that may be held in the last eight slots alone."""
    one, late = problem.participants[0], frozenset(slot.id for slot in problem.slots[-8:])
    mine = [meeting.id for meeting in problem.meetings if one.id in meeting.between][:12]
    held = _requiring(problem, lambda meeting: meeting.id in mine)
    always = replace(one, delegates=tuple(replace(d, unavailable=frozenset()) for d in one.delegates[:1]))
    return replace(
        held,
        participants=(always, *problem.participants[1:]),
        meetings=tuple(replace(meeting, slots=late) if meeting.id in mine else meeting for meeting in held.meetings),
    )


def _all_at_nine(problem: Problem) -> Problem:
    """Pairs who all meet in the first slot, one more than there are tables; without homes, which would be too few."""
    first, wanted = problem.slots[0].id, len(problem.tables) + 1
    free = [one.id for one in problem.participants if any(first not in d.unavailable for d in one.delegates)]
    pairs = list(zip(free[::2], free[1::2], strict=False))[:wanted]
    plenty = [Candidate(MeetingId(f"nine {k}"), pair, required=True, fixed_slot=first) for k, pair in enumerate(pairs)]
    tables = problem.tables[: len(plenty) - 1]
    return replace(problem, tables=tables, participants=_without_homes(problem), meetings=(*problem.meetings, *plenty))


def _without_homes(problem: Problem) -> tuple[Participant, ...]:
    return tuple(replace(one, home_tables=()) for one in problem.participants)


def _three_in_two(problem: Problem) -> Problem:
    """Three who have to meet each other in two slots: nothing that can be counted."""
    names, first = [ParticipantId(f"new {k}") for k in range(3)], frozenset(slot.id for slot in problem.slots[:2])
    people = tuple(Participant(name, (Delegate(DelegateId(f"{name}.1")),)) for name in names)
    pairs = [(names[0], names[1]), (names[1], names[2]), (names[0], names[2])]
    three = tuple(
        Candidate(MeetingId(f"of three {k}"), pair, required=True, slots=first) for k, pair in enumerate(pairs)
    )
    return replace(problem, participants=(*problem.participants, *people), meetings=(*problem.meetings, *three))


def _requiring(problem: Problem, is_required: Callable[[Candidate], bool]) -> Problem:
    return replace(problem, meetings=tuple(replace(one, required=is_required(one)) for one in problem.meetings))


WAYS = {
    "one agenda": _more_than_slots,
    "all tables": _more_than_tables,
    "twelve in eight": _twelve_in_eight,
    "all at nine": _all_at_nine,
    "three in two": _three_in_two,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L"], choices=SIZES)
    given = parser.parse_args()
    print(FORMAT.format(*HEAD))
    for size in given.sizes:
        whole = convention(SIZES[size], 1)
        for name, made in WAYS.items():
            problem = made(whole)
            begin = time.perf_counter()
            result = solve(problem, LIMITS, clock=time.monotonic)
            seconds, conflict = time.perf_counter() - begin, result.conflict
            told = (conflict.is_minimal, len(conflict.paths), conflict.text[:90]) if conflict else ("", "", "")
            print(
                FORMAT.format(size, name, result.status.value, str(told[0]), told[1], f"{seconds:.1f}", told[2]),
                flush=True,
            )


if __name__ == "__main__":
    main()
