"""Watching jobs: one look at the database serves all who watch, and nobody holds a connection between two looks."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app import db
from app.jobs.queries import JobView, views_of

LOOK_SECONDS = 0.5


class JobWatch:
    """All who watch jobs in one process. It looks while somebody does."""

    def __init__(self) -> None:
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Engine, _Looks]] = WeakKeyDictionary()

    def views(self, engine: Engine, job_id: int) -> AsyncGenerator[JobView | None, None]:
        """Yield the job twice a second, changed or not; None when it is gone, or the database is."""
        looks = self._of_loop.setdefault(asyncio.get_running_loop(), {})
        return looks.setdefault(engine, _Looks(engine)).of_job(job_id)


class _Looks:
    """Those who watch in one event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._watched: Counter[int] = Counter()
        self._seen: dict[int, JobView] = {}
        self._looked = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def of_job(self, job_id: int) -> AsyncGenerator[JobView | None, None]:
        self._watched[job_id] += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            while True:
                await self._looked.wait()
                yield self._seen.get(job_id)
        finally:
            self._watched[job_id] -= 1
            self._watched += Counter()  # forgets those whom nobody watches
            if not self._watched:
                self._looking.cancel()

    async def _look(self) -> None:
        while True:
            try:
                self._seen = await asyncio.to_thread(self._read, list(self._watched))
            except OperationalError:  # who watches comes back, and is told by the first look that it is away
                self._seen = {}
            looked, self._looked = self._looked, asyncio.Event()
            looked.set()
            await asyncio.sleep(LOOK_SECONDS)

    def _read(self, job_ids: list[int]) -> dict[int, JobView]:
        with db.reading(self._engine) as session:
            return views_of(session, job_ids)
