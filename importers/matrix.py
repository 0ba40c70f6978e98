"""A matrix of wishes: names down the side and along the top, marks in the cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from importers.cells import Misread
from importers.faults import Faults
from importers.handkept import is_total
from importers.marks import Mark, mark_of
from importers.names import Directory
from importers.rows import Address, WishRow
from importers.sheets import FormulaError, Row, Sheet, cell_name
from importers.text import fold, one_line

_SEARCHED_ROWS = 30
_SEARCHED_COLUMNS = 8
_FEWEST_NAMES = 2
_LONGEST_MARK = 24


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the edge of a matrix: as written, and whom it means."""

    written: str
    name: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where the names and the marks of a matrix are."""

    sheet: str
    top: Mapping[int, Label]
    side: Mapping[int, Label]
    rows: tuple[Row, ...]


def matrix_of(sheet: Sheet, directory: Directory) -> Matrix | None:
    """The matrix in a sheet; None unless most names along the top and down the side are of those registered."""
    best: tuple[int, int, int] | None = None
    for position, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        known = sum(1 for value in row.values if _is_known(value, directory))
        if known >= _FEWEST_NAMES and (best is None or known > best[0]):
            column = _column_of_names(sheet.rows[position + 1 :], directory)
            if column is not None:
                best = (known, position, column)
    if best is None:
        return None
    known, position, column = best
    header, rows = sheet.rows[position], sheet.rows[position + 1 :]
    top = {
        number: label
        for number in range(column + 1, len(header.values) + 1)
        if (label := _label(header, number, directory)) is not None
    }
    side = {row.number: label for row in rows if (label := _label(row, column, directory)) is not None}
    if known * 2 < len(top) or not _holds_marks(rows, top):
        return None
    return Matrix(sheet.name, top, side, tuple(rows))


def _is_known(value: object, directory: Directory) -> bool:
    return isinstance(value, str) and directory.find(one_line(value)).name is not None


def _column_of_names(rows: Sequence[Row], directory: Directory) -> int | None:
    """The column of the first ones in which most names are known."""
    counts: dict[int, int] = {}
    filled: dict[int, int] = {}
    for row in rows:
        for column in range(1, _SEARCHED_COLUMNS + 1):
            if isinstance(row.at(column), str):
                filled[column] = filled.get(column, 0) + 1
                counts[column] = counts.get(column, 0) + _is_known(row.at(column), directory)
    good = [column for column, count in counts.items() if count and count * 2 >= filled[column]]
    return max(good, key=lambda column: counts[column], default=None)


def _label(row: Row, column: int, directory: Directory) -> Label | None:
    value = row.at(column)
    if not isinstance(value, str) or is_total(Row(row.number, (value,))) or fold(value) in {"total", "summe", "somme"}:
        return None
    written = one_line(value)
    return Label(written, directory.find(written).name, cell_name(row.number, column))


def _holds_marks(rows: Sequence[Row], top: Mapping[int, Label]) -> bool:
    """Whether the cells hold marks rather than text: else it is a list that happens to name organisations."""
    values = [value for row in rows for column in top if (value := row.at(column)) is not None]
    return all(not isinstance(value, str) or len(value) <= _LONGEST_MARK for value in values)


def wishes_of_matrix(matrix: Matrix, directory: Directory, faults: Faults) -> Iterator[WishRow]:
    """Who stands at the side wishes to meet who stands on top. Without a number above 1 a 1 is no rank."""
    for label in (*matrix.top.values(), *matrix.side.values()):
        if label.name is None:
            named = directory.find(label.written)
            code = "ambiguous-organisation" if named.is_ambiguous else "unknown-organisation"
            faults.add(code, sheet=matrix.sheet, cell=label.cell, read=label.written, candidates=named.candidates)
    found = list(_marks(matrix, faults))
    has_ranks = any(mark.rank is not None and mark.rank > 1 for _, _, mark, _ in found)
    for source, target, mark, cell in found:
        rank = mark.rank if has_ranks else None
        if source.name and target.name:
            address = Address(matrix.sheet, cell=cell)
            yield WishRow(source.name, target.name, target.written, address, rank, mark.stars, mark.refuses)


def _marks(matrix: Matrix, faults: Faults) -> Iterator[tuple[Label, Label, Mark, str]]:
    for row in matrix.rows:
        source = matrix.side.get(row.number)
        if source is None:
            continue
        for column, target in matrix.top.items():
            value, cell = row.at(column), cell_name(row.number, column)
            if isinstance(value, FormulaError):
                code = "formula-error" if value.text else "formula-not-computed"
                faults.add(code, sheet=matrix.sheet, cell=cell, read=value.text or None)
                continue
            if source.name is not None and source.name == target.name:
                continue
            mark = mark_of(value, "not-a-mark")
            if isinstance(mark, Misread):
                faults.add(mark.code, sheet=matrix.sheet, cell=cell, read=mark.read)
            elif mark is not None:
                yield source, target, mark, cell
