"""Which kind of file a path is, by its first bytes, and the sheets that it holds."""

from collections.abc import Iterator
from pathlib import Path

from importers.delimited import sheet_of_text
from importers.guarding import guarded_kind
from importers.legacy import sheets_of_old_excel, sheets_of_open_document
from importers.ooxml import sheets_of_ooxml
from importers.sheets import Sheet
from importers.surveyed import Progress


def sheets_of(path: Path, tell: Progress) -> Iterator[Sheet]:
    """All sheets of a file. Raises RefusedError for what is not read; what libraries raise ends the child process."""
    kind = guarded_kind(path)
    if kind in {"ooxml", "strict-ooxml"}:
        yield from sheets_of_ooxml(path, tell)
    elif kind == "text":
        yield sheet_of_text(path, path.read_bytes())
    elif kind == "ods":
        yield from sheets_of_open_document(path, tell)
    else:
        yield from sheets_of_old_excel(path, tell)
