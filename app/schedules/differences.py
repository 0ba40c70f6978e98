"""What differs between two versions: meetings that are new, cancelled, moved or changed, and whom that concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models


class Kind(StrEnum):
    """What happened to a meeting, as its people see it; where it happened in several ways, the first."""

    NEW = "new"
    CANCELLED = "cancelled"
    MOVED = "moved"
    TABLE = "table"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a meeting is in a version, and who attends: keys of rows."""

    slot: int
    table: int | None
    interpreter: int | None
    delegates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A meeting that is not the same in both versions. None: that version does not hold it."""

    meeting: int
    organisations: tuple[int, int]
    before: Spot | None
    after: Spot | None

    @property
    def kind(self) -> Kind:
        if self.before is None or self.after is None:
            return Kind.NEW if self.before is None else Kind.CANCELLED
        if self.before.slot != self.after.slot:
            return Kind.MOVED
        return Kind.TABLE if self.before.table != self.after.table else Kind.PEOPLE

    @property
    def delegates(self) -> tuple[int, ...]:
        """Those whose agenda it changes: whoever attends in one version or in both."""
        spots = [spot for spot in (self.before, self.after) if spot is not None]
        return tuple(sorted({one for spot in spots for one in spot.delegates}))

    def seen_by(self, delegate: int) -> Kind:
        """What happened to it for one delegate: to whom a meeting is handed, for them it is new."""
        is_in_before = self.before is not None and delegate in self.before.delegates
        is_in_after = self.after is not None and delegate in self.after.delegates
        if is_in_before and is_in_after:
            return self.kind
        return Kind.NEW if is_in_after else Kind.CANCELLED


def differences(
    session: Session, before: models.Version | None, after: models.Version | None
) -> tuple[Difference, ...]:
    """Return each meeting that differs, in the order of meetings; None is a version that holds none."""
    old = spots_of(session, before) if before is not None else {}
    new = spots_of(session, after) if after is not None else {}
    changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    sides = _sides(session, changed)
    return tuple(Difference(key, sides[key], old.get(key), new.get(key)) for key in changed)


def spots_of(session: Session, version: models.Version) -> dict[int, Spot]:
    """Return where each meeting of a version is, by its identity."""
    meeting, attendance = models.Meeting, models.Attendance
    rows = session.execute(
        select(meeting.identity_id, meeting.slot_id, meeting.table_id, meeting.interpreter_id, attendance.delegate_id)
        .join(attendance, attendance.meeting_id == meeting.id)
        .where(meeting.version_id == version.id)
        .order_by(meeting.id, attendance.side)
    )
    found: dict[int, Spot] = {}
    for key, slot, table, interpreter, delegate in rows:
        known = found.get(key)
        found[key] = Spot(slot, table, interpreter, (*(known.delegates if known else ()), delegate))
    return found


def by_delegate(found: tuple[Difference, ...]) -> Mapping[int, tuple[tuple[Difference, Kind], ...]]:
    """Return for each delegate what changes in their agenda; nobody else's changes."""
    concerned: dict[int, tuple[tuple[Difference, Kind], ...]] = {}
    for one in found:
        for delegate in one.delegates:
            concerned[delegate] = (*concerned.get(delegate, ()), (one, one.seen_by(delegate)))
    return concerned


def _sides(session: Session, meetings: list[int]) -> dict[int, tuple[int, int]]:
    identity = models.MeetingIdentity
    found: dict[int, tuple[int, int]] = {}
    for first in range(0, len(meetings), 500):
        rows = session.execute(
            select(identity.id, identity.organisation_a_id, identity.organisation_b_id).where(
                identity.id.in_(meetings[first : first + 500])
            )
        )
        found |= {row.id: (row.organisation_a_id, row.organisation_b_id) for row in rows}
    return found
