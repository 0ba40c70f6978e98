"""What must hold whatever was killed, crossed or cut: I1–I7, asked of the database in plain SQL.

Nothing here is shared with the service: a mistake of its queries cannot hide itself. `check_all` is called after every
crash and every race; it raises an AssertionError that lists all that is wrong.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, inspect, text

Published = Mapping[tuple[int, int], str]
"""By event and number, all that a published version says, as JSON."""

TWICE = {
    "a table twice in a slot": """
        SELECT version_id, slot_id, table_id FROM meeting WHERE table_id IS NOT NULL
        GROUP BY version_id, slot_id, table_id HAVING count(*) > 1""",
    "an interpreter twice in a slot": """
        SELECT version_id, slot_id, interpreter_id FROM meeting WHERE interpreter_id IS NOT NULL
        GROUP BY version_id, slot_id, interpreter_id HAVING count(*) > 1""",
    "a delegate twice in a slot": """
        SELECT meeting.version_id, meeting.slot_id, attendance.delegate_id
        FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id
        GROUP BY meeting.version_id, meeting.slot_id, attendance.delegate_id HAVING count(*) > 1""",
    "a meeting twice in a version": """
        SELECT version_id, identity_id FROM meeting GROUP BY version_id, identity_id HAVING count(*) > 1""",
    "a version number twice": """
        SELECT event_id, number FROM version GROUP BY event_id, number HAVING count(*) > 1""",
    "a uid twice": "SELECT uid FROM meeting_identity GROUP BY uid HAVING count(*) > 1",
}
BROKEN = {
    "a meeting without two people": """
        SELECT meeting.id FROM meeting LEFT JOIN attendance ON attendance.meeting_id = meeting.id
        GROUP BY meeting.id HAVING count(attendance.delegate_id) <> 2""",
    "somebody attends for an organisation that is not theirs": """
        SELECT attendance.meeting_id, attendance.side
        FROM attendance
        JOIN meeting ON meeting.id = attendance.meeting_id
        JOIN meeting_identity ON meeting_identity.id = meeting.identity_id
        JOIN delegate ON delegate.id = attendance.delegate_id
        WHERE delegate.organisation_id <> CASE attendance.side
            WHEN 0 THEN meeting_identity.organisation_a_id ELSE meeting_identity.organisation_b_id END""",
    "an attendance in another slot or version than its meeting": """
        SELECT attendance.meeting_id FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id
        WHERE attendance.slot_id <> meeting.slot_id OR attendance.version_id <> meeting.version_id""",
    "a meeting with something of another event": """
        SELECT meeting.id
        FROM meeting
        JOIN version ON version.id = meeting.version_id
        JOIN meeting_identity ON meeting_identity.id = meeting.identity_id
        JOIN slot ON slot.id = meeting.slot_id
        LEFT JOIN meeting_table ON meeting_table.id = meeting.table_id
        LEFT JOIN interpreter ON interpreter.id = meeting.interpreter_id
        WHERE meeting_identity.event_id <> version.event_id OR slot.event_id <> version.event_id
            OR meeting_table.event_id <> version.event_id OR interpreter.event_id <> version.event_id""",
    "a delegate of another event than their organisation": """
        SELECT delegate.id FROM delegate JOIN organisation ON organisation.id = delegate.organisation_id
        WHERE delegate.event_id <> organisation.event_id""",
}
PAIRS = (
    """SELECT organisation_a_id, organisation_b_id
        FROM meeting JOIN meeting_identity ON meeting_identity.id = meeting.identity_id WHERE version_id = :version""",
    "SELECT organisation_a_id, organisation_b_id FROM not_held WHERE version_id = :version",
)
JOBS = {
    "a job that ended and does not say when, or says it and has not ended": """
        SELECT id, state FROM job
        WHERE (state IN ('done', 'failed', 'cancelled')) <> (finished_at IS NOT NULL)""",
    "a job that runs and was never taken": "SELECT id FROM job WHERE state = 'running' AND attempt = 0",
    "a job that failed without a reason": "SELECT id FROM job WHERE state = 'failed' AND reason IS NULL",
    "a job that is done without a result": "SELECT id FROM job WHERE state = 'done' AND result IS NULL",
}


@dataclass(frozen=True)
class Seen:
    """What was seen of a database, to be compared with it later."""

    published: Published
    audited: int


def check_all(database_url: str, *, before: Seen | None = None, accepted: int | None = None) -> Seen:
    """Check I1–I7 and return what is published, for the next check to compare with.

    `accepted` is how many changes were accepted since `before`: the audit log has a row for each (I7).
    """
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            faults = [*_double_bookings(connection), *_broken(connection, tables), *_loose(connection)]
            seen = Seen(published_versions(connection), _audited(connection, tables))
            faults += _unlike(before, seen, accepted)
    finally:
        engine.dispose()
    assert not faults, "\n".join(faults)
    return seen


def _double_bookings(connection: Connection) -> Iterator[str]:
    """I1, and of I2 that a number is not used twice."""
    return _rows_of(connection, TWICE)


def _broken(connection: Connection, tables: set[str]) -> Iterator[str]:
    """I2 (complete), I3 (nothing half imported), I4 (nothing sent twice), and what a job says of itself."""
    yield from _rows_of(connection, BROKEN)
    yield from _incomplete(connection)
    if "job" in tables:
        yield from _rows_of(connection, JOBS)
    for table in tables:
        if "dedupe_key" in {column["name"] for column in inspect(connection).get_columns(table)}:
            query = f"SELECT dedupe_key FROM {table} GROUP BY dedupe_key HAVING count(*) > 1"
            yield from _rows_of(connection, {f"a message twice in {table}": query})


def _rows_of(connection: Connection, queries: Mapping[str, str]) -> Iterator[str]:
    for fault, query in queries.items():
        if rows := connection.execute(text(query)).all():
            yield f"{fault}: {[tuple(row) for row in rows[:5]]} ({len(rows)})"


def _incomplete(connection: Connection) -> Iterator[str]:
    """Where a version was solved and not edited since, each pair is held or has a reason not to be."""
    is_edited = {column["name"] for column in inspect(connection).get_columns("version")} & {"revision"}
    solved = "SELECT id, problem FROM version" + (" WHERE revision = 0" if is_edited else "")
    there = {f"o{key}" for key in connection.execute(text("SELECT id FROM organisation")).scalars()}
    for version_id, problem in connection.execute(text(solved)).all():
        pairs = (frozenset(one["between"]) for one in json.loads(problem).get("meetings", []))
        asked = Counter(pair for pair in pairs if pair <= there)
        told: Counter[frozenset[str]] = Counter()
        for query in PAIRS:
            rows = connection.execute(text(query), {"version": version_id})
            told.update(frozenset((f"o{one}", f"o{other}")) for one, other in rows)
        if asked and (missing := asked - told):
            yield f"version {version_id} says nothing of {[sorted(pair) for pair in list(missing)[:3]]}"


def _loose(connection: Connection) -> Iterator[str]:
    """I5: the file is whole, and nothing points to what is not there."""
    if connection.dialect.name == "sqlite":
        if (said := connection.execute(text("PRAGMA integrity_check")).scalars().all()) != ["ok"]:
            yield f"integrity_check: {said[:5]}"
        if rows := connection.execute(text("PRAGMA foreign_key_check")).all():
            yield f"foreign_key_check: {[tuple(row) for row in rows[:5]]}"
        return
    inspector = inspect(connection)
    for table in inspector.get_table_names():
        for key in inspector.get_foreign_keys(table):
            here, there, target = key["constrained_columns"], key["referred_columns"], key["referred_table"]
            same = " AND ".join(f"one.{a} = other.{b}" for a, b in zip(here, there, strict=True))
            given = " AND ".join(f"one.{column} IS NOT NULL" for column in here)
            lost = f"{given} AND other.{there[0]} IS NULL"
            if connection.execute(
                text(f"SELECT 1 FROM {table} one LEFT JOIN {target} other ON {same} WHERE {lost}")
            ).first():
                yield f"{table} points to what is not in {target}"


def published_versions(connection: Connection) -> Published:
    """Return all that each published version says: nothing of it may ever change (I2)."""
    found = {}
    versions = "SELECT id, event_id, number, published_at, status, problem FROM version WHERE published_at IS NOT NULL"
    for version_id, event_id, number, *facts in connection.execute(text(versions)).all():
        meetings = """
            SELECT meeting.identity_id, meeting.slot_id, table_id, interpreter_id, side, delegate_id
            FROM meeting JOIN attendance ON attendance.meeting_id = meeting.id
            WHERE meeting.version_id = :version ORDER BY meeting.identity_id, side"""
        rows = connection.execute(text(meetings), {"version": version_id}).all()
        found[event_id, number] = json.dumps([facts, [tuple(row) for row in rows]], default=str)
    return found


def _audited(connection: Connection, tables: set[str]) -> int:
    if "audit_entry" not in tables:
        return 0
    return int(connection.execute(text("SELECT count(*) FROM audit_entry")).scalar_one())


def _unlike(before: Seen | None, now: Seen, accepted: int | None) -> Iterable[str]:
    """I2 (immutable) and I7."""
    if before is None:
        return []
    changed = [key for key, said in before.published.items() if now.published.get(key) != said]
    faults = [f"the published version {number} of event {event} has changed" for event, number in changed]
    if accepted is not None and now.audited - before.audited != accepted:
        faults.append(f"{accepted} changes were accepted and {now.audited - before.audited} are in the audit log")
    return faults
