"""What a delegate's page shows, in their words: plain frozen things for the template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from babel.dates import format_date

from app.agendas.agenda import Agenda, Entry, Item
from app.agendas.ical import Cancelled
from app.agendas.unmet import OwnUnmetWish
from app.agendas.wording import (
    clock,
    common_languages,
    country_name,
    day_text,
    interpreting_text,
    kind_name,
    language_names,
    table_text,
)
from app.languages import as_written


@dataclass(frozen=True, slots=True)
class Partner:
    """Who is met: organisation and person, and how they are reached where they let others know."""

    name: str
    place: str
    kind: str
    website: str | None
    person: str
    function: str | None
    email: str | None
    phone: str | None
    offers: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the agenda: a meeting, or an item of the programme (then there is no partner)."""

    key: str
    starts_at: datetime
    ends_at: datetime
    day: str
    begins: str
    ends: str
    title: str
    where: str
    partner: Partner | None = None
    languages: str = ""
    interpreter: str = ""
    online_link: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayRows:
    """What happens on a day."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """The ways by which the agenda gets into a calendar."""

    address: str
    webcal: str
    google: str
    outlook: str
    office: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All that a delegate's page shows. `changed` None: nothing is published yet."""

    event: str
    venue: str | None
    person: str
    organisation: str
    changed: str | None
    changed_at: datetime | None
    is_over: bool
    next: Row | None
    days: tuple[DayRows, ...]
    cancelled: tuple[Row, ...]
    unmet: tuple[OwnUnmetWish, ...]
    subscription: Subscription | None
    meeting_count: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a page is made of beside the agenda."""

    changed_at: datetime | None
    cancelled: tuple[Cancelled, ...] = ()
    unmet: tuple[OwnUnmetWish, ...] = ()
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    feed: str | None = None
    end: datetime | None = None


def page_of(agenda: Agenda, told: Told, lang: str, now: datetime) -> OwnPage:
    """Return what the page of a delegate shows at this moment."""
    shown = [_meeting_row(agenda, one, told, lang) for one in agenda.entries]
    shown += [_item_row(agenda, one, lang) for one in agenda.programme]
    rows = sorted(shown, key=lambda row: (row.starts_at, row.key))
    days = groupby(rows, key=lambda row: row.day)
    return OwnPage(
        event=agenda.happening.name,
        venue=agenda.happening.venue,
        person=agenda.person.name if agenda.person else "",
        organisation=agenda.party.name,
        changed=None if told.changed_at is None else _moment(told.changed_at, agenda, lang),
        changed_at=told.changed_at,
        is_over=told.end is not None and told.end <= now,
        next=next((row for row in rows if row.partner is not None and now < row.ends_at), None),
        days=tuple(DayRows(day, tuple(group)) for day, group in days),
        cancelled=tuple(_meeting_row(agenda, one.entry, told, lang) for one in told.cancelled),
        unmet=told.unmet,
        subscription=None if told.feed is None else subscription_of(told.feed, agenda.happening.name),
        meeting_count=len(agenda.entries),
    )


def subscription_of(address: str, name: str) -> Subscription:
    """Return the links by which calendars subscribe to a feed. Nothing is sent anywhere until one of them is used."""
    webcal = "webcal://" + address.partition("://")[2]
    outlook = f"/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(name, safe='')}"
    return Subscription(
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com{outlook}",
        office=f"https://outlook.office.com{outlook}",
    )


def _moment(moment: datetime, agenda: Agenda, lang: str) -> str:
    zone = agenda.happening.zone
    day = format_date(moment.astimezone(zone), "long", locale=as_written(lang))
    return f"{day}, {clock(moment, zone)}"


def _day(moment: datetime, agenda: Agenda, lang: str) -> str:
    return day_text(moment.astimezone(agenda.happening.zone).date(), lang)


def _meeting_row(agenda: Agenda, entry: Entry, told: Told, lang: str) -> Row:
    zone = agenda.happening.zone
    return Row(
        key=entry.uid,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        day=_day(entry.starts_at, agenda, lang),
        begins=clock(entry.starts_at, zone),
        ends=clock(entry.ends_at, zone),
        title=entry.partner.name,
        where=_joined((table_text(entry, lang), entry.hall)),
        partner=_partner(entry, lang),
        languages="" if entry.languages else language_names(common_languages(entry), lang),
        interpreter=interpreting_text(entry, lang),
        reasons=told.reasons.get(entry.uid, ()),
    )


def _item_row(agenda: Agenda, item: Item, lang: str) -> Row:
    zone = agenda.happening.zone
    return Row(
        key=item.uid,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        day=_day(item.starts_at, agenda, lang),
        begins=clock(item.starts_at, zone),
        ends=clock(item.ends_at, zone),
        title=item.title,
        where=item.room or "",
        online_link=web_address(item.online_link),
    )


def _partner(entry: Entry, lang: str) -> Partner:
    partner, person = entry.partner, entry.person
    return Partner(
        name=partner.name,
        place=_joined((partner.city, country_name(partner.country, lang))),
        kind=kind_name(partner.kind, lang),
        website=web_address(partner.website),
        person=person.name,
        function=person.function,
        email=person.email,
        phone=person.phone,
        offers=partner.offers,
        needs=partner.needs,
    )


def web_address(written: str | None) -> str | None:
    """Return an address that a browser may open, or nothing: `javascript:` and the like are none."""
    if not written:
        return None
    if written.lower().startswith(("http://", "https://")):
        return written
    return f"https://{written}" if written.lower().startswith("www.") else None


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)
