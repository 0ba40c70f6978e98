"""Erasing a person: no row and no text names them any more, while the numbers stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.making import KEEPING
from app.audit import record
from app.privacy.mentions import blank_mentions
from app.privacy.persons import Person, person_of

NOTHING = {
    "first_name": None,
    "last_name": None,
    "email": None,
    "phone": None,
    "function": None,
    "consent": False,
    "is_withdrawn": True,
}
"""Languages and hours stay: without a name they say nothing of anybody, and the timetable stands on them."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many registrations of the person were emptied, and in how many other texts they were named."""

    delegates: int
    mentions: int


def erase(session: Session, person: Person, caller_name: str, now: datetime) -> Erased:
    """Take a person out of everything that a host keeps. It cannot be taken back.

    Their links end, their messages go, calendars of those whom they meet are made anew without them. What was sent in
    and may name them (workbooks, first answers) is forgotten. The files still hold bytes of it until `scrub`.
    """
    _tell_calendars(session, person, now)
    session.execute(update(models.Delegate).where(models.Delegate.id.in_(person.delegates)).values(NOTHING))
    for table in (models.Link, models.Message):
        session.execute(delete(table).where(table.delegate_id.in_(person.delegates)))
    _forget_copies(session, person)
    mentions = blank_mentions(session, person)
    for event_id, delegate_id in _registrations(session, person):
        row = models.Erasure(host_id=person.host_id, event_id=event_id, delegate_id=delegate_id, erased_at=now)
        session.add(row)
        record(session, caller_name, "erase-person", event_id=event_id, subject=f"delegate:{delegate_id}", now=now)
    session.flush()
    session.expire_all()
    return Erased(len(person.delegates), mentions)


def erase_again(session: Session, delegates: Iterable[int], caller_name: str, now: datetime) -> int:
    """Erase those whom a restored backup brought back, and return how many they were."""
    rows = session.execute(
        select(models.Event.host_id, models.Delegate)
        .join(models.Event, models.Event.id == models.Delegate.event_id)
        .where(models.Delegate.id.in_(list(delegates)), ~_is_erased())
    ).all()
    for host_id, row in rows:
        erase(session, person_of(host_id, [row]), caller_name, now)
    return len(rows)


def _is_erased() -> ColumnElement[bool]:
    return exists().where(models.Erasure.delegate_id == models.Delegate.id)


def _registrations(session: Session, person: Person) -> list[tuple[int, int]]:
    mine = select(models.Delegate.event_id, models.Delegate.id).where(models.Delegate.id.in_(person.delegates))
    return [(event_id, delegate_id) for event_id, delegate_id in session.execute(mine)]


def _tell_calendars(session: Session, person: Person, now: datetime) -> None:
    """The meetings of the person change for the others: their calendars take what has a higher number only."""
    published = (
        select(models.Meeting.identity_id)
        .join(models.Attendance, models.Attendance.meeting_id == models.Meeting.id)
        .join(models.Version, models.Version.id == models.Meeting.version_id)
        .where(models.Attendance.delegate_id.in_(person.delegates), models.Version.published_at.is_not(None))
    )
    session.execute(
        update(models.MeetingIdentity)
        .where(models.MeetingIdentity.id.in_(published))
        .values(sequence=models.MeetingIdentity.sequence + 1, changed_at=now)
    )


def _forget_copies(session: Session, person: Person) -> None:
    """What is made from rows is made again; what came in as a file, or went out as an answer, is not kept."""
    db.lock(session, KEEPING)
    links = select(models.Link.id).where(models.Link.event_id.in_(person.events))
    session.execute(update(models.Feed).where(models.Feed.link_id.in_(links)).values(made_from=None, body=b""))
    is_theirs = models.FirstAnswer.event_id.in_(person.events) | models.FirstAnswer.event_id.is_(None)
    session.execute(delete(models.FirstAnswer).where(is_theirs))
    is_sent_in = models.Upload.event_id.in_(person.events) | models.Upload.event_id.is_(None)
    session.execute(delete(models.Upload).where(is_sent_in, models.Upload.host_id == person.host_id))
    ended = models.Job.finished_at.is_not(None) & (models.Job.host_id == person.host_id)
    session.execute(update(models.Job).where(ended).values(traceback=None))
