"""An agenda as a calendar (RFC 5545, 5546, 7986): the same bytes until something in it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.agendas.agenda import Agenda, Entry, Item
from app.agendas.content import day_line, moment_line, text_line, uri_line, utc, written
from app.agendas.wording import (
    common_languages,
    country_name,
    interpreting_text,
    language_names,
    origin_text,
    table_text,
)
from app.agendas.zones import timezone_of
from app.languages import sentences

PRODUCT = "-//Ronde//Agenda//EN"
REFRESHED = "PT15M"
REMINDED = "-PT5M"
NOBODY = "no-reply@ronde.invalid"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A meeting that stood in what this reader was told before, as it stood there, and since when it does not."""

    entry: Entry
    since: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in the calendar of an event that is over, on its last day."""

    uid: str
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What a feed says beside the agenda.

    `page` is the address of the reader's page; with it the calendar names no e-mail address and no telephone number,
    for these stand there, and as of today. `sender` answers nobody. `reasons` to meet are sentences, by uid.
    """

    page: str | None = None
    sender: str = NOBODY
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cancelled: tuple[Cancelled, ...] = ()


ALONE = Beside()


def calendar_of(agenda: Agenda, lang: str, beside: Beside = ALONE) -> bytes:
    """Return the calendar of a delegate or an organisation; one without any meeting is a calendar too."""
    shown: list[Entry | Item | Cancelled] = [*agenda.programme, *agenda.entries, *beside.cancelled]
    lines = _head(agenda)
    lines += _zone_lines(agenda.happening.zone, [_entry(one).starts_at for one in shown])
    for one in sorted(shown, key=lambda one: (_entry(one).starts_at, _entry(one).uid)):
        match one:
            case Entry():
                lines += _meeting(agenda, one, lang, beside)
            case Cancelled():
                lines += _cancelled(agenda, one, lang, beside)
            case Item():
                lines += _item(agenda, one, beside)
    return written([*lines, "END:VCALENDAR"])


def calendar_afterwards(agenda: Agenda, lang: str, beside: Beside, notice: Notice) -> bytes:
    """Return the calendar of an event that is over: empty but for a notice, and what was cancelled at the end."""
    lines = _head(agenda)
    lines += _zone_lines(agenda.happening.zone, [one.entry.starts_at for one in beside.cancelled])
    for one in beside.cancelled:
        lines += _cancelled(agenda, one, lang, beside)
    return written([*lines, *_notice(agenda, lang, beside, notice), "END:VCALENDAR"])


def _entry(one: Entry | Item | Cancelled) -> Entry | Item:
    return one.entry if isinstance(one, Cancelled) else one


def _head(agenda: Agenda) -> list[str]:
    name = f"{agenda.happening.name} · {agenda.title}"
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        text_line("NAME", name),
        text_line("X-WR-CALNAME", name),
        text_line("X-WR-TIMEZONE", agenda.happening.zone.key),
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED}",
        f"X-PUBLISHED-TTL:{REFRESHED}",
    ]


def _zone_lines(zone: ZoneInfo, starts: Iterable[datetime]) -> list[str]:
    days = [start.astimezone(zone).date() for start in starts]
    return list(_zone_written(zone, min(days), max(days))) if days and zone.key != "UTC" else []


@lru_cache(maxsize=64)
def _zone_written(zone: ZoneInfo, first: date, last: date) -> tuple[str, ...]:
    block: bytes = timezone_of(zone, first, last).to_ical()
    return tuple(block.decode().rstrip("\r\n").split("\r\n"))


