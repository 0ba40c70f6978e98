"""Restoring a backup into an empty database: its own schema first, its rows, then the newest schema."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, Table, delete, func, select, text

from app import db
from app.backups.keeping import FORMAT, MANIFEST, Backup
from app.backups.rows import store_lines, tables_of
from app.errors import Conflict, Invalid


def restore(engine: Engine, path: Path) -> Backup:
    """Bring back what a backup holds, all or nothing; the database must hold nothing.

    Raises Invalid for a file that is no backup, or one of a newer Ronde; Conflict where there are rows already.
    """
    with _opened(path) as archive:
        held = _manifest_of(archive, path)
        _refuse_to_overwrite(engine)
        try:
            db.migrate(engine, held.revision)
        except CommandError:
            raise Invalid(f"{path} was made by a newer Ronde than this one; use at least that.") from None
        with engine.execution_options(**{db.WRITES: True}).begin() as connection:
            _store(connection, archive, held)
    db.migrate(engine)
    return held


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile:
        raise Invalid(f"{path} is no backup of Ronde, or it is damaged.") from None
    except OSError as error:
        raise Invalid(f"{path}: The file cannot be read: {error.strerror}.") from error


def _manifest_of(archive: zipfile.ZipFile, path: Path) -> Backup:
    names = set(archive.namelist())
    manifest = json.loads(archive.read(MANIFEST)) if MANIFEST in names else {}
    if manifest.get("format") != FORMAT or not {f"{name}.jsonl" for name in manifest["columns"]} <= names:
        raise Invalid(f"{path} is no backup of Ronde, or it is damaged.")
    return Backup(manifest["revision"], manifest["made_at"], manifest["columns"], manifest["counts"])


def _refuse_to_overwrite(engine: Engine) -> None:
    with engine.connect() as connection:
        for table in tables_of(connection):
            if connection.scalar(select(func.count()).select_from(table)):
                raise Conflict("The database already holds data; a backup is restored into an empty one.")


def _store(connection: Connection, archive: zipfile.ZipFile, held: Backup) -> None:
    tables = {table.name: table for table in tables_of(connection)}
    with _triggers_asleep(connection, list(tables.values())):
        for table in reversed(tables.values()):
            connection.execute(delete(table))  # what migrations put there by themselves
        for name, table in tables.items():
            if name not in held.columns:
                continue
            with archive.open(f"{name}.jsonl") as member, io.TextIOWrapper(member, "utf-8") as lines:
                count = store_lines(connection, table, held.columns[name], lines)
            if count != held.counts[name]:
                raise Invalid("The backup is damaged: rows are missing in it.")
            _count_on(connection, table)


@contextmanager
def _triggers_asleep(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Published versions refuse every change, also that of being brought back."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in triggers:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        yield
        for _, statement in triggers:
            connection.exec_driver_sql(statement)
        return
    for table in tables:
        connection.execute(text(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER'))
    yield
    for table in tables:
        connection.execute(text(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'))


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts keys beside the rows: after a restore it goes on behind the last one."""
    if connection.dialect.name == "sqlite":
        return
    for column in table.primary_key.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:name, :column)"), {"name": f'"{table.name}"', "column": column.name}
        )
        last = connection.scalar(select(func.max(column)))
        if sequence and last:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
