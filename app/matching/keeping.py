"""Keeping gatherings ready to be asked: to make one of 10,000 organisations takes seconds, to ask it a moment."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.matching.queries import Gathering, gathering_of

MOST_KEPT = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a gathering was made of: every accepted change of an event is in the audit log, codes are only replaced."""

    event_id: int
    last_change: int | None
    code_count: int


class Gatherings:
    """The gatherings asked for last. One that the event has changed since is made anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Stamp, Gathering]] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, event: models.Event) -> Gathering:
        """Return the event as it stands. Raises Invalid when its policy makes no sense."""
        with self._lock:  # whoever asks meanwhile waits for the one that is being made
            stamp = _stamp_of(session, event)
            kept = self._kept.pop(event.id, None)
            gathering = kept[1] if kept and kept[0] == stamp else gathering_of(session, event)
            self._kept[event.id] = (stamp, gathering)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return gathering


def _stamp_of(session: Session, event: models.Event) -> Stamp:
    last_change = select(func.max(models.AuditEntry.id)).where(models.AuditEntry.event_id == event.id)
    code_count = select(func.count()).select_from(models.OfficialCode)
    return Stamp(event.id, session.scalar(last_change), session.scalar(code_count) or 0)
