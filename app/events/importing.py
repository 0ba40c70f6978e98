"""Storing what a workbook says of the event: created or brought up to date, never half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault
from app.events.arranging import (
    Item,
    Linguist,
    Place,
    arrange_interpreters,
    arrange_programme,
    arrange_sessions,
    arrange_slots,
    arrange_tables,
)
from app.events.queries import stranded
from app.events.shaping import RULES, known_sessions, policy_faults, slots_of
from app.events.slots import LocalSession, NoSuchTime, SlotTime, moment_of
from app.events.slug import slug_of
from app.languages import sentences
from importers import (
    IGNORED,
    Address,
    EventRow,
    InterpreterRow,
    ProgrammeRow,
    SessionRow,
    TableRow,
    fields_of_workbooks,
)

DEFAULT_ZONE = "Europe/Paris"
FIELDS = (*sorted(fields_of_workbooks()), IGNORED)
"""What a header can be settled to; the last leaves its column out."""


@dataclass(frozen=True, slots=True)
class EventStored:
    """The event after an import, None where nothing could be made of it, and what is wrong with it."""

    event: models.Event | None
    faults: tuple[Fault, ...] = ()
    is_created: bool = False
    is_changed: bool = False


def find_event(session: Session, host: models.Host, name: str | None) -> models.Event | None:
    """Return the host's event of that name; without a name, the only one there is."""
    events = select(models.Event).where(models.Event.host_id == host.id)
    if name is not None:
        return session.scalar(events.where(models.Event.slug == slug_of(name)))
    found = session.scalars(events.limit(2)).all()
    return found[0] if len(found) == 1 else None


def store_event(
    session: Session, host: models.Host, row: EventRow, known: models.Event | None, now: datetime, lang: str
) -> EventStored:
    """Create or update the event. What the row does not say stays as it is; with an error nothing is touched."""
    facts, faults = _facts(row, known, lang)
    zone = _zone(facts, faults, lang)
    slots = _slots(row, known, facts, zone, faults, lang)
    items = _programme(row, zone, faults, lang)
    faults += _unknown_rules(row, lang) + policy_faults(row.policy, lang)
    if any(not fault.is_warning for fault in faults):
        return EventStored(known, tuple(_with_place(fault, lang) for fault in faults))
    before = 0 if known is None else stranded(session, known).count
    event = known or models.Event(host_id=host.id, slug=slug_of(str(facts["name"])), created_at=now)
    is_changed = event.take(facts)
    if known is None:
        session.add(event)
    session.flush()
    if row.sessions:
        is_changed |= arrange_sessions(session, event, [_session_of(part) for part in row.sessions])
    is_changed |= arrange_slots(session, event, slots)
    if row.tables:
        is_changed |= arrange_tables(session, event, [_place_of(table) for table in row.tables])
    if row.interpreters:
        is_changed |= arrange_interpreters(session, event, [_linguist_of(person) for person in row.interpreters])
    if row.programme:
        is_changed |= arrange_programme(session, event, items, now)
    session.flush()
    session.expire(event, ["sessions", "slots", "tables", "interpreters", "programme"])
    faults += _newly_stranded(session, event, before, lang)
    return EventStored(event, tuple(faults), known is None, is_changed)


def _newly_stranded(session: Session, event: models.Event, before: int, lang: str) -> list[Fault]:
    _ = sentences(lang).gettext
    after = stranded(session, event)
    if after.count <= before:
        return []
    text = _(
        "Version {number} is published, and {count} of its meetings are now at a time, at a table or with an"
        " interpreter that the event no longer has. Their agendas stay as they are until another version is published."
    )
    expected = _("a new version, made and published")
    text = text.format(count=after.count, number=after.number)
    return [_fault("published-meetings", text, expected, is_warning=True)]


def _facts(row: EventRow, known: models.Event | None, lang: str) -> tuple[dict[str, object], list[Fault]]:
    _ = sentences(lang).gettext
    stated: dict[str, object] = {
        "name": row.name,
        "venue": row.venue,
        "time_zone": row.time_zone,
        "meeting_minutes": row.meeting_minutes,
        "changeover_minutes": row.changeover_minutes,
        "languages": list(row.languages) or None,
        "min_meetings": dict(row.min_meetings) or None,
        "max_meetings": row.max_meetings,
        "rules": {name: value for name, value in row.rules.items() if name in RULES} or None,
        "policy": dict(row.policy) or None,
    }
    before: dict[str, object] = {name: getattr(known, name) for name in stated} if known else {}
    defaults: dict[str, object] = {
        "changeover_minutes": 0, "languages": [], "min_meetings": {}, "rules": {}, "policy": {},
    }  # fmt: skip
    facts = {
        name: next((value for value in (said, before.get(name), defaults.get(name)) if value is not None), None)
        for name, said in stated.items()
    }
    faults = []
    if not facts["name"]:
        faults.append(_fault("event-without-name", _("The event has no name."), _("a name")))
    if not facts["meeting_minutes"]:
        expected = _("the minutes of a meeting, such as 12")
        faults.append(_fault("event-without-minutes", _("Nothing says how long a meeting is."), expected))
    if not row.tables and not (known and known.tables):
        faults.append(_fault("event-without-tables", _("Nothing says how many tables there are."), _("a number")))
    if not row.sessions and not (known and known.sessions):
        expected = _("a session with its day, start and end")
        faults.append(_fault("event-without-sessions", _("Nothing says when meetings are held."), expected))
    return facts, faults


