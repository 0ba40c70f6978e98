"""The rush after a publication: of many who ask for feeds at once, one makes those of all, and some of the next."""

import logging
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.feeds import Standing, Writer, standings_of
from app.agendas.links import Purpose
from app.agendas.making import Asked, Batch, keep_feeds, make_feeds

AT_ONCE = 64
"""So many feeds are made and kept together: a few hundredths of a second."""
AHEAD = 15
"""So many are made beforehand for each that is asked for: a few questions are the same for one and for many."""
MOST_EVENTS, MOST_BATCHES = 64, 32

log = logging.getLogger(__name__)


@dataclass
class _Order:
    """A feed that somebody waits for."""

    link: models.Link
    standing: Standing
    feed: models.Feed | None = None


class _Ahead:
    """The feeds of each event that somebody will ask for next: once through all after each change that all show."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, tuple[str, int]] = OrderedDict()

    def next(self, session: Session, order: _Order, url: str, room: int, now: datetime) -> list[Asked]:
        """Return which of the next so many feeds do not hold any more, with how they stand."""
        event_id, shared = order.link.event_id, order.standing.shared
        known, seen = self._seen.pop(event_id, (shared, 0))
        last = seen if known == shared else 0
        asked = select(models.Link).where(
            models.Link.event_id == event_id,
            models.Link.purpose == Purpose.FEED.value,
            models.Link.is_withdrawn.is_(False),
            models.Link.id > last,
        )
        links = session.scalars(asked.order_by(models.Link.id).limit(room)).all()
        standings = standings_of(session, [one.id for one in links], url) if links else {}
        last = links[-1].id if links else last
        self._seen[event_id] = (shared, last)
        if len(self._seen) > MOST_EVENTS:
            self._seen.popitem(last=False)
        return [(one, standings[one.id]) for one in links if standings[one.id].fresh(now) is None]


class Rush:
    """Makes feeds, one batch at a time, and keeps them when their readers have gone.

    Who waits holds no connection. What could not be kept is made again at its next read.
    """

    def __init__(self) -> None:
        self._orders: deque[_Order] = deque()
        self._making = threading.Lock()
        self._made: deque[Batch] = deque(maxlen=MOST_BATCHES)
        self._keeping = threading.Lock()
        self._ahead = _Ahead()

    def feed(self, engine: Engine, link: models.Link, standing: Standing, writer: Writer, now: datetime) -> models.Feed:
        """Return what a feed says now, made by whoever comes first."""
        order = _Order(link, standing)
        self._orders.append(order)
        with self._making:
            if order.feed is None:
                self._make(engine, self._taken_with(order), writer, now)
        assert order.feed is not None, "it was made"
        return order.feed

    def _taken_with(self, order: _Order) -> list[_Order]:
        """This order, and others for the same event that wait. They began to wait before anything is read for them."""
        waiting = [one for one in (self._orders.popleft() for _ in range(len(self._orders))) if one is not order]
        mine = [one for one in waiting if one.link.event_id == order.link.event_id][: AT_ONCE - 1]
        self._orders.extendleft(one for one in reversed(waiting) if one not in mine)
        return [order, *mine]

    def _make(self, engine: Engine, orders: list[_Order], writer: Writer, now: datetime) -> None:
        asked = {one.link.id: (one.link, one.standing) for one in orders}
        room = min(AT_ONCE - len(asked), AHEAD * len(asked))
        with db.reading(engine) as session:
            for link, standing in self._ahead.next(session, orders[0], writer.url, room, now):
                asked.setdefault(link.id, (link, standing))
            batch = make_feeds(session, list(asked.values()), writer, now)
        made = {one.link_id: one for one in batch.feeds}
        for one in orders:
            one.feed = made[one.link.id]
        self._made.append(batch)

    @property
    def has_made(self) -> bool:
        """Whether feeds wait to be kept."""
        return bool(self._made)

    def keep(self, engine: Engine, url: str) -> None:
        """Keep all that wait, unless somebody does already."""
        while self._made and self._keeping.acquire(blocking=False):
            try:
                with db.writing(engine) as session:
                    keep_feeds(session, self._made.popleft(), url)
            except (OperationalError, IntegrityError):
                log.warning("some feeds were made and could not be kept")
            finally:
                self._keeping.release()
