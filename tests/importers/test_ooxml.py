"""What a workbook shows, and what it hides, as its rows."""

from pathlib import Path

from openpyxl import Workbook

from importers import ReadOptions, read_workbooks
from tests.importers import hostile

HEADERS = ["Organisation", "Code postal", "Pays", "Nom", "Arrivée"]


def saved(path: Path, book: Workbook) -> Path:
    book.save(path)
    return path


def a_book() -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Inscrits"
    for row in (
        HEADERS,
        ["Atelier du Fil", 7120, "FR", "Dupont", "14h30"],
        ["Ville de X", 54400, "FR", "Muster", None],
    ):
        sheet.append(row)
    return book


def test_a_number_shown_with_zeros_in_front_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = a_book()
    book.worksheets[0]["C2"], book.worksheets[0]["B2"].number_format = "CH", "00000"
    reading = read_workbooks([saved(tmp_path / "a.xlsx", book)])
    assert reading.organisations[0].postal_code == "07120"


def test_a_formula_that_was_never_computed_is_an_error_at_its_cell(tmp_path: Path) -> None:
    book = a_book()
    book.worksheets[0]["E3"] = "=1+1"
    reading = read_workbooks([saved(tmp_path / "a.xlsx", book)])
    assert [(fault.code, fault.cell) for fault in reading.errors] == [("formula-not-computed", "E3")]


def test_a_failed_formula_alone_in_its_row_is_an_error_too(tmp_path: Path) -> None:
    head = b'<row r="1"><c r="A1" t="str"><v>Organisation</v></c><c r="B1" t="str"><v>Nom</v></c></row>'
    hostile.changed(
        tmp_path / "a.xlsx", sheet=lambda _: hostile.rows(head + b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')
    )
    reading = read_workbooks([tmp_path / "a.xlsx"])
    assert ("formula-error", "A2", "#N/A") in [(fault.code, fault.cell, fault.read) for fault in reading.errors]


def test_hidden_rows_are_left_out_and_said_unless_asked_for(tmp_path: Path) -> None:
    book = a_book()
    book.worksheets[0].row_dimensions[3].hidden = True
    path = saved(tmp_path / "a.xlsx", book)
    reading = read_workbooks([path])
    assert [row.organisation for row in reading.organisations] == ["Atelier du Fil"]
    assert [(fault.code, fault.read) for fault in reading.errors] == [("hidden-rows", "3")]
    assert len(read_workbooks([path], ReadOptions(with_hidden=True)).organisations) == 2


def test_a_dimension_that_lies_loses_nothing(tmp_path: Path) -> None:
    def lie(content: bytes) -> bytes:
        return content.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:A1"')

    hostile.changed(tmp_path / "a.xlsx", sheet=lie)
    assert [row.organisation for row in read_workbooks([tmp_path / "a.xlsx"]).organisations] == ["Atelier du Fil"]


def test_what_is_far_from_the_corner_keeps_its_address(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Inscrits"
    sheet["D8"], sheet["E8"], sheet["F8"] = "Organisation", "Nom", "Arrivée"
    sheet["D9"], sheet["E9"], sheet["F9"] = "Atelier du Fil", "Dupont", "bientôt"
    reading = read_workbooks([saved(tmp_path / "a.xlsx", book)])
    assert [(fault.code, fault.cell) for fault in reading.errors] == [("not-a-time", "F9")]
    assert reading.organisations[0].delegates[0].address.row == 9


def test_a_cell_of_blanks_is_an_empty_cell(tmp_path: Path) -> None:
    book = a_book()
    sheet = book.worksheets[0]
    sheet.cell(2, sheet.max_column + 1, "   ")
    sheet.cell(3, sheet.max_column, " \n ")

    with_blanks = read_workbooks([saved(tmp_path / "blanks.xlsx", book)], ReadOptions())

    plain = read_workbooks([saved(tmp_path / "plain.xlsx", a_book())], ReadOptions())
    assert with_blanks.is_accepted
    assert [one.organisation for one in with_blanks.organisations] == [one.organisation for one in plain.organisations]
