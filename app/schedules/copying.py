"""Copying: a new draft that begins as another version stands, also a published one, which never changes itself."""

from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session, aliased

from app import models
from app.schedules.solving import next_number
from scheduler import Status


def copy(session: Session, version: models.Version, now: datetime) -> models.Version:
    """Return the event's next version, a draft with the same meetings, pins and reasons."""
    edits = select(models.Edit.id).where(models.Edit.version_id == version.id, models.Edit.is_undone.is_(False))
    is_edited = session.scalar(edits.limit(1)) is not None
    made = models.Version(
        event_id=version.event_id,
        number=next_number(session, version.event_id),
        created_at=now,
        status=Status.FEASIBLE.value if is_edited else version.status,
        problem=version.problem,
        score=version.score,
        bounds=version.bounds,
        proved=[] if is_edited else version.proved,
        seconds=version.seconds,
        engine=version.engine,
        base_number=version.number,
        base_revision=version.revision,
    )
    session.add(made)
    session.flush()
    for table, columns in COPIED.items():
        _copy_rows(session, table, columns, version.id, made.id)
    _copy_attendances(session, version.id, made.id)
    return made


COPIED: dict[type[models.Meeting | models.NotHeld | models.Pin], tuple[str, ...]] = {
    models.Meeting: (
        "identity_id",
        "slot_id",
        "table_id",
        "interpreter_id",
        "languages",
        "value",
        "is_pinned",
        "forced",
    ),
    models.NotHeld: ("organisation_a_id", "organisation_b_id", "ordinal", "reason", "text"),
    models.Pin: ("organisation_id", "table_id"),
}


def _copy_rows(
    session: Session,
    table: type[models.Meeting | models.NotHeld | models.Pin],
    columns: tuple[str, ...],
    source: int,
    target: int,
) -> None:
    kept = [getattr(table, name) for name in columns]
    rows = select(literal(target), *kept).where(table.version_id == source).order_by(table.id)
    session.execute(insert(table).from_select(["version_id", *columns], rows, include_defaults=False))


def _copy_attendances(session: Session, source: int, target: int) -> None:
    was, now, attendance = aliased(models.Meeting), aliased(models.Meeting), models.Attendance
    rows = (
        select(now.id, attendance.side, literal(target), attendance.slot_id, attendance.delegate_id)
        .select_from(attendance)
        .join(was, was.id == attendance.meeting_id)
        .join(now, (now.identity_id == was.identity_id) & (now.version_id == target))
        .where(was.version_id == source)
    )
    names = ["meeting_id", "side", "version_id", "slot_id", "delegate_id"]
    session.execute(insert(attendance).from_select(names, rows))
