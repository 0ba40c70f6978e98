"""The meetings that a version holds, with the names by which organisers know them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import models


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the event, by its key and its name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of a version. `organisations` and `delegates` are in the same order."""

    id: int
    organisations: tuple[Named, Named]
    delegates: tuple[Named, Named]
    slot: int
    starts_at: datetime
    minutes: int
    table: Named | None
    interpreter: Named | None
    languages: tuple[str, ...]
    value: int
    is_pinned: bool
    forced: tuple[str, ...]


def held_meetings(session: Session, version: models.Version, keys: Iterable[int] | None = None) -> list[Held]:
    """Return the meetings of a version in the order of their keys: all, or those of these keys that it holds."""
    meeting = models.Meeting
    question = (
        select(meeting)
        .where(meeting.version_id == version.id)
        .options(joinedload(meeting.identity), selectinload(meeting.attendances))
        .order_by(meeting.identity_id)
        .execution_options(populate_existing=True)
    )
    if keys is not None:
        question = question.where(meeting.identity_id.in_(list(keys)))
    rows = session.scalars(question).all()
    event = session.get_one(models.Event, version.event_id)
    names = Names(session, event, None if keys is None else rows)
    return [names.held(row) for row in rows]


class Names:
    """What everything of an event is called; of people and organisations perhaps only those of some rows."""

    def __init__(self, session: Session, event: models.Event, rows: Sequence[models.Meeting] | None) -> None:
        organisation, delegate = models.Organisation, models.Delegate
        organisations = select(organisation.id, organisation.name).where(organisation.event_id == event.id)
        people = select(delegate.id, delegate.first_name, delegate.last_name).where(delegate.event_id == event.id)
        if rows is not None:
            sides = {key for row in rows for key in (row.identity.organisation_a_id, row.identity.organisation_b_id)}
            organisations = organisations.where(organisation.id.in_(sides))
            people = people.where(delegate.id.in_({one.delegate_id for row in rows for one in row.attendances}))
        self.slots = {slot.id: slot for slot in event.slots}
        self.tables = {one.id: Named(one.id, one.name) for one in event.tables}
        self.interpreters = {one.id: Named(one.id, one.name) for one in event.interpreters}
        self.organisations = {row.id: Named(row.id, row.name) for row in session.execute(organisations)}
        self.delegates = {
            row.id: Named(row.id, " ".join(part for part in (row.first_name, row.last_name) if part))
            for row in session.execute(people)
        }

    def held(self, row: models.Meeting) -> Held:
        slot, identity = self.slots[row.slot_id], row.identity
        one, other = (self.delegates[each.delegate_id] for each in row.attendances)
        return Held(
            row.identity_id,
            (self.organisations[identity.organisation_a_id], self.organisations[identity.organisation_b_id]),
            (one, other),
            slot.id,
            slot.starts_at,
            slot.minutes,
            None if row.table_id is None else self.tables[row.table_id],
            None if row.interpreter_id is None else self.interpreters[row.interpreter_id],
            tuple(row.languages or ()),
            row.value,
            row.is_pinned,
            tuple(row.forced or ()),
        )
