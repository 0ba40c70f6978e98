"""Keeping a backup: all rows as of one moment, while the service goes on."""

import json
import os
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from app.backups.rows import lines_of, tables_of
from app.errors import Invalid, Unready

FORMAT = "ronde-backup/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the revision of its schema, when it was made, and for each table columns and rows."""

    revision: str
    made_at: str
    columns: dict[str, list[str]]
    counts: dict[str, int]


def keep(engine: Engine, path: Path, now: datetime) -> Backup:
    """Write a backup, whole or not at all, readable by its owner alone.

    Raises Unready for a database without a schema, Invalid where the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                made = _write(engine, archive, now)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise Invalid(f"{path}: The backup cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def _write(engine: Engine, archive: zipfile.ZipFile, now: datetime) -> Backup:
    with _at_one_moment(engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise Unready("There is nothing to back up: the database has no tables yet.")
        columns: dict[str, list[str]] = {}
        counts: dict[str, int] = {}
        for table in tables_of(connection):
            columns[table.name] = [column.name for column in table.columns]
            counts[table.name] = 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
                for line in lines_of(connection, table):
                    member.write(line.encode())
                    counts[table.name] += 1
    made = Backup(revision, now.isoformat(), columns, counts)
    manifest = {
        "format": FORMAT,
        "revision": made.revision,
        "made_at": made.made_at,
        "columns": made.columns,
        "counts": made.counts,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return made


def _at_one_moment(engine: Engine) -> Connection:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    if engine.dialect.name == "sqlite":
        return engine.connect()
    return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
