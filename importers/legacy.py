"""Reads .ods and .xls: values by calamine, all that it does not show by a survey of our own."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from importers.calamine import rows_of
from importers.compound import CompoundFile
from importers.sheets import Sheet
from importers.survey import RefusedError
from importers.survey_ods import tables_of
from importers.survey_xls import old_sheets
from importers.surveyed import Progress, surveyed_rows


def sheets_of_old_excel(path: Path, tell: Progress) -> Iterator[Sheet]:
    """The worksheets of an .xls file."""
    stream = CompoundFile(path.read_bytes()).stream("Workbook", "Book")
    if stream is None:
        raise RefusedError("file-broken")
    surveyed = old_sheets(stream)
    with CalamineWorkbook.from_path(path) as book:
        names = [about.name for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
        for name, old in zip(names, surveyed, strict=True):
            survey = old.survey
            rows = surveyed_rows(rows_of(book.get_sheet_by_name(name)), name, survey, tell)
            hidden = survey.hidden_rows, survey.hidden_columns
            yield Sheet(path.name, name, rows, survey.merged, old.is_hidden, *hidden)


def sheets_of_open_document(path: Path, tell: Progress) -> Iterator[Sheet]:
    """The tables of an .ods file."""
    with ZipFile(path) as archive, archive.open("content.xml") as part:
        tables = tables_of(part)
    with CalamineWorkbook.from_path(path) as book:
        for position, (about, table) in enumerate(zip(book.sheets_metadata, tables, strict=True)):
            rows = surveyed_rows(rows_of(book.get_sheet_by_index(position)), about.name, table, tell)
            hidden = table.hidden_rows, table.hidden_columns
            yield Sheet(
                path.name, about.name, rows, table.merged, about.visible is not SheetVisibleEnum.Visible, *hidden
            )
