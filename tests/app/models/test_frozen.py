"""A published version never changes: the database itself refuses, whoever asks. It goes with its event only."""

from collections.abc import Callable

import pytest
from sqlalchemy import Delete, Engine, Insert, Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import models
from app.agendas.publishing import publish
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import NOON, a_wish, an_event, an_organisation


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


Change = Insert | Update | Delete
Changing = Callable[[models.Version], Change]

NOTHING = models.Side(meetings={}, pins={})
PARTS = (models.Meeting, models.Attendance, models.NotHeld, models.Pin, models.Edit)


@pytest.fixture
def draft(session: Session) -> models.Version:
    """A version with at least one row in each table that belongs to it, and a meeting that is not held."""
    event = an_event(session, slots=1, tables=1)
    one, other, third = (an_organisation(session, event, name) for name in ("One", "Other", "Third"))
    a_wish(session, one, other)
    a_wish(session, one, third)
    posed = pose(session, event)
    result = solve_judged(posed.problem, Limits(seconds=20, workers=1))
    version = store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)
    session.add(models.Pin(version_id=version.id, organisation_id=one.id))
    session.add(
        models.Edit(version_id=version.id, position=1, deed="move", before=NOTHING, after=NOTHING, made_at=NOON)
    )
    session.flush()
    return version


def a_further_row(table: type[models.Base], version: models.Version, session: Session) -> Insert:
    """A copy of a row of the version under another key, which breaks no other constraint."""
    columns = {column.name: column for column in table.__table__.columns}
    row = dict(session.execute(select(table.__table__)).mappings().first() or {})
    other = session.scalars(select(models.Organisation.id).order_by(models.Organisation.id.desc())).first()
    row |= {"id": 999, "position": 2, "side": 0, "organisation_id": other}
    return insert(table).values({name: row[name] for name in columns})


@pytest.mark.parametrize("table", PARTS, ids=lambda table: table.__tablename__)
def test_no_row_of_a_published_version_comes_changes_or_goes(
    session: Session, draft: models.Version, table: type[models.Base]
) -> None:
    keys = {"meeting": "value", "attendance": "delegate_id", "not_held": "text", "pin": "table_id", "edit": "deed"}
    column = keys[table.__tablename__]
    same = {column: getattr(table, column)}
    publish(session, draft, NOON)
    session.flush()
    changes: list[Change] = [a_further_row(table, draft, session), update(table).values(same), delete(table)]

    for change in changes:
        with pytest.raises(IntegrityError, match="A published version never changes"), session.begin_nested():
            session.execute(change)


def test_neither_does_the_version_itself(session: Session, draft: models.Version) -> None:
    publish(session, draft, NOON)
    session.flush()

    for change in (update(models.Version).values(status="optimal"), delete(models.Version)):
        with pytest.raises(IntegrityError, match="A published version never changes"), session.begin_nested():
            session.execute(change)


def test_a_row_cannot_be_pushed_into_a_published_version(session: Session, draft: models.Version) -> None:
    event = session.get_one(models.Event, draft.event_id)
    posed = pose(session, event)
    second = store_version(session, event, posed, solve_judged(posed.problem, Limits(20, 1)), "{}", NOON)
    session.add(models.Edit(version_id=second.id, position=9, deed="move", before=NOTHING, after=NOTHING, made_at=NOON))
    publish(session, draft, NOON)
    session.flush()

    with pytest.raises(IntegrityError, match="A published version never changes"), session.begin_nested():
        session.execute(update(models.Edit).where(models.Edit.position == 9).values(version_id=draft.id))


def test_a_draft_changes_as_it_likes(session: Session, draft: models.Version) -> None:
    for table in reversed(PARTS):
        session.execute(delete(table).where(table.version_id == draft.id))
    session.execute(update(models.Version).values(revision=7))

    assert session.scalar(select(func.count()).select_from(models.Meeting)) == 0


def test_an_event_goes_with_all_that_was_published_of_it(session: Session, draft: models.Version) -> None:
    publish(session, draft, NOON)
    session.flush()

    session.execute(delete(models.Event))

    assert [session.scalar(select(func.count()).select_from(table)) for table in (models.Version, *PARTS)] == [0] * 6
