"""The rows of a sheet as a library gives them, held against what a survey of our own saw in it."""

from collections.abc import Callable, Iterator

from importers.sheets import FormulaError, Row, Value, cleaned
from importers.survey import RefusedError, Survey

Progress = Callable[[str, int], None]
"""Told now and then: the sheet, and how many of its rows were read."""

_ROWS_BETWEEN_NEWS = 1_000


def surveyed_rows(
    rows: Iterator[tuple[int, tuple[object, ...]]], sheet: str, survey: Survey, tell: Progress
) -> tuple[Row, ...]:
    """The rows that hold something. Raises RefusedError when cells that the survey saw did not come."""
    kept: list[Row] = []
    found = 0
    for number, values in rows:
        marks, widths = survey.failed.get(number, {}), survey.widths.get(number, {})
        filled = sum(1 for value in values if value is not None and (not isinstance(value, str) or value.strip()))
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
            tell(sheet, number)
    kept += _rows_of_marks(survey, {row.number for row in kept})
    count = survey.filled - survey.failed_count
    if found < count:
        raise RefusedError("cells-lost", {"sheet": sheet, "found": str(found), "count": str(count)})
    return tuple(sorted(kept, key=lambda row: row.number))


def _rows_of_marks(survey: Survey, known: set[int]) -> Iterator[Row]:
    """Rows in which all formulas failed: the library does not see them."""
    for number, marks in survey.failed.items():
        if number not in known:
            cells = (FormulaError(marks[column]) if column in marks else None for column in range(1, max(marks) + 1))
            yield Row(number, tuple(cells))


def _shown(value: object, width: int) -> Value:
    """The value as the sheet shows it: with zeros in front where the format says so."""
    found = cleaned(value)
    if width and isinstance(found, int) and not isinstance(found, bool) and found >= 0:
        return str(found).zfill(width)
    return found
