"""A small event and what the feeds of its people say, read as the service reads them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.feeds import Writer, standing_of
from app.agendas.linking import make_keyring, make_links
from app.agendas.making import keep_feeds, make_feeds
from app.agendas.reasons import Shelf
from tests.app.agendas.strict import Component, events_in
from tests.app.agendas.timetables import Held, a_publication
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

URL = "https://ronde.example"


@dataclass
class Fair:
    """An event of four slots on one afternoon: Jo and Ute of one house, Anne, and Bo; and what their feeds say."""

    session: Session
    event: models.Event
    jo: models.Delegate
    ute: models.Delegate
    anne: models.Delegate
    bo: models.Delegate
    writer: Writer

    def link(self, who: models.Delegate | models.Organisation) -> models.Link:
        of_delegate = isinstance(who, models.Delegate)
        links = self.session.scalars(select(models.Link).where(models.Link.purpose == "feed"))
        return next(
            one
            for one in links
            if (one.delegate_id == who.id if of_delegate else one.delegate_id is None and one.organisation_id == who.id)
        )

    def row(self, who: models.Delegate | models.Organisation, now: datetime = NOON) -> models.Feed:
        """What a read gives: the kept row, or a new one, which is kept then."""
        link = self.link(who)
        standing = standing_of(self.session, link, URL)
        kept = standing.fresh(now)
        if kept is not None:
            return kept
        batch = make_feeds(self.session, [(link, standing)], self.writer, now)
        keep_feeds(self.session, batch, URL)
        for row in self.session.identity_map.values():
            if isinstance(row, models.Feed):
                self.session.expire(row)
        return batch.feeds[0]

    def events(self, who: models.Delegate | models.Organisation, now: datetime = NOON) -> list[Component]:
        return events_in(self.row(who, now).body)

    def publish(self, *held: Held, now: datetime = NOON) -> models.Version:
        return a_publication(self.session, self.event, held, now)

    @property
    def end(self) -> datetime:
        return max(slot.ends_at for slot in self.event.slots)


def a_fair(
    session: Session,
    zone: str = "Europe/Paris",
    day: date = date(2026, 6, 6),
    starts: time = time(14),
    name: str = "Convention",
) -> Fair:
    event = an_event(session, name=name, zone=zone, day=day, starts=starts)
    jo, ute = a_delegate("Jo Alt", languages=["de", "fr"]), a_delegate("Ute Neu", languages=["de"])
    anne, bo = (
        a_delegate("Anne Or", languages=["fr"], email="anne@ville.example"),
        a_delegate("Bo Un", languages=["en"]),
    )
    werk = an_organisation(session, event, "Werkhof", jo, ute, kind="social-enterprise", country="DE")
    ville = an_organisation(session, event, "Ville", anne, kind="local-authority")
    an_organisation(session, event, "Bois", bo)
    a_wish(session, werk, ville, rank=1)
    session.add(
        models.Provision(organisation_id=ville.id, is_need=True, position=1, text="nettoyage de bureaux", cpv=[])
    )
    make_links(session, event.id, NOON)
    writer = Writer(make_keyring(session, None), URL, Shelf())
    session.flush()
    session.expire_all()
    return Fair(session, event, jo, ute, anne, bo, writer)
