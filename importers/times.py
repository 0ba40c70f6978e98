"""Dates, times of day and spans of time, as cells of their own or as text in six languages."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from babel import Locale

from importers.cells import Misread, text_of
from importers.places import READ_IN
from importers.sheets import Value
from importers.text import fold
from importers.words import listed

END_OF_DAY = time(23, 59)
_CLOCK = (
    r"(?<!\d)(?P<hour{0}>2[0-4]|[01]?\d)\s*(?:[:.h](?!\d{{3}})|uhr|heures?|hrs?|u(?:ur)?(?![a-z])|ore)?\s*(?P<minute{0}>[0-5]\d)?"
    r"(?:[:.](?P<second{0}>[0-5]\d))?\s*(?:uhr|uur|h\b|hrs?\b|heures?|horas?|ore)?\s*(?P<half{0}>[ap]\.?\s?m\b\.?)?"
    r"(?![:.h]?\d)"
)
_TIME = re.compile(_CLOCK.format(""), re.IGNORECASE)
_BETWEEN = (
    r"\s*(?:[-–—−→>/]|\b(?:bis|à|a|au|und|to|till|until|and|et|y|tot|en|alle|e|hasta|fino(?: alle| a)?)\b|"
    r"\bjusqu['’]?\s?[àa]u?\b)\s*(?:les|las|alle|la|l['’])?\s*"
)
_SPAN = re.compile(_CLOCK.format("1") + _BETWEEN + _CLOCK.format("2"), re.IGNORECASE)
_BEFORE_TIMES = listed("before_times")
_UNTIL = listed("until")
_SINCE = listed("since")
_NOON = listed("noon")


@lru_cache(maxsize=4_096, typed=True)
def time_of_day(value: Value) -> time | Misread | None:
    """A time cell, a fraction of a day, or text such as `14h30`, `ab 15 Uhr`, `2:30 pm`, `1430`."""
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, time):
        return _to_minute(value)
    if isinstance(value, timedelta):
        return _of_seconds(value.total_seconds())
    if isinstance(value, float) and 0 <= value < 1:
        return _of_seconds(value * 86_400)
    text = text_of(value)
    if text is None:
        return None
    found = _time(text)
    return Misread("not-a-time", text) if found is None else found


def _to_minute(value: time) -> time:
    return value.replace(microsecond=0, tzinfo=None)


def _of_seconds(seconds: float) -> time | Misread:
    minutes = round(seconds / 60)
    if not 0 <= minutes < 24 * 60:
        return Misread("not-a-time", f"{minutes // 60}:{minutes % 60:02d}")
    return time(minutes // 60, minutes % 60)


def _time(text: str) -> time | None:
    """One time in a text that holds nothing else but words around times."""
    words = fold(text)
    if words in _NOON:
        return time(12)
    half = _half_hour(words)
    if half:
        return half
    compact = re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", text.strip())
    if compact:
        return time(int(compact[1]), int(compact[2]))
    dated = re.fullmatch(r"\d{4}-\d\d-\d\d[T ](.+)", text.strip())
    if dated:
        return _time(dated[1])
    found = list(_TIME.finditer(text))
    if len(found) != 1:
        return None
    around = fold(f"{text[: found[0].start()]} {text[found[0].end() :]}")
    if any(word not in _BEFORE_TIMES for word in around.split()):
        return None
    return _clock(found[0], "")


_HALF = re.compile(
    r"(?:(?:ab|um|gegen|bis|von|om|vanaf|tot|tegen) )?(?:(?:halb|half) ([a-z]+)|halb (\d{1,2}))(?: uhr| uur)?"
)
_HOUR_WORDS = (
    "eins een",
    "zwei twee",
    "drei drie",
    "vier",
    "funf fuenf vijf",
    "sechs zes",
    "sieben zeven",
    "acht",
    "neun negen",
    "zehn tien",
    "elf",
    "zwolf zwoelf twaalf",
)
_HOURS = {word: hour for hour, words in enumerate(_HOUR_WORDS, start=1) for word in words.split()}
_FIRST_HALF_OF_MORNING, _LAST_HALF_OF_AFTERNOON = 9, 7


def _half_hour(words: str) -> time | None:
    """`halb drei` is 14:30 and `halb zehn` 9:30 by day; at half past seven it could be either, which is asked."""
    found = _HALF.fullmatch(words)
    hour = (int(found[2]) if found[2] else _HOURS.get(found[1])) if found else None
    if hour is None or not 1 <= hour <= 12 or _LAST_HALF_OF_AFTERNOON < hour < _FIRST_HALF_OF_MORNING:
        return None
    return time(hour - 1 + (12 if hour <= _LAST_HALF_OF_AFTERNOON else 0), 30)


def _clock(found: re.Match[str], which: str) -> time | None:
    hour, minute = int(found[f"hour{which}"]), int(found[f"minute{which}"] or 0)
    half = (found[f"half{which}"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour == 24:
        return END_OF_DAY if minute == 0 else None
    return time(hour, minute)


@lru_cache(maxsize=4_096, typed=True)
def spans_of_time(value: Value) -> tuple[tuple[time, time], ...] | Misread:
    """All spans in a cell: `14:30-15:00; 16h à 17h`; `avant 15h` starts with the day, `ab 16 Uhr` ends with it."""
    if isinstance(value, datetime | time | timedelta | float | int):
        return Misread("not-a-time-range", text_of(value) or "")
    text = text_of(value)
    if text is None:
        return ()
    spans: list[tuple[time, time]] = []
    rest = text
    for found in _SPAN.finditer(text):
        start, end = _clock(found, "1"), _clock(found, "2")
        if start is None or end is None:
            return Misread("not-a-time-range", text)
        if end <= start:
            return Misread("ends-before-it-starts", found[0].strip())
        spans.append((start, end))
        rest = rest.replace(found[0], " ; ", 1)
    for piece in re.split(r"[;,\n]|\bet\b|\bund\b|\band\b", rest):
        half_open = _half_open(piece)
        if half_open:
            spans.append(half_open)
        elif any(word not in _BEFORE_TIMES | {"et", "und", "and", "y", "en", "e"} for word in fold(piece).split()):
            return Misread("not-a-time-range", text)
    return tuple(sorted(set(spans))) if spans else Misread("not-a-time-range", text)


def _half_open(piece: str) -> tuple[time, time] | None:
    words = set(fold(piece).split())
    edge = _time(piece)
    if edge is None:
        return None
    if words & _UNTIL:
        return (time(0), edge)
    if words & _SINCE:
        return (edge, END_OF_DAY)
    return None


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for lang in READ_IN:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(lang).months[context][width].items():
                    found.setdefault(fold(name), number)
    return found | {
        "sept": 9,
        "marz": 3,
        "maerz": 3,
        "janv": 1,
        "fevr": 2,
        "juil": 7,
        "dec": 12,
        "aout": 8,
        "janner": 1,
    }


def day_of(value: Value) -> date | Misread | None:
    """A date cell, or text: ISO, day first with dots, dashes or slashes, or with the month's name."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    if text is None:
        return None
    found = dates_in(text) if isinstance(value, str) else []
    return found[0][0] if len(found) == 1 else Misread("not-a-date", text)


