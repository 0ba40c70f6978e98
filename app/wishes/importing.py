"""A whole import: the event, who comes and what they wish, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault, Faulty
from app.events.importing import EventStored, find_event, store_event
from app.events.tables import table_named
from app.languages import sentences
from app.models.request import Facts
from app.registrations.files.importing import (
    Tell,
    fault_of,
    headers_in,
    known_organisations,
    length_faults,
    read_files,
)
from app.registrations.headers import Settled, is_met, unmet_headers
from app.registrations.importing import Counts, store_organisations
from app.wishes.files.importing import store_wishes
from importers import EventRow, KnownOrganisation, Severity
from importers import Reading as Reading  # handed on to those who store what was read later

HEALTH = "accessibility"
"""The field for what looks like data on health."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. The warnings are for somebody to look at; the rest is stored."""

    event: models.Event
    counts: Mapping[str, Counts]
    warnings: tuple[Fault, ...]
    is_created: bool = False
    is_event_changed: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether anything is new, different or gone now."""
        return (
            self.is_created
            or self.is_event_changed
            or any(one.created or one.updated or one.removed for one in self.counts.values())
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What is known before files are read: what was settled by hand, who is registered, the event's own kinds."""

    settled: Settled
    known: tuple[KnownOrganisation, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)


def read_for(session: Session, host: models.Host | None, paths: Sequence[Path], settled: Settled, lang: str) -> Reading:
    """Return what files say to the host's event that they name, else to the only one there is.

    What is `settled` by hand counts beside what the event remembers. This takes its time and only reads.
    """
    if host is None:
        return read_files(paths, settled, (), lang)
    event = find_event(session, host, None)
    reading = read_given(paths, given_by(session, event, settled), lang)
    named = find_event(session, host, reading.event.name if reading.event else None)
    return reading if named is event else read_given(paths, given_by(session, named, settled), lang)


def given_by(session: Session, event: models.Event | None, settled: Settled) -> Given:
    """Return what an event knows already, beside what is settled now."""
    if event is None:
        return Given(settled, ())
    choices = session.scalars(select(models.ColumnChoice).where(models.ColumnChoice.event_id == event.id))
    remembered = replace(
        settled,
        headers={choice.header: choice.field for choice in choices} | dict(settled.headers),
        with_health_data=settled.with_health_data or event.keeps_health_data,
    )
    return Given(remembered, known_organisations(session, event), dict(event.kinds))


def read_given(paths: Sequence[Path], given: Given, lang: str, tell: Tell | None = None) -> Reading:
    """Return what files say. This takes its time and needs no database; `tell` hears of sheets and rows."""
    return read_files(paths, given.settled, given.known, lang, tell, given.kinds)


def import_reading(
    session: Session,
    host: models.Host,
    reading: Reading,
    *,
    otherwise_named: str,
    settled: Settled,
    delete_missing: bool,
    now: datetime,
    lang: str,
    into: models.Event | None = None,
) -> Imported:
    """Bring the event up to date with what was read. Raises Faulty with every fault, and then nothing may be kept.

    `into` None: the event that the files name, else the only one. A new one without a name is called
    `otherwise_named`. The event remembers what was `settled` by hand, as far
    as the files have it; what is hidden in a file is settled anew each time.
    """
    event = into or find_event(session, host, reading.event.name if reading.event else None)
    stored = _store_event(session, host, event, reading, otherwise_named, now, lang)
    faults = [fault_of(error) for error in reading.errors]
    faults += [fault for fault in stored.faults if not _follows(fault, reading)]
    faults += length_faults(reading.organisations, lang)
    faults += unmet_headers(settled.headers, headers_in(reading), lang)
    if stored.event is None or any(not fault.is_warning for fault in faults):
        raise Faulty(sentences(lang).gettext("The files have faults; nothing was stored."), faults)
    _remember(session, stored.event, settled, reading)
    who = store_organisations(session, stored.event, reading.organisations, delete_missing=delete_missing, lang=lang)
    own_tables = _add_own_tables(session, stored.event, lang)
    wishes, warnings = store_wishes(session, stored.event, reading.wishes, who.by_name, delete_missing, lang)
    told = [*faults, *who.warnings, *own_tables, *warnings]
    counts = {"organisations": who.organisations, "delegates": who.delegates, "wishes": wishes}
    return Imported(
        stored.event,
        counts,
        tuple(_for_a_request(fault) if settled.over_http else fault for fault in told),
        stored.is_created,
        stored.is_changed or bool(own_tables),
    )


