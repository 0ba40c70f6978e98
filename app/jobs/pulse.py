"""The pulse of a running job: that it lives, how far it is, and whether somebody wants it to stop."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError

from app import db, models
from app.clock import Clock, seconds
from app.jobs.kinds import Stop

LOOK_SECONDS = 0.25
"""How soon a job hears that it should stop."""
TELL_SECONDS = 1.0
"""Progress is written at most this often …"""
LIVE_SECONDS = 3.0
"""… and a sign of life at least this often."""

log = logging.getLogger(__name__)


class Pulse:
    """A thread beside a running job. As a context: it ends with the block."""

    def __init__(self, engine: Engine, job_id: int, attempt: int, clock: Clock, is_ending: Callable[[], bool]) -> None:
        self._engine, self._job_id, self._attempt = engine, job_id, attempt
        self._clock, self._is_ending = clock, is_ending
        self._news: models.JobFacts | None = None
        self._written_at = seconds()
        self._stop: Stop | None = None
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse of job {job_id}", daemon=True)

    def tell(self, progress: models.JobFacts) -> None:
        """Say how far the job is; only the newest is written."""
        self._news = progress

    def stop(self) -> Stop | None:
        """Why the job should not go on; None while it should."""
        return self._stop or (Stop.SHUTDOWN if self._is_ending() else None)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._is_over.wait(LOOK_SECONDS):
            try:
                self._look()
                waited = seconds() - self._written_at
                if waited >= (LIVE_SECONDS if self._news is None else TELL_SECONDS):
                    self._write()
            except OperationalError:  # the database is away or busy: the job goes on, and its end waits for it
                log.warning("the pulse of job %s cannot be written", self._job_id)

    def _look(self) -> None:
        of_job = select(models.Job.state, models.Job.attempt, models.Job.cancel_asked_at)
        with db.reading(self._engine) as session:
            row = session.execute(of_job.where(models.Job.id == self._job_id)).one_or_none()
        if row is None or (row.state, row.attempt) != ("running", self._attempt):
            self._stop = Stop.OVERTAKEN
        elif row.cancel_asked_at is not None:
            self._stop = Stop.CANCELLED

    def _write(self) -> None:
        news, self._news = self._news, None
        values = {"heartbeat_at": self._clock()} | ({} if news is None else {"progress": news})
        mine = (models.Job.id == self._job_id, models.Job.state == "running", models.Job.attempt == self._attempt)
        with db.writing(self._engine) as session:
            session.execute(update(models.Job).where(*mine).values(values))
        self._written_at = seconds()
