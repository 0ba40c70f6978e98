"""What a kind of job is: how it is run, and what it knows and may ask while it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import JobFacts


class Queue(StrEnum):
    """What waits for what: a search uses all the cores it may, and the others do not wait for it."""

    SEARCHES = "searches"
    OTHERS = "others"


class Stop(Enum):
    """Why a job should not go on."""

    CANCELLED = "cancelled"
    """Somebody asked: keep the best there is."""
    SHUTDOWN = "shutdown"
    """The worker ends: raise Released, another one will start anew."""
    OVERTAKEN = "overtaken"
    """Somebody else has it: raise Released, whatever this one brings counts no more."""


class Released(Exception):  # noqa: N818  it is no error: the job goes on elsewhere
    """The job is given back, to be run from its beginning by whoever takes it next."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job in the hands of its worker. `tell` says how far it is, `stop` why it should not go on (None: it should).

    No transaction is open while it runs: what it reads, it reads from `engine` in a session of its own.
    """

    id: int
    attempt: int
    host_id: int
    event_id: int | None
    asked_by: str
    payload: JobFacts
    engine: Engine
    settings: Settings
    tell: Callable[[JobFacts], None]
    stop: Callable[[], Stop | None]

    @property
    def name(self) -> str:
        """What the audit log calls it."""
        return f"job:{self.id}"


Finish = Callable[[Session, datetime], JobFacts]
"""Stores what a job found and returns its result, in the transaction that ends the job: both happen, or neither."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `run` works without a transaction and returns how to finish.

    What it raises ends the job: an AppError as failed with its sentence (a Faulty with its faults), Released gives it
    back, anything else is our own bug.
    """

    name: str
    queue: Queue
    run: Callable[[Work], Finish]
