"""Reads the cells of one row by field; what cannot be understood becomes a fault and counts as empty."""

from collections.abc import Callable
from typing import TypeVar

from importers.cells import Misread, line_of
from importers.faults import Faults
from importers.mapping import Cell, Table
from importers.sheets import FormulaError, Row, Value, cell_name

T = TypeVar("T")


class RowReader:
    """One row of a table."""

    def __init__(self, table: Table, row: Row, faults: Faults) -> None:
        self.sheet = table.sheet.name
        self.row = row.number
        self._table = table
        self._row = row
        self._faults = faults

    def cells(self, name: str) -> list[Cell]:
        """The readable cells of a field; a failed formula is said."""
        found = []
        for cell in self._table.cells(self._row, name):
            if isinstance(cell.value, FormulaError):
                code = "formula-error" if cell.value.text else "formula-not-computed"
                self._faults.add(code, sheet=self.sheet, cell=cell.cell, read=cell.value.text or None)
            else:
                found.append(cell)
        return found

    def count(self, name: str) -> int:
        """How many columns the field has."""
        return len(self._table.by_field.get(name, ()))

    def say(self, wrong: Misread, cell: str) -> None:
        self._faults.add(
            wrong.code,
            sheet=self.sheet,
            cell=cell,
            read=wrong.read,
            candidates=wrong.candidates,
            parameters=wrong.parameters,
        )

    def one(self, name: str, read: Callable[[Value], T | Misread | None]) -> tuple[T, str] | None:
        """The first cell of the field that says something, with its name."""
        for cell in self.cells(name):
            value = read(cell.value)
            if isinstance(value, Misread):
                self.say(value, cell.cell)
            elif value is not None:
                return value, cell.cell
        return None

    def value(self, name: str, read: Callable[[Value], T | Misread | None]) -> T | None:
        found = self.one(name, read)
        return found[0] if found else None

    def line(self, name: str) -> str | None:
        return self.value(name, line_of)

    def many(self, name: str, read: Callable[[Value], tuple[T, ...] | Misread]) -> tuple[T, ...]:
        """All values of all cells of the field, each once."""
        found: list[T] = []
        for cell in self.cells(name):
            values = read(cell.value)
            if isinstance(values, Misread):
                self.say(values, cell.cell)
            else:
                found += [value for value in values if value not in found]
        return tuple(found)

    def place_of(self, *names: str) -> str:
        """The cell of the first of these fields that has a column; the first cell of the row otherwise."""
        for name in names:
            for column in self._table.columns:
                if column.field == name:
                    return cell_name(self.row, column.column)
        return cell_name(self.row, 1)
