"""An agenda as a calendar (RFC 5545 and 7986): the same bytes until something in it changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from app.agendas.agenda import Agenda, Entry, Item
from app.agendas.wording import country_name, interpreting_text, origin_text, table_text
from app.agendas.zones import timezone_of
from app.languages import sentences

PRODUCT = "-//Ronde//Agenda//EN"
REFRESHED = timedelta(minutes=15)


def calendar_of(agenda: Agenda, lang: str) -> bytes:
    """Return the calendar of a delegate or an organisation; one without any meeting is a calendar too."""
    calendar = Calendar()
    zone = agenda.happening.zone
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = _plain(f"{agenda.happening.name} · {agenda.title}")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    happenings: list[Entry | Item] = [*agenda.programme, *agenda.entries]
    what = sorted(happenings, key=lambda one: one.starts_at)
    days = [one.starts_at.astimezone(zone).date() for one in what]
    if days and zone.key != "UTC":
        calendar.add_component(timezone_of(zone, min(days), max(days)))
    for one in what:
        calendar.add_component(_meeting(agenda, one, lang) if isinstance(one, Entry) else _item(agenda, one))
    written: bytes = calendar.to_ical()
    return written


def _meeting(agenda: Agenda, entry: Entry, lang: str) -> Event:
    event = _event(entry, agenda.happening.zone)
    where = table_text(entry, lang)
    event.add("summary", _plain(f"{entry.partner.name} · {where}"))
    event.add("location", _plain(", ".join(part for part in (where, entry.hall, agenda.happening.venue) if part)))
    event.add("description", _plain("\n".join(_description(agenda, entry, lang))))
    return event


def _description(agenda: Agenda, entry: Entry, lang: str) -> list[str]:
    _ = sentences(lang).gettext
    partner, person = entry.partner, entry.person
    place = ", ".join(part for part in (partner.city, country_name(partner.country, lang)) if part)
    contact = [part for part in (person.name, person.function, person.email, person.phone) if part]
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
    lines.append(_("Why: {reason}").format(reason=origin_text(entry.origin, lang)))
    return lines


def _item(agenda: Agenda, item: Item) -> Event:
    event = _event(item, agenda.happening.zone)
    event.add("summary", _plain(item.title))
    event.add("location", _plain(", ".join(part for part in (item.room, agenda.happening.venue) if part)))
    if item.online_link:
        event.add("description", _plain(item.online_link))
    return event


def _event(entry: Entry | Item, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", _local(entry.starts_at, zone))
    event.add("dtend", _local(entry.ends_at, zone))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as the event's clocks show it; in the hour that comes twice only UTC says which one is meant."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold or zone.key == "UTC" else local


def _plain(text: str) -> str:
    """Text without control characters, which calendars may not hold, but for the ends of lines."""
    return "".join(letter for letter in text if letter == "\n" or (ord(letter) >= 32 and ord(letter) != 127))
