"""The check after every crash sees what is wrong, and nothing where all is well."""

import sqlite3

import pytest
from sqlalchemy import Engine, text

from app import db
from app.agendas.publishing import publish
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import NOON, a_wish, an_event, an_organisation
from tests.invariants import Seen, check_all


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    """An event of organisations, three of which wish for each other, planned and published, in both databases."""
    with db.writing(any_engine) as session:
        event = an_event(session, slots=3, interpreters=[("de", "fr")])
        rows = [an_organisation(session, event, name) for name in ("One", "Two", "Three", "Four")]
        for source, target in ((0, 1), (1, 2), (2, 0)):
            a_wish(session, rows[source], rows[target])
        posed = pose(session, event)
        result = solve_judged(posed.problem, Limits(seconds=20, workers=1))
        publish(session, store_version(session, event, posed, result, problem_to_json(posed.problem), NOON), NOON)
    return any_engine


def checked(engine: Engine, *, before: Seen | None = None, accepted: int | None = None) -> Seen:
    return check_all(engine.url.render_as_string(hide_password=False), before=before, accepted=accepted)


def break_by(engine: Engine, *statements: str) -> None:
    """Raw SQL, past every reference and trigger."""
    if engine.dialect.name == "sqlite":
        assert engine.url.database is not None
        with sqlite3.connect(engine.url.database, isolation_level=None) as file:
            triggers = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for statement in (*(f"DROP TRIGGER {name}" for (name,) in triggers), *statements):
                file.execute(statement)
        file.close()
        return
    with engine.begin() as connection:
        for statement in ("SET LOCAL session_replication_role = replica", *statements):
            connection.execute(text(statement))


def test_a_sound_event_has_no_faults_and_is_like_itself(engine: Engine) -> None:
    seen = checked(engine)

    assert len(seen.published) == 1
    assert checked(engine, before=seen, accepted=0) == seen


def test_an_organisation_may_come_before_it_is_said_who_comes_for_it(engine: Engine) -> None:
    break_by(engine, "DELETE FROM delegate WHERE id = 4")

    checked(engine)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM attendance WHERE side = 1", "a meeting without two people"),
        ("DELETE FROM meeting WHERE id = 1", "says nothing of"),
        ("UPDATE attendance SET delegate_id = 4 WHERE meeting_id = 1 AND side = 0", "not theirs"),
        ("UPDATE attendance SET slot_id = slot_id + 100", "another slot"),
        ("UPDATE delegate SET event_id = 7", "of another event"),
        ("DELETE FROM organisation WHERE id = 4", "foreign_key_check|delegate points to what is not in organisation"),
    ],
)
def test_what_is_broken_by_hand_is_seen(engine: Engine, statement: str, said: str) -> None:
    break_by(engine, statement)

    with pytest.raises(AssertionError, match=said):
        checked(engine)


def test_a_double_booking_is_seen_where_the_database_would_let_it_in(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        lift = ["ALTER TABLE meeting DROP CONSTRAINT uq_meeting_version_id_slot_id_table_id"]
    else:
        lift = [
            "CREATE TABLE copied AS SELECT * FROM meeting",
            "CREATE UNIQUE INDEX referred ON copied (id, version_id, slot_id)",
            "DROP TABLE meeting",
            "ALTER TABLE copied RENAME TO meeting",
        ]

    break_by(engine, *lift, "UPDATE meeting SET table_id = 1, slot_id = 1")

    with pytest.raises(AssertionError, match="a table twice in a slot"):
        checked(engine)


def test_a_published_version_that_changes_is_seen(engine: Engine) -> None:
    seen = checked(engine)

    break_by(engine, "UPDATE meeting SET table_id = NULL WHERE id = 1")

    with pytest.raises(AssertionError, match="version 1 of event 1 has changed"):
        checked(engine, before=seen)


def test_a_change_that_is_not_in_the_audit_log_is_seen(engine: Engine) -> None:
    seen = checked(engine)

    with pytest.raises(AssertionError, match="2 changes were accepted and 0 are in the audit log"):
        checked(engine, before=seen, accepted=2)
