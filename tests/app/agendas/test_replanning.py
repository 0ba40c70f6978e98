"""A planning that was exported, changed by hand and imported again: exactly these changes, each fault by cell."""

import random
from datetime import time

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.delivering import write_planning
from app.agendas.importing import read_planning
from app.agendas.queries import agendas_of
from app.agendas.replanning import Unchanged, base_of
from app.errors import Conflict
from tests.app.agendas.exporting import Exported, Places, column, pair, put, swapped
from tests.builders import an_event


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
