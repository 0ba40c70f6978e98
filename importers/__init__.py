"""The readers of spreadsheets: paths in, typed rows and addressed errors out. Only these names are for others."""

from importers.protocol import News
from importers.reading import ReaderCrashedError, read_workbooks
from importers.rows import (
    Address,
    CellError,
    ColumnMapping,
    DelegateRow,
    EventRow,
    InterpreterRow,
    KnownOrganisation,
    LabelRow,
    OrganisationRow,
    ProgrammeRow,
    Provision,
    Reading,
    ReadOptions,
    SessionRow,
    Severity,
    TableRow,
    WishRow,
)

__all__ = [
    "Address",
    "CellError",
    "ColumnMapping",
    "DelegateRow",
    "EventRow",
    "InterpreterRow",
    "KnownOrganisation",
    "LabelRow",
    "News",
    "OrganisationRow",
    "ProgrammeRow",
    "Provision",
    "ReadOptions",
    "ReaderCrashedError",
    "Reading",
    "SessionRow",
    "Severity",
    "TableRow",
    "WishRow",
    "read_workbooks",
]
