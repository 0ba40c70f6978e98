"""Keeping an edit: the rows of the draft change, the history remembers both sides, and the revision grows."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, NotFound

States = dict[str, models.State | None]
"""Meetings by their identity, as text; None where one is not held."""

AT_ONCE = 500
"""So many meetings are named in one statement."""

NO_VERSION = "There is no version {number}."
PUBLISHED = "Version {number} is published and never changes; edit a draft."


def version_of(session: Session, event: models.Event, number: int) -> models.Version:
    """Return a version by its number. Raises NotFound."""
    version = session.scalar(
        select(models.Version).where(models.Version.event_id == event.id, models.Version.number == number)
    )
    if version is None:
        raise NotFound(NO_VERSION, number=number)
    return version


def draft_of(session: Session, event: models.Event, number: int) -> models.Version:
    """Return a draft, held until the transaction ends: edits of one draft come one after the other.

    Raises NotFound, or Conflict where it is published.
    """
    version = held_version(session, event, number)
    if version.published_at is not None:
        raise Conflict(PUBLISHED, number=number)
    return version


def held_version(session: Session, event: models.Event, number: int) -> models.Version:
    """Return a version, held until the transaction ends, as it stands now. Raises NotFound."""
    version = session.scalar(
        select(models.Version)
        .where(models.Version.event_id == event.id, models.Version.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound(NO_VERSION, number=number)
    return version


def states_of(session: Session, version: models.Version, identities: Iterable[int]) -> States:
    """Return these meetings as they are."""
    wanted = sorted(set(identities))
    found: States = {str(key): None for key in wanted}
    for first in range(0, len(wanted), AT_ONCE):
        _read_states(session, version, wanted[first : first + AT_ONCE], found)
    return found


def _read_states(session: Session, version: models.Version, wanted: list[int], found: States) -> None:
    meeting, attendance = models.Meeting, models.Attendance
    rows = session.execute(
        select(
            meeting.identity_id,
            meeting.slot_id,
            meeting.table_id,
            meeting.interpreter_id,
            meeting.languages,
            meeting.value,
            meeting.is_pinned,
            meeting.forced,
            attendance.delegate_id,
        )
        .join(attendance, attendance.meeting_id == meeting.id)
        .where(meeting.version_id == version.id, meeting.identity_id.in_(wanted))
        .order_by(meeting.id, attendance.side)
    )
    for key, slot, table, interpreter, languages, value, is_pinned, forced, delegate in rows:
        known = found[str(key)]
        if known is None:
            known = found[str(key)] = models.State(
                slot=slot,
                table=table,
                interpreter=interpreter,
                delegates=[],
                languages=languages,
                value=value,
                is_pinned=is_pinned,
                forced=forced,
            )
        known["delegates"].append(delegate)


def keep(
    session: Session, version: models.Version, deed: str, before: models.Side, after: models.Side, now: datetime
) -> None:
    """Change a draft, and remember it as its newest edit; what was undone before can no longer be done again."""
    write(session, version, after)
    edit = models.Edit
    session.execute(delete(edit).where(edit.version_id == version.id, edit.is_undone))
    newest = session.scalar(select(func.max(edit.position)).where(edit.version_id == version.id)) or 0
    session.add(
        edit(
            version_id=version.id,
            position=newest + 1,
            deed=deed,
            before=before,
            after=after,
            is_undone=False,
            made_at=now,
        )
    )
    session.flush()


def meetings_only(meetings: States) -> models.Side:
    """Return a side of an edit that touches no pin."""
    return models.Side(meetings=meetings, pins={})


def write(session: Session, version: models.Version, after: models.Side) -> None:
    """Make the rows of a draft say this, and let its revision grow.

    Two meetings may change places: nobody and no table is anywhere before all are where they go.
    """
    for pin, is_there in after["pins"].items():
        _write_pin(session, version, pin, is_there=is_there)
    meetings = {int(key): state for key, state in after["meetings"].items()}
    ids = _clear(session, version, meetings)
    attendances: list[dict[str, int]] = []
    for identity, state in meetings.items():
        if state is None:
            continue
        meeting_id = _write_meeting(session, version, identity, ids.get(identity), state)
        attendances += [
            {
                "meeting_id": meeting_id,
                "side": side,
                "version_id": version.id,
                "slot_id": state["slot"],
                "delegate_id": delegate,
            }
            for side, delegate in enumerate(state["delegates"])
        ]
    if attendances:
        session.execute(insert(models.Attendance), attendances)
    version.revision += 1
    session.flush()
    for row in session.identity_map.values():
        if isinstance(row, models.Meeting | models.Attendance):
            session.expire(row)


def _write_meeting(
    session: Session, version: models.Version, identity: int, key: int | None, state: models.State
) -> int:
    """Put a meeting where it goes, and return its key; None: it is not there yet."""
    values = {
        "slot_id": state["slot"],
        "table_id": state["table"],
        "interpreter_id": state["interpreter"],
        "languages": state["languages"],
        "value": state["value"],
        "is_pinned": state["is_pinned"],
        "forced": state["forced"],
    }
    meeting = models.Meeting
    if key is not None:
        changed = update(meeting).where(meeting.id == key).values(values)
        session.execute(changed.execution_options(synchronize_session=False))
        return key
    made = insert(meeting).values(version_id=version.id, identity_id=identity, **values)
    return session.execute(made.returning(meeting.id)).scalar_one()


def _clear(session: Session, version: models.Version, meetings: Mapping[int, models.State | None]) -> dict[int, int]:
    """Take these meetings from tables and people, delete those that go, and return the keys of all there were."""
    meeting = models.Meeting
    rows = session.execute(
        select(meeting.identity_id, meeting.id).where(
            meeting.version_id == version.id, meeting.identity_id.in_(list(meetings))
        )
    )
    ids = {row.identity_id: row.id for row in rows}
    touched = list(ids.values())
    session.execute(
        delete(models.Attendance)
        .where(models.Attendance.meeting_id.in_(touched))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(meeting)
        .where(meeting.id.in_(touched))
        .values(table_id=None, interpreter_id=None)
        .execution_options(synchronize_session=False)
    )
    going = [ids[identity] for identity, state in meetings.items() if state is None and identity in ids]
    session.execute(delete(meeting).where(meeting.id.in_(going)).execution_options(synchronize_session=False))
    return ids


def _write_pin(session: Session, version: models.Version, key: str, *, is_there: bool) -> None:
    kind, _, number = key.partition(":")
    column = {"organisation": models.Pin.organisation_id, "table": models.Pin.table_id}[kind]
    session.execute(delete(models.Pin).where(models.Pin.version_id == version.id, column == int(number)))
    if is_there:
        session.execute(insert(models.Pin).values({"version_id": version.id, column.key: int(number)}))