def _meeting(agenda: Agenda, entry: Entry, lang: str, beside: Beside) -> list[str]:
    where = table_text(entry, lang)
    summary = f"{entry.partner.name} · {where}"
    return [
        *_begun(entry, agenda, beside, entry.changed_at),
        text_line("SUMMARY", summary),
        text_line("LOCATION", _places(where, entry.hall, agenda.happening.venue)),
        text_line("DESCRIPTION", "\n".join(_description(agenda, entry, lang, beside))),
        *([uri_line("URL", beside.page)] if beside.page else []),
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        text_line("DESCRIPTION", summary),
        f"TRIGGER:{REMINDED}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _cancelled(agenda: Agenda, one: Cancelled, lang: str, beside: Beside) -> list[str]:
    _ = sentences(lang).gettext
    where = table_text(one.entry, lang)
    return [
        *_begun(one.entry, agenda, beside, one.since),
        text_line("SUMMARY", _("CANCELLED: {what}").format(what=one.entry.partner.name)),
        text_line("LOCATION", _places(where, one.entry.hall, agenda.happening.venue)),
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _item(agenda: Agenda, item: Item, beside: Beside) -> list[str]:
    return [
        *_begun(item, agenda, beside, item.changed_at),
        text_line("SUMMARY", item.title),
        text_line("LOCATION", _places(item.room, agenda.happening.venue)),
        *([text_line("DESCRIPTION", item.online_link)] if item.online_link else []),
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _notice(agenda: Agenda, lang: str, beside: Beside, notice: Notice) -> list[str]:
    _ = sentences(lang).gettext
    text = _("This calendar is empty now and ends soon; you can remove it.")
    return [
        "BEGIN:VEVENT",
        text_line("UID", notice.uid),
        "SEQUENCE:0",
        f"DTSTAMP:{utc(notice.since)}",
        f"LAST-MODIFIED:{utc(notice.since)}",
        day_line("DTSTART", notice.day),
        day_line("DTEND", notice.day + timedelta(days=1)),
        _organizer(agenda.happening.name, beside.sender),
        text_line("SUMMARY", _("{event} is over").format(event=agenda.happening.name)),
        text_line("DESCRIPTION", text),
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _begun(entry: Entry | Item, agenda: Agenda, beside: Beside, changed_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        text_line("UID", entry.uid),
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{utc(changed_at)}",
        f"LAST-MODIFIED:{utc(changed_at)}",
        moment_line("DTSTART", entry.starts_at, agenda.happening.zone),
        moment_line("DTEND", entry.ends_at, agenda.happening.zone),
        _organizer(agenda.happening.name, beside.sender),
    ]


@lru_cache(maxsize=64)
def _organizer(event: str, sender: str) -> str:
    return uri_line("ORGANIZER", f"mailto:{sender}", cn=event)


def _places(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _description(agenda: Agenda, entry: Entry, lang: str, beside: Beside) -> list[str]:
    _ = sentences(lang).gettext
    partner, person = entry.partner, entry.person
    place = ", ".join(part for part in (partner.city, country_name(partner.country, lang)) if part)
    reached = () if beside.page else (person.email, person.phone)
    contact = [part for part in (person.name, person.function, *reached) if part]
    lines = [f"{partner.name} ({place})" if place else partner.name]
    if contact:
        lines.append(_("You meet: {people}").format(people=", ".join(contact)))
    if agenda.person is None and entry.own.name:
        lines.append(_("From your side: {person}").format(person=entry.own.name))
    if partner.offers:
        lines.append(_("They offer: {texts}").format(texts="; ".join(partner.offers)))
    if partner.needs:
        lines.append(_("They need: {texts}").format(texts="; ".join(partner.needs)))
    if entry.languages:
        lines.append(_("Interpreter: {who}").format(who=interpreting_text(entry, lang)))
    elif common := common_languages(entry):
        lines.append(_("Language: {names}").format(names=language_names(common, lang)))
    reasons = beside.reasons.get(entry.uid) or (origin_text(entry.origin, lang),)
    if len(reasons) > 1:
        lines += [_("Why you meet"), *(f"– {reason}" for reason in reasons)]
    else:
        lines.append(_("Why: {reason}").format(reason=reasons[0]))
    if beside.page:
        lines.append(_("Your page, always up to date: {address}").format(address=beside.page))
    return lines
