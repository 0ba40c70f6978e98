"""Giving an event its shape: all that it is made of becomes what is wanted, and its slots follow from its sessions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Fault, Faulty, Invalid
from app.events.arranging import (
    Linguist,
    Place,
    arrange_interpreters,
    arrange_sessions,
    arrange_slots,
    arrange_tables,
)
from app.events.kinds import kinds_of
from app.events.policy import policy_of
from app.events.queries import stranded
from app.events.slots import LocalSession, NoSuchTime, SlotTime, first_overlap, slot_times
from app.languages import sentences

RULES = ("max_break_spread", "max_consecutive", "max_idle_slots")
REQUEST = "request"
"""The sheet of a fault that stands in a request; its cell is then a path in the body."""

STRANDED = (
    "Send the change again with ?force=true if it is meant: version {number} is published, and {count} of its meetings"
    " would be at a time, at a table or with an interpreter that the event no longer has. Their agendas stay as they"
    " are until another version is published."
)

Spot = tuple[str | None, str | None]
"""A sheet and a cell of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An event as it is wanted."""

    name: str
    venue: str | None
    time_zone: str
    meeting_minutes: int
    changeover_minutes: int
    languages: tuple[str, ...]
    kinds: Mapping[str, str]
    min_meetings: Mapping[str, int]
    max_meetings: int | None
    rules: Mapping[str, int]
    policy: Mapping[str, str | int | float]
    keeps_health_data: bool
    purge_after: int
    sessions: tuple[LocalSession, ...] = ()
    tables: tuple[Place, ...] = ()
    interpreters: tuple[Linguist, ...] = field(default=())


def found_event(session: Session, host_id: int, slug: str, wanted: Shape, now: datetime, lang: str) -> models.Event:
    """Create an event of a host. Raises Conflict when its slug is taken, Faulty with every fault of the shape."""
    taken = select(models.Event.id).where(models.Event.host_id == host_id, models.Event.slug == slug)
    if session.scalar(taken) is not None:
        raise Conflict("There is an event “{slug}” already; give the new one another name or slug.", slug=slug)
    event = models.Event(host_id=host_id, slug=slug, created_at=now)
    shape_event(session, event, wanted, lang)
    return event


def shape_event(session: Session, event: models.Event, wanted: Shape, lang: str, *, is_forced: bool = False) -> bool:
    """Make an event what is wanted; say whether anything changed. Raises Faulty, and then nothing is touched.

    Slots, tables and interpreters that a version was made with are withdrawn instead of deleted. Raises Conflict where
    that leaves meetings in force without theirs, if it is not forced.
    """
    slots, faults = _checked(wanted, lang)
    if faults:
        raise Faulty(sentences(lang).gettext("The event has faults; nothing was stored."), faults)
    before = stranded(session, event)
    is_changed = event.take(_facts(wanted))
    session.add(event)
    session.flush()
    is_changed |= arrange_sessions(session, event, wanted.sessions)
    is_changed |= arrange_slots(session, event, slots)
    is_changed |= arrange_tables(session, event, wanted.tables)
    is_changed |= arrange_interpreters(session, event, wanted.interpreters)
    session.flush()
    session.expire(event, ["sessions", "slots", "tables", "interpreters", "programme"])
    after = stranded(session, event)
    if after.count > before.count and not is_forced:
        more = {"version": after.number, "meetings": after.count}
        raise Conflict(STRANDED, more, number=after.number, count=after.count)
    return is_changed


def remove_event(session: Session, event: models.Event) -> None:
    """Delete an event: the database takes along everything that belongs to it."""
    session.execute(delete(models.Event).where(models.Event.id == event.id))


def _facts(wanted: Shape) -> dict[str, object]:
    return {
        "name": wanted.name,
        "venue": wanted.venue,
        "time_zone": wanted.time_zone,
        "meeting_minutes": wanted.meeting_minutes,
        "changeover_minutes": wanted.changeover_minutes,
        "languages": list(wanted.languages),
        "kinds": dict(wanted.kinds),
        "min_meetings": dict(wanted.min_meetings),
        "max_meetings": wanted.max_meetings,
        "rules": dict(wanted.rules),
        "policy": dict(wanted.policy),
        "keeps_health_data": wanted.keeps_health_data,
        "purge_after": wanted.purge_after,
    }


def known_sessions(event: models.Event) -> list[LocalSession]:
    """Return the sessions that an event has."""
    return [LocalSession(part.day, part.starts_at, part.ends_at) for part in event.sessions]


def _checked(wanted: Shape, lang: str) -> tuple[list[SlotTime], list[Fault]]:
    """Return the slots, and every fault with its path in the request."""
    _ = sentences(lang).gettext
    faults: list[Fault] = []
    zone = _zone(wanted.time_zone)
    if zone is None:
        text = _("There is no time zone {zone}.").format(zone=wanted.time_zone)
        expected = _("a time zone, such as Europe/Brussels")
        faults.append(Fault("unknown-zone", text, REQUEST, "time_zone", wanted.time_zone, expected))
    places = {part.label: (REQUEST, f"sessions.{number}") for number, part in enumerate(wanted.sessions)}
    slots, misfits = slots_of(
        wanted.sessions, zone or ZoneInfo("UTC"), wanted.meeting_minutes, wanted.changeover_minutes, places, lang
    )
    faults += misfits if zone else []
    faults += _twice("tables", (place.name for place in wanted.tables), lang)
    faults += _twice("interpreters", (one.name for one in wanted.interpreters), lang)
    faults += _twice("sessions", (part.label for part in wanted.sessions), lang)
    for kind in wanted.min_meetings:
        if kind not in kinds_of(wanted.kinds):
            text = _("“{kind}” is no kind of this event.").format(kind=kind)
            faults.append(
                Fault("unknown-kind", text, REQUEST, f"min_meetings.{kind}", kind, ", ".join(kinds_of(wanted.kinds)))
            )
    return slots, faults + policy_faults(wanted.policy, lang, (REQUEST, "policy"))


def policy_faults(policy: Mapping[str, str | int | float], lang: str, spot: Spot = (None, None)) -> list[Fault]:
    """Return what is wrong with a policy: it is looked at when it is written, not only when it is used."""
    try:
        policy_of(policy)
    except Invalid as wrong:
        return [Fault("wrong-policy", wrong.told(sentences(lang).gettext), *spot)]
    return []


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _twice(where: str, names: Iterable[str], lang: str) -> list[Fault]:
    _ = sentences(lang).gettext
    seen: dict[str, int] = {}
    faults = []
    for number, name in enumerate(names):
        if seen.setdefault(name, number) != number:
            text = _("“{name}” is there twice.").format(name=name)
            faults.append(Fault("twice", text, REQUEST, f"{where}.{number}", name, _("each name once")))
    return faults


def slots_of(
    sessions: Sequence[LocalSession],
    zone: ZoneInfo,
    minutes: int,
    changeover: int,
    places: Mapping[str, Spot],
    lang: str,
) -> tuple[list[SlotTime], list[Fault]]:
    """Return the slots of all sessions, and a fault for each that gives none or overlaps; `places` by label."""
    _ = sentences(lang).gettext
    expected = _("sessions one after the other, each long enough for a meeting")
    found: list[SlotTime] = []
    faults = []

    def add(code: str, text: str, label: str) -> None:
        sheet, cell = places.get(label, (None, None))
        faults.append(Fault(code, text, sheet, cell, expected=expected))

    for part in sorted(sessions, key=lambda part: (part.day, part.starts_at)):
        try:
            times = slot_times([part], zone, minutes, changeover)
        except NoSuchTime:
            text = _("The session {session} starts or ends in the hour that the clocks skip in {zone}.")
            add("no-such-time", text.format(session=part.label, zone=zone.key), part.label)
            continue
        if not times:
            text = _("The session {session} is shorter than a meeting of {minutes} minutes.")
            add("session-too-short", text.format(session=part.label, minutes=minutes), part.label)
        found += times
    overlap = first_overlap(sorted(found, key=lambda slot: slot.starts_at))
    if overlap:
        text = _("The sessions {one} and {two} overlap.").format(one=overlap[0].session, two=overlap[1].session)
        add("sessions-overlap", text, overlap[1].session)
    return found, faults
