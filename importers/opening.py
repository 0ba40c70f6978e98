"""Opens the files of a request one after the other, and has them understood."""

from collections.abc import Callable
from pathlib import Path

from importers.faults import Faults
from importers.files import sheets_of
from importers.protocol import Request
from importers.rows import Reading
from importers.survey import RefusedError
from importers.understanding import Understanding

Tell = Callable[[str, str, int], None]


def reading_of(request: Request, tell: Tell) -> Reading:
    """The reading of all files. What is refused is a fault with the file's name; the other files are read."""
    faults = Faults(request.options.lang)
    understanding = Understanding(request.options, faults, lambda sheet, row: tell("", sheet, row))
    for path in request.paths:
        _take(path, understanding, faults, tell)
    tell("", "", 0)
    for path in request.event_paths:
        understanding.take_event_file(path)
    return understanding.reading()


def _take(path: Path, understanding: Understanding, faults: Faults, tell: Tell) -> None:
    tell(str(path), "", 0)
    try:
        sheets = list(sheets_of(path, lambda sheet, row: tell(str(path), sheet, row)))
    except RefusedError as refused:
        where = refused.parameters.get("sheet", path.name)
        read = refused.parameters.get("found")
        faults.add(refused.code, sheet=where, cell=refused.cell, read=read, parameters=refused.parameters)
        return
    tell("", "", 0)
    for sheet in sheets:
        understanding.take(sheet)
