"""What many tests stand on: real databases, migrated."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db
from tests.databases import Postgres, running_postgres


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in a file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    made = db.create_engine_of(f"sqlite:///{path}")
    db.migrate(made)
    made.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test asks for it."""
    with running_postgres() as running:
        yield running


@pytest.fixture
def sqlite_engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    """A database of its own for one test, in a file, with the newest schema."""
    shutil.copy(migrated_file, tmp_path / "test.db")
    made = db.create_engine_of(f"sqlite:///{tmp_path}/test.db")
    yield made
    made.dispose()


@pytest.fixture
def postgres_engine(postgres: Postgres) -> Iterator[Engine]:
    """The same in PostgreSQL, without a server to be installed."""
    with postgres.database() as address:
        made = db.create_engine_of(address)
        yield made
        made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """The one and the other: a test that asks for it runs twice."""
    return request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """The database of most tests. A module whose tests run in both says so: its own `engine` returns `any_engine`."""
    return sqlite_engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is thrown away at the end."""
    with Session(engine.execution_options(**{db.WRITES: True})) as opened:
        yield opened
        opened.rollback()
