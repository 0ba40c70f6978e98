"""Rounds: what a process does again and again beside its work, as long as it runs."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

END_SECONDS = 20.0

log = logging.getLogger(__name__)


@contextmanager
def rounds(name: str, every_seconds: float, walk: Callable[[], object]) -> Iterator[None]:
    """Walk at once, and again so long after each round, until the block ends."""
    ending = threading.Event()

    def round_of() -> None:
        try:
            walk()
        except OperationalError:
            log.warning("the %s finds the database busy or away, and comes again", name)

    def go_on() -> None:
        while not ending.is_set():
            # Each round has a thread of its own: a bug of ours ends the round with its traceback in the log, and the
            # next one begins.
            one = threading.Thread(target=round_of, name=f"round of the {name}", daemon=True)
            one.start()
            one.join()
            ending.wait(every_seconds)

    thread = threading.Thread(target=go_on, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(END_SECONDS)
