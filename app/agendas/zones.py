"""A time zone as calendars want it: a VTIMEZONE with rules, which Outlook reads as others do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vUTCOffset

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEARS_LOOKED_AT = 4


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change: at this local time before it, from one offset to another."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def is_in_last_week(self) -> bool:
        return (self.local + timedelta(days=7)).month != self.local.month

    @property
    def week(self) -> int:
        return (self.local.day - 1) // 7 + 1


def timezone_of(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Return the VTIMEZONE that is right from a year before `first` until at least `last`, and for as long as
    the rules stay.

    A zone whose clocks change by no yearly rule (Africa/Casablanca) gets one block for each change.
    """
    return _timezone_over(zone, first.year, last.year)


@cache
def _timezone_over(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    found = Timezone()
    found.add("tzid", zone.key)
    begin = date(first_year - 1, 1, 1)
    changes = _changes(zone, begin, date(max(begin.year + YEARS_LOOKED_AT, last_year + 1), 1, 1))
    rules = _by_rule(changes)
    if rules is None:
        _add_block(found, _state(zone, begin), None)
        for change in changes:
            _add_block(found, change, None)
        return found
    for change, rule in rules or [(_state(zone, begin), None)]:
        _add_block(found, change, rule)
    return found


def _by_rule(changes: Sequence[Change]) -> list[tuple[Change, str | None]] | None:
    """Return the first change of each kind with the yearly rule that all of its kind follow; None if one does not."""
    rules: list[tuple[Change, str | None]] = []
    for is_summer in (False, True):
        same = [change for change in changes if change.is_summer == is_summer]
        if not same:
            continue
        days = {(change.local.month, change.local.weekday(), change.local.time()) for change in same}
        years = [change.local.year for change in same]
        if len(days) > 1 or len(set(years)) < len(years) or len(same) < YEARS_LOOKED_AT:
            return None
        month, weekday, _ = days.pop()
        if all(change.is_in_last_week for change in same):
            week = -1
        elif len({change.week for change in same}) == 1:
            week = same[0].week
        else:
            return None
        rules.append((same[0], f"FREQ=YEARLY;BYMONTH={month};BYDAY={week}{WEEKDAYS[weekday]}"))
    return rules


def _changes(zone: ZoneInfo, since: date, until: date) -> list[Change]:
    """Return every change of the clocks between two days."""
    found = []
    moment = datetime(since.year, since.month, since.day, tzinfo=UTC)
    end = datetime(until.year, until.month, until.day, tzinfo=UTC)
    while moment < end:
        later = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, later):
            found.append(_change_at(zone, _first_after(zone, moment, later)))
        moment = later
    return found


def _first_after(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(zone, before)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle <= before:
            break
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _change_at(zone: ZoneInfo, moment: datetime) -> Change:
    before, after = _offset(zone, moment - timedelta(minutes=1)), _offset(zone, moment)
    local = (moment + before).replace(tzinfo=None)
    return Change(local, before, after, moment.astimezone(zone).tzname() or zone.key, after > before)


def _state(zone: ZoneInfo, day: date) -> Change:
    """How the clocks stand on a day, as if they had been changed to it then."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    offset = _offset(zone, moment)
    name = moment.astimezone(zone).tzname() or zone.key
    return Change(datetime(1970, 1, 1), offset, offset, name, is_summer=False)  # noqa: DTZ001  local time is meant


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _add_block(zone: Timezone, change: Change, rule: str | None) -> None:
    block = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    block.add("dtstart", change.local)
    block.add("tzoffsetfrom", vUTCOffset(change.before))
    block.add("tzoffsetto", vUTCOffset(change.after))
    block.add("tzname", change.name)
    if rule:
        block.add("rrule", vRecur.from_ical(rule))
    zone.add_component(block)
