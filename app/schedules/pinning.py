"""Pinning: a meeting, an organisation or a table of a draft stays as it is in whatever is computed from it."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import NotFound
from app.schedules.keeping import keep, meetings_only, states_of

Thing = Literal["organisation", "table"]


def pin_meeting(session: Session, version: models.Version, meeting: int, now: datetime, *, is_pinned: bool) -> bool:
    """Pin a meeting, or let it go; whether that changed something. Raises NotFound."""
    before = states_of(session, version, [meeting])
    state = before[str(meeting)]
    if state is None:
        raise NotFound("Version {number} has no meeting {meeting}.", number=version.number, meeting=meeting)
    if state["is_pinned"] == is_pinned:
        return False
    after = models.State(**{**state, "is_pinned": is_pinned})
    deed = "pin" if is_pinned else "unpin"
    keep(session, version, deed, meetings_only(before), meetings_only({str(meeting): after}), now)
    return True


def pin_thing(
    session: Session, version: models.Version, thing: Thing, key: int, now: datetime, *, is_pinned: bool
) -> bool:
    """Pin an organisation or a table, or let it go; whether that changed something. Raises NotFound."""
    row: models.Organisation | models.Table | None = (
        session.get(models.Organisation, key) if thing == "organisation" else session.get(models.Table, key)
    )
    if row is None or row.event_id != version.event_id or row.is_withdrawn:
        if thing == "organisation":
            raise NotFound("There is no organisation {organisation} in this event.", organisation=key)
        raise NotFound("There is no table {table} in this event.", table=key)
    if is_pinned == is_pinned_thing(session, version, thing, key):
        return False
    name = f"{thing}:{key}"
    before, after = (models.Side(meetings={}, pins={name: one}) for one in (not is_pinned, is_pinned))
    keep(session, version, "pin" if is_pinned else "unpin", before, after, now)
    return True


def is_pinned_thing(session: Session, version: models.Version, thing: Thing, key: int) -> bool:
    """Whether an organisation or a table is pinned in a version."""
    column = models.Pin.organisation_id if thing == "organisation" else models.Pin.table_id
    found = select(models.Pin.id).where(models.Pin.version_id == version.id, column == key)
    return session.scalar(found) is not None
