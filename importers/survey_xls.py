"""A second, independent look into an old workbook (MS-XLS): what is filled, merged, hidden or failed."""

import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from importers.blanks import blank_strings_of_records
from importers.sheets import MOST_CELLS, Area, cell_name
from importers.styles import width_of
from importers.survey import Extent, RefusedError, Survey, merged_area


class _Kind:
    """The records that matter here, by their numbers in the specification."""

    BOF, EOF, CONTINUE, FILEPASS = 0x0809, 0x000A, 0x003C, 0x002F
    BOUNDSHEET, SST, FORMAT, XF = 0x0085, 0x00FC, 0x041E, 0x00E0
    ROW, COLINFO, MERGEDCELLS, STRING = 0x0208, 0x007D, 0x00E5, 0x0207
    LABELSST, LABEL, RSTRING = 0x00FD, 0x0204, 0x00D6
    NUMBER, RK, MULRK, FORMULA, BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205


_NUMBERS = frozenset({_Kind.NUMBER, _Kind.RK})
_TEXTS = frozenset({_Kind.LABEL, _Kind.RSTRING})
_VERSION_8 = 0x0600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BLANK_BYTES = b" \x00\t\r\n\xa0"
_IS_TEXT, _IS_TRUTH, _IS_ERROR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A worksheet of an old workbook, counted without a spreadsheet library."""

    is_hidden: bool
    survey: Survey


@dataclass(frozen=True, slots=True)
class _Front:
    """What the first part of a book says: where its worksheets start, blank strings, styles that show zeros."""

    version: int
    sheets: tuple[tuple[int, bool], ...]
    blanks: Collection[int]
    widths: Mapping[int, int]


def old_sheets(book: bytes) -> list[OldSheet]:
    """The worksheets in order. Raises RefusedError for what is not read."""
    try:
        front = _front_of(book)
        return [OldSheet(is_hidden, _OldWorksheet(book, front).survey(start)) for start, is_hidden in front.sheets]
    except (struct.error, IndexError) as fault:  # a record shorter than what it says to hold
        raise RefusedError("file-broken") from fault


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of the records of one part of the book, without those of charts inside of it."""
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        start, at = at + 4, at + 4 + length
        if at > len(book):
            break
        if kind == _Kind.BOF:
            depth += 1
        elif depth == 0:
            break
        elif kind == _Kind.EOF:
            depth -= 1
            if depth == 0:
                return
        elif depth == 1:
            yield kind, start, at
    raise RefusedError("file-broken")


def _front_of(book: bytes) -> _Front:
    (version,) = struct.unpack_from("<H", book, 4)
    sheets: list[tuple[int, bool]] = []
    strings: list[bytes] = []
    shapes: dict[int, str] = {}
    styles: list[int] = []
    is_in_strings = False
    for kind, start, end in _records(book, 0):
        is_in_strings = kind == _Kind.SST or (is_in_strings and kind == _Kind.CONTINUE)
        if is_in_strings:
            strings.append(book[start:end])
        elif kind == _Kind.FILEPASS:
            raise RefusedError("file-encrypted")
        elif kind == _Kind.BOUNDSHEET and book[start + 5] == 0:
            (first,) = struct.unpack_from("<I", book, start)
            sheets.append((first, bool(book[start + 4] & 3)))
        elif kind == _Kind.FORMAT:
            (number,) = struct.unpack_from("<H", book, start)
            shapes[number] = _shape(book[start + 2 : end], version)
        elif kind == _Kind.XF:
            styles.append(struct.unpack_from("<H", book, start + 2)[0])
    widths = {place: width for place, number in enumerate(styles) if (width := width_of(shapes.get(number, "")))}
    return _Front(version, tuple(sheets), blank_strings_of_records(strings), widths)


def _shape(written: bytes, version: int) -> str:
    if version < _VERSION_8:
        return written[1:].decode("cp1252", "replace")
    return written[3:].decode("utf-16-le" if written[2] & 1 else "latin-1", "replace")


