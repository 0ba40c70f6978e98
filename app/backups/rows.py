"""Rows as lines of JSON: the same for SQLite and PostgreSQL, so that a backup of one can be restored into the other."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from sqlalchemy import (
    JSON,
    BindParameter,
    Cast,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    bindparam,
    cast,
    insert,
    inspect,
    select,
)

NOT_OURS = ("alembic_version", "procrastinate_")
"""The first is written by migrations; the others belong to the queue, which is filled again from the jobs."""

BATCH = 1000


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables as the database has them, each after those that it refers to."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(NOT_OURS)]
    metadata = MetaData()
    metadata.reflect(connection, only=names)
    return [table for table in metadata.sorted_tables if table.name in names]


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """Yield each row of a table as one line of JSON, in the order of its key."""
    columns = [cast(one, Text).label(one.name) if isinstance(one.type, JSON) else one for one in table.columns]
    rows = connection.execute(
        select(*columns).order_by(*table.primary_key.columns), execution_options={"yield_per": BATCH}
    )
    for row in rows:
        yield json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n"


def store_lines(connection: Connection, table: Table, names: list[str], lines: Iterable[str]) -> int:
    """Insert the rows of these lines, whose values are in the order of `names`, and return how many there were."""
    columns = [table.columns[name] for name in names]
    is_sqlite = connection.dialect.name == "sqlite"
    statement = insert(table).values({one.name: _bound(one, is_sqlite=is_sqlite) for one in columns})
    count, batch = 0, []
    for line in lines:
        values = zip(columns, json.loads(line), strict=True)
        batch.append({f"v_{one.name}": _read(one, value, is_sqlite=is_sqlite) for one, value in values})
        if len(batch) == BATCH:
            connection.execute(statement, batch)
            count, batch = count + BATCH, []
    if batch:
        connection.execute(statement, batch)
    return count + len(batch)


def _written(value: object) -> object:
    """A value as JSON knows it; moments in UTC, bytes in base 64."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _read(column: Column[object], value: object, *, is_sqlite: bool) -> object:
    """What `_written` wrote, as the database takes it."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if is_sqlite else moment
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Time):
        return time.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value


def _bound(column: Column[object], *, is_sqlite: bool) -> BindParameter[object] | BindParameter[str] | Cast[object]:
    """The place of a value; JSON goes in as the text that it was, so that no null becomes another."""
    if not isinstance(column.type, JSON):
        return bindparam(f"v_{column.name}", type_=column.type)
    text = bindparam(f"v_{column.name}", type_=Text())
    return text if is_sqlite else cast(text, column.type)