def _for_a_request(fault: Fault) -> Fault:
    """Return the fault with what is an option of the command line named as it is in a request."""
    option, parameter = "--delete-missing", "delete_missing=true"
    hint = fault.hint and fault.hint.replace(option, parameter)
    return replace(fault, message=fault.message.replace(option, parameter), hint=hint)


def figures_of(imported: Imported) -> Facts:
    """Return the counts of an import as the audit log keeps them."""
    return {
        f"{what}_{name}": count
        for what, one in imported.counts.items()
        for name, count in asdict(one).items()
        if name != "is_removed"
    }


def _store_event(
    session: Session,
    host: models.Host,
    event: models.Event | None,
    reading: Reading,
    otherwise_named: str,
    now: datetime,
    lang: str,
) -> EventStored:
    """Store the event. A file that does not describe one is for an event that is already there."""
    _ = sentences(lang).gettext
    if reading.event is None and event is None:
        text = _("No sheet describes the event: its sessions, the minutes of a meeting and its tables.")
        expected = _("a sheet of two columns, or a TOML file with --event")
        return EventStored(None, (Fault("no-event", text, expected=expected),))
    row = reading.event or EventRow()
    if row.name is None and event is None:
        row = replace(row, name=otherwise_named)
    return store_event(session, host, row, event, now, lang)


def _follows(fault: Fault, reading: Reading) -> bool:
    """Whether the readers said it already, or the event only lacks what its file says in a way not understood."""
    if fault.sheet and any(
        (error.code, error.sheet, error.cell) == (fault.code, fault.sheet, fault.cell) for error in reading.errors
    ):
        return True
    errors = [error for error in reading.errors if error.severity is Severity.ERROR]
    if any(error.code.startswith(("file-", "event-file-")) for error in errors):
        return fault.code == "no-event" or fault.code.startswith("event-without-")
    misread = reading.event.misread if reading.event and errors else ()
    return any(fault.code == _LACKS[field] for field in misread if field in _LACKS)


_LACKS = {
    "name": "event-without-name",
    "meeting_minutes": "event-without-minutes",
    "tables": "event-without-tables",
    "sessions": "event-without-sessions",
    "time_zone": "event-without-zone",
}
"""What is said of an event that lacks a field."""


def _remember(session: Session, event: models.Event, settled: Settled, reading: Reading) -> None:
    written = headers_in(reading)
    headers = {header: name for header, name in settled.headers.items() if is_met(header, written)}
    if settled.with_health_data and any(column.field == HEALTH for column in reading.columns):
        event.keeps_health_data = True
    choices = select(models.ColumnChoice).where(models.ColumnChoice.event_id == event.id)
    known = {choice.header: choice for choice in session.scalars(choices)}
    for header, name in headers.items():
        choice = known.get(header) or models.ColumnChoice(event_id=event.id, header=header)
        choice.take({"field": name})
        session.add(choice)


def _add_own_tables(session: Session, event: models.Event, lang: str) -> list[Fault]:
    """Add the tables that organisations bring or name beside those of the event, such as their own stands."""
    _ = sentences(lang).gettext
    rows = session.scalars(
        select(models.Organisation)
        .where(models.Organisation.event_id == event.id, models.Organisation.home_table.is_not(None))
        .where(models.Organisation.is_withdrawn.is_(False))
        .order_by(models.Organisation.position, models.Organisation.id)
    )
    warnings = []
    for row in rows:
        if row.home_table is None or table_named(event.tables, row.home_table):
            continue
        known = next((table for table in event.tables if table.name == row.home_table), None)
        if known is None:
            position = max((table.position for table in event.tables), default=0) + 1
            known = models.Table(event_id=event.id, name=row.home_table, position=position, unavailable=[])
            event.tables.append(known)
        known.is_withdrawn = False
        text = _("{organisation} has a table “{table}” that the event does not list; it is added to the tables.")
        message = text.format(organisation=row.name, table=row.home_table)
        warnings.append(Fault("added-table", message, read=row.home_table, is_warning=True))
    session.flush()
    return warnings
