"""What is wrong in a planning that comes back is told with its cell, all of it, and nothing is changed."""

from datetime import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from app import models
from app.agendas.delivering import write_planning
from app.agendas.queries import agendas_of
from tests.app.agendas.conftest import Plan
from tests.app.agendas.exporting import Exported, add_row, column, pair, put
from tests.builders import a_delegate, a_wish, an_event, an_organisation


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Début", time(9, 0), "no slot starts on 06/06/2026 at 09:00."),
        ("Début", "bald", "“bald” is no time of day."),
        ("Début", None, "this cell is empty or cannot be read."),
        ("Jour", "2026-06-07", "no slot starts on 07/06/2026 at"),
        ("Table", 77, "there is no table “77”."),
        ("Table", None, "this cell is empty or cannot be read."),
        ("Table", "en ligne", "need a table."),
        ("Organisation A", "Somebody else", "to hold another, delete this row and add a new one."),
        ("Délégué B", "Somebody else", "“Somebody else” does not come for"),
    ],
)
def test_every_fault_is_told_with_its_cell(exported: Exported, header: str, value: object, fault: str) -> None:
    exported.edit(lambda sheet: put(sheet, 3, header, value))
    sheet = load_workbook(exported.path).worksheets[0]
    cell = sheet.cell(3, column(sheet, header)).coordinate

    (told,) = exported.faults()

    assert told[0] == cell
    assert told[1].startswith(f"Par créneau et table, {cell}")
    assert fault in told[1]
    assert exported.session.query(models.Version).count() == 1


def test_a_row_too_many_is_refused(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[2]])
        sheet.append([cell.value for cell in sheet[3]][:-1])

    exported.edit(change)

    first, second = exported.faults()
    assert second == (
        "A6",
        "Par créneau et table, A6: this row and the one at A3 are the same meeting; delete one of them.",
    )
    assert first == (
        "A5",
        "Par créneau et table, A5: this row and the one at A2 are the same meeting; delete one of them.",
    )


def test_two_meetings_at_one_table_are_refused_by_cell_with_names(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        for header in ("Début", "Table"):
            put(sheet, 2, header, sheet.cell(3, column(sheet, header)).value)

    sheet = load_workbook(exported.path).worksheets[0]
    exported.edit(change)

    ((cell, message),) = exported.faults()

    assert cell in ("B2", "C2", "D2")
    assert "is taken at" in message
    assert any(name in message for name in pair(sheet, 3))


def test_nobody_sits_in_two_meetings_of_a_slot(session: Session, plan: Plan, tmp_path: Path) -> None:
    event = an_event(session, slots=2, tables=4)
    star = an_organisation(session, event, "Star", a_delegate("S T"))
    for name in ("One", "Two"):
        a_wish(session, an_organisation(session, event, name, a_delegate(name)), star)
    version, _result = plan(event)
    path = tmp_path / "planning.xlsx"
    write_planning(session, version, agendas_of(session, version), path, "en")
    exported = Exported(session, event, version, path)
    exported.edit(lambda sheet: put(sheet, 2, "Start", sheet.cell(3, 2).value))

    faults = exported.faults("de")

    assert any("S T (Star)" in message and "By slot and table, B2" in message for _cell, message in faults)


def test_a_workbook_without_keys_is_no_planning(exported: Exported) -> None:
    exported.edit(lambda sheet: sheet.delete_cols(sheet.max_column))

    assert exported.faults() == [
        (None, "This is no planning that Ronde wrote, or the hidden column by which its rows are known is missing.")
    ]


@pytest.mark.parametrize(
    ("added", "faults"),
    [
        ({"Organisation A": "Cy", "Organisation B": "Nobody at all"}, {"there is no organisation “Nobody at all”."}),
        ({"Organisation A": "Deee", "Organisation B": "Cyy"}, {"Known are: “Dee GmbH”.", "Known are: “Cy”."}),
        ({"Organisation A": "Cy"}, {"a new meeting names both organisations."}),
        ({}, {"a new meeting names both organisations."}),
        ({"Organisation A": "Cy", "Organisation B": "cy"}, {"“cy” cannot meet itself."}),
        ({"Organisation A": "Eve", "Organisation B": "Finn GmbH"}, {"are the same meeting; delete one of them."}),
        ({"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Table": 77}, {"there is no table “77”."}),
        ({"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Table": None}, {"this cell is empty"}),
        ({"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Début": time(3)}, {"no slot starts on"}),
        (
            {"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Délégué B": "Cy Person"},
            {"Known are: “Dee Mensch”"},
        ),
    ],
)
def test_a_new_row_that_cannot_be_understood_is_told_with_its_cell(
    exported: Exported, added: dict[str, object], faults: set[str]
) -> None:
    exported.edit(lambda sheet: add_row(sheet, {"Début": time(14, 45), "Table": 5, **added}))

    told = exported.faults()

    assert {cell for cell, _message in told} <= {f"{letter}5" for letter in "ABCDEFGHIJKLM"}
    assert all(any(fault in message for _cell, message in told) for fault in faults)
    assert exported.session.query(models.Version).count() == 1


def test_one_fault_among_many_good_changes_stores_nothing(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 2, "Début", time(14, 45))
        sheet.delete_rows(3)
        add_row(sheet, {"Organisation A": "Ada", "Organisation B": "Dee GmbH", "Début": time(14, 30), "Table": 4})
        add_row(sheet, {"Organisation A": "Ada", "Organisation B": "?", "Début": time(14, 30), "Table": 3})

    exported.edit(change)

    assert len(exported.faults()) == 1
    assert exported.session.query(models.Version).count() == 1
    assert exported.session.query(models.MeetingIdentity).count() == 3


def test_a_new_meeting_at_a_table_that_is_taken_is_refused_at_its_row(exported: Exported) -> None:
    def change(sheet: Worksheet) -> None:
        at, table = (sheet.cell(2, column(sheet, header)).value for header in ("Début", "Table"))
        add_row(sheet, {"Organisation A": "Cy", "Organisation B": "Finn GmbH", "Début": at, "Table": table})

    exported.edit(change)

    told = exported.faults()

    assert any(cell is not None and cell.endswith("5") and "is taken at" in message for cell, message in told)
    assert exported.session.query(models.MeetingIdentity).count() == 3
