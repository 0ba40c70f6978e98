"""The event, put together from all that sheets and files say about it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from importers.cells import Misread, line_of, whole_number
from importers.event_values import (
    Hours,
    Item,
    days,
    hours,
    in_one_text,
    interpreters,
    item,
    minutes,
    tables,
    time_zone,
)
from importers.faults import Faults
from importers.places import languages
from importers.rows import Address, ColumnMapping, EventRow, InterpreterRow, ProgrammeRow, SessionRow, TableRow
from importers.sheets import FormulaError, Value, as_text
from importers.text import fold
from importers.times import time_of_day

T = TypeVar("T")
KINDS = ("buyer", "social-enterprise", "local-authority", "company")
_FIELDS = {
    "session": "sessions",
    "session_start": "sessions",
    "session_end": "sessions",
    "dates": "sessions",
    "table": "tables",
}
RULES = ("max_break_spread", "max_consecutive", "max_idle_slots")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something about the event stands."""

    sheet: str
    cell: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it stands in a sheet: its name here, its values, and the kind that its label names, if any."""

    name: str
    values: tuple[Value, ...]
    place: Place
    kind: str | None = None


class EventDraft:
    """Gathers settings, then tables about the event; `row` puts them together and says what does not fit."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._settings: list[Setting] = []
        self._hours: list[tuple[Hours, Place]] = []
        self._items: list[tuple[Item, Place]] = []
        self._tables: list[TableRow] = []
        self._interpreters: list[InterpreterRow] = []
        self._policy: dict[str, str | int | float] = {}
        self._misread: set[str] = set()
        self.labels: list[ColumnMapping] = []

    def add_setting(self, setting: Setting) -> None:
        broken = next((value for value in setting.values if isinstance(value, FormulaError)), None)
        if broken is None:
            self._settings.append(setting)
            return
        self._misread.add(_FIELDS.get(setting.name, setting.name))
        code = "formula-error" if broken.text else "formula-not-computed"
        self._faults.add(code, sheet=setting.place.sheet, cell=setting.place.cell, read=broken.text or None)

    def add_label(self, place: Place, text: str, name: str, certainty: float) -> None:
        self.labels.append(ColumnMapping(place.sheet, place.cell or "", text, name, certainty))

    def add_hours(self, found: Hours, place: Place) -> None:
        self._hours.append((found, place))

    def add_item(self, found: Item, place: Place) -> None:
        self._items.append((found, place))

    def add_table(self, found: TableRow) -> None:
        self._tables.append(found)

    def add_interpreter(self, found: InterpreterRow) -> None:
        self._interpreters.append(found)

    def add_policy(self, name: str, value: str | float) -> None:
        self._policy[name] = value

    def say(self, wrong: Misread, place: Place, about: str) -> None:
        """A fault in what the file says about a setting, or about a `session`, `table`, … of the event."""
        self._misread.add(_FIELDS.get(about, about))
        self._faults.add(
            wrong.code,
            sheet=place.sheet,
            cell=place.cell,
            read=wrong.read,
            candidates=wrong.candidates,
            parameters=wrong.parameters,
        )

    def row(self) -> EventRow | None:
        """The event; None when nothing was said about it."""
        if not (self._settings or self._hours or self._items or self._tables or self._interpreters or self._policy):
            return EventRow(misread=tuple(sorted(self._misread))) if self._misread else None
        said = tuple(dict.fromkeys(day for each in self._all("dates", days) for day in each))
        written = [*self._hours, *self._written_hours()]
        items = [*self._items, *((each, place) for each, place in self._placed("programme", item))]
        sessions = [self._session(found, place, said) for found, place in written]
        programme = [self._item(found, place, said) for found, place in items]
        dates = said or tuple(sorted({each.day for each in (*sessions, *programme) if each}))
        mode = self._single("mode", line_of)
        event = EventRow(
            name=self._single("name", line_of),
            dates=dates,
            venue=self._single("venue", line_of),
            time_zone=self._single("time_zone", time_zone),
            sessions=tuple(sorted(_each_once(sessions), key=lambda each: (each.day, each.start))),
            meeting_minutes=self._single("meeting_minutes", lambda value: _positive(minutes(value), value)),
            changeover_minutes=self._single("changeover_minutes", minutes),
            tables=tuple(self._tables) or self._single("tables", tables) or (),
            interpreters=(
                *self._interpreters,
                *(each for found in self._all("interpreters", interpreters) for each in found),
            ),
            languages=tuple(dict.fromkeys(code for found in self._all("languages", _spoken) for code in found)),
            programme=tuple(sorted(_each_once(programme), key=lambda each: (each.day, each.start))),
            min_meetings=self._floors(),
            max_meetings=self._single("max_meetings", whole_number),
            rules={name: number for name in RULES if (number := self._single(name, whole_number)) is not None},
            policy=self._policy | ({"mode": mode} if mode else {}),
        )
        return replace(event, misread=tuple(sorted(self._misread)))

    def _placed(self, name: str, read: Callable[[Value], T | Misread | None]) -> Iterator[tuple[T, Place]]:
        for setting in self._settings:
            if setting.name == name:
                found = read(in_one_text(setting.values))
                if isinstance(found, Misread):
                    self.say(found, setting.place, name)
                elif found is not None:
                    yield found, setting.place

    def _all(self, name: str, read: Callable[[Value], T | Misread | None]) -> list[T]:
        return [found for found, _ in self._placed(name, read)]

    def _single(self, name: str, read: Callable[[Value], T | Misread | None]) -> T | None:
        """The first value; one that differs from it is said."""
        found = list(self._placed(name, read))
        for value, place in found[1:]:
            if _folded(value) != _folded(found[0][0]):
                first = found[0][1]
                self._faults.add(
                    "contradicting-setting",
                    sheet=place.sheet,
                    cell=place.cell,
                    read=str(value),
                    parameters={"kept": str(found[0][0]), "other": f"{first.sheet}, {first.cell}"},
                )
        return found[0][0] if found else None

    def _written_hours(self) -> list[tuple[Hours, Place]]:
        found = [(each, place) for several, place in self._placed("session", hours) for each in several]
        starts = list(self._placed("session_start", time_of_day))
        ends = list(self._placed("session_end", time_of_day))
        for (start, place), (end, _) in zip(starts, ends, strict=False):
            if end <= start:
                self.say(Misread("ends-before-it-starts", f"{start:%H:%M}-{end:%H:%M}"), place, "session")
            else:
                found.append((Hours(None, start, end), place))
        return found

    def _day_of(self, found: Hours, place: Place, dates: Sequence[date], about: str) -> date | None:
        """Its own date, or the only one of the event."""
        if found.day is not None:
            return found.day
        if len(dates) == 1:
            return dates[0]
        if dates or not any(setting.name == "dates" for setting in self._settings):
            shown = f"{found.start:%H:%M}-{found.end:%H:%M}"
            self.say(Misread("missing-date", shown, parameters={"count": str(len(dates))}), place, about)
        return None

    def _session(self, found: Hours, place: Place, dates: Sequence[date]) -> SessionRow | None:
        day = self._day_of(found, place, dates, "session")
        return SessionRow(day, found.start, found.end, _address(place)) if day else None

    def _item(self, found: Item, place: Place, dates: Sequence[date]) -> ProgrammeRow | None:
        day = self._day_of(found.hours, place, dates, "programme")
        if day is None:
            return None
        return ProgrammeRow(
            found.title,
            day,
            found.hours.start,
            found.hours.end,
            found.room,
            found.capacity,
            found.languages,
            found.attendance,
            found.online_link,
            _address(place),
        )

    def _floors(self) -> Mapping[str, int]:
        """For each kind the least number of meetings; a label without a kind means all of them."""
        found: dict[str, int] = {}
        for setting in self._settings:
            if setting.name != "min_meetings":
                continue
            number = whole_number(in_one_text(setting.values))
            if isinstance(number, Misread):
                self.say(number, setting.place, setting.name)
            elif number is not None:
                found |= dict.fromkeys([setting.kind] if setting.kind else KINDS, number)
        return found


Part = TypeVar("Part", SessionRow, ProgrammeRow)


def _each_once(found: Iterable[Part | None]) -> list[Part]:
    """What was understood, without what another sheet or file says again; twice in one is a slip, and stays."""
    first: dict[Part, str] = {}
    kept = []
    for each in found:
        where = each.address.sheet if each and each.address else ""
        if each is not None and first.setdefault(each, where) == where:
            kept.append(each)
    return kept


def _address(place: Place) -> Address:
    return Address(place.sheet, cell=place.cell)


def _spoken(value: Value) -> tuple[str, ...] | Misread | None:
    return languages(value) or None


def _positive(number: int | Misread | None, value: Value) -> int | Misread | None:
    return Misread("not-a-number", as_text(value), parameters={"least": "1"}) if number == 0 else number


def _folded(value: object) -> object:
    return fold(value) if isinstance(value, str) else value
