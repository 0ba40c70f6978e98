"""The rules of comfort made true at the end: who waits too long gives meetings up, and what still fits is added."""

from collections.abc import Iterable, Sequence

from scheduler.chains.gaps import breaks, by_day, idle_slots
from scheduler.numbers.numbering import NOWHERE
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions
from scheduler.patience import Patience


def give_up_what_waits(occupancy: Occupancy) -> list[int]:
    """Removes meetings at the ends of the days of those who wait too long, the least valuable end first.

    Required meetings stay; where they alone break a rule it remains broken. Returns what was removed.
    """
    removed: list[int] = []
    while True:
        uneasy = _uneasy(occupancy)
        given_up = [_end_of_wait(occupancy, participant, day) for participant, day in uneasy]
        movable = [meeting for meeting in dict.fromkeys(given_up) if meeting is not None]
        if not movable:
            return removed
        for meeting in movable:
            occupancy.remove(meeting)
        removed += movable


def add_what_fits(occupancy: Occupancy, meetings: Iterable[int], patience: Patience) -> None:
    """Holds each of the meetings that find a slot in which nobody waits too long for them."""
    for meeting in meetings:
        if patience.is_over:
            return
        for slot in occupancy.fitting_slots(meeting) if occupancy.slot_of[meeting] == NOWHERE else ():
            occupancy.place(meeting, slot)
            if is_easy(occupancy, occupancy.numbers.sides[meeting]):
                break
            occupancy.remove(meeting)


def is_easy(occupancy: Occupancy, those: Sequence[int] | None = None) -> bool:
    """Whether the rules on waiting hold; only for `those` participants where the others do not matter to them."""
    return not _uneasy(occupancy, those)


def _uneasy(occupancy: Occupancy, those: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Participants and days with more idle slots than allowed, or with too many more breaks than somebody else."""
    numbers, rules = occupancy.numbers, occupancy.numbers.problem.rules
    if rules.max_idle_slots is None and rules.max_break_spread is None:
        return []
    everybody = range(numbers.participant_count)
    people = everybody if those is None or rules.max_break_spread is not None else those
    masks = {p: by_day(occupancy.busy[p], numbers.days) for p in people}
    found = []
    if rules.max_idle_slots is not None:
        most = rules.max_idle_slots
        found += [(p, d) for p, days in masks.items() for d, mask in enumerate(days) if idle_slots(mask) > most]
    if rules.max_break_spread is not None:
        counts = [sum(breaks(mask) for mask in days) for days in masks.values()]
        most = min(counts, default=0) + rules.max_break_spread
        found += [
            (p, d) for p, days in masks.items() if counts[p] > most for d, mask in enumerate(days) if breaks(mask)
        ]
    return found


def _end_of_wait(occupancy: Occupancy, participant: int, day: int) -> int | None:
    """The meeting to give up: of those in a day's first and last busy slot and their neighbours, the least valuable."""
    numbers = occupancy.numbers
    first, length = numbers.days[day]
    busy = positions(occupancy.busy[participant] >> first & ((1 << length) - 1))
    for slots in (busy[:1] + busy[-1:], busy[1:-1]):
        free = [m for at in slots for m in occupancy.users(participant, first + at) if m not in numbers.required]
        if free:
            return min(free, key=lambda m: (numbers.value[m], m))
    return None
