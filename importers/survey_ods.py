"""A second, independent look into content.xml of an OpenDocument: extents, hidden rows and columns, merged cells."""

from dataclasses import dataclass
from typing import IO

from importers.sheets import FARTHEST_COLUMN, FARTHEST_ROW, Area, cell_name
from importers.survey import RefusedError, parser_of_part

_HIDDEN = frozenset({"collapse", "filter"})


@dataclass(frozen=True, slots=True)
class OpenTable:
    """What one table holds, counted without a spreadsheet library."""

    name: str
    filled: int
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


class _Tables:
    """The handlers of one pass. Repeated rows and cells count as often as they are repeated."""

    def __init__(self) -> None:
        self.found: list[OpenTable] = []
        self._name = ""
        self._row = self._rows = self._column = self._columns = self._filled = 0
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._depth = self._notes = 0
        self._cell: tuple[int, bool] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        said = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        match name.rpartition("}")[2]:
            case "table":
                self._depth += 1
                if self._depth == 1:
                    self._start_table(said)
            case "annotation":
                self._notes += 1
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

    def _start_table(self, said: dict[str, str]) -> None:
        self._name = said.get("name", "")
        self._row, self._rows, self._column, self._columns, self._filled = 1, 0, 0, 1, 0
        self._merged, self._hidden_rows, self._hidden_columns = [], set(), set()

    def _start_column(self, said: dict[str, str]) -> None:
        count = _repeated(said, "number-columns-repeated")
        if said.get("visibility") in _HIDDEN:
            self._hidden_columns.update(range(self._columns, min(self._columns + count, FARTHEST_COLUMN)))
        self._columns += count

    def _start_cell(self, said: dict[str, str]) -> None:
        count = _repeated(said, "number-columns-repeated")
        first, self._column = self._column + 1, self._column + count
        self._cell = None
        if "value-type" not in said:
            return
        if self._row + self._rows - 1 > FARTHEST_ROW or self._column > FARTHEST_COLUMN:
            limits = {"row": str(FARTHEST_ROW), "column": str(FARTHEST_COLUMN)}
            raise RefusedError("cell-too-far", limits, cell_name(self._row + self._rows - 1, self._column))
        is_text = said["value-type"] == "string" and "string-value" not in said
        self._cell = (count * self._rows, not is_text)
        rows, columns = _repeated(said, "number-rows-spanned"), _repeated(said, "number-columns-spanned")
        if rows * columns > 1:
            self._merged.append(Area(self._row, first, self._row + rows - 1, first + columns - 1))

    def text(self, data: str) -> None:
        if self._cell is not None and not self._notes and data.strip():
            self._cell = (self._cell[0], True)

    def end(self, name: str) -> None:
        match name.rpartition("}")[2]:
            case "annotation":
                self._notes -= 1
            case "table-cell" | "covered-table-cell" if self._depth == 1 and self._cell is not None:
                count, is_filled = self._cell
                self._filled += count if is_filled else 0
                self._cell = None
            case "table":
                self._end_table()

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            merged = tuple(self._merged)
            hidden = frozenset(self._hidden_rows), frozenset(self._hidden_columns)
            self.found.append(OpenTable(self._name, self._filled, merged, *hidden))


def _repeated(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return max(1, int(text)) if text.isdigit() else 1


def tables_of(part: IO[bytes]) -> list[OpenTable]:
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
