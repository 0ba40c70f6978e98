"""Undoing and doing again: the newest edit of a draft is taken back, the newest undone one is made again."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict
from app.schedules.judging import breaches
from app.schedules.keeping import write
from app.schedules.keys import delegate_id, interpreter_id, slot_id, table_id
from app.schedules.refusing import Breaking, told_of
from app.schedules.standing import Pair, standing_of
from scheduler import Meeting, MeetingId

NOTHING_TO_UNDO = "There is nothing to undo in this version."
NOTHING_TO_REDO = "There is nothing to do again in this version."


def undo(session: Session, version: models.Version, lang: str) -> models.Edit:
    """Take back the newest edit, and return it. Raises Conflict where there is none, Breaking where it cannot be."""
    edit = _edit(session, version, is_undone=False)
    if edit is None:
        raise Conflict(NOTHING_TO_UNDO)
    _restore(session, version, edit.before, lang)
    edit.is_undone = True
    session.flush()
    return edit


def redo(session: Session, version: models.Version, lang: str) -> models.Edit:
    """Make again the edit that was undone last, and return it. Raises Conflict, Breaking as `undo`."""
    edit = _edit(session, version, is_undone=True)
    if edit is None:
        raise Conflict(NOTHING_TO_REDO)
    _restore(session, version, edit.after, lang)
    edit.is_undone = False
    session.flush()
    return edit


def _edit(session: Session, version: models.Version, *, is_undone: bool) -> models.Edit | None:
    """The edit whose turn it is: the last one made, or the first of those undone."""
    edit = models.Edit
    order = edit.position.asc() if is_undone else edit.position.desc()
    return session.scalar(
        select(edit).where(edit.version_id == version.id, edit.is_undone.is_(is_undone)).order_by(order).limit(1)
    )


def _restore(session: Session, version: models.Version, side: models.Side, lang: str) -> None:
    """Let the draft be as it was, unless somebody has refused or gone since, or somebody or a table is not there."""
    pairs = _pairs(session, side["meetings"])
    standing = standing_of(session, version, pairs.values())
    changes: dict[MeetingId, Meeting | None] = {}
    for key, state in side["meetings"].items():
        row = None if state is None else _row(pairs[int(key)].name, state)
        if row is not None and row.slot not in standing.draft.at:
            raise Conflict("The slot of one of its meetings is there no longer.")
        changes[pairs[int(key)].name] = row
    hard = [one for one in breaches(standing.draft, changes) if not one.can_be_forced]
    if hard:
        event = session.get_one(models.Event, version.event_id)
        told = told_of(session, event, standing, hard, lang)
        raise Breaking(" ".join(one.sentence for one in told), told, ())
    write(session, version, side)


def _pairs(session: Session, states: Mapping[str, models.State | None]) -> dict[int, Pair]:
    identity = models.MeetingIdentity
    rows = session.scalars(select(identity).where(identity.id.in_([int(key) for key in states])))
    pairs = {}
    for row in rows:
        state = states[str(row.id)]
        value = state["value"] if state is not None else 0
        pairs[row.id] = Pair(row.organisation_a_id, row.organisation_b_id, row.ordinal, value)
    return pairs


def _row(name: MeetingId, state: models.State) -> Meeting:
    one, other = state["delegates"]
    return Meeting(
        name,
        slot_id(state["slot"]),
        None if state["table"] is None else table_id(state["table"]),
        (delegate_id(one), delegate_id(other)),
        None if state["interpreter"] is None else interpreter_id(state["interpreter"]),
    )
