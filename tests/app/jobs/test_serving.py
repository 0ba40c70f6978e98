"""`ronde serve` runs the jobs of a SQLite database itself; killed in the middle, it goes on where it can."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app import clock, db, models
from app.jobs.running import STALE_SECONDS
from app.schedules.commissioning import Wanted, ask_to_solve, pose_wanted
from tests.builders import a_wish, an_event, an_organisation
from tests.invariants import check_all
from tests.mortals import searching_for

ROOT = Path(__file__).resolve().parents[3]


class Services:
    """Starts and kills `ronde serve` over one database, one service at a time."""

    def __init__(self, parent: "subprocess.Popen[str]") -> None:
        self._parent = parent
        self.process = 0

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{port}\n")
        self._parent.stdin.flush()
        self.process = int(self._parent.stdout.readline())

    def kill(self) -> None:
        """Kill the service; whatever searches for it is gone soon after."""
        children = searching_for(self.process)
        os.kill(self.process, signal.SIGKILL)
        begin = clock.seconds()
        while any(map(lives, (self.process, *children))):
            assert clock.seconds() - begin < 30, "a search outlives its service"
            time.sleep(0.02)


@pytest.fixture
def services(engine: Engine, tmp_path: Path) -> Iterator[Services]:
    """A service that runs; whatever a test does, none is left."""
    environment = os.environ | {"RONDE_DATABASE_URL": address_of(engine), "PYTHONPATH": str(ROOT)}
    with (
        (tmp_path / "serve.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.app.jobs.serving"],
            cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        ) as parent,
    ):  # fmt: skip
        made = Services(parent)
        try:
            made.start()
            yield made
        finally:
            if lives(made.process):
                os.kill(made.process, signal.SIGKILL)
            parent.kill()


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def asked(engine: Engine, seconds: float) -> int:
    """A search that takes as long as it may, of an event that has a first version already."""
    with db.writing(engine) as session:
        if (event := session.query(models.Event).one_or_none()) is None:
            event = an_event(session, slots=12, tables=7)
            event.rules = {"max_consecutive": 4}
            event.created_at = clock.now()  # an event of long ago would be deleted by the service
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


def lives(process: int) -> bool:
    """Whether a process is there and is no corpse that only waits to be counted."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


def time_passes(engine: Engine, job_id: int) -> None:
    """What the service waits for before it believes that whoever had the job is dead."""
    with db.writing(engine) as session:
        session.get_one(models.Job, job_id).heartbeat_at = clock.now() - timedelta(seconds=STALE_SECONDS + 1)


def kill_the_service(engine: Engine, services: Services, rounds: int, moments: random.Random) -> None:
    """Kill the service at any moment of a search, which the next one ends, once; in the first round time is real."""
    check_all(address_of(engine))
    for round_ in range(rounds):
        job_id = asked(engine, seconds=1)
        awaited(engine, job_id, lambda job: job.state == "running", within=60)
        before = check_all(address_of(engine))
        time.sleep(moments.uniform(0, 3))

        services.kill()
        check_all(address_of(engine), before=before)
        was_running = job_of(engine, job_id).state == "running"
        if round_ and was_running:
            time_passes(engine, job_id)
        services.start()
        job = awaited(engine, job_id, has_ended, within=60)

        assert (job.state, job.attempt) == ("done", 2 if was_running else 1)
        check_all(address_of(engine), before=before)
    with db.reading(engine) as session:
        versions = [version.number for version in session.query(models.Version).order_by(models.Version.number)]
    assert versions == list(range(1, rounds + 1)), "each search ended once"


def kill_the_search(engine: Engine, services: Services, rounds: int, moments: random.Random) -> None:
    """Kill what searches at any moment: its job fails and says so; what was there before is as it was."""
    before = check_all(address_of(engine))
    for _ in range(rounds):
        job_id = asked(engine, seconds=30)
        begin = clock.seconds()
        while not (children := searching_for(services.process)):
            assert clock.seconds() - begin < 60, "nobody searches"
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 3))

        os.kill(children[0], signal.SIGKILL)
        job = awaited(engine, job_id, has_ended, within=60)

        assert (job.state, str(job.reason).startswith("The search ended by itself")) == ("failed", True)
        assert lives(services.process)
        check_all(address_of(engine), before=before)


def a_first_version(engine: Engine) -> None:
    """Something to be left untouched, published."""
    job_id = asked(engine, seconds=1)
    awaited(engine, job_id, lambda job: job.state == "done", within=60)
    with db.writing(engine) as session:
        session.query(models.Version).one().published_at = clock.now()


def test_a_service_that_is_killed_takes_its_search_along_and_the_next_one_ends_it(
    engine: Engine, services: Services
) -> None:
    kill_the_service(engine, services, rounds=1, moments=random.Random(1))


def test_a_search_that_is_killed_fails_alone(engine: Engine, services: Services) -> None:
    kill_the_search(engine, services, rounds=1, moments=random.Random(1))


@pytest.mark.soak
def test_a_service_is_killed_fifty_times(engine: Engine, services: Services) -> None:
    kill_the_service(engine, services, rounds=50, moments=random.Random(2))


@pytest.mark.soak
def test_searches_are_killed_fifty_times(engine: Engine, services: Services) -> None:
    a_first_version(engine)
    kill_the_search(engine, services, rounds=50, moments=random.Random(3))


def test_who_asks_for_a_worker_beside_sqlite_is_told_that_there_is_one(tmp_path: Path) -> None:
    environment = os.environ | {"RONDE_DATABASE_URL": f"sqlite:///{tmp_path}/ronde.db", "PYTHONPATH": str(ROOT)}

    told = subprocess.run(
        [sys.executable, "-m", "app", "worker"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )

    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
    assert told.stderr.startswith("With SQLite `ronde serve` runs the jobs itself.")