class _OldWorksheet:
    """The cells of one worksheet, record by record."""

    def __init__(self, book: bytes, front: _Front) -> None:
        self._book = book
        self._front = front
        self._extent = Extent()
        self._filled = 0
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._failed: dict[int, dict[int, str]] = {}
        self._widths: dict[int, dict[int, int]] = {}
        self._awaiting: tuple[int, int] | None = None

    def survey(self, start: int) -> Survey:
        take = {
            _Kind.LABELSST: self._take_shared,
            _Kind.FORMULA: self._take_formula,
            _Kind.STRING: self._take_string,
            _Kind.BOOLERR: self._take_truth,
            _Kind.MULRK: self._take_numbers,
            _Kind.ROW: self._take_row,
            _Kind.COLINFO: self._take_columns,
            _Kind.MERGEDCELLS: self._take_merged,
            **dict.fromkeys(_NUMBERS, self._take_number),
            **dict.fromkeys(_TEXTS, self._take_text),
        }
        for kind, first, end in _records(self._book, start):
            if kind in take:
                take[kind](first, end)
        return Survey(
            self._filled,
            tuple(self._merged),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            self._failed,
            self._widths,
        )

    def _fill(self, row: int, column: int, style: int | None = None) -> None:
        self._filled += 1
        if self._filled > MOST_CELLS:
            raise RefusedError("file-too-many-cells", {"limit": str(MOST_CELLS)})
        self._extent.reach(row, column)
        if style is not None and style in self._front.widths:
            self._widths.setdefault(row, {})[column] = self._front.widths[style]

    def _place(self, at: int) -> tuple[int, int, int]:
        """Row and column from 1, and the style."""
        row, column, style = struct.unpack_from("<HHH", self._book, at)
        return row + 1, column + 1, style

    def _take_shared(self, at: int, _end: int) -> None:
        row, column, _ = self._place(at)
        (string,) = struct.unpack_from("<I", self._book, at + 6)
        if string not in self._front.blanks:
            self._fill(row, column)

    def _take_text(self, at: int, end: int) -> None:
        row, column, _ = self._place(at)
        if self._book[at + (9 if self._front.version >= _VERSION_8 else 8) : end].strip(_BLANK_BYTES):
            self._fill(row, column)

    def _take_number(self, at: int, _end: int) -> None:
        self._fill(*self._place(at))

    def _take_numbers(self, at: int, end: int) -> None:
        row, column, _ = self._place(at)
        for further, place in enumerate(range(at + 4, end - 2, 6)):
            (style,) = struct.unpack_from("<H", self._book, place)
            self._fill(row, column + further, style)

    def _take_formula(self, at: int, _end: int) -> None:
        row, column, style = self._place(at)
        result = self._book[at + 6 : at + 14]
        if result[6:8] != b"\xff\xff":
            self._fill(row, column, style)
        elif result[0] == _IS_TEXT:
            self._awaiting = row, column
        elif result[0] == _IS_TRUTH:
            self._fill(row, column)
        elif result[0] == _IS_ERROR:
            self._fail(row, column, result[2])

    def _take_string(self, at: int, end: int) -> None:
        """The result of the formula before."""
        if self._awaiting and self._book[at + 2 : end].strip(_BLANK_BYTES + b"\x01"):
            self._fill(*self._awaiting)
        self._awaiting = None

    def _take_truth(self, at: int, _end: int) -> None:
        row, column, _ = self._place(at)
        value, is_error = self._book[at + 6], self._book[at + 7]
        if is_error:
            self._fail(row, column, value)
        else:
            self._fill(row, column)

    def _fail(self, row: int, column: int, code: int) -> None:
        self._fill(row, column)
        self._failed.setdefault(row, {})[column] = _ERRORS.get(code, "#?")

    def _take_row(self, at: int, _end: int) -> None:
        row, flags = struct.unpack_from("<H10xH", self._book, at)
        if flags & 0x20:
            self._hidden_rows.add(row + 1)

    def _take_columns(self, at: int, _end: int) -> None:
        first, last, _, _, flags = struct.unpack_from("<5H", self._book, at)
        if flags & 1:
            self._hidden_columns.update(range(first + 1, min(last, 255) + 2))

    def _take_merged(self, at: int, _end: int) -> None:
        (count,) = struct.unpack_from("<H", self._book, at)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", self._book, at + 2 + 8 * number)
            area = Area(top + 1, left + 1, bottom + 1, right + 1)
            is_one = top <= bottom and left <= right
            self._merged.append(
                merged_area(area if is_one else None, cell_name(top + 1, left + 1), len(self._merged) + 1)
            )
