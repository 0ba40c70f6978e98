"""When each meeting is held: the hardest first, each in the slot that closes the least to others."""

from collections.abc import Iterable

from scheduler.numbering import NOWHERE, Numbered
from scheduler.occupancy import Occupancy
from scheduler.pools import positions


def place_all(occupancy: Occupancy, meetings: Iterable[int]) -> list[int]:
    """Gives slots to the meetings, the hardest first, and returns those that found none."""
    waiting = [m for m in meetings if occupancy.slot_of[m] == NOWHERE]
    waiting.sort(key=lambda m: _hardness(occupancy.numbers, m))
    return [m for m in waiting if not place_first(occupancy, m)]


def place_first(occupancy: Occupancy, meeting: int) -> bool:
    """Holds the meeting in the first slot in which it fits."""
    for slot in positions(occupancy.open_slots(meeting)):
        if occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
            return True
    return False


def _hardness(numbers: Numbered, meeting: int) -> tuple[bool, int, int]:
    """What must be held first, then what has little choice of slots for the many meetings of its sides."""
    a, b = numbers.sides[meeting]
    busiest = max(numbers.ceiling[a], numbers.ceiling[b])
    return meeting not in numbers.required, numbers.allowed[meeting].bit_count() - busiest, -numbers.value[meeting]
