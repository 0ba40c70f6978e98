"""The rows of agendas and sheets: what is written in each column, in the reader's language."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from app.agendas.agenda import Agenda, Entry, Item, Party
from app.agendas.paper.codes import in_time_order
from app.agendas.wording import (
    clock,
    country_name,
    day_text,
    kind_name,
    language_names,
    origin_text,
    table_text,
)
from app.languages import sentences


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as its delegate reads it."""

    starts: str
    ends: str
    table: str
    partner: str
    place: str
    person: str
    language: str
    interpreter: str
    why: str
    kind: Literal["meeting"] = "meeting"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the programme."""

    starts: str
    ends: str
    title: str
    room: str
    kind: Literal["item"] = "item"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of an agenda; `heights` of its rows in millimetres, 0 where only the typesetter knows."""

    name: str
    rows: tuple[MeetingRow | ItemRow, ...]
    heights: tuple[float, ...] = ()


def days_of(agenda: Agenda, lang: str) -> tuple[Day, ...]:
    """Return meetings and programme, day by day."""
    zone = agenda.happening.zone
    days = groupby(in_time_order(agenda), key=lambda one: one.starts_at.astimezone(zone).date())
    return tuple(Day(day_text(day, lang), tuple(_row(one, zone, lang) for one in what)) for day, what in days)


def _row(one: Entry | Item, zone: ZoneInfo, lang: str) -> MeetingRow | ItemRow:
    starts, ends = clock(one.starts_at, zone), clock(one.ends_at, zone)
    if isinstance(one, Item):
        return ItemRow(starts, ends, one.title, ", ".join(part for part in (one.room, one.online_link) if part))
    return MeetingRow(
        starts,
        ends,
        short_table(one, lang),
        one.partner.name or "–",
        place_text(one.partner, lang),
        ", ".join(part for part in (one.person.name, one.person.function) if part),
        common_language(one, lang),
        interpreting_line(one, lang),
        origin_text(one.origin, lang),
    )


def short_table(entry: Entry, lang: str) -> str:
    """Return the table under a header that says `Table`: its number or name, or online."""
    return table_text(entry, lang) if entry.table is None else entry.table


def place_text(party: Party, lang: str) -> str:
    """Return what an organisation is and where it comes from."""
    return " · ".join(part for part in (kind_name(party.kind, lang), where_from(party, lang)) if part)


def where_from(party: Party, lang: str) -> str:
    """Return city and country, as far as known."""
    return ", ".join(part for part in (party.city, country_name(party.country, lang)) if part)


def common_language(entry: Entry, lang: str) -> str:
    """Return the language in which both speak, the first of one's own; the two of the interpreter where there is none.

    Nothing where nobody said what they speak.
    """
    if entry.languages is not None:
        return " – ".join(language_names((code,), lang) for code in entry.languages)
    common = [code for code in entry.own.languages if code in entry.person.languages]
    return language_names(common[:1], lang)


def interpreting_line(entry: Entry, lang: str) -> str:
    """Return that somebody interprets, and who; nothing where none is needed."""
    if entry.languages is None:
        return ""
    _ = sentences(lang).gettext
    return _("with {interpreter}").format(interpreter=entry.interpreter) if entry.interpreter else ""


def as_sorted(text: str) -> tuple[str, str]:
    """Return a key that sorts whatever case and accents; who has no name comes last."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return ("".join(letter for letter in plain if letter.isalnum() or letter == " ").strip() or "\uffff", text)
