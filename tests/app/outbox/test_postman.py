"""While the service or a worker runs, what is in the outbox goes out, and what was kept for long enough goes, alone."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import clock, db, models
from app.agendas.telling import tell_publication
from app.config import Settings
from app.main import create_app
from tests.app.agendas.fairs import a_fair
from tests.app.agendas.timetables import Held
from tests.builders import NOON, an_event
from tests.clients import HERE

ROOT = Path(__file__).resolve().parents[3]


def prepared(engine: Engine, now: datetime) -> None:
    """A message about an event to come, and an event of which nothing should be kept any more."""
    with db.writing(engine) as session:
        fair = a_fair(session, day=(now + timedelta(days=5)).date())
        tell_publication(session, fair.publish(Held(fair.ute, fair.anne)), None, [fair.anne.id], now)
        an_event(session, name="Long ago", day=date(2025, 6, 6)).created_at = now - timedelta(days=365)


def check_upkeep(engine: Engine, mails: Path) -> None:
    """Wait for both, and see that exactly this has happened."""
    begin = clock.seconds()
    while (events := names_of_events(engine)) != ["Convention"] or not list(mails.glob("*.eml")):
        assert clock.seconds() - begin < 90, events
        time.sleep(0.1)
    assert ["anne@ville.example" in one.read_text(encoding="utf-8") for one in mails.glob("*.eml")] == [True]
    while states(engine) != ["sent"]:
        assert clock.seconds() - begin < 90
        time.sleep(0.1)


def names_of_events(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Event.name)))


def states(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Message.state)))


def test_a_service_that_runs_sends_what_a_publication_put_into_the_outbox(engine: Engine, tmp_path: Path) -> None:
    prepared(engine, NOON)
    service = create_app(engine, Settings(mail_folder=tmp_path / "mail"), lambda: NOON, has_upkeep=True)

    with TestClient(service, base_url=HERE):
        check_upkeep(engine, tmp_path / "mail")


def test_so_does_a_worker(postgres_engine: Engine, tmp_path: Path) -> None:
    prepared(postgres_engine, clock.now())
    own = {
        "RONDE_DATABASE_URL": postgres_engine.url.render_as_string(hide_password=False),
        "RONDE_MAIL_FOLDER": str(tmp_path / "mail"),
    }
    with (
        (tmp_path / "worker.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "app", "worker"], cwd=ROOT, env=os.environ | own, stdout=log, stderr=log
        ) as worker,
    ):
        try:
            check_upkeep(postgres_engine, tmp_path / "mail")
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0
        finally:
            worker.kill()
