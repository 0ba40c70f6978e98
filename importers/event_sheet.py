"""Recognises what a sheet says about the event: settings in two columns, and tables of sessions, items or people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache

from rapidfuzz import fuzz, process

from importers.cells import Misread, line_of, text_of, whole_number
from importers.event import EventDraft, Place, Setting
from importers.event_values import Hours, Item, attendance, hours
from importers.faults import Faults
from importers.kinds import kind_of
from importers.places import languages
from importers.rows import InterpreterRow, TableRow
from importers.sheets import Row, Sheet, Value, as_text, cell_name
from importers.text import fold, one_line
from importers.times import day_of, spans_of_time, time_of_day
from importers.words import listed, table

_FEWEST_SETTINGS = 3
_NEAR = 88
_TELLING = frozenset({"time_zone", "meeting_minutes", "changeover_minutes", "session", "session_start", "dates"})


@dataclass(frozen=True, slots=True)
class _Label:
    """What the label of a setting means."""

    name: str
    kind: str | None = None
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class _Table:
    """A table about the event: what its rows are, and which column holds what."""

    about: str
    columns: Mapping[str, int]
    header: int
    rows: tuple[Row, ...]


@cache
def _words(section: str) -> Mapping[str, str]:
    """Folded word → field, for the settings or one kind of table."""
    found: dict[str, str] = {}
    for name, words in table("event")[section].items():
        for word in (name, *words):
            found.setdefault(fold(word), name)
    return found


def take_event(sheet: Sheet, draft: EventDraft, faults: Faults) -> bool:
    """Take what the sheet says about the event; False, and nothing taken, when it is about something else."""
    tables = _tables_in(sheet)
    inside = {row.number for found in tables for row in found.rows} | {found.header for found in tables}
    rows = [row for row in sheet.rows if row.number not in inside]
    labelled = [(row, *_parts(row)) for row in rows]
    settings = [(row, _label(label), values) for row, label, values in labelled if values]
    known = {label.name for _, label, _ in settings if label}
    is_event = len(known) >= _FEWEST_SETTINGS or (len(known) == 2 and bool(known & _TELLING))
    is_event = is_event and 2 * sum(1 for _, label, _ in settings if label) >= len(settings)
    if not is_event and not tables:
        return False
    for found in tables:
        _take_table(sheet.name, found, draft)
    if is_event:
        _take_settings(sheet.name, labelled, draft, faults)
    return True


def _parts(row: Row) -> tuple[tuple[int, Value], tuple[tuple[int, Value], ...]]:
    """The label (first filled cell, with its column) and the values after it."""
    filled = [(column, value) for column, value in enumerate(row.values, start=1) if value is not None]
    return (filled[0], tuple(filled[1:])) if filled else ((1, None), ())


def _take_settings(
    sheet: str,
    rows: Sequence[tuple[Row, tuple[int, Value], tuple[tuple[int, Value], ...]]],
    draft: EventDraft,
    faults: Faults,
) -> None:
    column = min((label[0] for _, label, values in rows if values and _label(label)), default=1)
    last: _Label | None = None
    for row, (at, text), rest in rows:
        is_continued = at > column and last is not None
        values, found = (((at, text), *rest), last) if is_continued else (rest, _label((at, text)))
        if not values or all(text_of(value) is None for _, value in values):
            continue
        place = Place(sheet, cell_name(row.number, values[0][0]))
        if found is None:
            if fold(as_text(text)) not in listed("headings"):
                faults.add("unknown-setting", sheet=sheet, cell=cell_name(row.number, at), read=as_text(text))
            continue
        if not is_continued:
            draft.add_label(Place(sheet, cell_name(row.number, at)), as_text(text), found.name, found.certainty)
        last = found
        draft.add_setting(Setting(found.name, tuple(value for _, value in values), place, found.kind))


def _label(cell: tuple[int, Value]) -> _Label | None:
    text = cell[1]
    if not isinstance(text, str) or len(text) > 120:
        return None
    return _meaning(text)


@cache
def _meaning(text: str) -> _Label | None:
    words = _words("setting")
    shapes = [fold(text), fold(re.sub(r"\([^)]*\)", " ", text)), *(fold(piece) for piece in re.split(r"[/:(]", text))]
    shapes += [re.sub(r"\b(?:n |nr |no )?\d{1,2}\b", " ", shape).strip() for shape in shapes[:2]]
    for shape in shapes:
        if shape in words:
            return _Label(words[shape])
    floors = _floor_or_ceiling(fold(text))
    if floors:
        return floors
    near = process.extractOne(shapes[1] or shapes[0], words.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _Label(words[near[0]], certainty=round(near[1] / 100, 2)) if near and len(shapes[0]) > 5 else None


def _floor_or_ceiling(phrase: str) -> _Label | None:
    """`Nombre minimum de rendez-vous par entreprise sociale`: the setting and the kind that its label names."""
    for known, name in _words("setting").items():
        if name not in {"min_meetings", "max_meetings"} or not phrase.startswith(f"{known} "):
            continue
        rest = " ".join(word for word in phrase[len(known) :].split() if word not in listed("per"))
        if not rest:
            return _Label(name)
        kind = kind_of(rest)
        if name == "min_meetings" and kind is not None and not isinstance(kind, Misread):
            return _Label(name, kind.kind)
    return None


_COLUMNS = {
    "programme": ({"title"}, ({"start", "end"}, {"time"})),
    "session": ({"date"}, ({"start", "end"}, {"time"})),
    "table": ({"name"}, ({"hall"}, {"unavailable"})),
    "interpreter": ({"name", "languages"}, (set[str](),)),
}


def _tables_in(sheet: Sheet) -> list[_Table]:
    """Every table about the event; each ends at an empty row or at the next one's headers."""
    found: list[_Table] = []
    for position, row in enumerate(sheet.rows):
        if found and row.number <= max((each.number for each in found[-1].rows), default=0):
            continue
        headed = _headed(sheet, row)
        if headed is None:
            continue
        about, columns = headed
        rows: list[Row] = []
        last = row.number
        for below in sheet.rows[position + 1 :]:
            if below.number > last + 1 or _headed(sheet, below):
                break
            rows.append(below)
            last = below.number
        found.append(_Table(about, columns, row.number, tuple(rows)))
    return found


