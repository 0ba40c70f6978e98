"""Rows of a planning that were added, copied, mixed up, or name other people: what an organiser means by them."""

from datetime import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.agendas.queries import agendas_of
from app.agendas.replanning import Unchanged
from tests.app.agendas.exporting import Exported, add_row, column, pair, put, swapped
from tests.app.agendas.test_in_libreoffice import SOFFICE, converted

NEW = ("Ada", "Dee GmbH")


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Dee GmbH"), ("Dee GmbH", "Ada"), (" ADA", "dee"), ("Ada", "Dee  Gmbh")]
)
def test_a_row_that_was_added_is_a_new_meeting_and_all_others_stay(exported: Exported, one: str, other: str) -> None:
    before = exported.places(exported.version)
    values = {"Organisation A": one, "Organisation B": other, "Début": time(14, 45), "Table": "Table 5"}
    exported.edit(lambda sheet: add_row(sheet, values))

    done = exported.taken()

    assert exported.places(done.version) == before | {NEW: ("12:45", "5"), swapped(NEW): ("12:45", "5")}
    assert (done.moved, done.added, done.removed) == (0, 1, 0)


def test_a_new_meeting_is_attended_by_whom_its_row_names_else_by_who_is_free(exported: Exported) -> None:
    values = {"Organisation A": "Dee GmbH", "Organisation B": "Ada", "Début": time(14, 45), "Table": 5}
    named = {**values, "Délégué B": "Zweite Ada", "Délégué A": None}

    exported.edit(lambda sheet: add_row(sheet, named))

    assert exported.attending(exported.taken().version)[NEW] == "Ada Zweite"


def test_a_copied_row_with_other_names_is_a_new_meeting(exported: Exported) -> None:
    """Whoever copies a row in a spreadsheet copies its hidden key, too."""

    def change(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[2]])
        for header, value in {"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Table": 5}.items():
            put(sheet, 5, header, value)
        for header in ("Délégué A", "Délégué B"):
            put(sheet, 5, header, None)
        put(sheet, 5, "Début", time(14, 45))

    before = exported.places(exported.version)
    exported.edit(change)

    assert exported.places(exported.taken().version) == before | {NEW: ("12:45", "5"), swapped(NEW): ("12:45", "5")}


def test_what_is_added_is_one_edit_with_all_other_changes(exported: Exported) -> None:
    sheet = load_workbook(exported.path).worksheets[0]
    gone = pair(sheet, 3)

    def change(sheet: Worksheet) -> None:
        table = sheet.cell(3, column(sheet, "Table")).value
        sheet.delete_rows(3)
        add_row(sheet, {"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Début": "14h45", "Table": table})

    before = exported.places(exported.version)
    exported.edit(change)
    done = exported.taken()

    after = exported.places(done.version)
    assert (done.moved, done.added, done.removed) == (0, 1, 1)
    assert after[NEW] == ("12:45", before[gone][1])
    assert gone not in after


def test_rows_whose_contents_changed_places_beside_their_keys_are_known_by_who_meets(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        first, second = ([cell.value for cell in sheet[row]][:-1] for row in (2, 3))
        for number, (one, other) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(2, number).value, sheet.cell(3, number).value = other, one

    exported.edit(change)

    with pytest.raises(Unchanged):
        exported.taken()


def test_rows_without_their_keys_are_known_by_who_meets(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, sheet.max_column).value = None
        put(sheet, 2, "Début", time(14, 45))

    moved = pair(load_workbook(exported.path).worksheets[0], 2)
    exported.edit(change)
    done = exported.taken()

    assert (done.moved, done.added, done.removed) == (1, 0, 0)
    assert exported.places(done.version)[moved][0] == "12:45"


def test_another_delegate_of_the_same_house_goes_where_the_sheet_says_so(exported: Exported) -> None:
    before = exported.places(exported.version)
    sheet = load_workbook(exported.path).worksheets[0]
    row = next(row for row in (2, 3, 4) if "Ada" in pair(sheet, row))
    side = "A" if pair(sheet, row)[0] == "Ada" else "B"
    now = sheet.cell(row, column(sheet, f"Délégué {side}")).value
    other = {"Ada Person": "Ada Zweite", "Ada Zweite": "Ada Person"}[str(now)]
    exported.edit(lambda sheet: put(sheet, row, f"Délégué {side}", other))

    done = exported.taken()

    assert exported.attending(done.version)["Ada", "Bo GmbH"] == other
    assert exported.places(done.version) == before
    assert (done.moved, done.added, done.removed) == (1, 0, 0)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_what_was_changed_comes_back_from_libreoffice_too(exported: Exported, tmp_path: Path) -> None:
    sheet = load_workbook(exported.path).worksheets[0]
    moved, gone = pair(sheet, 2), pair(sheet, 3)

    def change(sheet: Worksheet) -> None:
        put(sheet, 2, "Début", time(14, 30))
        put(sheet, 2, "Table", 4)
        sheet.delete_rows(3)
        add_row(sheet, {"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Début": time(14, 45), "Table": 5})

    exported.edit(change)
    first = converted(exported.path, "ods", tmp_path)
    for path in (first, converted(first, "xlsx", tmp_path)):
        taken = exported.understood(path)

        assert [(one.meeting is None, one.slot is None) for one in taken] == [
            (False, False),
            (True, False),
            (False, True),
        ]
    exported.path = first
    after = exported.places(exported.taken().version)
    assert (after[moved], after[NEW]) == (("12:30", "4"), ("12:45", "5"))
    assert gone not in after
    assert len(agendas_of(exported.session, exported.version).organisations) == 6
