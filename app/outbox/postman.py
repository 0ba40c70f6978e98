"""The postman of a running service: looks into the outbox every few seconds, and sends what is due."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.clock import Clock
from app.config import Settings
from app.outbox.posting import post_of
from app.outbox.sending import Run, Write, send_due

LOOK_SECONDS = 5.0
END_SECONDS = 20.0

log = logging.getLogger(__name__)

Writers = Callable[[Settings, datetime], Mapping[str, Write]]


def send(engine: Engine, settings: Settings, writers: Writers, clock: Clock) -> Run:
    """Send what is due, by the mail server or into the folder that the settings name."""
    with post_of(settings) as post:
        return send_due(engine, post, writers(settings, clock()), settings.mail_from, clock)


@contextmanager
def postman(engine: Engine, settings: Settings, writers: Writers, clock: Clock) -> Iterator[None]:
    """Send what is due until the block ends. Any number of processes may have one: each message is in one's hands."""
    ending = threading.Event()

    def round_of() -> None:
        try:
            send(engine, settings, writers, clock)
        except OperationalError:
            log.warning("the outbox cannot be read or written now")

    def go_on() -> None:
        while not ending.wait(LOOK_SECONDS):
            # A round of its own thread: a bug of ours in one message ends the round with its traceback in the log,
            # and the next one begins with those messages that were tried less often.
            walk = threading.Thread(target=round_of, name="round of the postman", daemon=True)
            walk.start()
            walk.join()

    thread = threading.Thread(target=go_on, name="postman", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(END_SECONDS)
