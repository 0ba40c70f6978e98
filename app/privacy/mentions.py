"""Where a person is mentioned: every text in every table that belongs to a host, also in those of tomorrow."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    cast,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from app import models
from app.privacy.persons import Person

NAMELESS = frozenset(
    {"audit_entry", "version", "meeting", "attendance", "not_held", "edit", "pin", "repair", "erasure"}
)
"""They speak of people by ids alone; and what is published of them cannot be changed."""
ORGANISERS = frozenset({"invitation", "api_key"})
"""An organiser who is a delegate too stays an organiser."""
MARK = "[…]"

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A text in which a person is named."""

    table: str
    key: tuple[int | str, ...]
    column: str
    value: Value


def mentions_of(session: Session, person: Person) -> Iterator[Mention]:
    """Yield every text of the host in which the person is named by address, number or full name."""
    for table in models.Base.metadata.sorted_tables:
        columns = _texts_of(table)
        for row in _rows_naming(session, table, person):
            key = tuple(row[column] for column in table.primary_key.columns)
            for column in columns:
                if person.is_in(json.dumps(row[column], ensure_ascii=False)):
                    yield Mention(table.name, key, column.name, row[column])


def blank_mentions(session: Session, person: Person) -> int:
    """Put a mark in the place of the person in each of these texts, and return how many they were."""
    count = 0
    for mention in list(mentions_of(session, person)):
        table = models.Base.metadata.tables[mention.table]
        mark = f"[…{mention.key[0]}]" if mention.column in _unique_columns(table) else MARK
        here = (column == key for column, key in zip(table.primary_key.columns, mention.key, strict=True))
        session.execute(update(table).where(*here).values({mention.column: _blanked(mention.value, person, mark)}))
        count += 1
    session.expire_all()
    return count


def _rows_naming(session: Session, table: Table, person: Person) -> list[RowMapping]:
    columns = _texts_of(table)
    rows = _rows_of_host(table, person.host_id)
    if rows is None or not columns or not person.words or table.name in NAMELESS | ORGANISERS:
        return []
    named = or_(*(person.may_be_in(cast(column, Text)) for column in columns))
    return list(session.execute(rows.where(named)).mappings())


def _texts_of(table: Table) -> list[Column[Value]]:
    return [one for one in table.columns if isinstance(one.type, String | JSON) and not one.primary_key]


def _unique_columns(table: Table) -> set[str]:
    unique = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique += [one.columns for one in table.indexes if one.unique]
    return {column.name for columns in unique for column in columns}


def _rows_of_host(table: Table, host_id: int) -> Select[tuple[object, ...]] | None:
    """The rows of a table that belong to a host, by the references that lead there; None for a table of no host."""
    way = _way_to_host(table)
    if way is None:
        return None
    rows = select(table)
    for reference in way:
        same = (element.parent == element.column for element in reference.elements)
        rows = rows.join(reference.referred_table, and_(*same))
    return rows.where(models.Host.id == host_id)


def _way_to_host(table: Table) -> list[ForeignKeyConstraint] | None:
    """The shortest chain of references from a table to the hosts."""
    host = models.Base.metadata.tables[models.Host.__tablename__]
    ways: dict[Table, list[ForeignKeyConstraint]] = {table: []}
    waiting = deque([table])
    while waiting:
        here = waiting.popleft()
        if here is host:
            return ways[here]
        for reference in here.foreign_key_constraints:
            if reference.referred_table not in ways:
                ways[reference.referred_table] = [*ways[here], reference]
                waiting.append(reference.referred_table)
    return None


def _blanked(value: Value, person: Person, mark: str) -> Value:
    """The same without the person; keys of an object are words of ours and stay."""
    if isinstance(value, str):
        return person.pattern.sub(mark, value)
    if isinstance(value, list):
        return [_blanked(one, person, mark) for one in value]
    if isinstance(value, dict):
        return {key: _blanked(one, person, mark) for key, one in value.items()}
    return value
