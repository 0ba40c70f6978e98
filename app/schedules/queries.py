"""Reading what was planned before, in the words of the engine."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.schedules.keys import delegate_id, interpreter_id, meeting_id, slot_id, table_id
from scheduler import Meeting, Problem, Schedule


def last_schedule(session: Session, event: models.Event, problem: Problem) -> Schedule | None:
    """Return what the event's newest version holds, as far as the problem still knows it; None before the first."""
    version = session.scalar(
        select(models.Version)
        .where(models.Version.event_id == event.id)
        .order_by(models.Version.number.desc())
        .limit(1)
    )
    if version is None:
        return None
    return schedule_of(session, version, problem)


def schedule_of(session: Session, version: models.Version, problem: Problem) -> Schedule:
    """Return what a version holds, as far as the problem knows it."""
    rows = session.scalars(
        select(models.Meeting)
        .where(models.Meeting.version_id == version.id)
        .options(selectinload(models.Meeting.identity), selectinload(models.Meeting.attendances))
        .execution_options(populate_existing=True)
    )
    held = {meeting.id: meeting for meeting in map(_meeting, rows)}
    known = _Known(problem)
    return Schedule(
        tuple(held[one.id] for one in problem.meetings if one.id in held and known.has_all_of(held[one.id]))
    )


def _meeting(row: models.Meeting) -> Meeting:
    one, other = row.attendances
    return Meeting(
        meeting_id(row.identity.organisation_a_id, row.identity.organisation_b_id, row.identity.ordinal),
        slot_id(row.slot_id),
        table_id(row.table_id) if row.table_id else None,
        (delegate_id(one.delegate_id), delegate_id(other.delegate_id)),
        interpreter_id(row.interpreter_id) if row.interpreter_id else None,
    )


class _Known:
    """Who and what is still there."""

    def __init__(self, problem: Problem) -> None:
        self.slots = {slot.id for slot in problem.slots}
        self.tables = {table.id for table in problem.tables}
        self.interpreters = {one.id for one in problem.interpreters}
        self.delegates = {person.id for one in problem.participants for person in one.delegates}

    def has_all_of(self, meeting: Meeting) -> bool:
        return (
            meeting.slot in self.slots
            and (meeting.table is None or meeting.table in self.tables)
            and (meeting.interpreter is None or meeting.interpreter in self.interpreters)
            and self.delegates.issuperset(meeting.delegates)
        )
