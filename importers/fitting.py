"""Whether what is said of an event fits together: sessions one after the other, long enough, at times that exist."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from importers.faults import Faults
from importers.rows import Address, EventRow, ProgrammeRow, SessionRow


def say_misfits(event: EventRow, faults: Faults) -> None:
    """Say what cannot be held as it is written. Without a time zone or the minutes of a meeting less is known."""
    _say_skipped(event, faults)
    if event.meeting_minutes is None:
        return
    length = timedelta(minutes=event.meeting_minutes)
    step = length + timedelta(minutes=event.changeover_minutes or 0)
    for session in event.sessions:
        if _length(session) < length:
            _say(faults, "session-too-short", session.address, _shown(session), minutes=str(event.meeting_minutes))
    for one, two in pairwise(_in_order(event.sessions)):
        meetings = (_length(one) - length) // step + 1
        last_end = _moment(one.day, one.start) + max(0, meetings - 1) * step + length
        if meetings > 0 and _moment(two.day, two.start) < last_end:
            _say(faults, "sessions-overlap", two.address, _shown(two), other=_where(one.address))


def _say_skipped(event: EventRow, faults: Faults) -> None:
    """In spring the clocks are put forward: the times between do not exist on that day."""
    if event.time_zone is None:
        return
    zone = ZoneInfo(event.time_zone)
    parts: tuple[SessionRow | ProgrammeRow, ...] = (*event.sessions, *event.programme)
    for part in parts:
        if not all(_exists(_moment(part.day, local), zone) for local in (part.start, part.end)):
            _say(faults, "no-such-time", part.address, _shown(part), zone=event.time_zone)


def _exists(shown: datetime, zone: ZoneInfo) -> bool:
    utc = ZoneInfo("UTC")
    return shown.replace(tzinfo=zone).astimezone(utc).astimezone(zone).replace(tzinfo=None) == shown


def _in_order(sessions: Iterable[SessionRow]) -> Sequence[SessionRow]:
    return sorted(sessions, key=lambda each: (each.day, each.start))


def _moment(day: date, local: time) -> datetime:
    return datetime.combine(day, local)


def _length(session: SessionRow) -> timedelta:
    return _moment(session.day, session.end) - _moment(session.day, session.start)


def _shown(part: SessionRow | ProgrammeRow) -> str:
    return f"{part.day} {part.start:%H:%M}-{part.end:%H:%M}"


def _where(address: Address | None) -> str:
    return ", ".join(filter(None, (address.sheet, address.cell))) if address else ""


def _say(faults: Faults, code: str, address: Address | None, read: str, **parameters: str) -> None:
    if address:
        faults.add(code, sheet=address.sheet, cell=address.cell, read=read, parameters=parameters)
