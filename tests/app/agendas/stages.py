"""The fair of the feeds' tests, committed, for tests that come from outside; and a clock that they set."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.feeds import Writer
from app.agendas.linking import make_keyring, sibling_of
from app.agendas.links import Purpose
from app.agendas.reasons import Shelf
from tests.app.agendas.fairs import URL, Fair
from tests.builders import NOON

SECRET = SecretStr("a secret of the tests, long enough")


@dataclass
class Now:
    """What the service's clock says."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment


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
        jo, ute, anne, bo = session.query(models.Delegate).order_by(models.Delegate.id)
        event = session.query(models.Event).one()
        return Fair(session, event, jo, ute, anne, bo, self.writer(session))

    def writer(self, session: Session) -> Writer:
        return Writer(make_keyring(session, SECRET), URL, Shelf())
