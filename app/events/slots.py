"""The slots of an event: sessions in local time become moments, also on the days when the clock changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class LocalSession:
    """A part of a day in which meetings are held, as the organiser wrote it."""

    day: date
    starts_at: time
    ends_at: time

    @property
    def label(self) -> str:
        return f"{self.day.isoformat()} {self.starts_at:%H:%M}"


@dataclass(frozen=True, slots=True)
class SlotTime:
    """When a slot is: the start as a moment in UTC, the day on which its people see it."""

    starts_at: datetime
    minutes: int
    day: date
    session: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class NoSuchTime(ValueError):  # noqa: N818  it is no error of ours
    """A local time that the clocks skip on that day."""


def moment_of(day: date, local: time, zone: ZoneInfo, after: datetime | None = None) -> datetime:
    """Return the moment at which clocks in `zone` show `local` on `day`, the first one later than `after`.

    In autumn an hour comes twice; the first counts, unless it is not later than `after`. In spring one is
    skipped: raises NoSuchTime.
    """
    shown = datetime.combine(day, local)
    for fold in (0, 1):
        moment = shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != shown:
            raise NoSuchTime(f"{shown:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks are put forward.")
        if after is None or moment > after:
            return moment
    return shown.replace(tzinfo=zone, fold=1).astimezone(UTC)


def slot_times(
    sessions: Iterable[LocalSession], zone: ZoneInfo, meeting_minutes: int, changeover_minutes: int
) -> list[SlotTime]:
    """Return all slots in time order: as many meetings as fit into each session, one changeover after each."""
    length, step = timedelta(minutes=meeting_minutes), timedelta(minutes=meeting_minutes + changeover_minutes)
    found = []
    for session in sessions:
        start = moment_of(session.day, session.starts_at, zone)
        end = moment_of(session.day, session.ends_at, zone, after=start)
        while start + length <= end:
            day = start.astimezone(zone).date()
            found.append(SlotTime(start, meeting_minutes, day, session.label))
            start += step
    return sorted(found, key=lambda slot: slot.starts_at)


def first_overlap(slots: Sequence[SlotTime]) -> tuple[SlotTime, SlotTime] | None:
    """Return two neighbours of which the second starts before the first ends, or None."""
    return next(((one, two) for one, two in pairwise(slots) if two.starts_at < one.ends_at), None)


@dataclass(frozen=True, slots=True)
class Hours:
    """From … to, in minutes of the local day, `until` after `since`."""

    since: int
    until: int

    def meets(self, other: "Hours") -> bool:
        return self.since < other.until and other.since < self.until


def minutes_of(clock: str) -> int:
    """Return the minutes of the day that `HH:MM` shows."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def hours_of(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Hours:
    """Return what the clocks show from a start to an end; past midnight they go on counting."""
    local = starts_at.astimezone(zone)
    since = local.hour * 60 + local.minute
    return Hours(since, since + int((ends_at - starts_at).total_seconds() // 60))
