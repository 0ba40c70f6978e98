"""Receiving files: kept for a while as they came, read outside of any transaction, stored in one."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import audit, db, models
from app.errors import NotFound, Unready
from app.registrations.files.importing import Tell
from app.registrations.headers import Settled
from app.wishes.importing import Imported, Reading, figures_of, given_by, import_reading, read_for, read_given

LONGEST_NAME = 120
MOST_AT_ONCE = 2
PATIENCE_SECONDS = 20
BUSY = "Other files are being read just now; try again in a moment."
_places = BoundedSemaphore(MOST_AT_ONCE)
"""Each reader may take half a gibibyte: no more than these read at once in a process, whoever asks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with files. A rehearsal stores nothing."""

    settled: Settled
    delete_missing: bool
    is_rehearsal: bool
    lang: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do, and what was understood of the files."""

    imported: Imported
    reading: Reading
    is_rehearsal: bool
    slug: str


def plain_name(name: str) -> str:
    """Return the name of a file as it may stand in a folder and in a sentence: no path, nothing that cannot be seen."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if letter.isspace() else letter for letter in last if letter.isprintable() or letter.isspace())
    seen = " ".join(seen.split()).strip(". ")
    suffix = PurePosixPath(seen).suffix[:10]
    stem = seen.removesuffix(suffix)
    while len((stem + suffix).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return (stem + suffix) or "file"


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder for files that are being read; it is gone afterwards."""
    with TemporaryDirectory(prefix="ronde-import-") as made:
        yield Path(made)


def place_in(home: Path, number: int, name: str) -> Path:
    """Return where a file goes: in a folder of its own, so that two may have one name."""
    own = home / str(number)
    own.mkdir()
    return own / plain_name(name)


def keep_uploads(session: Session, host_id: int, event_id: int | None, paths: Iterable[Path], now: datetime) -> str:
    """Keep the files as they came, and return what ties them together."""
    batch = str(uuid.uuid4())
    session.add_all(
        models.Upload(
            host_id=host_id,
            event_id=event_id,
            batch=batch,
            position=position,
            name=path.name,
            content=path.read_bytes(),
            created_at=now,
        )
        for position, path in enumerate(paths)
    )
    session.flush()
    return batch


def uploads_in(session: Session, host_id: int, batch: str, home: Path) -> list[Path]:
    """Put the files of a batch into a folder. Raises NotFound when they are not kept any more."""
    rows = session.execute(
        select(models.Upload.name, models.Upload.content)
        .where(models.Upload.batch == batch, models.Upload.host_id == host_id)
        .order_by(models.Upload.position)
    ).all()
    if not rows:
        raise NotFound("The files of this import are not kept any more; send them again.")
    paths = []
    for number, (name, content) in enumerate(rows):
        path = place_in(home, number, name)
        path.write_bytes(content)
        paths.append(path)
    return paths


def read_received(
    engine: Engine, host_id: int, event_id: int | None, paths: Sequence[Path], wanted: Wanted, tell: Tell | None = None
) -> Reading:
    """Return what files say to an event, or to the one that they name. Nothing is locked while they are read."""
    with place_to_read():
        with db.reading(engine) as session:
            if event_id is None:
                host = session.get_one(models.Host, host_id)
                return read_for(session, host, paths, wanted.settled, wanted.lang)
            given = given_by(session, session.get(models.Event, event_id), wanted.settled)
        return read_given(paths, given, wanted.lang, tell)


@contextmanager
def place_to_read() -> Iterator[None]:
    """Give one of the few places for readers of files. Raises Unready when none becomes free for a while."""
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Unready(BUSY)
    try:
        yield
    finally:
        _places.release()


def store_received(
    session: Session,
    host_id: int,
    event_id: int | None,
    reading: Reading,
    wanted: Wanted,
    *,
    otherwise_named: str,
    by: str,
    now: datetime,
) -> Outcome:
    """Store what was read, all or nothing, and note who did it. A rehearsal is taken back.

    Raises Faulty with every fault, NotFound when the event is gone meanwhile.
    """
    event = None if event_id is None else session.get(models.Event, event_id, with_for_update=True)
    if event is None and event_id is not None:
        raise NotFound("The event is not there any more.")
    trial = session.begin_nested()
    imported = import_reading(
        session,
        session.get_one(models.Host, host_id),
        reading,
        otherwise_named=otherwise_named,
        settled=wanted.settled,
        delete_missing=wanted.delete_missing,
        now=now,
        lang=wanted.lang,
        into=event,
    )
    slug, key = imported.event.slug, imported.event.id
    if wanted.is_rehearsal:
        trial.rollback()
    else:
        trial.commit()
    if wanted.is_rehearsal or not imported.changes_something:
        audit.nothing_changed(session)
    else:
        facts = figures_of(imported)
        audit.record(session, by, "import", event_id=key, subject=f"event:{key}", after=facts, now=now)
    return Outcome(imported, reading, wanted.is_rehearsal, slug)
