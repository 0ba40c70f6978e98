"""The readers of spreadsheets: paths in, typed rows and addressed errors out. Only these names are for others."""

from importers.codec import as_json, error_as_json
from importers.protocol import News
from importers.reading import ReaderCrashedError, read_workbooks
from importers.report import told
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
    "as_json",
    "error_as_json",
    "read_workbooks",
    "told",
]
