"""The fair of the feeds' tests, committed, behind a service whose clock the test sets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.feeds import Writer
from app.agendas.linking import make_keyring, sibling_of
from app.agendas.links import Purpose
from app.agendas.reasons import Shelf
from app.config import Settings
from app.main import create_app
from tests.app.agendas.test_feeds import URL, Fair, a_fair
from tests.builders import NOON
from tests.clients import HERE

SECRET = SecretStr("a secret of the tests, long enough")


@dataclass
class Now:
    """What the service's clock says."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def settings() -> Settings:
    return Settings(public_url=URL, secret=SECRET)


@pytest.fixture
def service(engine: Engine, now: Now, settings: Settings) -> FastAPI:
    return create_app(engine, settings, now)


Deed = Callable[[Fair], object]


@dataclass
class Stage:
    """The fair in the database: `do` changes it in a transaction of its own, `token` prints a link."""

    engine: Engine

    def do(self, deed: Deed) -> None:
        with db.writing(self.engine) as session:
            deed(self._fair(session))

    def token(self, who: str, purpose: Purpose = Purpose.FEED) -> str:
        with db.reading(self.engine) as session:
            fair = self._fair(session)
            link = fair.link(getattr(fair, who) if who != "werk" else fair.jo.organisation)
            found = link if purpose is Purpose.FEED else sibling_of(session, link, purpose)
            assert found is not None
            return make_keyring(session, SECRET).token(found)

    def feed(self, who: str) -> str:
        return f"/f/{self.token(who)}/agenda.ics"

    def page(self, who: str) -> str:
        return f"/a/{self.token(who, Purpose.PAGE)}"

    def _fair(self, session: Session) -> Fair:
        people = {one.name.split(" ")[0].lower(): one for one in session.query(models.Delegate)}
        event = session.query(models.Event).one()
        writer = Writer(make_keyring(session, SECRET), URL, Shelf())
        return Fair(session, event, people["jo"], people["ute"], people["anne"], people["bo"], writer)


@pytest.fixture
def stage(engine: Engine) -> Stage:
    with db.writing(engine) as session:
        a_fair(session)
    return Stage(engine)


@pytest.fixture
def guest(service: FastAPI) -> TestClient:
    """Somebody whom nobody knows, with a link perhaps."""
    return TestClient(service, base_url=HERE)
