"""A sheet as it was found in a file: rows of plain values with their place, before anything is understood."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from importers.text import clean

FARTHEST_ROW = 200_000
FARTHEST_COLUMN = 2_000
MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class FormulaError:
    """A cell whose formula failed: `#N/A`, `#REF!`, or (empty text) one that was never computed."""

    text: str


Value = str | int | float | bool | date | datetime | time | timedelta | FormulaError | None
"""What a cell holds. Text is cleaned; an empty cell is None. Whole numbers are int."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it; `values` start at column 1 (A)."""

    number: int
    values: tuple[Value, ...]

    def at(self, column: int) -> Value:
        return self.values[column - 1] if 0 < column <= len(self.values) else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cell_count(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of one file: only rows that hold something, in order."""

    file: str
    name: str
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)


def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def place_of(cell: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, None when it is none."""
    found = _CELL.fullmatch(cell.upper())
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area_of(reference: str) -> Area | None:
    """The area of `A1:C3` or `B2`, None when it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    return Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers gathered into runs: 1, 2, 3, 7 are (1, 3) and (7, 7)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def as_text(value: Value) -> str:
    """What a reader would see in the cell, as one text; dates and times in ISO form."""
    match value:
        case None:
            return ""
        case FormulaError(text=text):
            return text
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value)
        case datetime():
            if value.time() == time():
                return value.date().isoformat()
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        case _:
            return str(value)


_AS_TEXT = re.compile(r"'[\d+=-]")
"""The mark by which people tell a spreadsheet that digits are text; some programs write it out."""


def cleaned(value: object) -> Value:
    """A value as a library gave it, made ours: clean text, whole floats as int, blanks and NaN as None."""
    if isinstance(value, str):
        return clean(value[1:] if _AS_TEXT.match(value) else value) or None
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if value is None or isinstance(value, int | date | time | timedelta | FormulaError):
        return value
    return clean(str(value)) or None