def _zone(facts: dict[str, object], faults: list[Fault], lang: str) -> ZoneInfo:
    _ = sentences(lang).gettext
    if not facts["time_zone"]:
        facts["time_zone"] = DEFAULT_ZONE
        text = _("The event does not say its time zone; {zone} is taken.").format(zone=DEFAULT_ZONE)
        faults.append(_fault("event-without-zone", text, _("a time zone, such as Europe/Brussels"), is_warning=True))
    try:
        return ZoneInfo(str(facts["time_zone"]))
    except (ZoneInfoNotFoundError, ValueError):
        text = _("There is no time zone {zone}.").format(zone=facts["time_zone"])
        faults.append(_fault("unknown-zone", text, _("a time zone, such as Europe/Brussels")))
        return ZoneInfo(DEFAULT_ZONE)


def _slots(
    row: EventRow,
    known: models.Event | None,
    facts: Mapping[str, object],
    zone: ZoneInfo,
    faults: list[Fault],
    lang: str,
) -> list[SlotTime]:
    """Return all slots of the event; where they cannot be computed there is a fault."""
    minutes, changeover = facts["meeting_minutes"], facts["changeover_minutes"]
    if not isinstance(minutes, int) or not isinstance(changeover, int):
        return []
    sessions = [_session_of(part) for part in row.sessions] or (known_sessions(known) if known else [])
    places = {_session_of(part).label: (part.address.sheet, part.address.cell) for part in row.sessions if part.address}
    times, found = slots_of(sessions, zone, minutes, changeover, places, lang)
    faults += found
    return times


def _session_of(row: SessionRow) -> LocalSession:
    return LocalSession(row.day, row.start, row.end)


def _place_of(row: TableRow) -> Place:
    return Place(row.name, row.hall, gaps_of(row.unavailable))


def _linguist_of(row: InterpreterRow) -> Linguist:
    return Linguist(row.name, row.languages, gaps_of(row.unavailable))


def gaps_of(intervals: Iterable[tuple[time, time]]) -> tuple[tuple[str, str], ...]:
    """Return intervals of local time as they are stored."""
    return tuple((f"{since:%H:%M}", f"{until:%H:%M}") for since, until in intervals)


def _programme(row: EventRow, zone: ZoneInfo, faults: list[Fault], lang: str) -> list[Item]:
    _ = sentences(lang).gettext
    items = []
    for item in row.programme:
        try:
            starts_at = moment_of(item.day, item.start, zone)
            ends_at = moment_of(item.day, item.end, zone, after=starts_at)
        except NoSuchTime:
            text = _("“{title}” starts or ends in the hour that the clocks skip in {zone}.")
            text = text.format(title=item.title, zone=zone.key)
            faults.append(_fault("no-such-time", text, _("another time"), item.address))
            continue
        if ends_at <= starts_at:
            text = _("“{title}” ends before it starts.").format(title=item.title)
            faults.append(_fault("ends-before-start", text, _("an end after the start"), item.address))
        items.append(_item_of(item, starts_at, ends_at))
    return items


def _item_of(row: ProgrammeRow, starts_at: datetime, ends_at: datetime) -> Item:
    return Item(row.title, starts_at, ends_at, row.room, row.capacity, row.languages, row.attendance, row.online_link)


def _unknown_rules(row: EventRow, lang: str) -> list[Fault]:
    _ = sentences(lang).gettext
    text = _("There is no rule “{rule}”.")
    return [_fault("unknown-rule", text.format(rule=rule), ", ".join(RULES)) for rule in row.rules if rule not in RULES]


def _fault(
    code: str, message: str, expected: str, address: Address | None = None, *, is_warning: bool = False
) -> Fault:
    sheet, cell = (address.sheet, address.cell) if address else (None, None)
    return Fault(code, message, sheet, cell, expected=expected, is_warning=is_warning)


def _with_place(fault: Fault, lang: str) -> Fault:
    """The fault with its address before the sentence, where it has one."""
    if fault.sheet is None:
        return fault
    _ = sentences(lang).gettext
    where = ", ".join(filter(None, (fault.sheet, fault.cell)))
    return replace(fault, message=_("{where}: {message}").format(where=where, message=fault.message))
