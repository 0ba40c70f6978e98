"""When each meeting is held: the hardest first, each in the slot that closes the least to others."""

from collections.abc import Iterable

from scheduler.chains.gaps import WaitTable
from scheduler.numbers.numbering import NOWHERE, Numbered
from scheduler.numbers.occupancy import Occupancy
from scheduler.numbers.pools import positions
from scheduler.patience import Patience


def place_all(occupancy: Occupancy, meetings: Iterable[int], patience: Patience) -> list[int]:
    """Gives slots to the meetings, the hardest first, as long as there is time, and returns those that found none."""
    waiting = [m for m in meetings if occupancy.slot_of[m] == NOWHERE]
    waiting.sort(key=lambda m: _hardness(occupancy.numbers, m))
    waits = WaitTable(occupancy.numbers.days, 1, 1)
    for count, meeting in enumerate(waiting):
        if count % 256 == 0 and patience.is_over:
            break
        place_compactly(occupancy, meeting, waits)
    return [m for m in waiting if occupancy.slot_of[m] == NOWHERE]


def place_compactly(occupancy: Occupancy, meeting: int, waits: WaitTable) -> bool:
    """Holds the meeting beside other meetings of its two sides, where that makes them wait the least."""
    mine, theirs = (occupancy.busy[p] for p in occupancy.numbers.sides[meeting])
    open_slots = occupancy.open_slots(meeting)
    beside = (mine | theirs) << 1 | (mine | theirs) >> 1
    slots = positions(open_slots & beside) or positions(open_slots)
    slots.sort(key=lambda slot: waits.cost(mine | 1 << slot) + waits.cost(theirs | 1 << slot))
    for slot in slots:
        if occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
            return True
    return False


def _hardness(numbers: Numbered, meeting: int) -> tuple[bool, int, int]:
    """What must be held first, then what has little choice of slots for the many meetings of its sides."""
    a, b = numbers.sides[meeting]
    busiest = max(numbers.ceiling[a], numbers.ceiling[b])
    return meeting not in numbers.required, numbers.allowed[meeting].bit_count() - busiest, -numbers.value[meeting]
