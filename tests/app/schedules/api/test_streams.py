"""Two hundred people watch a job at once: each hears how it ends, and nobody else waits for them."""

import asyncio
import json

import httpx2
import pytest
from sqlalchemy import Engine

from app import clock, db, models
from app.hosts.access import Role
from app.jobs import enqueue
from app.main import create_app
from app.schedules.commissioning import SOLVE
from tests.builders import a_key, an_event
from tests.clients import served

WATCHERS = 200


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def a_running_job(engine: Engine) -> tuple[int, str]:
    """A job that somebody has in hand, and the secret of a key."""
    with db.writing(engine) as session:
        event, now = an_event(session), clock.now()
        job = enqueue(session, SOLVE, {}, host_id=event.host_id, event_id=event.id, asked_by="organiser:1", now=now)
        job.take({"state": "running", "attempt": 1, "started_at": now, "heartbeat_at": now})
        return job.id, a_key(session, Role.READER)


def end(engine: Engine, job_id: int) -> None:
    with db.writing(engine) as session:
        session.get_one(models.Job, job_id).take({"state": "done", "result": {}, "finished_at": clock.now()})


class Watchers:
    """All who watch, over connections of their own."""

    def __init__(self, client: httpx2.AsyncClient, path: str) -> None:
        self._client, self._path = client, path
        self._watching, self.all_watch = 0, asyncio.Event()

    async def watch(self) -> list[str]:
        """The states that one of them hears of."""
        states = []
        async with self._client.stream("GET", f"{self._path}/events") as stream:
            assert stream.status_code == 200
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    states.append(json.loads(line.removeprefix("data: "))["state"])
                    self._watching += len(states) == 1
                    if self._watching == WATCHERS:
                        self.all_watch.set()
        return states


async def watched_by_many(engine: Engine, job_id: int, address: str, secret: str) -> tuple[list[list[str]], set[int]]:
    """What each hears, and how others are answered meanwhile."""
    headers, path = {"Authorization": f"Bearer {secret}"}, f"/api/v1/jobs/{job_id}"
    many = httpx2.Limits(max_connections=2 * WATCHERS)
    async with httpx2.AsyncClient(base_url=address, headers=headers, limits=many, timeout=120) as client:
        watchers = Watchers(client, path)
        tasks = [asyncio.create_task(watchers.watch()) for _ in range(WATCHERS)]
        await asyncio.wait_for(watchers.all_watch.wait(), 120)
        others = [await client.get(path) for _ in range(50)]
        await asyncio.to_thread(end, engine, job_id)
        return await asyncio.wait_for(asyncio.gather(*tasks), 120), {one.status_code for one in others}


@pytest.mark.soak
def test_two_hundred_watch_a_job_and_others_are_answered(engine: Engine) -> None:
    job_id, secret = a_running_job(engine)
    own = db.create_engine_of(engine.url.render_as_string(hide_password=False))
    try:
        with served(create_app(own)) as address:
            heard, others = asyncio.run(watched_by_many(engine, job_id, address, secret))
    finally:
        own.dispose()

    assert heard == [["running", "done"]] * WATCHERS
    assert others == {200}
