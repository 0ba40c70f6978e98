"""While the service runs, what is in the outbox goes out by itself."""

import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import clock, db, models
from app.agendas.telling import tell_publication
from app.config import Settings
from app.main import create_app
from tests.app.agendas.fairs import a_fair
from tests.app.agendas.timetables import Held
from tests.builders import NOON
from tests.clients import HERE


def test_a_service_that_runs_sends_what_a_publication_put_into_the_outbox(engine: Engine, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        fair = a_fair(session)
        tell_publication(session, fair.publish(Held(fair.ute, fair.anne)), None, [fair.anne.id], NOON)
    service = create_app(engine, Settings(mail_folder=tmp_path / "mail"), lambda: NOON, has_postman=True)

    with TestClient(service, base_url=HERE):
        begin = clock.seconds()
        while not (sent := list((tmp_path / "mail").glob("*.eml"))) and clock.seconds() - begin < 30:
            time.sleep(0.1)

    assert ["anne@ville.example" in one.read_text(encoding="utf-8") for one in sent] == [True]
    with db.reading(engine) as session:
        assert list(session.scalars(select(models.Message.state))) == ["sent"]
