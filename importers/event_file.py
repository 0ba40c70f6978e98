"""Reads an event from a TOML file."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

from importers.cells import Misread
from importers.event import KINDS, RULES, EventDraft, Place, Setting
from importers.event_values import Hours, Item, attendance
from importers.faults import Faults
from importers.kinds import kind_of
from importers.places import languages
from importers.rows import InterpreterRow, TableRow
from importers.sheets import Value
from importers.times import day_of, spans_of_time, time_of_day

Toml = object
_SETTINGS = frozenset({"name", "time_zone", "venue", "meeting_minutes", "changeover_minutes", "tables", "languages"})
_LISTS = ("session", "programme", "table", "interpreter")
_LARGEST = 1 << 20


def take_event_file(path: Path, draft: EventDraft, faults: Faults) -> None:
    """Take what the file says; what cannot be understood is a fault with the key that it has in the file."""
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST:
            faults.add("file-too-large", sheet=path.name, parameters={"size": "> 1 MiB", "limit": "1 MiB"})
            return
        found: Mapping[str, Toml] = tomllib.loads(content.decode("utf-8-sig"))
    except OSError:
        faults.add("file-missing", sheet=path.name)
        return
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as fault:
        faults.add("event-file-broken", sheet=path.name, read=str(fault))
        return
    _EventFile(path.name, draft, faults).take(found)


class _EventFile:
    """Walks through the keys of one file."""

    def __init__(self, name: str, draft: EventDraft, faults: Faults) -> None:
        self._name = name
        self._draft = draft
        self._faults = faults

    def take(self, found: Mapping[str, Toml]) -> None:
        for key, value in found.items():
            if key in _LISTS:
                self._take_list(key, value)
            elif key in {"date", "dates"}:
                for day in value if isinstance(value, list) else [value]:
                    self._set("dates", key, day)
            elif key in _SETTINGS:
                self._set(key, key, ", ".join(map(str, value)) if isinstance(value, list) else value)
            elif key == "rules" and isinstance(value, dict):
                self._take_rules(value)
            elif key == "policy" and isinstance(value, dict):
                self._take_policy(value)
            else:
                self._faults.add("unknown-setting", sheet=self._name, cell=key, read=key)

    def _place(self, key: str) -> Place:
        return Place(self._name, key)

    def _set(self, name: str, key: str, value: Toml, kind: str | None = None) -> None:
        if isinstance(value, str | int | float | date | time) and not isinstance(value, bool):
            self._draft.add_setting(Setting(name, (value,), self._place(key), kind))
        else:
            self._misfit(key, value, "a text, a number, a date or a time")

    def _misfit(self, key: str, value: Toml, shape: str) -> None:
        self._say(Misread("not-a-setting", str(value), parameters={"field": key, "shape": shape}), key)

    def _say(self, wrong: Misread, key: str) -> None:
        self._draft.say(wrong, self._place(key), key.split("[")[0].split(".")[0])

    def _take_list(self, key: str, value: Toml) -> None:
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries):
            place = f"{key}[{number}]"
            if not isinstance(entry, dict):
                self._misfit(place, entry, f"[[{key}]]")
                continue
            match key:
                case "session":
                    self._take_session(place, entry)
                case "programme":
                    self._take_item(place, entry)
                case "table":
                    self._take_table(place, entry)
                case _:
                    self._take_interpreter(place, entry)

    def _known(self, place: str, entry: Mapping[str, Toml], names: str) -> None:
        for key in entry.keys() - set(names.split()):
            self._faults.add("unknown-setting", sheet=self._name, cell=f"{place}.{key}", read=key)

    def _hours(self, place: str, entry: Mapping[str, Toml]) -> Hours | None:
        """Date, start and end of an entry; the date may stand in the start."""
        start, end = self._time(place, entry, "start"), self._time(place, entry, "end")
        begun = entry.get("start")
        day = begun.date() if isinstance(begun, datetime) else None
        if "date" in entry:
            said = day_of(_plain(entry["date"]))
            if isinstance(said, Misread):
                self._say(said, f"{place}.date")
                return None
            day = said
        if start is None or end is None:
            return None
        if end <= start:
            self._say(Misread("ends-before-it-starts", f"{start:%H:%M}-{end:%H:%M}"), f"{place}.end")
            return None
        return Hours(day, start, end)

    def _time(self, place: str, entry: Mapping[str, Toml], name: str) -> time | None:
        found = time_of_day(_plain(entry.get(name)))
        if found is None or isinstance(found, Misread):
            self._say(Misread("not-a-time", str(entry.get(name, ""))), f"{place}.{name}")
            return None
        return found

    def _take_session(self, place: str, entry: Mapping[str, Toml]) -> None:
        self._known(place, entry, "date start end name")
        found = self._hours(place, entry)
        if found:
            self._draft.add_hours(found, self._place(place))

    def _take_item(self, place: str, entry: Mapping[str, Toml]) -> None:
        self._known(place, entry, "title date start end room capacity languages attendance online_link")
        found, title = self._hours(place, entry), self._text(place, entry, "title")
        if title is None:
            self._misfit(f"{place}.title", entry.get("title", ""), "a title")
        if found is None or title is None:
            return
        seats = entry.get("capacity")
        who = entry.get("attendance", "registration")
        said = attendance(", ".join(map(str, who)) if isinstance(who, list) else str(who))
        if said is None:
            self._misfit(f"{place}.attendance", who, "all, registration, or kinds")
        if seats is not None and (not isinstance(seats, int) or isinstance(seats, bool) or seats < 0):
            self._misfit(f"{place}.capacity", seats, "a whole number")
            seats = None
        self._draft.add_item(
            Item(
                title,
                found,
                self._text(place, entry, "room"),
                seats,
                self._languages(place, entry),
                said or "registration",
                self._text(place, entry, "online_link"),
            ),
            self._place(place),
        )

    def _text(self, place: str, entry: Mapping[str, Toml], name: str) -> str | None:
        found = entry.get(name)
        if found is None or isinstance(found, str):
            return found or None
        self._misfit(f"{place}.{name}", found, "a text")
        return None

    def _languages(self, place: str, entry: Mapping[str, Toml]) -> tuple[str, ...]:
        said = entry.get("languages", [])
        found = languages(", ".join(map(str, said)) if isinstance(said, list) else str(said))
        if isinstance(found, Misread):
            self._say(found, f"{place}.languages")
            return ()
        return found

    def _take_table(self, place: str, entry: Mapping[str, Toml]) -> None:
        self._known(place, entry, "name hall unavailable")
        name = entry.get("name")
        if not isinstance(name, str | int) or isinstance(name, bool):
            self._misfit(f"{place}.name", name, "a name or number")
            return
        self._draft.add_table(TableRow(str(name), self._text(place, entry, "hall"), self._away(place, entry)))

    def _take_interpreter(self, place: str, entry: Mapping[str, Toml]) -> None:
        self._known(place, entry, "name languages unavailable")
        name, spoken = self._text(place, entry, "name"), self._languages(place, entry)
        if name is None or len(spoken) < 2:
            self._say(Misread("not-an-interpreter", name or ""), place)
            return
        self._draft.add_interpreter(InterpreterRow(name, spoken, self._away(place, entry)))

    def _away(self, place: str, entry: Mapping[str, Toml]) -> tuple[tuple[time, time], ...]:
        """Spans as text (`"15:00-15:30"`) or as pairs of times."""
        said = entry.get("unavailable", [])
        pieces = [_span_text(each) for each in said] if isinstance(said, list) else [str(said)]
        found = spans_of_time("; ".join(pieces) or None)
        if isinstance(found, Misread):
            self._say(found, f"{place}.unavailable")
            return ()
        return found

    def _take_rules(self, rules: Mapping[str, Toml]) -> None:
        for key, value in rules.items():
            place = f"rules.{key}"
            if key == "min_meetings" and isinstance(value, dict):
                for kind, number in value.items():
                    known = kind if kind in KINDS else getattr(kind_of(str(kind)), "kind", None)
                    self._set("min_meetings", f"{place}.{kind}", number, known or str(kind))
            elif key in {"min_meetings", "max_meetings", *RULES}:
                self._set(key, place, value)
            else:
                self._faults.add("unknown-setting", sheet=self._name, cell=place, read=key)

    def _take_policy(self, policy: Mapping[str, Toml]) -> None:
        for key, value in policy.items():
            if isinstance(value, str | int | float):
                self._draft.add_policy(key, value)
            elif isinstance(value, dict):
                for name, part in value.items():
                    if isinstance(part, str | int | float):
                        self._draft.add_policy(f"{key}.{name}", part)
            else:
                self._misfit(f"policy.{key}", value, "a text or a number")


def _plain(value: Toml) -> Value:
    return value if isinstance(value, str | int | float | date | time) else None


def _span_text(value: Toml) -> str:
    if isinstance(value, list) and len(value) == 2:
        return "-".join(part.isoformat("minutes") if isinstance(part, time) else str(part) for part in value)
    return str(value)
