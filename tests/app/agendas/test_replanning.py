"""A planning that was exported, changed by hand and imported again: exactly these changes, each fault by cell."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.delivering import write_planning
from app.agendas.importing import moves_in, read_planning
from app.agendas.queries import agendas_of
from app.agendas.replanning import Replanned, Unchanged, base_of, replan
from app.errors import Conflict, Faulty
from tests.app.agendas.conftest import Plan
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

Change = Callable[[Worksheet], None]
Places = dict[tuple[str, str], tuple[str, str | None]]


@dataclass
class Exported:
    """An event with a version, and its planning as a file."""

    session: Session
    event: models.Event
    version: models.Version
    path: Path

    def edit(self, change: Change) -> None:
        book = load_workbook(self.path)
        change(book.worksheets[0])
        book.save(self.path)

    def taken(self, lang: str = "en", *, is_forced: bool = False) -> Replanned:
        stamp, sheet = read_planning(self.path, lang)
        version = base_of(self.session, self.event, stamp, lang)
        moves = moves_in(self.session, version, agendas_of(self.session, version), sheet, lang)
        return replan(self.session, version, moves, NOON, lang, is_forced=is_forced)

    def faults(self, lang: str = "en") -> list[tuple[str | None, str]]:
        with pytest.raises(Faulty) as caught:
            self.taken(lang)
        return [(fault.cell, fault.message) for fault in caught.value.faults]

    def places(self, version: models.Version) -> Places:
        """Where each pair meets: start and table."""
        rows = agendas_of(self.session, version).organisations
        return {
            (agenda.party.name, entry.partner.name): (f"{entry.starts_at:%H:%M}", entry.table)
            for agenda in rows
            for entry in agenda.entries
        }


@pytest.fixture
def exported(session: Session, plan: Plan, tmp_path: Path) -> Exported:
    """Three meetings of pairs that have nothing to do with each other, in a hall with room left."""
    event = an_event(session, slots=4, tables=5)
    for one, other in (("Ada", "Bo"), ("Cy", "Dee"), ("Eve", "Finn")):
        source = an_organisation(session, event, one, a_delegate(f"{one} Person"))
        a_wish(session, source, an_organisation(session, event, f"{other} GmbH", a_delegate(f"{other} Mensch")))
    session.expire(event)
    version, _result = plan(event)
    path = tmp_path / "planning.xlsx"
    write_planning(session, version, agendas_of(session, version), path, "fr")
    return Exported(session, event, version, path)


def column(sheet: Worksheet, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header) + 1


def put(sheet: Worksheet, row: int, header: str, value: object) -> None:
    sheet.cell(row, column(sheet, header)).value = value  # type: ignore[assignment]  # whatever a person types


def pair(sheet: Worksheet, row: int) -> tuple[str, str]:
    return str(sheet.cell(row, column(sheet, "Organisation A")).value), str(
        sheet.cell(row, column(sheet, "Organisation B")).value
    )


def swapped(one: tuple[str, str]) -> tuple[str, str]:
    return one[1], one[0]


def test_a_planning_that_nobody_changed_changes_nothing(exported: Exported) -> None:
    with pytest.raises(Unchanged, match="Nothing in the planning differs from version 1"):
        exported.taken()

    assert exported.session.query(models.Version).count() == 1


def test_what_was_moved_or_removed_is_in_the_new_draft_and_nothing_else(exported: Exported) -> None:
    before = exported.places(exported.version)
    sheet = load_workbook(exported.path).worksheets[0]
    moved, turned, gone = (pair(sheet, row) for row in (2, 3, 4))
    table = sheet.cell(3, column(sheet, "Table")).value
    other_table = 5 if table != 5 else 4

    def change(sheet: Worksheet) -> None:
        put(sheet, 2, "Début", time(14, 45))
        put(sheet, 2, "Table", "Table 3")
        put(sheet, 3, "Table", other_table)
        sheet.delete_rows(4)

    exported.edit(change)
    done = exported.taken()

    expected = {key: place for key, place in before.items() if key not in (gone, swapped(gone))}
    start = before[turned][0]
    for one in (moved, swapped(moved)):
        expected[one] = ("12:45", "3")
    for one in (turned, swapped(turned)):
        expected[one] = (start, str(other_table))
    assert exported.places(done.version) == expected
    assert exported.places(exported.version) == before
    assert (done.version.number, done.version.published_at, done.moved, done.removed) == (2, None, 2, 1)


def test_rows_are_known_in_any_order_with_columns_elsewhere_and_titles_above(exported: Exported) -> None:
    sheet = load_workbook(exported.path).worksheets[0]
    moved = pair(sheet, 3)

    def change(sheet: Worksheet) -> None:
        put(sheet, 3, "Début", "14h30")
        put(sheet, 3, "Table", 2)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, *body = rows
        random.Random(3).shuffle(body)
        order = list(range(len(head)))
        random.Random(4).shuffle(order)
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["Notre planning, corrigé"])
        sheet.append([])
        for row in [head, *body]:
            sheet.append([row[at] for at in order])

    exported.edit(change)
    done = exported.taken("fr")

    assert exported.places(done.version)[moved] == ("12:30", "2")
    assert done.moved == 1


def test_two_meetings_change_places(exported: Exported) -> None:
    sheet = load_workbook(exported.path).worksheets[0]
    one, other = pair(sheet, 2), pair(sheet, 3)
    before = exported.places(exported.version)

    def change(sheet: Worksheet) -> None:
        for header in ("Début", "Table"):
            at = column(sheet, header)
            first, second = sheet.cell(2, at).value, sheet.cell(3, at).value
            put(sheet, 2, header, second)
            put(sheet, 3, header, first)

    exported.edit(change)
    after = exported.places(exported.taken().version)

    assert (after[one], after[other]) == (before[other], before[one])


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
        ("Organisation A", "Somebody else", "only day, start and table can be changed here."),
        ("Délégué B", "Somebody else", "only day, start and table can be changed here."),
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
    assert first == (
        "A5",
        "Par créneau et table, A5: this row and the one at A2 are the same meeting; delete one of them.",
    )
    assert (second[0], "no meeting of the planning" in second[1]) == ("A6", True)


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


def test_a_planning_of_an_older_state_is_told_so(exported: Exported) -> None:
    exported.edit(lambda sheet: put(sheet, 2, "Début", time(14, 45)))
    exported.taken()

    with pytest.raises(Conflict, match="version 2 has been made since"):
        exported.taken()


def test_a_planning_of_a_draft_that_was_edited_since_is_told_so(exported: Exported) -> None:
    exported.edit(lambda sheet: put(sheet, 2, "Début", time(14, 45)))
    draft = exported.taken().version
    write_planning(exported.session, draft, agendas_of(exported.session, draft), exported.path, "en")
    draft.revision += 1
    exported.session.flush()

    with pytest.raises(Conflict, match="Version 2 has been edited since"):
        exported.taken()


def test_the_planning_of_another_event_is_refused(exported: Exported, session: Session) -> None:
    other = an_event(session, name="Another")

    with pytest.raises(Conflict, match="another event, “convention”"):
        base_of(session, other, read_planning(exported.path, "en")[0], "en")


def test_a_workbook_without_keys_is_no_planning(exported: Exported) -> None:
    exported.edit(lambda sheet: sheet.delete_cols(sheet.max_column))

    assert exported.faults() == [
        (None, "This is no planning that Ronde wrote, or the hidden column by which its rows are known is missing.")
    ]


def test_the_draft_that_comes_of_it_can_be_exported_and_changed_again(exported: Exported) -> None:
    exported.edit(lambda sheet: put(sheet, 2, "Début", time(14, 45)))
    draft = exported.taken().version
    write_planning(exported.session, draft, agendas_of(exported.session, draft), exported.path, "de")

    with pytest.raises(Unchanged):
        exported.taken()
    taken = set(exported.places(draft).values())
    free = next(str(table) for table in range(1, 6) if ("12:00", str(table)) not in taken)

    def change(sheet: Worksheet) -> None:
        put(sheet, 3, "Beginn", time(14, 0))
        put(sheet, 3, "Tisch", free)

    exported.edit(change)
    again = exported.taken().version

    assert again.number == 3
    rows = exported.session.scalars(select(models.Edit.deed).where(models.Edit.version_id == again.id)).all()
    assert rows == ["replan"]


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_come_back_as_they_were_made(exported: Exported, seed: int) -> None:
    """Pairs that share nobody may sit anywhere, as long as no table is taken twice."""
    chance = random.Random(seed)
    before = exported.places(exported.version)
    free = [(start, table) for start in range(4) for table in range(1, 6)]
    wanted: Places = {}

    def change(sheet: Worksheet) -> None:
        for row in range(sheet.max_row, 1, -1):
            who = pair(sheet, row)
            if chance.random() < 0.2:
                sheet.delete_rows(row)
                continue
            start, table = free.pop(chance.randrange(len(free)))
            put(sheet, row, "Début", time(14, 15 * start))
            put(sheet, row, "Table", table)
            for one in (who, swapped(who)):
                wanted[one] = (f"12:{15 * start:02d}", str(table))

    exported.edit(change)
    if wanted == before:
        with pytest.raises(Unchanged):
            exported.taken()
    else:
        assert exported.places(exported.taken().version) == wanted