def _headed(sheet: Sheet, row: Row) -> tuple[str, Mapping[str, int]] | None:
    """What a row of headers is about; most of its cells must be known, and those that matter be there."""
    texts = {place: fold(value) for place, value in enumerate(row.values, start=1) if isinstance(value, str)}
    if len(texts) < 2:
        return None
    for about, (needed, one_of) in _COLUMNS.items():
        words = _words("programme" if about == "session" else about)
        columns: dict[str, int] = {}
        for place, text in texts.items():
            name = words.get(text)
            if name and name not in columns:
                columns[name] = place
        fits = needed <= columns.keys() and any(group <= columns.keys() for group in one_of)
        if fits and len(columns) * 3 >= len(texts) * 2 and _is_said(about, sheet, texts):
            return about, columns
    return None


def _is_said(about: str, sheet: Sheet, texts: Mapping[int, str]) -> bool:
    """Names with languages may be anybody: that they are interpreters, the header or the sheet's name must say."""
    if about != "interpreter":
        return about != "table" or any(text in listed("tables_words") for text in texts.values())
    return any(stem in " ".join([fold(sheet.name), *texts.values()]) for stem in ("interpr", "dolmetsch", "tolk"))


def _take_table(sheet: str, found: _Table, draft: EventDraft) -> None:
    for row in found.rows:
        reader = _RowOf(sheet, found, row, draft)
        match found.about:
            case "programme":
                reader.take_item()
            case "session":
                reader.take_session()
            case "table":
                reader.take_table()
            case _:
                reader.take_interpreter()


class _RowOf:
    """Reads one row of a table about the event."""

    def __init__(self, sheet: str, found: _Table, row: Row, draft: EventDraft) -> None:
        self._sheet = sheet
        self._columns = found.columns
        self._about = found.about
        self._row = row
        self._draft = draft

    def _value(self, name: str) -> Value:
        return self._row.at(self._columns.get(name, 0))

    def _place(self, name: str) -> Place:
        return Place(self._sheet, cell_name(self._row.number, self._columns.get(name, 1)))

    def _say(self, wrong: Misread, name: str) -> None:
        self._draft.say(wrong, self._place(name), self._about)

    def _checked(self, found: object, name: str) -> bool:
        if isinstance(found, Misread):
            self._say(found, name)
            return False
        return found is not None

    def _hours(self) -> Hours | None:
        day = day_of(self._value("date"))
        if isinstance(day, Misread):
            self._say(day, "date")
            return None
        if "time" in self._columns:
            spans = hours(self._value("time"))
            if isinstance(spans, Misread) or not spans:
                self._checked(spans, "time")
                return None
            return Hours(day or spans[0].day, spans[0].start, spans[0].end)
        start, end = time_of_day(self._value("start")), time_of_day(self._value("end"))
        for found, name in ((start, "start"), (end, "end")):
            if isinstance(found, Misread):
                self._say(found, name)
        if start is None or end is None or isinstance(start, Misread) or isinstance(end, Misread):
            return None
        if end <= start:
            self._say(Misread("ends-before-it-starts", f"{start:%H:%M}-{end:%H:%M}"), "end")
            return None
        return Hours(day, start, end)

    def take_session(self) -> None:
        found = self._hours()
        if found:
            self._draft.add_hours(found, self._place("date"))

    def take_item(self) -> None:
        title, found = line_of(self._value("title")), self._hours()
        if title is None or found is None:
            return
        spoken, seats = languages(self._value("languages")), whole_number(self._value("capacity"))
        for value, name in ((spoken, "languages"), (seats, "capacity")):
            self._checked(value, name)
        self._draft.add_item(
            Item(
                one_line(title),
                found,
                line_of(self._value("room")),
                seats if isinstance(seats, int) else None,
                () if isinstance(spoken, Misread) else spoken,
                attendance(as_text(self._value("attendance"))) or "registration",
                line_of(self._value("online_link")),
            ),
            self._place("title"),
        )

    def take_table(self) -> None:
        name, away = line_of(self._value("name")), self._away()
        if name is not None:
            self._draft.add_table(TableRow(name, line_of(self._value("hall")), away))

    def take_interpreter(self) -> None:
        name, spoken = line_of(self._value("name")), languages(self._value("languages"))
        if name is None:
            return
        if isinstance(spoken, Misread):
            self._say(spoken, "languages")
        elif len(spoken) < 2:
            self._say(Misread("not-an-interpreter", name), "name")
        else:
            self._draft.add_interpreter(InterpreterRow(name, spoken, self._away()))

    def _away(self) -> tuple[tuple[time, time], ...]:
        found = spans_of_time(self._value("unavailable"))
        return () if not self._checked(found, "unavailable") or isinstance(found, Misread) else found
