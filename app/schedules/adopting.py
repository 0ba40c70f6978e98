"""Adopting: a version that was computed from a draft is laid over it, as one edit, if nobody has edited it since."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict
from app.schedules.keeping import keep, meetings_only, states_of

EDITED_SINCE = "Version {base} has been edited since version {number} was made from it; both stay."


def adopt(session: Session, draft: models.Version, source: models.Version, now: datetime) -> int:
    """Let a draft hold what another version holds, and return how many meetings that changes.

    Raises Conflict where the other was not made from this draft, or the draft has been edited since.
    """
    if source.base_number != draft.number:
        raise Conflict("Version {number} was not made from version {base}.", number=source.number, base=draft.number)
    if source.base_revision != draft.revision:
        raise Conflict(EDITED_SINCE, base=draft.number, number=source.number)
    held = models.Meeting.identity_id
    keys = set(session.scalars(select(held).where(models.Meeting.version_id.in_((draft.id, source.id)))))
    before, after = states_of(session, draft, keys), states_of(session, source, keys)
    changed = [key for key in before if before[key] != after[key]]
    if changed:
        was, will_be = ({key: states[key] for key in changed} for states in (before, after))
        keep(session, draft, "adopt", meetings_only(was), meetings_only(will_be), now)
    return len(changed)
