"""Reads .xlsx and .xlsm, strict ones too: values by calamine, all that it does not show by a survey of our own."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from importers.blanks import blank_strings
from importers.calamine import rows_of
from importers.package import worksheets_of
from importers.sheets import Sheet
from importers.styles import widths_of_styles
from importers.survey import survey_of
from importers.surveyed import Progress, surveyed_rows

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
            rows = _unescaped(rows_of(book.get_sheet_by_name(part.name)))
            yield Sheet(
                file=path.name,
                name=part.name,
                rows=surveyed_rows(rows, part.name, survey, tell),
                merged=survey.merged,
                is_hidden=part.is_hidden,
                hidden_rows=survey.hidden_rows,
                hidden_columns=survey.hidden_columns,
            )


def _unescaped(rows: Iterator[tuple[int, tuple[object, ...]]]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The rows with marks that XML cannot hold (`_x000D_`) as what they stand for."""
    for number, values in rows:
        if any(isinstance(value, str) and "_x" in value for value in values):
            yield number, tuple(_mark(value) if isinstance(value, str) else value for value in values)
        else:
            yield number, values


def _mark(value: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return text if text.strip() else _COUNTED


_COUNTED = "\u200b"
"""Stands for a text of marks alone: the survey has counted it, and cleaning takes it away."""
