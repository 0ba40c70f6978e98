"""The door to what private links open: it lets in whose token fits, and slows down who guesses."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from app import models
from app.agendas.feeds import Writer
from app.agendas.linking import Keyring, kept_keyring, opened
from app.agendas.links import Purpose, claim_of
from app.agendas.reasons import Shelf
from app.agendas.rush import Rush
from app.config import Settings
from app.errors import Limited, NotFound

FAILURES = 20
PERIOD = timedelta(minutes=1)
MOST_NETWORKS = 50_000
"""Of more networks that guess at once the longest known are forgotten: memory has an end."""
TOO_MANY = "Too many links that open nothing were tried from here."


class Failures:
    """How often each network has failed within the period. It is kept in memory: each process counts for itself."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, network: str, now: datetime) -> None:
        """Add a failure."""
        with self._lock:
            since, count = self._counts.get(network, (now, 0))
            self._counts[network] = (since, count + 1) if self._is_within(since, now) else (now, 1)
            if len(self._counts) > MOST_NETWORKS:
                self._counts.popitem(last=False)

    def seconds_to_wait(self, network: str, now: datetime) -> int:
        """Return for how long a network that has failed too often has to wait; 0 for all others."""
        since, count = self._counts.get(network, (now, 0))
        if count < FAILURES or not self._is_within(since, now):
            return 0
        return max(1, ceil((since + PERIOD - now).total_seconds()))

    @staticmethod
    def _is_within(since: datetime, now: datetime) -> bool:
        return since <= now < since + PERIOD


class Door:
    """What opens links in one process: the secret, once it is known, who has failed, and what makes feeds."""

    def __init__(self, settings: Settings) -> None:
        self.url = settings.public_url
        self._given = settings.secret
        self._known: Keyring | None = None
        self._failures = Failures()
        self._shelf = Shelf()
        self.rush = Rush()

    def keyring(self, session: Session) -> Keyring:
        """Return what opens links; a secret never changes while a process runs."""
        if self._known is None:
            self._known = kept_keyring(session, self._given)
        return self._known or Keyring.that_opens_nothing()

    def writer(self, session: Session) -> Writer:
        """Return what feeds are written with."""
        return Writer(self.keyring(session), self.url, self._shelf)

    def open(self, session: Session, purpose: Purpose, token: str, network: str, now: datetime) -> models.Link:
        """Return the link that a token opens. Raises NotFound; Limited for a network that has failed too often.

        Who is behind the same address and has a token that was made here still gets in: a hall has one address for
        all. Such tokens are told apart without the database, so that guessing costs it nothing.
        """
        keyring = self.keyring(session)
        wait = self._failures.seconds_to_wait(network, now)
        if wait and not claim_of(keyring.secret, purpose, token).is_authentic:
            raise Limited(TOO_MANY, wait)
        try:
            return opened(session, keyring, purpose, token)
        except NotFound:
            self._failures.count(network, now)
            raise
