"""Reads .xlsx and .xlsm: values by openpyxl (strict files by calamine), the rest by a survey of our own."""

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader import excel
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from python_calamine import CalamineWorkbook

from importers.package import Part, worksheets_of
from importers.sheets import FormulaError, Row, Sheet, Value, cleaned
from importers.survey import RefusedError, Survey, survey_of

Progress = Callable[[str, int], None]
"""Told now and then: the sheet, and how many of its rows were read."""

_ROWS_BETWEEN_NEWS = 1_000


class _Unmeasured(ReadOnlyWorksheet):
    """A worksheet whose stated size is not asked: it may lie, and to look for a missing one reads the part twice."""

    def _get_size(self) -> None:
        self.reset_dimensions()


excel.ReadOnlyWorksheet = _Unmeasured  # type: ignore[attr-defined]  # openpyxl has no other way to choose it


def sheets_of_ooxml(path: Path, is_strict: bool, tell: Progress) -> Iterator[Sheet]:
    """The worksheets of a workbook in order. Raises RefusedError, and what the libraries raise for a broken file."""
    with ZipFile(path) as archive:
        parts = worksheets_of(archive)
        surveys = []
        for part in parts:
            with archive.open(part.path) as file:
                surveys.append(survey_of(file))
    if is_strict:
        with CalamineWorkbook.from_path(path) as strict:
            for part, survey in zip(parts, surveys, strict=True):
                rows = ((n, tuple(row)) for n, row in enumerate(strict.get_sheet_by_name(part.name).iter_rows(), 1))
                yield _sheet(path, part, survey, _counted(rows, part, survey))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions that do not matter here
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            for part, survey in zip(parts, surveys, strict=True):
                found = book[part.name]
                if not isinstance(found, ReadOnlyWorksheet):
                    raise RefusedError("file-broken")
                yield _sheet(path, part, survey, _counted(_shown(found, tell), part, survey))
        finally:
            book.close()


def _sheet(path: Path, part: Part, survey: Survey, rows: tuple[Row, ...]) -> Sheet:
    return Sheet(
        file=path.name,
        name=part.name,
        rows=rows,
        merged=survey.merged,
        is_hidden=part.is_hidden,
        hidden_rows=survey.hidden_rows,
        hidden_columns=survey.hidden_columns,
    )


def _shown(sheet: ReadOnlyWorksheet, tell: Progress) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows as openpyxl reads them; numbers with a mask of zeros as they are shown."""
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows()  # type: ignore[misc]  # the stubs take it for a Worksheet
    for number, cells in enumerate(rows, start=1):
        if cells:
            yield number, tuple(_shown_value(cell) for cell in cells)
        if number % _ROWS_BETWEEN_NEWS == 0:
            tell(sheet.title, number)


def _shown_value(cell: object) -> object:
    if not isinstance(cell, ReadOnlyCell):
        return None
    value = cell.value
    if type(value) is int and value >= 0 and cell.has_style:
        return _with_zeros(value, cell.number_format)
    return value


def _counted(rows: Iterator[tuple[int, tuple[object, ...]]], part: Part, survey: Survey) -> tuple[Row, ...]:
    """The rows that hold something. Raises RefusedError when cells that the survey saw did not come."""
    kept: list[Row] = []
    found = 0
    for number, values in rows:
        marks = survey.marks_of(number)
        filled = sum(1 for value in values if value is not None and value != "")
        found += filled
        if filled or marks:
            width = max(len(values), max(marks, default=0))
            padded = (*values, *(None,) * (width - len(values)))
            row = tuple(_value(value, marks.get(column)) for column, value in enumerate(padded, start=1))
            if any(value is not None for value in row):
                kept.append(Row(number, row))
    if found < survey.filled - survey.failed_count:
        raise RefusedError("cells-lost", {"sheet": part.name, "found": str(found), "count": str(survey.filled)})
    return tuple(kept)


def _value(value: object, mark: str | None) -> Value:
    """The value of a cell; a mark is the text of its formula's failure, empty for one never computed."""
    return cleaned(value) if mark is None else FormulaError(mark)


_QUOTED = re.compile(r'\\.|"[^"]*"|\[[^\]]*\]|_.')


def _with_zeros(number: int, shape: str) -> int | str:
    """A number shown as `07120` is meant so: postal codes, telephone and registration numbers."""
    mask = _QUOTED.sub("", shape.split(";")[0])
    digits = re.sub(r"[ \-/()]", "", mask)
    if not re.fullmatch(r"0[0#]+", digits) or len(str(number)) >= len(digits):
        return number
    return str(number).zfill(len(digits))
