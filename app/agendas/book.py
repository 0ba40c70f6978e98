"""A workbook made to be worked with and printed: real times and numbers, text that is never a formula."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
WIDEST, WIDEST_NAME = 60, 32
LONG_ENOUGH_FOR_A_SENTENCE = 45
UPRIGHT = 84
"""So many letters fit on a page that stands upright, also in a font that is wider than ours."""
POINTS_OF_A_LINE = 15
LETTERS_OF_A_UNIT = 1.1
BOLD = 1.3
"""How much wider headers are, also in a font that stands in for ours."""
INK, LINE, FONT = "1F3A4D", "C5D0D8", "Calibri"
TIME = "hh:mm"
DAYS = {"de": "dd.mm.yyyy"}
DAY = "dd/mm/yyyy"
"""As all others of our languages write a day."""
SHRUNK_AT_MOST = 1.5
"""A link stands on one line, in smaller letters where it must: one for which they would be too small is text."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a row of another sheet."""

    text: str
    sheet: str
    row: int


Value = str | int | float | time | date | Link | None
TEXTUAL = (str, Link, type(None))


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: a title, the headers of its columns, and its rows. A line is drawn above each row in `groups`.

    `breaks`: each group is printed on a page of its own, to hand out. `stamp` and `keys`, one for each row, stand in a
    hidden column, by which rows are known again when somebody sorted or changed them. `notes` are for headers.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    groups: tuple[int, ...] = ()
    breaks: bool = False
    stamp: str = ""
    keys: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself; `heading` stands on top of every printed page."""

    heading: str
    subject: str
    maker: str
    lang: str
    made_at: datetime


def write_book(path: Path, pages: Sequence[Page], about: About) -> None:
    """Write the pages as a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.subject = plain(about.heading), plain(about.subject)
    book.properties.creator = book.properties.lastModifiedBy = about.maker
    book.properties.language = about.lang
    book.properties.created = about.made_at.astimezone(UTC).replace(tzinfo=None)
    for page in map(_with_legible_links, map(_without_empty_columns, pages)):
        day_format = DAYS.get(about.lang, DAY)
        _write_page(book.create_sheet(sheet_title(page.title)), page, plain(about.heading), day_format)
    book.save(path)


def plain(text: str) -> str:
    """Return a text without what a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]


def sheet_title(title: str) -> str:
    """Return a title as Excel allows it."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:LONGEST_TITLE].strip("' ")


def _without_empty_columns(page: Page) -> Page:
    """The page without the columns in which no row says anything; one without rows keeps them all."""
    kept = [column for column in range(len(page.headers)) if any(row[column] not in (None, "") for row in page.rows)]
    if not page.rows:
        return page
    rows = tuple(tuple(row[column] for column in kept) for row in page.rows)
    return replace(page, headers=tuple(page.headers[column] for column in kept), rows=rows)


def _with_legible_links(page: Page) -> Page:
    """The page with text in place of links that would be written too small."""
    return replace(page, rows=tuple(tuple(map(_legible, row)) for row in page.rows))


def _legible(value: Value) -> Value:
    return value.text if isinstance(value, Link) and len(value.text) > SHRUNK_AT_MOST * WIDEST_NAME else value


def _write_page(sheet: Worksheet, page: Page, heading: str, day_format: str) -> None:
    looks = _Looks({time: TIME, date: day_format, datetime: f"{day_format} {TIME}"})
    centred = {column for row in page.rows for column, value in enumerate(row) if not isinstance(value, TEXTUAL)}
    for column, header in enumerate(page.headers):
        cell = _put(sheet, 1, column + 1, header, looks, is_edge=False, is_centred=False)
        _style_header(cell, is_centred=column in centred)
        if header in page.notes:
            cell.comment = Comment(page.notes[header], "Ronde", width=280, height=110)
    edges = set(page.groups)
    for number, row in enumerate(page.rows):
        is_edge = number in edges
        for column, value in enumerate(row):
            if value is not None or is_edge:
                _put(sheet, number + 2, column + 1, value, looks, is_edge=is_edge, is_centred=column in centred)
    widths = _fit(sheet, page)
    _hide_keys(sheet, page)
    _prepare_for_print(sheet, page, heading, sum(widths))


