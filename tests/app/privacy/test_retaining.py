"""Nothing is kept longer than its event says; the log says that it went."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.publishing import publish
from app.privacy.retaining import Purged, end_of, purge
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import NOON, an_event, an_organisation


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def ends(engine: Engine) -> datetime:
    """A published event, and when it is over."""
    with db.writing(engine) as session:
        event = an_event(session)
        an_organisation(session, event, "Ville", kind="buyer")
        an_organisation(session, event, "Atelier", kind="social-enterprise")
        posed = pose(session, event)
        result = solve_judged(posed.problem, Limits(seconds=5, workers=1))
        publish(session, store_version(session, event, posed, result, problem_to_json(posed.problem), NOON), NOON)
        return end_of(session, event)


def names_of_events(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(models.Event.name)))


def test_an_event_is_kept_for_ninety_days_after_its_end_and_no_longer(engine: Engine, ends: datetime) -> None:
    with db.writing(engine) as session:
        assert purge(session, ends + timedelta(days=90)) == Purged(0, 0)
    assert names_of_events(engine) == ["Convention"]
    with db.writing(engine) as session:
        assert purge(session, ends + timedelta(days=90, seconds=1)) == Purged(1, 0)
    assert names_of_events(engine) == []
    with Session(engine) as session:
        assert session.scalars(select(models.Organisation)).all() == []
        assert [entry.deed for entry in session.scalars(select(models.AuditEntry))] == ["purge-event"]


def test_an_event_says_itself_how_long_it_is_kept(engine: Engine, ends: datetime) -> None:
    with db.writing(engine) as session:
        session.scalars(select(models.Event)).one().purge_after = 3
    with db.writing(engine) as session:
        assert purge(session, ends + timedelta(days=4)).events == 1


def test_what_has_done_its_service_goes(engine: Engine) -> None:
    with db.writing(engine) as session:
        event = an_event(session)
        for key, age in (("old", timedelta(hours=25)), ("young", timedelta(hours=23))):
            answer = models.FirstAnswer(caller="key:1", key=key, asked="x", status=200, headers={}, body=b"")
            answer.event_id, answer.created_at = event.id, NOON - age
            session.add(answer)
        for name, age in (("old.xlsx", timedelta(days=31)), ("young.xlsx", timedelta(days=29))):
            upload = models.Upload(host_id=event.host_id, batch=name, position=1, name=name, content=b"PK")
            upload.created_at = NOON - age
            session.add(upload)
    with db.writing(engine) as session:
        assert purge(session, NOON) == Purged(0, 2)
        assert session.scalars(select(models.FirstAnswer.key)).all() == ["young"]
        assert session.scalars(select(models.Upload.name)).all() == ["young.xlsx"]
