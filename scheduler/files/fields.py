"""Strict reading of JSON text, field by field: nothing is guessed, and every fault is found, each with its path."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from scheduler.faults import Fault, quoted
from scheduler.problem import LARGEST

REQUIRED: Final = object()
Fields = dict[str, object]
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A literal that JSON or the engine does not have, kept until its path is known: NaN, a number of 5,000 digits."""

    literal: str


class Repeated(dict[str, object]):
    """An object in which a field stands twice."""

    names: tuple[str, ...] = ()


def parse(text: str | bytes) -> tuple[object, list[Fault]]:
    """The document, or what keeps it from being read at all."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_constant=Unfit)
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
        return decoder.decode(text.removeprefix("\ufeff")), []
    except UnicodeDecodeError as error:
        sentence = f"The file is not text in UTF-8: byte {error.start + 1} does not belong there."
    except json.JSONDecodeError as error:
        sentence = f"The file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
    except RecursionError:
        sentence = "The file is nested too deeply."
    return None, [Fault("$", sentence)]


def _object(pairs: list[tuple[str, object]]) -> Fields:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    names = [name for name, _ in pairs]
    repeated = Repeated(fields)
    repeated.names = tuple(name for name in fields if names.count(name) > 1)
    return repeated


def _whole(literal: str) -> int | Unfit:
    return int(literal) if len(literal) <= 20 else Unfit(f"a number of {len(literal.lstrip('-'))} digits")


def shown(raw: object) -> str:
    """What was read, short enough for a sentence."""
    if isinstance(raw, Unfit):
        return raw.literal
    if isinstance(raw, str):
        return json.dumps(raw if len(raw) <= 60 else raw[:57] + "…")
    if isinstance(raw, list | dict):
        return "a list" if isinstance(raw, list) else "an object"
    return json.dumps(raw)


class Register(Generic[Name]):
    """Names that may be referred to: `what` they are, each id, and groups of them that have a name of their own.

    `is_read` is False where the list of them could not be read, so that no reference can be judged.
    """

    def __init__(self, what: str, ids: dict[str, Name] | None = None, *, is_read: bool = True) -> None:
        self.what = what
        self.ids = ids if ids is not None else {}
        self.groups: dict[str, frozenset[Name]] = {}
        self.is_read = is_read
        self.sets: dict[tuple[str, ...], frozenset[Name]] = {}  # lists that were read before


def at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


class Reader:
    """Reads typed fields and collects faults; the path of the whole file is empty.

    Where nothing fit to use was read, a placeholder that is equal to nothing else takes its place. What is found
    wrong later at or below such a place follows from it and is not said again.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._unread: set[str] = set()

    def faults(self, of_sense: Iterable[Fault] = ()) -> list[Fault]:
        """All that was found, and what of the faults of sense does not follow from it."""
        return self._faults + [fault for fault in of_sense if self.has_read(fault.path)]

    def has_read(self, path: str) -> bool:
        """Whether neither the place nor one around it was given up."""
        ends = (i for i, sign in enumerate(path) if sign in ".[")
        return not self._unread or not (
            "" in self._unread or path in self._unread or self._unread & {path[:i] for i in ends}
        )

    def give_up(self, path: str) -> None:
        """What is at this place cannot be known, for a reason told elsewhere."""
        self._unread.add(path)

    def fault(self, path: str, sentence: str) -> None:
        self._faults.append(Fault(path or "$", sentence))

    def unread(self, path: str, expected: str, raw: object) -> None:
        """The place holds something else than it should; says so unless a place around it was given up already."""
        if self.has_read(path):
            read = "The field is missing" if raw is REQUIRED else f"Read {shown(raw)}"
            self.fault(path, f"{read}; {expected} is expected.")
        self.give_up(path)

    def row(self, raw: object, path: str, names: frozenset[str]) -> Fields:
        """The fields of an object; `names` are all that it may have."""
        if not isinstance(raw, dict):
            self.unread(path, "an object", raw)
            return {}
        if not raw.keys() <= names:
            for name in raw:
                if name not in names:
                    self.fault(at(path, quoted(name)), f"There is no field {quoted(name)} here.")
        if isinstance(raw, Repeated):
            for name in raw.names:
                self.fault(at(path, quoted(name)), f"The field {quoted(name)} stands here more than once.")
        return raw

    def text(self, fields: Fields, path: str, name: str) -> str:
        raw = fields.get(name, REQUIRED)
        return raw if isinstance(raw, str) and raw.isascii() else self.text_of(raw, at(path, name))

    def text_of(self, raw: object, path: str) -> str:
        if not isinstance(raw, str):
            self.unread(path, "text", raw)
        elif any("\ud800" <= sign <= "\udfff" for sign in raw):
            self.unread(path, "text of whole characters", raw)
        else:
            return raw
        return f"\0{path}"

    def optional_text(self, fields: Fields, path: str, name: str) -> str | None:
        return None if fields.get(name) is None else self.text(fields, path, name)

    def whole(self, fields: Fields, path: str, name: str, default: int) -> int:
        return self.whole_of(fields[name], at(path, name), default) if name in fields else default

    def optional_whole(self, fields: Fields, path: str, name: str) -> int | None:
        return None if fields.get(name) is None else self.whole_of(fields[name], at(path, name), 0)

    def whole_of(self, raw: object, path: str, placeholder: int, most: int = LARGEST) -> int:
        """A whole number, written without fraction or exponent."""
        if type(raw) is not int:  # to Python true is an int
            self.unread(path, "a whole number", raw)
        elif abs(raw) > most:
            self.unread(path, f"a number up to {most}", raw)
        else:
            return raw
        return placeholder

    def number(self, fields: Fields, path: str, name: str) -> float:
        raw = fields.get(name, REQUIRED)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            self.unread(at(path, name), "a number", raw)
            return 0.0
        return float(raw)

    def flag(self, fields: Fields, path: str, name: str) -> bool:
        raw = fields.get(name, False)
        if not isinstance(raw, bool):
            self.unread(at(path, name), "true or false", raw)
            return False
        return raw

    def entries(self, raw: object, path: str, expected: str = "a list") -> list[object]:
        if not isinstance(raw, list):
            self.unread(path, expected, raw)
            return []
        return raw

    def pair(self, raw: object, path: str, of: str) -> tuple[str, str]:
        """The texts of a list of exactly two."""
        if isinstance(raw, list) and len(raw) == 2:
            first, second = raw
            if type(first) is str and type(second) is str and first.isascii() and second.isascii():
                return first, second
            return self.text_of(first, f"{path}[0]"), self.text_of(second, f"{path}[1]")
        self.unread(path, f"a list of two {of}", raw)
        return f"\0{path}[0]", f"\0{path}[1]"

    def is_format(self, document: object, name: str) -> bool:
        """False for a file of another format, of which nothing else is judged."""
        raw = document.get("format", REQUIRED) if isinstance(document, dict) else name
        if raw != name:
            self.unread("format", json.dumps(name), raw)
        return raw == name or not isinstance(raw, str)

    def texts(self, raw: object, path: str, expected: str = "a list of texts") -> tuple[str, ...]:
        return tuple(self.text_of(entry, f"{path}[{i}]") for i, entry in enumerate(self.entries(raw, path, expected)))

    def names(self, raw: object, path: str, register: Register[Name]) -> frozenset[Name]:
        """The ids that a list of texts names, each once. Equal lists give one and the same set."""
        entries = self.entries(raw, path, f"a list of {register.what}s")
        key = tuple(entry for entry in entries if type(entry) is str)
        if len(key) == len(entries) and key in register.sets:
            return register.sets[key]
        before, seen, found = len(self._faults), set[str](), set[Name]()
        for i, name in enumerate(self.texts(entries, path)):
            if name in seen:
                self.fault(f"{path}[{i}]", f"{quoted(name)} stands in this list already.")
            elif name in register.ids or name in register.groups:
                found |= self._named(name, f"{path}[{i}]", register)
            elif register.is_read and self.has_read(f"{path}[{i}]"):
                self.fault(f"{path}[{i}]", f"There is no {register.what} {quoted(name)}.")
            seen.add(name)
        if len(key) == len(entries) and len(self._faults) == before:
            register.sets[key] = frozenset(found)
        return frozenset(found)

    def _named(self, name: str, path: str, register: Register[Name]) -> frozenset[Name]:
        alone = frozenset((register.ids[name],)) if name in register.ids else frozenset()
        group = register.groups.get(name, alone)
        if alone and group != alone:
            self.fault(path, f"{quoted(name)} is a {register.what} and also the name of several.")
        return group
