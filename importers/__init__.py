"""The readers of spreadsheets: paths in, typed rows and addressed errors out. Only these names are for others."""

from importers.codec import as_json, error_as_json
from importers.columns import IGNORED
from importers.columns import fields as fields_of_workbooks
from importers.names import Directory
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
    TimetableRow,
    TimetableSheet,
    WishRow,
    WrittenRow,
    WrittenSheet,
)

__all__ = [
    "IGNORED",
    "Address",
    "CellError",
    "ColumnMapping",
    "DelegateRow",
    "Directory",
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
    "TimetableRow",
    "TimetableSheet",
    "WishRow",
    "WrittenRow",
    "WrittenSheet",
    "as_json",
    "error_as_json",
    "fields_of_workbooks",
    "read_workbooks",
    "told",
]
