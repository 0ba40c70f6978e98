"""The transaction of a request: one, begun with the first question, committed before the answer goes out.

What only looks something up is `async`, here and elsewhere: other dependencies cost a change of thread each.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db
from app.clock import Clock
from app.web.idempotency import flight_of_request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def engine_of_request(request: Request) -> Engine:
    """Return the database: for routes that hold no transaction, as event streams."""
    engine: Engine = request.app.state.engine
    return engine


async def now_of_request(request: Request) -> datetime:
    """Return this moment, as the clock of the service says."""
    clock: Clock = request.app.state.clock
    return clock()


async def session_of_request(
    request: Request, _flight: Annotated[None, Depends(flight_of_request, scope="function")]
) -> AsyncIterator[Session]:
    """Give the session of the request. A writing one locks a SQLite database with its first question, not before."""
    engine: Engine = request.app.state.engine
    is_reading = request.method in SAFE
    bound = engine if is_reading else engine.execution_options(**{db.WRITES: True})
    session = Session(bound, expire_on_commit=False)
    request.state.session = session
    try:
        yield session
        if not is_reading:
            await _beside(session.commit)
    finally:
        if session.in_transaction():
            await _beside(session.close)


async def _beside(work: Callable[[], None]) -> None:
    """Do it in a thread, and in one more if all are taken: these may wait for the connection that is given back."""
    await to_thread.run_sync(work, limiter=CapacityLimiter(1))


Db = Annotated[Session, Depends(session_of_request, scope="function")]
Engine_ = Annotated[Engine, Depends(engine_of_request)]
Now = Annotated[datetime, Depends(now_of_request)]
