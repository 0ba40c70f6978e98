"""When somebody or something cannot be used: arrivals, departures, gaps of each day, and the programme they attend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import models
from app.events.slots import Hours, hours_of, minutes_of

END_OF_TIME = 10**6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The slots of an event, by id, with the hours that its people see on the clock."""

    hours: dict[int, Hours]
    moments: dict[int, tuple[datetime, datetime]]

    def slots_in(self, gaps: Iterable[Hours]) -> frozenset[int]:
        """Return the slots that any of these hours, of each day, meets."""
        wanted = list(gaps)
        return frozenset(slot for slot, hours in self.hours.items() if any(gap.meets(hours) for gap in wanted))

    def slots_during(self, starts_at: datetime, ends_at: datetime) -> frozenset[int]:
        """Return the slots that run at some moment between the two."""
        return frozenset(slot for slot, (since, until) in self.moments.items() if since < ends_at and starts_at < until)


def calendar_of(slots: Sequence[models.Slot], zone: ZoneInfo) -> Calendar:
    """Return the calendar of these slots."""
    moments = {slot.id: (slot.starts_at, slot.ends_at) for slot in slots}
    return Calendar({slot: hours_of(since, until, zone) for slot, (since, until) in moments.items()}, moments)


def gaps_of(intervals: models.Intervals) -> list[Hours]:
    """Return stored intervals as hours; one that ends before it starts goes on past midnight."""
    gaps = []
    for since, until in ((minutes_of(since), minutes_of(until)) for since, until in intervals):
        gaps += [Hours(since, until)] if since < until else [Hours(since, END_OF_TIME), Hours(0, until)]
    return gaps


def absences_of(delegate: models.Delegate) -> list[Hours]:
    """Return when a delegate is not there: before they arrive, after they leave, and in between."""
    gaps = gaps_of(delegate.unavailable)
    if delegate.arrives:
        gaps.append(Hours(0, minutes_of(delegate.arrives)))
    if delegate.leaves:
        gaps.append(Hours(minutes_of(delegate.leaves), END_OF_TIME))
    return gaps


def attends(item: models.ProgrammeItem, kind: str | None) -> bool:
    """Whether everybody of this kind attends an item of the programme."""
    wanted = {part.strip() for part in item.attendance.split(",")}
    return "all" in wanted or (kind is not None and kind in wanted)


def registered_items(event: models.Event) -> dict[int, frozenset[int]]:
    """Return for each delegate who registered the items of the programme that they registered for, by id."""
    found: dict[int, set[int]] = {}
    for item in event.programme:
        for row in item.registered:
            found.setdefault(row.delegate_id, set()).add(item.id)
    return {delegate: frozenset(items) for delegate, items in found.items()}
