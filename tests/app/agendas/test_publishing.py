"""A published version is frozen, and a meeting's sequence tells calendars that it has changed."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.publishing import publish
from app.errors import Conflict
from tests.app.agendas.conftest import Plan
from tests.builders import NOON, a_wish, an_event, an_organisation


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def identity(session: Session) -> tuple[str, int]:
    found = session.scalars(select(models.MeetingIdentity)).one()
    session.refresh(found)
    return found.uid, found.sequence


def test_a_version_is_published_once(session: Session, plan: Plan) -> None:
    version, _result = plan(an_event(session))

    with pytest.raises(Conflict, match="Version 1 is already published"):
        publish(session, version, NOON)


def test_a_meeting_keeps_its_identity_and_counts_its_changes(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=2, tables=1)
    one, other = an_organisation(session, event, "One"), an_organisation(session, event, "Other")
    wish = a_wish(session, one, other)
    told = []

    plan(event)
    told.append(identity(session))
    plan(event)  # nothing has changed
    told.append(identity(session))
    for delegate, arrives in ((one.delegates[0], "14:15"), (one.delegates[0], None)):
        delegate.arrives, delegate.leaves = arrives, None if arrives else "14:15"
        session.flush()
        plan(event)  # it moves
        told.append(identity(session))
    wish.refuses = True
    session.flush()
    plan(event)  # it is cancelled
    told.append(identity(session))
    wish.refuses = False
    session.flush()
    plan(event)  # it comes back
    told.append(identity(session))

    uids, sequences = zip(*told, strict=True)
    assert len(set(uids)) == 1
    assert sequences == (0, 0, 1, 2, 3, 4) or sequences == (0, 0, 0, 1, 2, 3)


def test_numbers_of_versions_count_on(session: Session, plan: Plan) -> None:
    event = an_event(session)

    assert [plan(event)[0].number for _ in range(3)] == [1, 2, 3]


def test_the_moment_of_a_change_is_kept(session: Session, plan: Plan) -> None:
    event = an_event(session, slots=1, tables=1)
    one, other = an_organisation(session, event, "One"), an_organisation(session, event, "Other")
    a_wish(session, one, other)
    version, _result = plan(event)
    changed_at = session.scalars(select(models.MeetingIdentity.changed_at)).one()

    assert (version.published_at, changed_at) == (NOON, NOON)
