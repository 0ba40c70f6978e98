"""A planning as a file that somebody changes by hand, and what comes of it when it is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from app import models
from app.agendas.importing import moves_in, read_planning
from app.agendas.queries import agendas_of
from app.agendas.replanning import Moved, Replanned, base_of, replan
from app.errors import Faulty
from tests.builders import NOON

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

    def understood(self, path: Path) -> list[Moved]:
        """What a file says that is to be changed."""
        stamp, sheet = read_planning(path, "en")
        version = base_of(self.session, self.event, stamp, "en")
        return moves_in(self.session, version, agendas_of(self.session, version), sheet, "en")

    def taken(self, lang: str = "en", *, is_forced: bool = False) -> Replanned:
        stamp, sheet = read_planning(self.path, lang)
        version = base_of(self.session, self.event, stamp, lang)
        moves = moves_in(self.session, version, agendas_of(self.session, version), sheet, lang)
        return replan(self.session, version, moves, NOON, lang, is_forced=is_forced)

    def attending(self, version: models.Version) -> dict[tuple[str, str], str]:
        """Who attends for the first of each pair."""
        rows = agendas_of(self.session, version).organisations
        return {(agenda.party.name, entry.partner.name): entry.own.name for agenda in rows for entry in agenda.entries}

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


def add_row(sheet: Worksheet, values: dict[str, object]) -> None:
    """Write a row below the others, on the day of the first, without a key: nobody sees that column."""
    row = sheet.max_row + 1
    put(sheet, row, "Jour", sheet.cell(2, column(sheet, "Jour")).value)
    for header, value in values.items():
        put(sheet, row, header, value)