def _put(
    sheet: Worksheet, row: int, column: int, value: Value, looks: "_Looks", *, is_edge: bool, is_centred: bool
) -> Cell:
    """Write a value with its own type. Text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    text = value.text if isinstance(value, Link) else value
    if isinstance(text, str):
        cell.value = plain(text)
        cell.data_type = "s"
    else:
        cell.value = text
    is_risky = isinstance(text, str) and text[:1] in "=+-@\t"
    looks.give(cell, _Look(type(text), is_risky, isinstance(value, Link), is_edge, is_centred))
    if isinstance(value, Link):
        where = f"'{sheet_title(value.sheet)}'!A{value.row}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=where, display=value.text)
    return cell


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell's style depends on."""

    kind: type
    is_risky: bool
    is_link: bool
    is_edge: bool
    is_centred: bool


class _Looks:
    """The styles of a sheet, each made once: making one for every cell takes longer than all the rest."""

    def __init__(self, formats: Mapping[type, str]) -> None:
        self.formats = formats
        self.made: dict[_Look, StyleArray] = {}

    def give(self, cell: Cell, look: _Look) -> None:
        if look not in self.made:
            _style(cell, look, self.formats)
            self.made[look] = cell._style  # type: ignore[attr-defined]  # openpyxl knows no public way to share a style
        cell._style = copy(self.made[look])  # type: ignore[attr-defined]  # as above: openpyxl knows no public way


def _style(cell: Cell, look: _Look, formats: Mapping[type, str]) -> None:
    horizontal = "center" if look.is_centred else None
    is_wrapped = look.kind is str and not look.is_link  # a link on two lines is cut off in LibreOffice
    cell.alignment = Alignment(horizontal, vertical="top", wrap_text=is_wrapped, shrink_to_fit=look.is_link)
    cell.number_format = formats.get(look.kind, "General")
    if look.is_risky:
        cell.quotePrefix = True  # it stays text when somebody edits it, too
    if look.is_link:
        cell.font = Font(name=FONT, size=11, color=INK, underline="single")
    if look.is_edge:
        cell.border = Border(top=Side("thin", color=LINE))


def _style_header(cell: Cell, *, is_centred: bool) -> None:
    cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment("center" if is_centred else None, vertical="center", wrap_text=True)


def _fit(sheet: Worksheet, page: Page) -> list[int]:
    """Make columns as wide as what stands in them, within reason, and rows as high as their lines."""
    widths = []
    for column, header in enumerate(page.headers):
        lengths = sorted(len(_shown(row[column])) for row in page.rows) or [0]
        is_told = lengths[len(lengths) // 2] > LONG_ENOUGH_FOR_A_SENTENCE
        longest_word = max((len(word) for word in header.split()), default=0)
        widths.append(min(WIDEST if is_told else WIDEST_NAME, max(lengths[-1], longest_word, 5) + 3))
        sheet.column_dimensions[get_column_letter(column + 1)].width = widths[-1]
    for number, row in enumerate((page.headers, *page.rows), 1):
        wide = 1.0 if number > 1 else BOLD
        line_count = max(
            1 if isinstance(value, Link) else _line_count(_shown(value), width / wide)
            for value, width in zip(row, widths, strict=True)
        )
        if line_count > 1:
            sheet.row_dimensions[number].height = POINTS_OF_A_LINE * line_count
    return widths


def _hide_keys(sheet: Worksheet, page: Page) -> None:
    """Write the keys into a hidden column after the last; it is sorted and filtered with the others."""
    if not page.stamp:
        return
    column = len(page.headers) + 1
    for row, key in enumerate((page.stamp, *page.keys), 1):
        cell = sheet.cell(row, column, key)
        cell.data_type = "s"
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _line_count(text: str, width: float) -> int:
    """How many lines a text takes: a word that does not fit goes to the next, which leaves lines shorter."""
    room = width * LETTERS_OF_A_UNIT
    return sum(1 if len(line) <= room else ceil(len(line) / (0.9 * room)) for line in text.split("\n"))


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case Link(text=text):
            return text
        case time():
            return "00:00"
        case date():
            return "00/00/0000"
        case _:
            return str(value)


def _prepare_for_print(sheet: Worksheet, page: Page, heading: str, width: int) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = _area(page, len(page.headers) + bool(page.stamp))
    sheet.print_area = _area(page, len(page.headers))
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "portrait" if width <= UPRIGHT else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.6, header=0.3, footer=0.3)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for group in page.groups[1:] if page.breaks else ():
        sheet.row_breaks.append(Break(id=group + 1))
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(
        left=_HeaderFooterPart(heading.replace("&", "&&")), right=_HeaderFooterPart(page.title.replace("&", "&&"))
    )
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart("&P / &N"))


def _area(page: Page, columns: int) -> str:
    return f"A1:{get_column_letter(columns)}{len(page.rows) + 1}"
