"""The database itself refuses a table, a delegate or an interpreter in two meetings of a slot of a version."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import models
from tests.builders import NOON, an_event, an_organisation

Book = Callable[..., models.Meeting]


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def event(session: Session) -> models.Event:
    made = an_event(session, interpreters=[("de", "fr")])
    for name in ("A", "B", "C", "D"):
        an_organisation(session, made, name)
    return made


@pytest.fixture
def book(session: Session, event: models.Event) -> Book:
    """Puts a meeting of two organisations into a version."""
    people = {one.name: one for one in session.query(models.Organisation)}
    versions: dict[int, models.Version] = {}

    def add(
        pair: str, *, version: int = 1, slot: int = 0, table: int | None = 0, interpreter: int | None = None
    ) -> models.Meeting:
        if version not in versions:
            versions[version] = models.Version(
                event_id=event.id, number=version, created_at=NOON, status="feasible", problem="{}",
                score={}, bounds={}, proved=[], seconds=0, engine="",
            )  # fmt: skip
            session.add(versions[version])
        one, other = (people[name] for name in pair)
        identity = models.MeetingIdentity(
            event_id=event.id, organisation_a_id=one.id, organisation_b_id=other.id, ordinal=version,
            uid=f"{pair}{version}", changed_at=NOON,
        )  # fmt: skip
        session.add(identity)
        session.flush()
        meeting = models.Meeting(
            version_id=versions[version].id,
            identity_id=identity.id,
            slot_id=event.slots[slot].id,
            table_id=None if table is None else event.tables[table].id,
            interpreter_id=None if interpreter is None else event.interpreters[interpreter].id,
            value=1,
        )
        session.add(meeting)
        session.flush()
        for side, organisation in enumerate((one, other)):
            session.add(
                models.Attendance(
                    meeting_id=meeting.id,
                    side=side,
                    version_id=meeting.version_id,
                    slot_id=meeting.slot_id,
                    delegate_id=organisation.delegates[0].id,
                )
            )
        session.flush()
        return meeting

    return add


def test_a_table_takes_one_meeting_in_a_slot(book: Book) -> None:
    book("AB", table=0)

    with pytest.raises(IntegrityError):
        book("CD", table=0)


def test_a_delegate_is_in_one_meeting_in_a_slot_on_whichever_side(book: Book) -> None:
    book("AB", table=0)

    with pytest.raises(IntegrityError):
        book("BC", table=1)


def test_an_interpreter_is_in_one_meeting_in_a_slot(book: Book) -> None:
    book("AB", table=0, interpreter=0)

    with pytest.raises(IntegrityError):
        book("CD", table=1, interpreter=0)


def test_a_delegate_cannot_be_moved_into_a_second_meeting(session: Session, book: Book, event: models.Event) -> None:
    book("AB", slot=0)
    later = book("BC", slot=1)

    with pytest.raises(IntegrityError):
        session.execute(
            update(models.Meeting)
            .where(models.Meeting.id == later.id)
            .values(slot_id=event.slots[0].id, table_id=event.tables[1].id)
        )


def test_moving_a_meeting_moves_who_attends(session: Session, book: Book, event: models.Event) -> None:
    meeting = book("AB", slot=0)

    session.execute(update(models.Meeting).where(models.Meeting.id == meeting.id).values(slot_id=event.slots[2].id))

    session.expire_all()
    assert {one.slot_id for one in meeting.attendances} == {event.slots[2].id}


def test_other_slots_other_versions_and_meetings_online_are_free(session: Session, book: Book) -> None:
    book("AB", slot=0)
    book("AC", slot=1)
    book("AD", version=2, slot=0)
    book("BC", version=2, slot=0, table=None)
    book("BD", version=3, slot=0, table=None)

    assert session.query(models.Meeting).count() == 5
