"""The postman of a running service: looks into the outbox every few seconds, and sends what is due."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Engine

from app.clock import Clock
from app.config import Settings
from app.outbox.posting import post_of
from app.outbox.sending import Run, Write, send_due
from app.rounds import rounds

LOOK_SECONDS = 5.0

Writers = Callable[[Settings, datetime], Mapping[str, Write]]


def send(engine: Engine, settings: Settings, writers: Writers, clock: Clock) -> Run:
    """Send what is due, by the mail server or into the folder that the settings name."""
    with post_of(settings) as post:
        return send_due(engine, post, writers(settings, clock()), settings.mail_from, clock)


def postman(engine: Engine, settings: Settings, writers: Writers, clock: Clock) -> AbstractContextManager[None]:
    """Send what is due until the block ends. Any number of processes may have one: each message is in one's hands.

    A bug of ours in one message ends a round; the next one begins with those messages that were tried less often.
    """
    return rounds("postman", LOOK_SECONDS, lambda: send(engine, settings, writers, clock))
