"""Reads .ods and .xls by calamine, which runs in the child process like all others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from importers.calamine import rows_of
from importers.sheets import FARTHEST_COLUMN, FARTHEST_ROW, Area, Row, Sheet, cell_name, cleaned
from importers.survey import RefusedError
from importers.survey_ods import tables_of


def sheets_of_open_document(path: Path) -> Iterator[Sheet]:
    """The tables of an .ods file, with what a survey of our own finds hidden or merged in them."""
    with ZipFile(path) as archive, archive.open("content.xml") as part:
        tables = tables_of(part)
    for sheet, table in zip(sheets_of_calamine(path), tables, strict=True):
        found = sum(1 for row in sheet.rows for value in row.values if value is not None)
        if found < table.filled:
            raise RefusedError("cells-lost", {"sheet": sheet.name, "found": str(found), "count": str(table.filled)})
        yield replace(sheet, merged=table.merged, hidden_rows=table.hidden_rows, hidden_columns=table.hidden_columns)


def sheets_of_calamine(path: Path) -> Iterator[Sheet]:
    """The worksheets in order. Raises RefusedError, and calamine's own errors for a broken file."""
    with CalamineWorkbook.from_path(path) as book:
        for position, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(position)
            if sheet.total_height > FARTHEST_ROW or sheet.total_width > FARTHEST_COLUMN:
                raise RefusedError(
                    "cell-too-far",
                    {"row": str(FARTHEST_ROW), "column": str(FARTHEST_COLUMN)},
                    cell_name(sheet.total_height, sheet.total_width),
                )
            rows = []
            for number, values in rows_of(sheet):
                row = Row(number, tuple(cleaned(value) for value in values))
                if any(value is not None for value in row.values):
                    rows.append(row)
            merged = [
                Area(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            is_hidden = about.visible is not SheetVisibleEnum.Visible
            yield Sheet(path.name, about.name, tuple(rows), tuple(merged), is_hidden)
