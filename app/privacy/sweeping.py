"""Sweeping: while the service runs, what was kept for long enough goes by itself."""

from contextlib import AbstractContextManager

from sqlalchemy import Engine

from app import db
from app.clock import Clock
from app.privacy.retaining import Purged, purge
from app.privacy.scrubbing import scrub
from app.rounds import rounds

EVERY_SECONDS = 3600.0


def sweep(engine: Engine, clock: Clock) -> Purged | None:
    """Purge, and write the database anew where an erasure waits for it; None: another process is just doing it."""
    with db.writing(engine) as session:
        purged = purge(session, clock()) if db.try_lock(session, "sweep") else None
    if purged is not None:
        scrub(engine)
    return purged


def sweeper(engine: Engine, clock: Clock) -> AbstractContextManager[None]:
    """Sweep when the block begins, and every hour until it ends. Any number of processes may have one."""
    return rounds("sweeper", EVERY_SECONDS, lambda: sweep(engine, clock))
