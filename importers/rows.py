"""What a workbook says: typed rows, each with the cell that it came from, and the faults found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class Severity(StrEnum):
    """An error refuses the file; a warning is taken, but somebody should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Address:
    """Where something was read: a sheet, and a row or a cell of it."""

    sheet: str
    row: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class CellError:
    """A fault with its address. `message` is a sentence in the reader's language, from `code` and `parameters`."""

    code: str
    severity: Severity
    sheet: str
    cell: str | None
    read: str | None
    expected: str | None
    hint: str | None
    message: str
    candidates: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which header was taken for which field, and how sure that is (0 to 1)."""

    sheet: str
    cell: str
    header: str
    field: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Provision:
    """An offer or a need: free text and the CPV codes written in it, eight digits each."""

    text: str
    cpv: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label that an organisation says it holds; `until` is the last day it is valid, None where nothing is said."""

    name: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class DelegateRow:
    """One person of an organisation. Times are local times of the event."""

    address: Address
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    function: str | None = None
    languages: tuple[str, ...] = ()
    arrives: time | None = None
    leaves: time | None = None
    unavailable: tuple[tuple[time, time], ...] = ()
    online: bool | None = None
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation, merged from all rows that name it. None: the file says nothing about it."""

    organisation: str
    delegates: tuple[DelegateRow, ...]
    address: Address
    reference: str | None = None
    kind: str | None = None
    structure_type: str | None = None
    country: str | None = None
    postal_code: str | None = None
    city: str | None = None
    website: str | None = None
    registration_number: str | None = None
    description: str | None = None
    offers: tuple[Provision, ...] = ()
    needs: tuple[Provision, ...] = ()
    labels: tuple[LabelRow, ...] = ()
    sdgs: tuple[int, ...] = ()
    table: str | None = None
    min_meetings: int | None = None
    max_meetings: int | None = None
    accessibility: str | None = None


@dataclass(frozen=True, slots=True)
class WishRow:
    """Who wants to meet whom: `source` and `target` are the organisations' names as they stand in their own rows."""

    source: str
    target: str
    written: str
    address: Address
    rank: int | None = None
    stars: int | None = None
    refuses: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A part of a day in which meetings are held, in the event's local time."""

    day: date
    start: time
    end: time
    address: Address | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """An item of the programme; `attendance` is `all`, `registration`, or kinds separated by commas."""

    title: str
    day: date
    start: time
    end: time
    room: str | None = None
    capacity: int | None = None
    languages: tuple[str, ...] = ()
    attendance: str = "registration"
    online_link: str | None = None
    address: Address | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A numbered place for meetings."""

    name: str
    hall: str | None = None
    unavailable: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """An interpreter and the languages between which they work."""

    name: str
    languages: tuple[str, ...]
    unavailable: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """The event as a sheet or a TOML file describes it. None: nothing is said about it, or (`misread`) nothing sure."""

    name: str | None = None
    dates: tuple[date, ...] = ()
    venue: str | None = None
    time_zone: str | None = None
    sessions: tuple[SessionRow, ...] = ()
    meeting_minutes: int | None = None
    changeover_minutes: int | None = None
    tables: tuple[TableRow, ...] = ()
    interpreters: tuple[InterpreterRow, ...] = ()
    languages: tuple[str, ...] = ()
    programme: tuple[ProgrammeRow, ...] = ()
    min_meetings: Mapping[str, int] = field(default_factory=dict)
    max_meetings: int | None = None
    rules: Mapping[str, int] = field(default_factory=dict)
    policy: Mapping[str, str | int | float] = field(default_factory=dict)
    misread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that the event already has, so that a file with wishes alone can name it."""

    name: str
    reference: str | None = None
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """A meeting of a timetable that was exported and comes back; `key` is what the export knows it by.

    `table` is None online, and where nothing is said. `names` are the texts of the other columns asked for. `cells`
    says for each field where it was read.
    """

    key: str | None
    day: date | None
    start: time | None
    table: str | None
    is_online: bool
    names: Mapping[str, str]
    cells: Mapping[str, str]
    address: Address


@dataclass(frozen=True, slots=True)
class TimetableSheet:
    """A sheet that was exported; `stamp` is what the export wrote above its keys."""

    stamp: str
    sheet: str
    rows: tuple[TimetableRow, ...]


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row with something in it: its number, and the texts of its cells from column A on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet as it is written, with nothing understood of it."""

    sheet: str
    rows: tuple[WrittenRow, ...]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. `headers` settles headers by hand (header → field); `lang` is the language of messages.

    `kinds`: the event's own kinds by their words, empty for those of the house; `over_http`: where hints must help.
    `stamp`: what an exported timetable is known by, where one is to be read, and nothing else.
    `as_written`: only what stands in the cells is wanted, in `Reading.written`.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    known: tuple[KnownOrganisation, ...] = ()
    lang: str = "en"
    with_hidden: bool = False
    with_health_data: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    over_http: bool = False
    stamp: str | None = None
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything understood from one or several files. With an error in `errors` nothing of it may be stored.

    `settings` are the labels in sheets about the event, as `columns` are the headers of the others.
    """

    event: EventRow | None = None
    organisations: tuple[OrganisationRow, ...] = ()
    wishes: tuple[WishRow, ...] = ()
    columns: tuple[ColumnMapping, ...] = ()
    errors: tuple[CellError, ...] = ()
    settings: tuple[ColumnMapping, ...] = ()
    timetables: tuple[TimetableSheet, ...] = ()
    written: tuple[WrittenSheet, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return not any(error.severity is Severity.ERROR for error in self.errors)
