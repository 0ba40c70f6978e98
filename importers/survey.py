"""A second, independent look into the XML of a worksheet: what is filled, merged, hidden or broken."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from importers.sheets import FARTHEST_COLUMN, FARTHEST_ROW, MOST_CELLS, Area, area_of, cell_name, place_of

STRICT = "http://purl.oclc.org/ooxml/"
_MOST_MERGES = 100_000
_LARGEST_MERGE = 1_000_000
_LARGEST_EXTENT = 8_000_000
"""Rows times columns, filled or not: a library may ask memory for all of them."""


class RefusedError(Exception):
    """The file is not read further: a code of words/messages.toml with its parameters."""

    def __init__(self, code: str, parameters: Mapping[str, str] | None = None, cell: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = dict(parameters or {})
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Survey:
    """What one worksheet part holds, counted without a spreadsheet library.

    `failed`: row → column → text of a failed formula (`#N/A`), empty where it was never computed; `widths`: row →
    column → digits that a number is shown with.
    """

    filled: int
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    failed: Mapping[int, Mapping[int, str]]
    widths: Mapping[int, Mapping[int, int]]

    @property
    def failed_count(self) -> int:
        return sum(1 for marks in self.failed.values() for text in marks.values() if text)


class Extent:
    """How far the cells of a sheet reach. Refuses what is too far, or too much between the first and the last."""

    def __init__(self) -> None:
        self._row = self._column = 0

    def reach(self, row: int, column: int) -> None:
        """Raises RefusedError for a cell beyond what is read."""
        if row > FARTHEST_ROW or column > FARTHEST_COLUMN:
            limits = {"row": str(FARTHEST_ROW), "column": str(FARTHEST_COLUMN)}
            raise RefusedError("cell-too-far", limits, cell_name(row, column))
        if row > self._row or column > self._column:
            self._row, self._column = max(self._row, row), max(self._column, column)
            if self._row * self._column > _LARGEST_EXTENT:
                limits = {"row": str(_LARGEST_EXTENT // self._column), "column": str(self._column)}
                raise RefusedError("cell-too-far", limits, cell_name(row, column))


def merged_area(area: Area | None, reference: str, count: int) -> Area:
    """A merged area, the `count`-th of its sheet. Raises RefusedError for one that is none or too large."""
    if area is None:
        raise RefusedError("file-broken")
    if area.cell_count > _LARGEST_MERGE or count > _MOST_MERGES:
        raise RefusedError("merge-too-large", None, reference)
    return area


class _Worksheet:
    """The handlers of one pass; positions are tracked as Excel does where `r` is missing."""

    def __init__(self, widths: Mapping[int, int], blanks: Collection[int]) -> None:
        self._styles = widths
        self._blanks = blanks
        self._widths: dict[int, dict[int, int]] = {}
        self._extent = Extent()
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._failed: dict[int, dict[int, str]] = {}
        self._filled = 0
        self._row = self._column = self._cells = 0
        self._type = "n"
        self._text: list[str] | None = None
        self._has_formula = self._is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition("}")[2]:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self._text = []
            case "f":
                self._has_formula = True
            case "row":
                self._start_row(attributes)
            case "col" if _is_true(attributes.get("hidden")):
                first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
                self._hidden_columns.update(range(first, min(last, FARTHEST_COLUMN) + 1))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if _is_true(attributes.get("hidden")) or _is_true(attributes.get("zeroHeight")):
            self._hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise RefusedError("file-too-many-cells", {"limit": str(MOST_CELLS)})
        place = place_of(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._type = attributes.get("t", "n")
        if self._styles and self._type == "n" and int(attributes.get("s", "0")) in self._styles:
            width = self._styles[int(attributes["s"])]
            self._widths.setdefault(self._row, {})[self._column] = width
        self._has_formula = self._is_filled = False

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def end(self, name: str) -> None:
        match name.rpartition("}")[2]:
            case "v" | "t":
                self._end_text()
            case "c":
                self._end_cell()

    def _end_text(self) -> None:
        text = "".join(self._text or ())
        self._text = None
        is_blank = self._type == "s" and text.isdecimal() and int(text) in self._blanks
        if text.strip() and not is_blank:
            self._is_filled = True
        if self._type == "e" and text:
            self._failed.setdefault(self._row, {})[self._column] = text

    def _end_cell(self) -> None:
        if self._is_filled or self._has_formula:
            self._extent.reach(self._row, self._column)
        if self._is_filled:
            self._filled += 1
        elif self._has_formula and self._type != "str":
            self._failed.setdefault(self._row, {})[self._column] = ""

    def _merge(self, reference: str) -> None:
        self._merged.append(merged_area(area_of(reference), reference, len(self._merged) + 1))

    def found(self) -> Survey:
        return Survey(
            self._filled,
            tuple(self._merged),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            self._failed,
            self._widths,
        )


def _is_true(text: str | None) -> bool:
    return text is not None and text.strip().lower() in {"1", "true", "on"}


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("file-unsafe", {"part": "DOCTYPE"})


def parser_of_part() -> expat.XMLParserType:
    """A parser that refuses every DOCTYPE, and so all entities."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.buffer_text = True
    return parser


class _PrologOver(Exception):  # noqa: N818 - no error: it ends the reading of a part that is good so far
    pass


def refuse_doctype(part: IO[bytes]) -> None:
    """Read a part up to its first element. Raises RefusedError for a DOCTYPE, ExpatError for broken XML."""
    parser = parser_of_part()
    parser.StartElementHandler = _end_of_prolog
    try:
        while chunk := part.read(1 << 12):
            parser.Parse(chunk, False)
    except _PrologOver:
        return


def _end_of_prolog(*_: object) -> None:
    raise _PrologOver


def survey_of(part: IO[bytes], widths: Mapping[int, int] | None = None, blanks: Collection[int] = ()) -> Survey:
    """Walk through one worksheet part; `blanks` are the shared strings that count as nothing.

    Raises RefusedError for what is not read, ExpatError for broken XML.
    """
    worksheet = _Worksheet(widths or {}, blanks)
    parser = parser_of_part()
    parser.StartElementHandler = worksheet.start
    parser.EndElementHandler = worksheet.end
    parser.CharacterDataHandler = worksheet.text
    while chunk := part.read(1 << 16):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return worksheet.found()
