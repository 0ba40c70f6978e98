"""Reads .xlsx and .xlsm, strict ones too: values by calamine, all that it does not show by a survey of our own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from importers.blanks import blank_strings
from importers.calamine import rows_of
from importers.package import Part, worksheets_of
from importers.sheets import FormulaError, Row, Sheet, Value, cleaned
from importers.styles import widths_of_styles
from importers.survey import RefusedError, Survey, survey_of

Progress = Callable[[str, int], None]
"""Told now and then: the sheet, and how many of its rows were read."""

_ROWS_BETWEEN_NEWS = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheets_of_ooxml(path: Path, tell: Progress) -> Iterator[Sheet]:
    """The worksheets of a workbook in order. Raises RefusedError, and what libraries raise for a broken file."""
    with ZipFile(path) as archive:
        parts = worksheets_of(archive)
        widths, blanks = widths_of_styles(archive), blank_strings(archive)
        surveys = []
        for part in parts:
            with archive.open(part.path) as file:
                surveys.append(survey_of(file, widths, blanks))
    with CalamineWorkbook.from_path(path) as book:
        for part, survey in zip(parts, surveys, strict=True):
            rows = rows_of(book.get_sheet_by_name(part.name))
            yield Sheet(
                file=path.name,
                name=part.name,
                rows=_counted(rows, part, survey, tell),
                merged=survey.merged,
                is_hidden=part.is_hidden,
                hidden_rows=survey.hidden_rows,
                hidden_columns=survey.hidden_columns,
            )


def _counted(
    rows: Iterator[tuple[int, tuple[object, ...]]], part: Part, survey: Survey, tell: Progress
) -> tuple[Row, ...]:
    """The rows that hold something. Raises RefusedError when cells that the survey saw did not come."""
    kept: list[Row] = []
    found = 0
    for number, values in rows:
        marks, widths = survey.failed.get(number, {}), survey.widths.get(number, {})
        filled = sum(1 for value in values if value not in ("", None))
        found += filled
        if filled or marks:
            width = max(len(values), max(marks, default=0))
            padded = (*values, *(None,) * (width - len(values)))
            row = tuple(
                FormulaError(marks[column]) if column in marks else _shown(value, widths.get(column, 0))
                for column, value in enumerate(padded, start=1)
            )
            if any(value is not None for value in row):
                kept.append(Row(number, row))
        if number % _ROWS_BETWEEN_NEWS == 0:
            tell(part.name, number)
    kept += _rows_of_marks(survey, {row.number for row in kept})
    if found < survey.filled - survey.failed_count:
        raise RefusedError("cells-lost", {"sheet": part.name, "found": str(found), "count": str(survey.filled)})
    return tuple(sorted(kept, key=lambda row: row.number))


def _rows_of_marks(survey: Survey, known: set[int]) -> Iterator[Row]:
    """Rows in which all formulas failed: the library does not see them."""
    for number, marks in survey.failed.items():
        if number not in known:
            cells = (FormulaError(marks[column]) if column in marks else None for column in range(1, max(marks) + 1))
            yield Row(number, tuple(cells))


def _shown(value: object, width: int) -> Value:
    """The value as the sheet shows it: with zeros in front where the format says so, escapes undone."""
    if isinstance(value, str) and "_x" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    found = cleaned(value)
    if width and isinstance(found, int) and not isinstance(found, bool) and found >= 0:
        return str(found).zfill(width)
    return found
