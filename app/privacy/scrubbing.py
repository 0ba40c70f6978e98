"""Scrubbing: after an erasure, the bytes that it left in the files of the database, and the list that backups need."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from app import db, models
from app.errors import Invalid


def scrub(engine: Engine) -> bool:
    """Make the database write itself anew, and say whether nothing of the erased is left in its files.

    False: somebody reads for so long that the log of SQLite could not be emptied; the next run does it.
    """
    with Session(engine) as session:
        waiting = list(session.scalars(select(models.Erasure.id).where(models.Erasure.is_scrubbed.is_(False))))
    if not waiting:
        return True
    if not _write_anew(engine):
        return False
    with db.writing(engine) as session:
        session.execute(update(models.Erasure).where(models.Erasure.id.in_(waiting)).values(is_scrubbed=True))
    return True


def list_erasures(engine: Engine, path: Path) -> None:
    """Add the erasures that a list does not have: kept beside the backups, it says whom these must not bring back.

    Ids only, one line of JSON each.
    """
    known = set(listed_erasures(path)) if path.exists() else set()
    with Session(engine) as session:
        rows = session.scalars(select(models.Erasure).order_by(models.Erasure.id)).all()
    new = [row for row in rows if row.delegate_id not in known]
    if not new:
        return
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "a", encoding="utf-8") as file:
        for row in new:
            line = {"delegate": row.delegate_id, "event": row.event_id, "erased_at": row.erased_at.isoformat()}
            file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def listed_erasures(path: Path) -> Iterator[int]:
    """Yield the ids of the delegates on a list. Raises Invalid where it is none."""
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            delegate = json.loads(line)["delegate"]
            assert isinstance(delegate, int)
            yield delegate
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        raise Invalid(f"{path} is no list of erasures.") from None


def _write_anew(engine: Engine) -> bool:
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answer = cursor.fetchone()
    finally:
        raw.close()
    assert answer is not None
    is_busy, _pages, _moved = answer
    return not is_busy
