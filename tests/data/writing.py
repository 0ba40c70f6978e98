"""Writes one book in each of the formats that people send, the same to the byte each time."""

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | time | date | None
Row = list[Cell]
Rows = list[Row]

MADE = datetime(2026, 3, 14, 9, 0, 0)  # noqa: DTZ001 - a workbook's dates have no zone
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its rows, from row 1 on. `formats` gives the number format of single cells."""

    name: str
    rows: list[Row]
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    is_hidden: bool = False
    formats: Mapping[str, str] | None = None


def write(path: Path, sheets: list[Sheet], *, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """Write the sheets in the format that the name of the file says; `strict` in the name means strict OOXML."""
    match path.suffix:
        case ".ods":
            path.write_bytes(settled(open_document(sheets)))
        case ".xls":
            path.write_bytes(old_excel(sheets))
        case ".csv" | ".tsv":
            path.write_bytes(separated(sheets[0], encoding, delimiter))
        case _:
            swaps = dict(STRICT) if "strict" in path.stem else {}
            if path.suffix == ".xlsm":
                swaps[PLAIN_TYPE] = MACRO_TYPE
            path.write_bytes(settled(excel(sheets), swaps))


def excel(sheets: list[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.created = "Organisation", MADE
    for sheet in sheets:
        fill(book.create_sheet(sheet.name), sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def fill(target: Worksheet, sheet: Sheet) -> None:
    for line, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                target.cell(line, column, value)
    for place, number_format in (sheet.formats or {}).items():
        target[place].number_format = number_format
    for area in sheet.merged:
        target.merge_cells(area)
    for hidden_row in sheet.hidden_rows:
        target.row_dimensions[hidden_row].hidden = True
    for letter in sheet.hidden_columns:
        target.column_dimensions[letter].hidden = True
    if sheet.is_hidden:
        target.sheet_state = "hidden"


def settled(unsettled: bytes, swaps: Mapping[bytes, bytes] | None = None) -> bytes:
    """The same archive with fixed times, and with words exchanged in its XML."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(unsettled)) as source, zipfile.ZipFile(target, "w") as kept:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = with_fixed_time(content)
            for old, new in (swaps or {}).items():
                content = content.replace(old, new)
            entry = zipfile.ZipInfo(name, date_time=(2026, 3, 14, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return target.getvalue()


def with_fixed_time(core: bytes) -> bytes:
    mark = b'<dcterms:modified xsi:type="dcterms:W3CDTF">'
    head, _, rest = core.partition(mark)
    stamp = f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
    return head + mark + stamp + rest[len(stamp) :]


def open_document(sheets: list[Sheet]) -> bytes:
    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        table = Table(name=sheet.name)
        for row in sheet.rows:
            line = TableRow()
            for value in row:
                line.addElement(open_cell(value))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


def open_cell(value: Cell) -> TableCell:
    match value:
        case None:
            return TableCell()
        case time():
            cell = TableCell(valuetype="time", timevalue=f"PT{value:%H}H{value:%M}M00S")
        case date():
            cell = TableCell(valuetype="date", datevalue=value.isoformat())
        case int() | float():
            cell = TableCell(valuetype="float", value=value)
        case _:
            cell = TableCell(valuetype="string")
    for line in str(value).split("\n"):
        cell.addElement(P(text=line))
    return cell


def old_excel(sheets: list[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        target = book.add_sheet(sheet.name)
        for line, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is not None:
                    style = xlwt.easyxf(num_format_str=old_format(value))
                    target.write(line, column, value, style)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def old_format(value: Cell) -> str:
    match value:
        case time():
            return "HH:MM"
        case date():
            return "DD/MM/YYYY"
    return "General"


def separated(sheet: Sheet, encoding: str, delimiter: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(sheet.rows)
    return target.getvalue().encode(encoding)
