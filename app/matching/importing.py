"""Reading the official list of codes from a file, and putting it in the place of the one before."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault, Faulty
from app.matching.vocabulary import Entry, ListRow, ListSheet, NotAListError, entries_of
from app.registrations.files.importing import fault_of
from importers import ReadOptions, WrittenSheet, read_workbooks


def read_official(path: Path) -> tuple[Entry, ...]:
    """Return the codes of a file that was read with the limits of every file that people send. Raises Faulty."""
    reading = read_workbooks([path], ReadOptions(as_written=True))
    if not reading.is_accepted:
        raise Faulty(f"{path.name} cannot be read.", [fault_of(error) for error in reading.errors])
    try:
        return entries_of(_sheets(reading.written) or [ListSheet(path.name, ())])
    except NotAListError as error:
        faults = [Fault("not-a-list", f"{fault.place}: {fault.message}") for fault in error.faults]
        raise Faulty(f"{path.name} is not a list of procurement codes.", faults) from error


def _sheets(written: Sequence[WrittenSheet]) -> list[ListSheet]:
    return [ListSheet(one.sheet, tuple(ListRow(row.number, row.cells) for row in one.rows)) for one in written]


def store_official(session: Session, entries: Sequence[Entry]) -> None:
    """Put these codes in the place of those that are there."""
    session.execute(delete(models.OfficialCode))
    session.add_all(models.OfficialCode(code=entry.code, names=dict(entry.names)) for entry in entries)
    session.flush()
