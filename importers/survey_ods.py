"""A second, independent look into content.xml of an OpenDocument: what is filled, merged, hidden or failed."""

import re
from dataclasses import dataclass
from typing import IO

from importers.sheets import FARTHEST_COLUMN, FARTHEST_ROW, MOST_CELLS, Area
from importers.survey import Extent, RefusedError, Survey, parser_of_part

_HIDDEN = frozenset({"collapse", "filter"})
_FAILED = re.compile(r"#[^\W\d_][^\n]{1,10}|(?:Err|Fehler|Erreur)\s?:\s?\d+")
_BETWEEN_DIGITS = re.compile(r"[\s.\-/()]")


@dataclass(slots=True)
class _Cell:
    """A cell that is being read: its area (it may be repeated), what its attributes say, and its text."""

    area: Area
    said: dict[str, str]
    text: str = ""
    has_text: bool = False

    @property
    def is_formula(self) -> bool:
        return "formula" in self.said

    @property
    def failure(self) -> str | None:
        """The text of a failed formula, empty where it was never computed; None for all other cells."""
        if not self.is_formula:
            return None
        if "value-type" not in self.said:
            return None if self.has_text else ""
        shown = self.text.strip()
        is_failed = self.said["value-type"] == "error" or (
            not self.said.get("string-value") and _FAILED.fullmatch(shown) is not None
        )
        return (shown or "#?") if is_failed else None

    @property
    def is_filled(self) -> bool:
        kind = self.said.get("value-type")
        if kind is None:
            return False
        return kind not in {"string", "error"} or bool(self.said.get("string-value", self.text).strip())

    @property
    def width(self) -> int:
        """How many digits a number is shown with, zeros in front of it; 0 where there are none."""
        if self.said.get("value-type") != "float" or not self.text.lstrip().startswith("0"):
            return 0
        digits, value = _BETWEEN_DIGITS.sub("", self.text), self.said.get("value", "")
        return len(digits) if value.isdecimal() and digits.isdecimal() and int(digits) == int(value) > 0 else 0


class _Tables:
    """The handlers of one pass. Repeated rows and cells count as often as they are repeated."""

    def __init__(self) -> None:
        self.found: list[Survey] = []
        self._row = self._rows = self._column = self._columns = self._filled = 0
        self._extent = Extent()
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._failed: dict[int, dict[int, str]] = {}
        self._widths: dict[int, dict[int, int]] = {}
        self._depth = self._notes = 0
        self._cell: _Cell | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        said = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        match name.rpartition("}")[2]:
            case "table":
                self._depth += 1
                if self._depth == 1:
                    self._start_table()
            case "annotation":
                self._notes += 1
            case "p" if self._cell is not None and not self._notes:
                self._cell.has_text = True
            case "table-column" if self._depth == 1:
                self._start_column(said)
            case "table-row" if self._depth == 1:
                self._row += self._rows
                self._rows = _repeated(said, "number-rows-repeated")
                self._column = 0
                if said.get("visibility") in _HIDDEN and self._row <= FARTHEST_ROW:
                    self._hidden_rows.update(range(self._row, min(self._row + self._rows, FARTHEST_ROW)))
            case "table-cell" | "covered-table-cell" if self._depth == 1:
                self._start_cell(said)

    def _start_table(self) -> None:
        self._row, self._rows, self._column, self._columns, self._filled = 1, 0, 0, 1, 0
        self._extent = Extent()
        self._merged, self._hidden_rows, self._hidden_columns = [], set(), set()
        self._failed, self._widths = {}, {}

    def _start_column(self, said: dict[str, str]) -> None:
        count = _repeated(said, "number-columns-repeated")
        if said.get("visibility") in _HIDDEN:
            self._hidden_columns.update(range(self._columns, min(self._columns + count, FARTHEST_COLUMN)))
        self._columns += count

    def _start_cell(self, said: dict[str, str]) -> None:
        first, last = self._column + 1, self._column + _repeated(said, "number-columns-repeated")
        self._column = last
        self._cell = _Cell(Area(self._row, first, self._row + self._rows - 1, last), said)
        rows, columns = _repeated(said, "number-rows-spanned"), _repeated(said, "number-columns-spanned")
        if rows * columns > 1 and "value-type" in said:
            self._merged.append(Area(self._row, first, self._row + rows - 1, first + columns - 1))

    def text(self, data: str) -> None:
        if self._cell is not None and not self._notes:
            self._cell.text += data

    def end(self, name: str) -> None:
        match name.rpartition("}")[2]:
            case "annotation":
                self._notes -= 1
            case "table-cell" | "covered-table-cell" if self._depth == 1 and self._cell is not None:
                self._end_cell(self._cell)
                self._cell = None
            case "table":
                self._end_table()

    def _end_cell(self, cell: _Cell) -> None:
        area, failure, width = cell.area, cell.failure, cell.width
        if failure is None and not cell.is_filled:
            return
        self._extent.reach(area.bottom, area.right)
        self._filled += area.cell_count if failure != "" else 0
        if self._filled > MOST_CELLS:
            raise RefusedError("file-too-many-cells", {"limit": str(MOST_CELLS)})
        for row in range(area.top, area.bottom + 1) if failure is not None or width else ():
            for column in range(area.left, area.right + 1):
                if failure is not None:
                    self._failed.setdefault(row, {})[column] = failure
                else:
                    self._widths.setdefault(row, {})[column] = width

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            merged = tuple(self._merged)
            hidden = frozenset(self._hidden_rows), frozenset(self._hidden_columns)
            self.found.append(Survey(self._filled, merged, *hidden, self._failed, self._widths))


def _repeated(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return max(1, int(text)) if text.isdigit() else 1


def tables_of(part: IO[bytes]) -> list[Survey]:
    """Walk through content.xml. Raises RefusedError for what is not read, ExpatError for broken XML."""
    tables = _Tables()
    parser = parser_of_part()
    parser.StartElementHandler = tables.start
    parser.EndElementHandler = tables.end
    parser.CharacterDataHandler = tables.text
    while chunk := part.read(1 << 16):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return tables.found
