"""The database keeps its promises, and its schema can be brought forward and back."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import Engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app import db, models
from app.errors import Conflict
from app.hosts.founding import only_host
from tests.builders import NOON, a_wish, an_event, an_organisation

TABLES = set(models.Base.metadata.tables)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in inspect(connection).get_table_names()
            if not name.startswith("procrastinate_")
        }


def an_event_is_planned(engine: Engine) -> None:
    with db.writing(engine) as session:
        event = an_event(session, interpreters=[("de", "fr")])
        one, other = an_organisation(session, event, "One"), an_organisation(session, event, "Other")
        a_wish(session, one, other)


def test_the_schema_goes_down_and_up_again_with_data_in_it(engine: Engine) -> None:
    an_event_is_planned(engine)

    db.migrate(engine, "base")
    assert counts(engine) == {"alembic_version": 0}

    db.migrate(engine)
    an_event_is_planned(engine)
    assert db.is_newest(engine)
    assert counts(engine)["wish"] == 1


def test_a_migration_that_has_run_does_not_run_again(engine: Engine) -> None:
    an_event_is_planned(engine)
    before = counts(engine)

    db.migrate(engine)

    assert counts(engine) == before


def test_migrations_and_models_are_in_step(engine: Engine) -> None:
    db.check_models(engine)

    assert set(counts(engine)) == TABLES | {"alembic_version"}


def test_a_column_without_a_migration_is_noticed(engine: Engine) -> None:
    with db.writing(engine) as session:
        session.execute(text("ALTER TABLE host DROP COLUMN created_at"))

    with pytest.raises(CommandError, match="created_at"):
        db.check_models(engine)


def test_every_constraint_has_a_name_that_postgresql_takes() -> None:
    names = [
        constraint.name
        for table in models.Base.metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
    ]

    assert None not in names
    assert max(len(str(name)) for name in names) <= 63


def test_references_are_kept(engine: Engine) -> None:
    with pytest.raises(IntegrityError), db.writing(engine) as session:
        session.execute(insert(models.Version).values(id=1, event_id=7, number=1))


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path) -> None:
    made = db.create_engine_of(f"sqlite:///{tmp_path}/own.db")
    with made.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    made.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


def test_a_writer_takes_its_lock_with_its_first_word(sqlite_engine: Engine, tmp_path: Path) -> None:
    impatient = db.create_engine_of(f"sqlite:///{tmp_path}/test.db")
    with impatient.connect() as other:
        other.execute(text("PRAGMA busy_timeout = 0"))

    with db.writing(sqlite_engine) as early:
        early.scalar(select(models.Host.id))
        with pytest.raises(OperationalError, match="locked"), db.writing(impatient) as late:
            late.scalar(select(models.Host.id))
    impatient.dispose()


def test_a_deed_that_fails_leaves_nothing(engine: Engine) -> None:
    def found_and_fail() -> None:
        with db.writing(engine) as session:
            only_host(session, NOON)
            session.flush()
            raise Conflict("Not today.")

    with pytest.raises(Conflict):
        found_and_fail()

    assert counts(engine)["host"] == 0


def test_what_is_only_tried_leaves_nothing(engine: Engine) -> None:
    with db.trying(engine) as session:
        only_host(session, NOON)

    assert counts(engine)["host"] == 0


def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine) -> None:
    in_paris = datetime(2026, 6, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    with db.writing(engine) as session:
        only_host(session, in_paris)

    with db.reading(engine) as session:
        found = session.scalars(select(models.Host.created_at)).one()

    assert (found, found.tzinfo) == (in_paris, UTC)


def test_nobody_else_on_the_machine_reads_the_file_or_what_stands_beside_it(tmp_path: Path) -> None:
    engine = db.create_engine_of(f"sqlite:///{tmp_path / 'ronde.db'}")
    db.migrate(engine)

    with db.writing(engine) as session:
        session.execute(text("CREATE TABLE more (id INTEGER)"))
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()}
    engine.dispose()

    assert modes == dict.fromkeys(["ronde.db", "ronde.db-wal", "ronde.db-shm"], "0o600")


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_leaves_no_file(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    db.migrate(db.create_engine_of(address))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_there_is_read_by_whom_its_owner_chose(tmp_path: Path) -> None:
    (tmp_path / "ronde.db").touch(0o640)
    engine = db.create_engine_of(f"sqlite:///{tmp_path / 'ronde.db'}")
    db.migrate(engine)
    engine.dispose()

    assert (tmp_path / "ronde.db").stat().st_mode & 0o777 == 0o640