_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:er|\.|st|nd|rd|th|º|°)?\s*(?:de\s|d['’]|of\s)?\s*(?P<name>[^\W\d_]{3,}\.?)\s*(?:de\s|del\s)?\s*,?\s*(?P<y>\d{4})(?!\d)"
)
_NAMED_FIRST = re.compile(r"(?P<name>[^\W\d_]{3,}\.?)\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)")


def dates_in(text: str) -> list[tuple[date, int, int]]:
    """Every date written in a text, with where it starts and ends; impossible ones are not among them."""
    found: list[tuple[date, int, int]] = []
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _DAY_FIRST, _NAMED, _NAMED_FIRST):
        for match in pattern.finditer(text):
            day = _day(match.groupdict())
            if day and not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((day, match.start(), match.end()))
    return sorted(found, key=lambda each: each[1])


def _day(parts: Mapping[str, str | None]) -> date | None:
    year = int(parts["y"] or 0)
    year += 2000 if year < 100 else 0
    month = _months().get(fold(parts["name"] or "")) if "name" in parts else int(parts["m"] or 0)
    if month is None:
        return None
    try:
        return date(year, month, int(parts["d"] or 0))
    except ValueError:
        return None


def month_number(name: str) -> int | None:
    """The number of a month by its name in one of six languages."""
    return _months().get(fold(name))
