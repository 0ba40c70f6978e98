"""The database: how it is reached, how its sessions behave, and how its schema is brought forward."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from alembic import command
from app.errors import Unready

BUSY_SECONDS = 15
MOST_CONNECTIONS = 15
"""Of one process to a SQLite file; all are kept, the one that was used last goes first: opening one anew costs more."""
WRITES = "ronde_writes"
ADDRESSES = "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"


def address_of(url: str) -> URL:
    """Return the parts of a database's address. Raises Unready where it is none."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise Unready(f"RONDE_DATABASE_URL is not the address of a database; it is {ADDRESSES}.") from None


def create_engine_of(url: str) -> Engine:
    """Return the engine of a database; SQLite keeps its promises even when the power is cut.

    What goes into a question stays out of errors, and so out of logs.

    Raises Unready where the address is none, or the driver that it needs is not installed. Neither sentence repeats the
    address: there may be a password in it.
    """
    parsed = address_of(url)
    if parsed.get_backend_name() != "sqlite":
        try:
            return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
        except NoSuchModuleError:
            text = f"Ronde knows no database “{parsed.drivername}”; RONDE_DATABASE_URL is {ADDRESSES}."
            raise Unready(text) from None
        except ModuleNotFoundError as missing:
            text = f"For {parsed.get_backend_name()} the Python package {missing.name} is needed; it is not installed."
            raise Unready(text) from None
    is_in_memory = parsed.database in (None, "", ":memory:")
    engine = (
        create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True)
        if is_in_memory
        else create_engine(parsed, pool_size=MOST_CONNECTIONS, max_overflow=0, pool_use_lifo=True, hide_parameters=True)
    )
    if not is_in_memory:
        event.listen(engine, "do_connect", _make_for_owner)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_for_owner(_dialect: Dialect, _entry: ConnectionPoolEntry, args: list[str], _more: dict[str, object]) -> None:
    """Make a file that is not there yet, and with it the files beside it, so that only its owner can read it."""
    with suppress(OSError):  # it is there, or cannot be: the driver says so better
        os.close(os.open(args[0], os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # the driver would open transactions by itself, and too late
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",  # with NORMAL a power cut may take back what was acknowledged
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that first reads and then writes could not wait for another."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session for one deed, and commit it: the edge of a command or a job step."""
    with Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def trying(engine: Engine) -> Iterator[Session]:
    """Give a session whose deed is taken back: to see what it would do."""
    with Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session:
        yield session
        session.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that only reads."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


def lock(session: Session, name: str) -> None:
    """Wait until nobody else holds this name, then hold it until the transaction ends. SQLite has one writer anyway."""
    if _is_postgres(session):
        session.execute(select(func.pg_advisory_xact_lock(_number_of(name))))


def try_lock(session: Session, name: str) -> bool:
    """Hold this name until the transaction ends, and say whether that was possible: with SQLite it always is."""
    return not _is_postgres(session) or session.scalar(select(func.pg_try_advisory_xact_lock(_number_of(name)))) is True


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _number_of(name: str) -> int:
    """Advisory locks are numbers of 64 bits."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, forwards or backwards, all or nothing."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:  # tables are made anew and renamed; references are looked at when that is done
            _outside_transaction(connection, "PRAGMA foreign_keys = OFF")
        config = _alembic_config(connection)
        go = command.upgrade if _is_forward(connection, revision) else command.downgrade
        go(config, revision)
        connection.commit()
        if is_sqlite:
            assert not connection.execute(text("PRAGMA foreign_key_check")).all(), "a migration left loose references"
            connection.commit()
            _outside_transaction(connection, "PRAGMA foreign_keys = ON")


def _outside_transaction(connection: Connection, statement: str) -> None:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute(statement)


def _is_forward(connection: Connection, revision: str) -> bool:
    if revision in ("head", "heads"):
        return True
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if revision == "base" or current is None:
        return current is None
    older = ScriptDirectory.from_config(_alembic_config(connection)).iterate_revisions(current, "base")
    return revision not in {script.revision for script in older}


def is_newest(engine: Engine) -> bool:
    """Whether the schema is the one that this code expects. It is asked often, and says nothing in the log."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return set(connection.scalars(text("SELECT version_num FROM alembic_version"))) == _newest_revisions()


@cache
def _newest_revisions() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(_scripts())).get_heads())


def check_models(engine: Engine) -> None:
    """Raise alembic's CommandError when the schema lags behind the migrations, or these behind the models."""
    with engine.connect() as connection:
        command.check(_alembic_config(connection))


def _alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> Path:
    """Where the migrations are: inside an installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "alembic"
    return installed if installed.is_dir() else here.parent / "alembic"
