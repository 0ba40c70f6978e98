"""Reading files: with what was settled by hand, and beside those who are registered already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault
from app.languages import sentences
from app.registrations.headers import Settled
from importers import CellError, KnownOrganisation, OrganisationRow, Reading, ReadOptions, Severity, read_workbooks
from importers import told as told

Tell = Callable[[str, int], None]

LONGEST_NAME = 500
LONGEST_REFERENCE = 200


def read_files(
    paths: Sequence[Path],
    settled: Settled,
    known: Sequence[KnownOrganisation],
    lang: str,
    tell: Tell | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Reading:
    """Return what the files say, with what was settled by hand; `tell` hears now and then of a sheet and a row.

    `kinds`: those of the event's own, by their words.
    """
    options = ReadOptions(
        headers=settled.headers,
        known=tuple(known),
        lang=lang,
        with_hidden=settled.with_hidden,
        with_health_data=settled.with_health_data,
        kinds=kinds or {},
        over_http=settled.over_http,
    )
    return read_workbooks(paths, options, (lambda news: tell(news.sheet, news.row)) if tell else None)


def headers_in(reading: Reading) -> list[str]:
    """Return the headers that files have, known and unknown."""
    return [column.header for column in reading.columns]


def fault_of(error: CellError) -> Fault:
    """Return an error of the readers in the words of the house."""
    return Fault(
        error.code,
        error.message,
        error.sheet,
        error.cell,
        error.read,
        error.expected,
        error.hint,
        error.candidates,
        error.severity is Severity.WARNING,
    )


def known_organisations(session: Session, event: models.Event | None) -> tuple[KnownOrganisation, ...]:
    """Return who the event has already, so that a file with wishes alone can name them."""
    if event is None:
        return ()
    emails: dict[int, list[str]] = {}
    for key, email in session.execute(
        select(models.Delegate.organisation_id, models.Delegate.email)
        .where(models.Delegate.event_id == event.id, models.Delegate.email.is_not(None))
        .order_by(models.Delegate.position, models.Delegate.id)
    ):
        emails.setdefault(key, []).append(email or "")
    rows = session.execute(
        select(models.Organisation.id, models.Organisation.name, models.Organisation.reference)
        .where(models.Organisation.event_id == event.id, models.Organisation.is_withdrawn.is_(False))
        .order_by(models.Organisation.position, models.Organisation.id)
    )
    return tuple(KnownOrganisation(row.name, row.reference, tuple(emails.get(row.id, ()))) for row in rows)


def length_faults(rows: Iterable[OrganisationRow], lang: str) -> list[Fault]:
    """Return a fault for each name and reference that is longer than any name is."""
    _ = sentences(lang).gettext
    faults = []
    for row in rows:
        for text, limit in ((row.organisation, LONGEST_NAME), (row.reference or "", LONGEST_REFERENCE)):
            if len(text) > limit:
                message = _("{sheet}, row {row}: “{read}…” is longer than {limit} characters.").format(
                    sheet=row.address.sheet, row=row.address.row, read=text[:40], limit=limit
                )
                cell = row.address.cell or (f"A{row.address.row}" if row.address.row else None)
                faults.append(Fault("too-long", message, row.address.sheet, cell, text[:80]))
    return faults
