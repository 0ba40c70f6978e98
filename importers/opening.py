"""Opens the files of a request one after the other, and has them understood."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from importers.faults import Faults
from importers.files import sheets_of
from importers.guarding import LARGEST_FILE
from importers.protocol import Request
from importers.rows import Reading, ReadOptions
from importers.survey import RefusedError
from importers.timetable import Timetables
from importers.understanding import Understanding
from importers.written import Writings

Tell = Callable[[str, str, int], None]


def reading_of(request: Request, tell: Tell) -> Reading:
    """The reading of all files. What is refused is a fault with the file's name; the other files are read."""
    faults = Faults(request.options.lang, over_http=request.options.over_http)
    understanding = _understanding(request.options, faults, tell)
    for path in _each_once(request.paths, faults):
        _take(path, understanding, faults, tell)
    tell("", "", 0)
    for path in _each_once(request.event_paths, faults):
        understanding.take_event_file(path)
    return understanding.reading()


def _understanding(options: ReadOptions, faults: Faults, tell: Tell) -> Understanding | Timetables | Writings:
    if options.as_written:
        return Writings(faults)
    if options.stamp is not None:
        return Timetables(options, faults)
    return Understanding(options, faults, lambda sheet, row: tell("", sheet, row))


def _each_once(paths: Sequence[Path], faults: Faults) -> Iterator[Path]:
    """The files without those that say again what one before them says, which is told."""
    first: dict[bytes, Path] = {}
    for path in paths:
        mark = _mark_of(path)
        other = first.get(mark) if mark else None
        if other is not None:
            faults.add("file-twice", sheet=path.name, parameters={"other": other.name})
            continue
        if mark:
            first[mark] = path
        yield path


def _mark_of(path: Path) -> bytes | None:
    """What two files with the same content share; None for an empty file, and for one that cannot be read."""
    try:
        if not 0 < path.stat().st_size <= LARGEST_FILE:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _take(path: Path, understanding: Understanding | Timetables | Writings, faults: Faults, tell: Tell) -> None:
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
