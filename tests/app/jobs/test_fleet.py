"""Workers on PostgreSQL, as processes of their own: they take jobs, end them once, and replace each other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app import clock, db, models
from app.jobs import Kind, enqueue
from tests.app.jobs.kinds_for_tests import COUNTS, WAITS
from tests.builders import an_event
from tests.invariants import check_all

ROOT = Path(__file__).resolve().parents[3]
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def engine(postgres_engine: Engine) -> Iterator[Engine]:
    with db.writing(postgres_engine) as session:
        an_event(session).venue = "0"
    yield postgres_engine
    check_all(address_of(postgres_engine))


@pytest.fixture
def start(engine: Engine, tmp_path: Path) -> Iterator[Start]:
    """Starts workers; whatever a test does, none is left."""
    started: list[subprocess.Popen[bytes]] = []

    def one() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.app.jobs.working", address_of(engine)]
        with (tmp_path / f"worker{len(started)}.log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log))
        return started[-1]

    yield one
    for worker in started:
        worker.kill()
        worker.wait()


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def asked(engine: Engine, kind: Kind = COUNTS, **payload: int) -> int:
    with db.writing(engine) as session:
        event = session.query(models.Event).one()
        job = enqueue(
            session, kind, dict(payload), host_id=event.host_id, event_id=event.id, asked_by="organiser:1",
            now=clock.now(),
        )  # fmt: skip
        return job.id


def job_of(engine: Engine, job_id: int) -> models.Job:
    with db.reading(engine) as session:
        return session.get_one(models.Job, job_id)


def awaited(engine: Engine, job_id: int, state: str, within: float) -> models.Job:
    begin = clock.seconds()
    while (job := job_of(engine, job_id)).state != state:
        assert clock.seconds() - begin < within, f"{job.state} after {within} s, not {state}"
        time.sleep(0.1)
    return job


def ready(engine: Engine, workers: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Wait until all of them are there: each is three workers of Procrastinate."""
    begin = clock.seconds()
    living = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '10 s'")
    while True:
        with engine.connect() as connection:
            if connection.execute(living).scalar_one() == 3 * len(workers):
                return
        assert clock.seconds() - begin < 90
        time.sleep(0.2)


def holder(engine: Engine, job_id: int) -> int:
    """The process that runs a job, as it says itself."""
    begin = clock.seconds()
    while clock.seconds() - begin < 20:
        if told := job_of(engine, job_id).progress:
            return int(told["process"])
        time.sleep(0.1)
    raise AssertionError("nobody says that they run it")


def counted(engine: Engine) -> str | None:
    with db.reading(engine) as session:
        return session.query(models.Event).one().venue


def test_a_worker_takes_what_waits_and_what_comes_and_ends_when_asked(engine: Engine, start: Start) -> None:
    early = asked(engine)
    worker = start()
    awaited(engine, early, "done", within=60)
    late = asked(engine)
    awaited(engine, late, "done", within=20)
    running = asked(engine, WAITS, steps=2000)
    awaited(engine, running, "running", within=20)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(30) == 0
    assert (job_of(engine, running).state, counted(engine)) == ("queued", "2")


@pytest.mark.soak
def test_a_worker_that_is_killed_is_replaced_within_a_minute_and_the_job_ends_once(
    engine: Engine, start: Start
) -> None:
    workers = [start(), start()]
    waits = []
    for round_ in range(5):
        ready(engine, workers)
        job_id = asked(engine, WAITS, steps=60)
        awaited(engine, job_id, "running", within=20)
        (busy,) = (one for one in workers if one.pid == holder(engine, job_id))
        time.sleep(0.3 * round_)

        busy.kill()
        busy.wait()
        begin = clock.seconds()
        while job_of(engine, job_id).attempt < 2:
            time.sleep(0.1)
        waits.append(round(clock.seconds() - begin, 1))
        job = awaited(engine, job_id, "done", within=60)

        assert (job.attempt, counted(engine)) == (2, str(round_ + 1))
        workers = [one for one in workers if one is not busy] + [start()]
    assert max(waits) < 60


@pytest.mark.soak
def test_a_worker_that_only_slept_brings_nothing_when_it_wakes(engine: Engine, start: Start) -> None:
    workers = [start(), start()]
    ready(engine, workers)
    job_id = asked(engine, WAITS, steps=100)
    awaited(engine, job_id, "running", within=20)
    asleep = holder(engine, job_id)

    os.kill(asleep, signal.SIGSTOP)
    awaited(engine, job_id, "done", within=90)
    os.kill(asleep, signal.SIGCONT)
    time.sleep(10)

    assert (counted(engine), job_of(engine, job_id).attempt) == ("1", 2)
    other = asked(engine)
    awaited(engine, other, "done", within=30)
