"""Mending an earlier schedule: what still holds stays, and only the rest is made anew."""

from scheduler.numbering import Ids
from scheduler.occupancy import Occupancy
from scheduler.schedule import Schedule


def resume(occupancy: Occupancy, previous: Schedule) -> list[int]:
    """Holds every meeting of the earlier schedule that still can be where it was, and returns those that cannot."""
    ids, lost = Ids.of(occupancy.numbers.problem), []
    for row in previous.meetings:
        if row.id not in ids.meetings:
            continue
        meeting, slot = ids.meetings[row.id], ids.slots.get(row.slot)
        if slot is not None and occupancy.open_slots(meeting) >> slot & 1 and occupancy.fits(meeting, slot):
            occupancy.place(meeting, slot)
        else:
            lost.append(meeting)
    return lost
