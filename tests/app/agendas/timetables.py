"""Timetables made by hand and published as real ones are, for tests that move meetings about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.publishing import publish
from tests.builders import NOON

OWN = -1


@dataclass(frozen=True)
class Held:
    """A meeting of two delegates, at the n-th slot and table of the event; OWN is the next free one, None is online."""

    one: models.Delegate
    other: models.Delegate
    slot: int = 0
    table: int | None = OWN


def a_draft(session: Session, event: models.Event, held: Iterable[Held], now: datetime = NOON) -> models.Version:
    """A version that holds these meetings, not published."""
    newest = session.scalar(select(func.max(models.Version.number)).where(models.Version.event_id == event.id))
    version = models.Version(
        event_id=event.id,
        number=(newest or 0) + 1,
        created_at=now,
        status="feasible",
        problem="{}",
        score={},
        bounds={},
        proved=[],
        seconds=0,
        engine="by hand",
    )
    session.add(version)
    session.flush()
    for number, one in enumerate(held):
        _hold(session, event, version, replace(one, table=number) if one.table == OWN else one, now)
    session.flush()
    return version


def a_publication(session: Session, event: models.Event, held: Iterable[Held], now: datetime = NOON) -> models.Version:
    """The same, published."""
    version = a_draft(session, event, held, now)
    publish(session, version, now)
    session.flush()
    session.expire_all()
    return version


def _hold(session: Session, event: models.Event, version: models.Version, held: Held, now: datetime) -> None:
    sides = sorted((held.one, held.other), key=lambda person: person.organisation_id)
    slot = event.slots[held.slot]
    meeting = models.Meeting(
        version_id=version.id,
        identity_id=_identity(session, event, sides[0].organisation_id, sides[1].organisation_id, now).id,
        slot_id=slot.id,
        table_id=None if held.table is None else event.tables[held.table].id,
        languages=None,
        value=1,
    )
    session.add(meeting)
    session.flush()
    for side, person in enumerate(sides):
        session.add(
            models.Attendance(
                meeting_id=meeting.id, side=side, version_id=version.id, slot_id=slot.id, delegate_id=person.id
            )
        )


def _identity(session: Session, event: models.Event, a: int, b: int, now: datetime) -> models.MeetingIdentity:
    identity = models.MeetingIdentity
    found = session.scalar(select(identity).where(identity.organisation_a_id == a, identity.organisation_b_id == b))
    if found is None:
        found = identity(
            event_id=event.id,
            organisation_a_id=a,
            organisation_b_id=b,
            ordinal=1,
            uid=str(uuid.uuid4()),
            sequence=0,
            changed_at=now,
        )
        session.add(found)
        session.flush()
    return found
