"""The worker inside `ronde serve`, for SQLite: the same jobs, run by threads of this process."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app import db
from app.clock import Clock
from app.config import Settings
from app.jobs.kinds import Queue
from app.jobs.running import Kinds, of_queue, run_job, waiting_jobs

LOOK_SECONDS = 0.5
END_SECONDS = 20.0

log = logging.getLogger(__name__)


@contextmanager
def local_workers(engine: Engine, kinds: Kinds, clock: Clock, settings: Settings) -> Iterator[None]:
    """Run what waits, one thread for each queue, until the block ends; what is running then is given back."""
    ending = threading.Event()
    threads = [
        threading.Thread(
            target=_work, args=(engine, kinds, queue, clock, ending, settings), name=f"worker of {queue}", daemon=True
        )
        for queue in Queue
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ending.set()
        for thread in threads:
            thread.join(END_SECONDS)


def _work(
    engine: Engine, kinds: Kinds, queue: Queue, clock: Clock, ending: threading.Event, settings: Settings
) -> None:
    names = of_queue(kinds, queue)
    while not ending.wait(LOOK_SECONDS):
        try:
            with db.reading(engine) as session:
                waiting = waiting_jobs(session, names, clock())
            for job_id in waiting:
                if ending.is_set():
                    return
                run_job(engine, kinds, job_id, clock, ending.is_set, settings)
        except OperationalError:  # busy for long, or the disk is full: what waits goes on waiting
            log.exception("the worker of %s could not look for work", queue)
