"""`ronde serve` runs the jobs of a SQLite database itself; killed in the middle, it goes on where it can."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app import clock, db, models
from app.schedules.commissioning import Wanted, ask_to_solve, pose_wanted
from tests.builders import a_wish, an_event, an_organisation
from tests.invariants import check_all

ROOT = Path(__file__).resolve().parents[3]
Serve = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def serve(engine: Engine, tmp_path: Path) -> Iterator[Serve]:
    """Starts the service; whatever a test does, none is left."""
    started: list[subprocess.Popen[bytes]] = []

    def one() -> "subprocess.Popen[bytes]":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"RONDE_DATABASE_URL": address_of(engine), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        with (tmp_path / f"serve{len(started)}.log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log))
        return started[-1]

    yield one
    for service in started:
        service.kill()
        service.wait()


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def asked(engine: Engine, seconds: float) -> int:
    """A search that takes as long as it may, of an event that has a first version already."""
    with db.writing(engine) as session:
        if (event := session.query(models.Event).one_or_none()) is None:
            event = an_event(session, slots=12, tables=7)
            event.rules = {"max_consecutive": 4}
            rows = [an_organisation(session, event, f"O{number}") for number in range(24)]
            for number, (one, other) in enumerate(combinations(rows, 2)):
                a_wish(session, one, other, rank=1 + number % 7)
        payload = pose_wanted(session, event, Wanted(seconds=seconds))
        return ask_to_solve(session, event, payload, "organiser:1", clock.now()).id


def job_of(engine: Engine, job_id: int) -> models.Job:
    with db.reading(engine) as session:
        return session.get_one(models.Job, job_id)


def awaited(engine: Engine, job_id: int, is_so: Callable[[models.Job], object], within: float) -> models.Job:
    begin = clock.seconds()
    while not is_so(job := job_of(engine, job_id)):
        assert clock.seconds() - begin < within, f"{job.state}, attempt {job.attempt}, after {within} s"
        time.sleep(0.05)
    return job


def has_ended(job: models.Job) -> bool:
    return job.state in ("done", "failed")


def searching_for(process: int) -> list[int]:
    said = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True)
    return [int(line.split()[0]) for line in said.stdout.splitlines() if "app.schedules.child" in line]


def lives(process: int) -> bool:
    """Whether a process is there and is no corpse that only waits to be counted."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


def kill_the_service(engine: Engine, serve: Serve, rounds: int) -> None:
    check_all(address_of(engine))
    service = serve()
    for round_ in range(rounds):
        job_id = asked(engine, seconds=3)
        awaited(engine, job_id, lambda job: job.state == "running", within=60)
        time.sleep(0.1 + 0.13 * (round_ % 20))
        before = check_all(address_of(engine))
        children = searching_for(service.pid)

        service.kill()
        service.wait()
        begin = clock.seconds()
        while any(map(lives, children)):
            assert clock.seconds() - begin < 5, "a search outlives its service"
            time.sleep(0.05)
        check_all(address_of(engine), before=before)
        service = serve()
        job = awaited(engine, job_id, has_ended, within=90)

        assert job.state == "done"
        check_all(address_of(engine), before=before)
    with db.reading(engine) as session:
        versions = [version.number for version in session.query(models.Version).order_by(models.Version.number)]
    assert versions == list(range(1, rounds + 1)), "each search ended once"


def kill_the_search(engine: Engine, serve: Serve, rounds: int) -> None:
    service = serve()
    for round_ in range(rounds):
        job_id = asked(engine, seconds=30)
        awaited(engine, job_id, lambda job: job.progress, within=60)
        time.sleep(0.05 * (round_ % 20))
        (child,) = searching_for(service.pid)

        os.kill(child, signal.SIGKILL)
        job = awaited(engine, job_id, has_ended, within=60)

        assert (job.state, str(job.reason).startswith("The search ended by itself")) == ("failed", True)
        assert service.poll() is None
        check_all(address_of(engine))


def test_a_service_that_is_killed_takes_its_search_along_and_the_next_one_ends_it(engine: Engine, serve: Serve) -> None:
    kill_the_service(engine, serve, rounds=1)


def test_a_search_that_is_killed_fails_alone(engine: Engine, serve: Serve) -> None:
    kill_the_search(engine, serve, rounds=1)


@pytest.mark.soak
def test_a_service_is_killed_many_times(engine: Engine, serve: Serve) -> None:
    kill_the_service(engine, serve, rounds=15)


@pytest.mark.soak
def test_searches_are_killed_many_times(engine: Engine, serve: Serve) -> None:
    kill_the_search(engine, serve, rounds=50)


def test_who_asks_for_a_worker_beside_sqlite_is_told_that_there_is_one(tmp_path: Path) -> None:
    environment = os.environ | {"RONDE_DATABASE_URL": f"sqlite:///{tmp_path}/ronde.db", "PYTHONPATH": str(ROOT)}

    told = subprocess.run(
        [sys.executable, "-m", "app", "worker"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )

    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
    assert told.stderr.startswith("With SQLite `ronde serve` runs the jobs itself.")
