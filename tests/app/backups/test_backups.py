"""A backup holds all that the database holds, while the service goes on, and comes back into either kind."""

import json
import stat
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app import db, models
from app.backups.keeping import keep
from app.backups.restoring import restore
from app.backups.rows import lines_of, tables_of
from app.errors import Conflict, Invalid, Unready
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import a_delegate, a_wish, an_event, an_organisation
from tests.databases import Postgres

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        made = db.create_engine_of(f"sqlite:///{tmp_path}/restored.db")
        yield made
        made.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database(is_migrated=False) as address:
        made = db.create_engine_of(address)
        yield made
        made.dispose()


def a_planned_event(engine: Engine) -> None:
    """An event with what is hard to keep: zones, JSON with and without null, people whose names are no ASCII."""
    with db.writing(engine) as session:
        event = an_event(session, tables=2)
        people = a_delegate("Zoë Ångström", languages=["fr"], email="zoe@example.org", unavailable=[("14:00", "14:15")])
        buyer = an_organisation(session, event, "Société “É”", people, kind="buyer")
        supplier = an_organisation(session, event, "مؤسسة\nΑθήνα 🎪", a_delegate("Ali Σ"), kind="social-enterprise")
        a_wish(session, buyer, supplier, rank=1)
        posed = pose(session, event)
        result = solve_judged(posed.problem, Limits(seconds=5, workers=1))
        version = store_version(session, event, posed, result, problem_to_json(posed.problem), NOW)
        assert len(version.meetings) == 1


def contents(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {table.name: list(lines_of(connection, table)) for table in tables_of(connection)}


def test_what_was_backed_up_comes_back_into_a_database_of_either_kind(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    a_planned_event(engine)
    keep(engine, tmp_path / "backup.zip", NOW)
    restore(empty, tmp_path / "backup.zip")
    assert contents(empty) == contents(engine)
    assert db.is_newest(empty)


def test_a_restored_database_counts_on_behind_what_it_holds(engine: Engine, empty: Engine, tmp_path: Path) -> None:
    a_planned_event(engine)
    keep(engine, tmp_path / "backup.zip", NOW)
    restore(empty, tmp_path / "backup.zip")
    with db.writing(empty) as session:
        event = session.scalars(select(models.Event)).one()
        latest = an_organisation(session, event, "Latecomers")
        assert latest.id > min(session.scalars(select(models.Organisation.id)))


def test_nobody_else_on_the_machine_can_read_a_backup(engine: Engine, tmp_path: Path) -> None:
    keep(engine, tmp_path / "backup.zip", NOW)
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_backup_shows_one_moment_while_others_write(engine: Engine, tmp_path: Path) -> None:
    a_planned_event(engine)
    stop = threading.Event()

    def register_for_ever() -> None:
        """Each transaction adds an organisation and one delegate of it, never the one without the other."""
        number = 0
        while not stop.is_set():
            number += 1
            with db.writing(engine) as session:
                event = session.scalars(select(models.Event)).one()
                an_organisation(session, event, f"Organisation {number}")

    writer = threading.Thread(target=register_for_ever)
    writer.start()
    try:
        held = [keep(engine, tmp_path / f"{number}.zip", NOW).counts for number in range(5)]
    finally:
        stop.set()
        writer.join()
    assert [one["delegate"] - one["organisation"] for one in held] == [0] * 5


def test_a_backup_is_restored_into_an_empty_database_only(engine: Engine, tmp_path: Path) -> None:
    a_planned_event(engine)
    keep(engine, tmp_path / "backup.zip", NOW)
    before = contents(engine)
    with pytest.raises(Conflict, match="already holds data"):
        restore(engine, tmp_path / "backup.zip")
    assert contents(engine) == before


def test_a_backup_of_an_older_schema_is_brought_forward(engine: Engine, empty: Engine, tmp_path: Path) -> None:
    db.migrate(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO host (name, created_at) VALUES ('Old team', '2026-01-01 00:00:00')"))
    keep(engine, tmp_path / "old.zip", NOW)
    restore(empty, tmp_path / "old.zip")
    assert db.is_newest(empty)
    with Session(empty) as session:
        assert session.scalars(select(models.Host.name)).all() == ["Old team"]


def test_a_damaged_backup_is_refused_and_nothing_is_stored(engine: Engine, empty: Engine, tmp_path: Path) -> None:
    a_planned_event(engine)
    whole, cut = tmp_path / "whole.zip", tmp_path / "cut.zip"
    keep(engine, whole, NOW)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            lines = source.read(name)
            target.writestr(name, b"" if name == "delegate.jsonl" else lines)
    with pytest.raises(Invalid, match="rows are missing"):
        restore(empty, cut)
    with Session(empty) as session:
        assert session.scalar(select(func.count()).select_from(models.Event)) == 0
    restore(empty, whole)
    assert contents(empty) == contents(engine)


@pytest.mark.parametrize("what", ["text", "zip", "newer", "missing"])
def test_what_is_no_backup_is_refused_in_a_sentence(what: str, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "file.zip"
    if what == "text":
        path.write_text("no zip at all")
    if what == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hello.txt", "hello")
    if what == "newer":
        keep(engine, tmp_path / "good.zip", NOW)
        with zipfile.ZipFile(tmp_path / "good.zip") as source, zipfile.ZipFile(path, "w") as archive:
            for name in source.namelist():
                archive.writestr(name, source.read(name))
            manifest = json.loads(source.read("manifest.json")) | {"revision": "9999"}
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(Invalid, match=r"no backup of Ronde|newer Ronde|cannot be read"):
        restore(engine, path)


def test_there_is_nothing_to_back_up_before_the_first_table(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(Unready, match="no tables"):
        keep(empty, tmp_path / "backup.zip", NOW)
    assert list(tmp_path.glob("*.zip")) == []
