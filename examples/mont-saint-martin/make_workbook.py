"""Writes mont-saint-martin.xlsx beside itself, the same to the byte each time it is run."""

import io
import random
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

from guests import Guest, guests
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sheets import EVENT, FRENCH_HEADERS, GERMAN_HEADERS, LATE_ROWS, Cell, Row, french_rows, german_rows, mail_rows
from wishing import Wish, wishes

SEED = 20190606
TARGET = Path(__file__).with_name("mont-saint-martin.xlsx")
MADE = datetime(2019, 5, 31, 18, 0, 0)  # noqa: DTZ001 - a workbook's dates have no zone


def write_table(sheet: Worksheet, top: int, headers: tuple[str | None, ...], rows: list[Row]) -> int:
    """Headers at row `top`, rows below; returns the first free row."""
    for column, header in enumerate(headers, start=1):
        cell = sheet.cell(top, column, header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="DDE8F0")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = 22 if header else 3
    for line, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            put(sheet, line, column, value)
    return top + 1 + len(rows)


def put(sheet: Worksheet, line: int, column: int, value: Cell) -> None:
    if value is not None:
        cell = sheet.cell(line, column, value)
        if isinstance(value, str):
            cell.number_format = "@"
        elif isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"


def french_sheet(book: Workbook, everybody: tuple[Guest, ...], wished: tuple[Wish, ...], chance: random.Random) -> None:
    """France, Belgium, Luxembourg: a form's export with a title, a remark, a stripe before the late, a total."""
    sheet = book.create_sheet("Inscriptions FR-BE-LU")
    sheet["A1"] = "Convention d'affaires transfrontalière – Mont-Saint-Martin, 6 juin 2019"
    sheet.merge_cells("A1:L1")
    sheet["A2"] = "Export du formulaire au 31/05/2019 – document interne, ne pas diffuser"
    sheet["B4"] = "* champs obligatoires. Une ligne par personne ; souhaits à indiquer une seule fois par structure."
    rows = french_rows(tuple(guest for guest in everybody if not guest.is_on_german_sheet), wished, chance)
    stripe = write_table(sheet, 5, FRENCH_HEADERS, rows[:-LATE_ROWS])
    sheet.cell(stripe, 1, "Inscriptions tardives (après le 24 mai) :")
    sheet.merge_cells(start_row=stripe, start_column=1, end_row=stripe, end_column=len(FRENCH_HEADERS))
    for line, row in enumerate(rows[-LATE_ROWS:], start=stripe + 1):
        for column, value in enumerate(row, start=1):
            put(sheet, line, column, value)
    total = stripe + LATE_ROWS + 2
    sheet.cell(total, 2, "TOTAL")
    sheet.cell(total, 5, len(rows))
    sheet.freeze_panes = "C6"


def german_sheet(book: Workbook, everybody: tuple[Guest, ...], wished: tuple[Wish, ...], chance: random.Random) -> None:
    """Germany: kept by hand by the partner in Saarbrücken, with other headers in another order."""
    sheet = book.create_sheet("Anmeldungen DE")
    sheet["A1"] = "Anmeldungen Deutschland (Stand 29.05.2019)"
    write_table(
        sheet, 3, GERMAN_HEADERS, german_rows(tuple(g for g in everybody if g.is_on_german_sheet), wished, chance)
    )


def event_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Événement")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 42, 80
    for line, (name, value) in enumerate(EVENT, start=1):
        sheet.cell(line, 1, name).font = Font(bold=True)
        put(sheet, line, 2, value)


def workbook() -> Workbook:
    """The whole workbook; every run draws the same."""
    chance = random.Random(SEED)
    everybody = guests(chance)
    wished = wishes(everybody, chance)
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = "À lire"
    notes["A1"] = "Fichier de travail du comité d'organisation. Organisations et personnes sont inventées."
    notes["A3"] = "Les souhaits reçus par courriel sont dans la feuille « Wünsche (Mail) »."
    french_sheet(book, everybody, wished, chance)
    german_sheet(book, everybody, wished, chance)
    by_mail = book.create_sheet("Wünsche (Mail)")
    by_mail["A1"] = "Nachträge per Mail, Rang fortlaufend nach dem Formular"
    write_table(by_mail, 3, ("Von", "An", "Rang", "Notiz"), mail_rows(wished, chance))
    event_sheet(book)
    return book


def settled(unsettled: bytes) -> bytes:
    """The same archive with fixed times, so that a second run gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(unsettled)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = with_fixed_times(content)
            entry = zipfile.ZipInfo(name, date_time=MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return target.getvalue()


def with_fixed_times(core: bytes) -> bytes:
    head, _, rest = core.partition(b'<dcterms:modified xsi:type="dcterms:W3CDTF">')
    stamp = f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
    return head + b'<dcterms:modified xsi:type="dcterms:W3CDTF">' + stamp + rest[len(stamp) :]


def main(target: Path) -> None:
    book = workbook()
    book.properties.creator, book.properties.created = "Comité d'organisation", MADE
    unsettled = io.BytesIO()
    book.save(unsettled)
    target.write_bytes(settled(unsettled.getvalue()))
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
