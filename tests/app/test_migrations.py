"""Going back and forth between schemas keeps what both of them know, also when the power goes in the middle."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, insert, inspect, select

from app import clock, db, models
from tests.builders import an_event
from tests.invariants import check_all
from tests.mortals import mortal

ROOT = Path(__file__).resolve().parents[2]
FIRST = "0001"
Dump = Mapping[str, Sequence[Mapping[str, object]]]


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def revisions() -> list[str]:
    """From the newest to the first."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "alembic"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def filled(engine: Engine, organisations: int) -> None:
    """An event with this many organisations of two delegates each; every second wishes for the one before."""
    with db.writing(engine) as session:
        event = an_event(session, slots=12, tables=50, interpreters=[("de", "fr")])
        rows = [
            {
                "event_id": event.id, "position": number, "name": f"Nº {number} “Été”", "name_key": f"{number}",
                "sdgs": [number % 17 + 1], "country": "LU", "is_withdrawn": number % 7 == 0,
            }
            for number in range(organisations)
        ]  # fmt: skip
        ids = list(session.scalars(insert(models.Organisation).returning(models.Organisation.id), rows))
        people = [
            {
                "event_id": event.id, "organisation_id": one, "position": number, "last_name": f"Zoë {one}.{number}",
                "languages": ["fr"], "unavailable": [["14:00", "15:00"]], "is_withdrawn": False,
            }
            for one in ids
            for number in (1, 2)
        ]  # fmt: skip
        session.execute(insert(models.Delegate), people)
        wishes = [
            {"event_id": event.id, "source_id": one, "target_id": other, "rank": 1, "refuses": False, "written": "é"}
            for one, other in zip(ids[::2], ids[1::2], strict=False)
        ]
        session.execute(insert(models.Wish), wishes)


def dump(engine: Engine) -> Dump:
    """Every row of every table that is ours."""
    schema = MetaData()
    schema.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.sorted_tables
            if not table.name.startswith(("procrastinate_", "alembic_"))
        }


def what_both_know(one: Dump, other: Dump) -> tuple[Dump, Dump]:
    """The rows of the tables, and of these the columns, that are in both."""

    def of(mine: Dump, theirs: Dump) -> Dump:
        known = {name: theirs[name][0] if theirs[name] else None for name in mine.keys() & theirs.keys()}
        return {
            name: [
                {key: value for key, value in row.items() if columns is None or key in columns} for row in mine[name]
            ]
            for name, columns in known.items()
        }

    return of(one, other), of(other, one)


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def back_and_forth(engine: Engine, organisations: int, older: Sequence[str]) -> None:
    filled(engine, organisations)
    newest = dump(engine)
    assert len(newest["delegate"]) == 2 * organisations
    for revision in older:
        db.migrate(engine, revision)
        before = dump(engine)
        kept, expected = what_both_know(before, newest)
        assert kept == expected, f"going back to {revision} changes what it knows"

        db.migrate(engine)
        db.check_models(engine)
        again, expected = what_both_know(dump(engine), before)
        assert again == expected, f"coming from {revision} changes what it knew"
        assert set(dump(engine)) == set(newest)
        check_all(address_of(engine))


def test_the_schema_before_and_the_first_and_back_keep_what_both_know(engine: Engine) -> None:
    back_and_forth(engine, organisations=10, older=[revisions()[1], FIRST])


@pytest.mark.soak
def test_each_older_schema_and_back_keeps_what_both_know(engine: Engine) -> None:
    back_and_forth(engine, organisations=300, older=revisions()[1:])


@pytest.mark.soak
def test_the_first_schema_and_back_keeps_ten_thousand_delegates(engine: Engine) -> None:
    back_and_forth(engine, organisations=5_000, older=[FIRST])


@pytest.mark.soak
def test_a_migration_that_is_killed_was_done_or_was_not(engine: Engine) -> None:
    filled(engine, organisations=1_000)
    db.migrate(engine, FIRST)
    old, moments, killed = dump(engine), random.Random(1), 0
    with mortal("tests.app.migrating", address_of(engine)) as process:
        begin = clock.seconds()
        assert process.ends("never") == "ended 0"
        seconds = clock.seconds() - begin
        for _ in range(20):
            db.migrate(engine, FIRST)
            killed += process.ends(f"{moments.uniform(0, seconds):.3f}") == "killed"
            tables = {name for name in inspect(engine).get_table_names() if not name.startswith("procrastinate_")}
            assert tables - {"alembic_version"} in (set(old), set(models.Base.metadata.tables)), "half of a schema"
            kept, expected = what_both_know(dump(engine), old)
            assert kept == expected
            if "job" in tables:
                check_all(address_of(engine))
    assert killed > 5
    db.migrate(engine)
    check_all(address_of(engine))
    db.check_models(engine)
