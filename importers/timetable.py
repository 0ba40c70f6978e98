"""A timetable that was exported, changed by hand, and comes back: its rows are known by keys in a hidden column."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from importers.cells import Misread, is_online, line_of, table_name, yes_or_no
from importers.faults import Faults
from importers.rows import Address, Reading, ReadOptions, TimetableRow, TimetableSheet
from importers.sheets import FormulaError, Row, Sheet, Value, cell_name, column_letters
from importers.text import fold
from importers.times import day_of, time_of_day

Out = TypeVar("Out")

NEEDED = ("day", "start", "table")


class Timetables:
    """Takes sheets one after the other, and keeps those that were exported; columns may have changed places."""

    def __init__(self, options: ReadOptions, faults: Faults) -> None:
        self._stamp = options.stamp or ""
        self._fields = {fold(header): name for header, name in options.headers.items()}
        self._faults = faults
        self._found: list[TimetableSheet] = []

    def take(self, sheet: Sheet) -> None:
        """Read a sheet if it bears the stamp; also rows and columns of it that are hidden."""
        for row in sheet.rows:
            for column, value in enumerate(row.values, 1):
                if isinstance(value, str) and value.startswith(self._stamp):
                    self._found.append(self._read(sheet, row, column, value))
                    return

    def take_event_file(self, path: Path) -> None:
        """Events say nothing about a timetable."""

    def reading(self) -> Reading:
        return Reading(timetables=tuple(self._found), errors=self._faults.found)

    def _read(self, sheet: Sheet, head: Row, key_column: int, stamp: str) -> TimetableSheet:
        columns: dict[str, int] = {}
        for column, value in enumerate(head.values, 1):
            name = self._fields.get(fold(line_of(value) or ""))
            if name is not None:
                columns.setdefault(name, column)
        for name in NEEDED:
            if name not in columns:
                header = next(header for header, known in self._fields.items() if known == name)
                where = f"{column_letters(1)}{head.number}"
                self._faults.add("missing-column", sheet=sheet.name, cell=where, parameters={"field": header})
        rows: list[TimetableRow] = []
        if all(name in columns for name in NEEDED):
            below = (row for row in sheet.rows if row.number > head.number)
            rows = [self._row(sheet, row, columns, key_column) for row in below if _says_something(row)]
        return TimetableSheet(stamp, sheet.name, tuple(rows))

    def _row(self, sheet: Sheet, row: Row, columns: Mapping[str, int], key_column: int) -> TimetableRow:
        table = self._plain(sheet, row, columns["table"])
        names = {name: line_of(row.at(column)) or "" for name, column in columns.items() if name not in NEEDED}
        is_afar = isinstance(table, str) and yes_or_no(table) is not True and is_online(table) is True
        return TimetableRow(
            line_of(row.at(key_column)),
            self._read_as(day_of, sheet, row, columns["day"]),
            self._read_as(time_of_day, sheet, row, columns["start"]),
            None if is_afar else table_name(table),
            is_afar,
            names,
            {name: cell_name(row.number, column) for name, column in columns.items()},
            Address(sheet.name, row.number, cell_name(row.number, 1)),
        )

    def _read_as(
        self, meaning: Callable[[Value], Out | Misread | None], sheet: Sheet, row: Row, column: int
    ) -> Out | None:
        value = self._plain(sheet, row, column)
        found = meaning(value)
        if isinstance(found, Misread):
            self._faults.add(found.code, sheet=sheet.name, cell=cell_name(row.number, column), read=found.read)
            return None
        return found

    def _plain(self, sheet: Sheet, row: Row, column: int) -> Value:
        """The value of a cell; a formula that failed is a fault and says nothing."""
        value = row.at(column)
        if not isinstance(value, FormulaError):
            return value
        code = "formula-error" if value.text else "formula-not-computed"
        self._faults.add(code, sheet=sheet.name, cell=cell_name(row.number, column), read=value.text)
        return None


def _says_something(row: Row) -> bool:
    return any(value is not None for value in row.values)
