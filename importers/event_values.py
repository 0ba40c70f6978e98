"""What the values of an event's settings mean: dates, sessions, tables, interpreters, items of the programme."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from importers.cells import Misread, parts_of, text_of, whole_number
from importers.kinds import kind_of
from importers.places import languages
from importers.rows import InterpreterRow, TableRow
from importers.sheets import Value, as_text
from importers.text import fold, one_line
from importers.times import dates_in, day_of, month_number, spans_of_time
from importers.words import listed

_LONGEST_RANGE_DAYS = 60
_MOST_TABLES = 10_000


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of time on a day; None where the day is not said."""

    day: date | None
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the programme as it is written in one cell or row."""

    title: str
    hours: Hours
    room: str | None = None
    capacity: int | None = None
    languages: tuple[str, ...] = ()
    attendance: str = "registration"
    online_link: str | None = None


def in_one_text(values: tuple[Value, ...]) -> Value:
    """Several cells of a setting as one text; two times side by side are a span."""
    if len(values) == 1:
        return values[0]
    if len(values) >= 2 and all(isinstance(value, time | timedelta) for value in values[-2:]):
        span = f"{as_text(values[-2])}-{as_text(values[-1])}"
        return " ".join([*map(as_text, values[:-2]), span])
    return " ; ".join(map(as_text, values))


_SHARED_MONTH = re.compile(
    r"(\d{1,2})\.?\s*(?:et|und|and|y|e|en|&|,|-|–|au|bis|to|al|tot)\s*(\d{1,2})\.?\s*(?:de\s+)?([^\W\d_]{3,})\s*(?:de\s+)?(\d{4})"
)
_THROUGH = re.compile(r"^\s*(?:-|–|—|au|bis(?: zum)?|to|until|al|hasta|tot(?: en met)?|jusqu['’]au)\s*$", re.IGNORECASE)


def days(value: Value) -> tuple[date, ...] | Misread | None:
    """All dates in a cell: one, several, or `4 au 6 juin 2019`."""
    text = as_text(value)
    shared = _SHARED_MONTH.search(text)
    single = day_of(value)
    if not shared and not isinstance(single, Misread):
        return None if single is None else (single,)
    if shared and (month := month_number(shared[3])):
        return _month_days(shared, month)
    found = dates_in(text)
    if len(found) == 2 and _THROUGH.match(text[found[0][2] : found[1][1]]):
        return _between(found[0][0], found[1][0])
    return tuple(day for day, _, _ in found) or Misread("not-a-date", text)


def _month_days(found: re.Match[str], month: int) -> tuple[date, ...] | Misread:
    try:
        first, last = (date(int(found[4]), month, int(found[place])) for place in (1, 2))
    except ValueError:
        return Misread("not-a-date", found[0])
    return _between(first, last)


def _between(first: date, last: date) -> tuple[date, ...]:
    count = min((last - first).days, _LONGEST_RANGE_DAYS)
    return tuple(first + timedelta(days=number) for number in range(count + 1))


def hours(value: Value) -> tuple[Hours, ...] | Misread | None:
    """`14:30-17:30`, `6 juin 2019 14h30-17h30`, or several of them with semicolons or line breaks."""
    text = text_of(value)
    if text is None:
        return None
    if not isinstance(value, str):
        return Misread("not-a-time-range", text)
    found: list[Hours] = []
    for piece in parts_of(text):
        known = dates_in(piece)
        rest = piece[: known[0][1]] + " " + piece[known[0][2] :] if known else piece
        spans = spans_of_time(_without_weekday(rest))
        if isinstance(spans, Misread):
            return Misread(spans.code, text)
        found += [Hours(known[0][0] if known else None, start, end) for start, end in spans]
    return tuple(found)


def _without_weekday(text: str) -> str:
    return " ".join(word for word in text.split() if fold(word) not in listed("weekdays")).strip(" ,;:")


def minutes(value: Value) -> int | Misread | None:
    """A number of minutes, also as a time cell (00:12)."""
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    return whole_number(value)


def tables(value: Value) -> tuple[TableRow, ...] | Misread | None:
    """A number of tables, a range of numbers, or their names."""
    number = whole_number(value, least=1)
    if isinstance(number, int):
        if number > _MOST_TABLES:
            return Misread("not-a-number", as_text(value), parameters={"least": "1"})
        return tuple(TableRow(str(each)) for each in range(1, number + 1))
    text = text_of(value)
    if text is None:
        return None
    through = re.fullmatch(r"\D*(\d{1,4})\s*(?:-|–|à|a|bis|to|tot|al)\s*(\d{1,4})\D*", text)
    if through and int(through[1]) <= int(through[2]):
        return tuple(TableRow(str(each)) for each in range(int(through[1]), int(through[2]) + 1))
    names = parts_of(text, r"[,;\n]")
    if len(names) > 1 and isinstance(number, Misread) and not re.search(r"[-−]\d", text):
        return tuple(TableRow(name) for name in dict.fromkeys(names))
    return number


def interpreters(value: Value) -> tuple[InterpreterRow, ...] | Misread | None:
    """`Claire Antoine (FR/DE), Uwe Brandt (FR/DE)`: names with their languages in brackets or after a colon."""
    text = text_of(value)
    if text is None:
        return None
    found = []
    for piece in parts_of(text, r"[,;\n]" if "(" in text else r"[;\n]"):
        parts = re.fullmatch(r"(.+?)\s*[(\[:–]\s*(.+?)[)\]]?", piece)
        spoken = languages(parts[2]) if parts else ()
        if parts is None or isinstance(spoken, Misread) or len(spoken) < 2:
            return Misread("not-an-interpreter", piece)
        found.append(InterpreterRow(one_line(parts[1]), spoken))
    return tuple(found)


@cache
def _zones() -> dict[str, str]:
    return {
        name.casefold(): name for name in available_timezones() if "/" in name or name in {"UTC", "CET", "WET", "EET"}
    }


def time_zone(value: Value) -> str | Misread | None:
    """A name of the tz database; a city alone where only one zone has it."""
    text = text_of(value)
    if text is None:
        return None
    name = re.sub(r"\([^)]*\)", "", text).strip().replace(" ", "_").casefold()
    if name in _zones():
        return _zones()[name]
    cities = [zone for zone in _zones().values() if fold(zone.rpartition("/")[2]) == fold(text)]
    if len(cities) == 1:
        return cities[0]
    near = process.extract(name, _zones().keys(), scorer=fuzz.ratio, limit=3, score_cutoff=70)
    return Misread("unknown-time-zone", text, tuple(_zones()[found] for found, _, _ in near))


def item(value: Value) -> Item | Misread | None:
    """`Table ronde ; 13h30-14h30 ; Grande salle ; tous`: a title and a span of time, the rest as far as it is there."""
    text = text_of(value)
    if text is None:
        return None
    if not isinstance(value, str):
        return Misread("not-an-item", text)
    pieces = parts_of(text, r"[;|\n]")
    when = next((place for place, piece in enumerate(pieces) if _span_in(piece)), None)
    if when is None:
        return Misread("not-an-item", text)
    span, rest = _span_in(pieces[when]) or (None, "")
    others = [*pieces[:when], *([rest] if rest else []), *pieces[when + 1 :]]
    if span is None or not others:
        return Misread("not-an-item", text)
    return _item_of(others[0], span, others[1:])


_SPAN_TEXT = re.compile(
    r"(?:de\s|von\s|from\s|van\s|dalle\s)?\b\d{1,2}\s*(?:[:.h]\s*\d{2}|h|uhr|u)?\s*(?:h|uhr|uur)?\s*(?:-|–|—|à|a|bis|to|tot|alle)\s*"
    r"\d{1,2}\s*(?:[:.hu]\s*\d{2}|h|uhr|u)?\s*(?:h\b|uhr|uur)?",
    re.IGNORECASE,
)


def _span_in(piece: str) -> tuple[Hours, str] | None:
    """The hours in a piece of text, and the text without them."""
    known = dates_in(piece)
    rest = f"{piece[: known[0][1]]} {piece[known[0][2] :]}" if known else piece
    found = _SPAN_TEXT.search(rest)
    spans = spans_of_time(found[0]) if found else ()
    if found is None or isinstance(spans, Misread) or len(spans) != 1:
        return None
    left = f"{rest[: found.start()]} {rest[found.end() :]}"
    return Hours(known[0][0] if known else None, *spans[0]), _without_weekday(left).strip(" -–—,:()")


def _item_of(title: str, span: Hours, others: list[str]) -> Item:
    room: str | None = None
    capacity: int | None = None
    spoken: tuple[str, ...] = ()
    who: str | None = None
    link: str | None = None
    for piece in others:
        said = attendance(piece)
        seats = re.fullmatch(
            r"\D{0,12}(\d{1,6})\s*(?:places?|pl[äa]tze|personnes|personen|seats|pers\.?|plazas|plaatsen|posti)\b.*",
            piece,
        )
        tongues = languages(piece)
        if re.match(r"https?://", piece):
            link = piece
        elif said:
            who = said
        elif seats:
            capacity = int(seats[1])
        elif not isinstance(tongues, Misread) and tongues:
            spoken = tongues
        else:
            room = f"{room}, {piece}" if room else piece
    return Item(one_line(title), span, room, capacity, spoken, who or "registration", link)


def attendance(text: str) -> str | None:
    """`all`, `registration`, or kinds separated by commas; None when the text says nothing of it."""
    words = fold(text)
    if words in listed("everybody"):
        return "all"
    if words in listed("by_registration"):
        return "registration"
    kinds = [kind_of(piece) for piece in re.split(r"[,/+&]|\b(?:et|und|and|y|en|e)\b", text) if fold(piece)]
    names = [found.kind for found in kinds if found is not None and not isinstance(found, Misread) and found.kind]
    return ",".join(dict.fromkeys(names)) if kinds and len(names) == len(kinds) else None
