"""Sheets as they are written: every cell as the text that it shows, for lists of which the readers know no meaning."""

from pathlib import Path

from importers.faults import Faults
from importers.rows import Reading, WrittenRow, WrittenSheet
from importers.sheets import Sheet, as_text


class Writings:
    """Takes sheets one after the other, also those and what in them is hidden."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._found: list[WrittenSheet] = []

    def take(self, sheet: Sheet) -> None:
        """Keep a sheet."""
        rows = tuple(WrittenRow(row.number, tuple(as_text(value) for value in row.values)) for row in sheet.rows)
        self._found.append(WrittenSheet(sheet.name, rows))

    def take_event_file(self, path: Path) -> None:
        """Events are no lists."""

    def reading(self) -> Reading:
        return Reading(written=tuple(self._found), errors=self._faults.found)
