"""Exporting all that is known of a person: every row that is about them, and every text that names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Column, LargeBinary, Table, or_, select
from sqlalchemy.orm import Session

from app import models
from app.privacy.mentions import Mention, Value, mentions_of
from app.privacy.persons import Person

Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of the person, in a version of the timetable; `table` is None online."""

    event: str
    version: int
    is_published: bool
    starts_at: datetime
    table: str | None
    partner: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who they are in each event, their meetings, the rows of other tables about them, and where they are named."""

    delegates: tuple[Fields, ...]
    meetings: tuple[Held, ...]
    rows: dict[str, list[Fields]]
    mentions: tuple[Mention, ...]


def export(session: Session, person: Person) -> Known:
    """Return everything that a host knows of a person. What links are made of, and bytes of files, are not told."""
    tables = models.Base.metadata.tables
    rows = {table.name: found for table in tables.values() if (found := _rows_about(session, table, person))}
    mentions = (one for one in mentions_of(session, person) if one.table != models.Delegate.__tablename__)
    return Known(tuple(_delegates(session, person)), tuple(_meetings(session, person)), rows, tuple(mentions))


def _delegates(session: Session, person: Person) -> Iterator[Fields]:
    table = models.Base.metadata.tables[models.Delegate.__tablename__]
    found = session.execute(
        select(models.Event.slug, models.Organisation.name, table)
        .join_from(table, models.Organisation, models.Organisation.id == table.columns["organisation_id"])
        .join(models.Event, models.Event.id == table.columns["event_id"])
        .where(table.columns["id"].in_(person.delegates))
        .order_by(table.columns["id"])
    ).mappings()
    for row in found:
        fields = {column.name: _told(row[column]) for column in table.columns}
        yield {"event": row[models.Event.slug], "organisation": row[models.Organisation.name], **fields}


def _rows_about(session: Session, table: Table, person: Person) -> list[Fields]:
    """The rows of a table that refer to the person; a table of tomorrow is not forgotten."""
    about = _columns_about_delegates(table)
    if not about:
        return []
    shown = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
    rows = session.execute(select(*shown).where(or_(*(column.in_(person.delegates) for column in about)))).mappings()
    return [{column.name: _told(row[column]) for column in shown} for row in rows]


def _columns_about_delegates(table: Table) -> list[Column[int]]:
    delegate = models.Base.metadata.tables[models.Delegate.__tablename__].columns["id"]
    return [one.parent for key in table.foreign_key_constraints for one in key.elements if one.column is delegate]


def _told(value: object) -> Value:
    """A value as JSON knows it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float | bool | list | dict)
    return value


def _meetings(session: Session, person: Person) -> Iterator[Held]:
    rows = session.execute(
        select(models.Event, models.Version, models.Slot, models.Table, models.MeetingIdentity, models.Attendance.side)
        .select_from(models.Attendance)
        .join(models.Meeting, models.Meeting.id == models.Attendance.meeting_id)
        .join(models.Version, models.Version.id == models.Meeting.version_id)
        .join(models.Event, models.Event.id == models.Version.event_id)
        .join(models.Slot, models.Slot.id == models.Meeting.slot_id)
        .join(models.Table, models.Table.id == models.Meeting.table_id, isouter=True)
        .join(models.MeetingIdentity, models.MeetingIdentity.id == models.Meeting.identity_id)
        .where(models.Attendance.delegate_id.in_(person.delegates))
        .order_by(models.Version.id, models.Slot.starts_at)
    ).all()
    others = {row.organisation_b_id if side == 0 else row.organisation_a_id for *_, row, side in rows}
    named = select(models.Organisation.id, models.Organisation.name).where(models.Organisation.id.in_(others))
    names = dict(session.execute(named).all())
    for event, version, slot, table, row, side in rows:
        partner = names[row.organisation_b_id if side == 0 else row.organisation_a_id]
        is_published = version.published_at is not None
        yield Held(event.slug, version.number, is_published, slot.starts_at, table.name if table else None, partner)
