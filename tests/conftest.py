"""What many tests stand on: a real database, migrated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of its own for one test, in a file, with the newest schema."""
    made = db.create_engine_of(f"sqlite:///{tmp_path}/test.db")
    db.migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is thrown away at the end."""
    with Session(engine.execution_options(**{db.WRITES: True})) as opened:
        yield opened
        opened.rollback()
