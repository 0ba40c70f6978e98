"""What LibreOffice saved: .xls, .ods and .xlsx say the same, hidden and failed cells included."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from importers import Reading, ReadOptions, Severity, read_workbooks
from importers.compound import CompoundFile
from importers.files import sheets_of
from importers.sheets import FormulaError, Sheet
from importers.survey_xls import old_sheets
from tests.data.saved.make_saved import saved_as

SAVED = Path(__file__).parents[1] / "data" / "saved"
KINDS = ("xls", "ods", "xlsx")


def read(kind: str, **options: bool) -> Reading:
    return read_workbooks([SAVED / f"inscrits.{kind}"], ReadOptions(**options))


def sheets_in(path: Path) -> list[Sheet]:
    return [replace(sheet, file="") for sheet in sheets_of(path, lambda _sheet, _row: None)]


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_sheets_rows_and_columns_are_left_out_and_said(kind: str) -> None:
    reading = read(kind)
    hidden = [(fault.code, fault.sheet, fault.read) for fault in reading.errors if fault.code.startswith("hidden")]
    assert hidden == [
        ("hidden-rows", "Inscrits", "12–13"),
        ("hidden-columns", "Inscrits", "F"),
        ("hidden-sheet", "Brouillon", None),
    ]
    assert len(reading.organisations) == 38
    assert {person.arrives for row in reading.organisations for person in row.delegates} == {None}


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_sheets_rows_and_columns_are_read_when_told(kind: str) -> None:
    reading = read(kind, with_hidden=True)
    assert len(reading.organisations) == 41
    assert [f"{person.arrives:%H:%M}" for person in reading.organisations[10].delegates if person.arrives] == ["14:30"]
    assert not [fault for fault in reading.errors if fault.code.startswith("hidden")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_formula_is_an_error_at_its_cell(kind: str) -> None:
    errors = [fault for fault in read(kind).errors if fault.severity is Severity.ERROR]
    assert [(fault.code, fault.cell, fault.read) for fault in errors] == [
        ("formula-error", "G3", "#DIV/0!"),
        ("formula-error", "G4", "#N/A"),
        ("formula-error", "G7", "#N/A"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_shown_with_zeros_in_front_is_read_as_it_is_shown(kind: str) -> None:
    sheet = sheets_in(SAVED / f"inscrits.{kind}")[0]
    assert [row.at(4) for row in sheet.rows[1:4]] == ["07002", "07003", "07004"]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_every_cell_is_what_it_is_in_the_format_of_today(kind: str) -> None:
    assert sheets_in(SAVED / f"inscrits.{kind}") == sheets_in(SAVED / "inscrits.xlsx")


def test_the_second_look_into_an_old_workbook_counts_every_cell_that_says_something() -> None:
    stream = CompoundFile((SAVED / "inscrits.xls").read_bytes()).stream("Workbook")
    assert stream is not None
    surveys = [sheet.survey for sheet in old_sheets(stream)]
    blanks = {row for row in range(2, 42) if row % 7 == 0}
    under_a_merged_cell = {21, 22}
    empty = blanks | under_a_merged_cell | {6}
    assert [survey.filled for survey in surveys] == [8 * 41 - len(empty), 4, 0]
    assert [survey.failed for survey in surveys] == [{3: {7: "#DIV/0!"}, 4: {7: "#N/A"}, 7: {7: "#N/A"}}, {}, {}]


def test_what_was_never_a_formula_is_no_failed_one() -> None:
    values = [value for row in sheets_in(SAVED / "inscrits.ods")[0].rows for value in row.values]
    assert sum(isinstance(value, FormulaError) for value in values) == 3


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_committed_files_are_what_libreoffice_saves(tmp_path: Path) -> None:
    saved_as(tmp_path, *KINDS)
    for kind in KINDS:
        assert sheets_in(tmp_path / f"inscrits.{kind}") == sheets_in(SAVED / f"inscrits.{kind}")
