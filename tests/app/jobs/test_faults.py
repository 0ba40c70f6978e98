"""Whatever write fails while a job is asked for, taken, ended or stopped: that happens once, whole, or not at all."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from app import clock, db, models
from app.config import Settings
from app.jobs import Finish, Kind, Work, running
from app.jobs.running import Outcome, run_job
from app.main import create_app
from app.schedules.commissioning import SOLVE
from tests.app.schedules.racing import a_convention, address_of
from tests.faults import Faults, contents
from tests.invariants import check_all

SOLVES = "/api/v1/events/convention/solves"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def faults(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    monkeypatch.setattr(running, "PAUSE_SECONDS", 0)  # how long a result waits for the database is not asked here
    made = Faults(engine)
    yield made
    made.engine.dispose()


def client_of(faults: Faults, secret: str) -> TestClient:
    headers = {"Authorization": f"Bearer {secret}"}
    return TestClient(create_app(faults.engine), headers=headers, base_url="http://localhost")


def asked_until_it_is_done(engine: Engine, faults: Faults, client: TestClient, method: str, path: str) -> int:
    """Ask again and again, each time with a later write that fails; return the job, when at last none does."""
    client.get("/api/v1/events")  # the first request of a key writes when it was seen
    before, nth = contents(engine), 0
    while True:
        nth += 1
        faults.left = nth
        answer = client.request(method, path)
        faults.left = 0
        if answer.status_code != 503:
            assert (answer.status_code, nth > 2) == (202, True), answer.text
            check_all(address_of(engine))
            return int(answer.json()["id"])
        assert contents(engine) == before


def test_a_search_is_asked_for_and_stopped_whole_or_not_at_all(engine: Engine, faults: Faults) -> None:
    client = client_of(faults, a_convention(engine))

    job_id = asked_until_it_is_done(engine, faults, client, "POST", SOLVES)
    stopped = asked_until_it_is_done(engine, faults, client, "DELETE", f"/api/v1/jobs/{job_id}")

    with db.reading(engine) as session:
        assert [(one.id, one.state) for one in session.query(models.Job)] == [(stopped, "cancelled")]


@pytest.mark.soak
def test_a_search_ends_once_whatever_write_of_it_fails(engine: Engine, faults: Faults) -> None:
    client = client_of(faults, a_convention(engine))
    found: list[Finish] = []

    def search_once(work: Work) -> Finish:
        """What is found is the same for each job: only how it is kept is asked here."""
        if not found:
            found.append(SOLVE.run(work))
        return found[0]

    kinds = {SOLVE.name: Kind(SOLVE.name, SOLVE.queue, search_once)}
    settings, nth, is_faulty = Settings(solver_cores=1), 0, True
    while is_faulty:
        nth += 1
        job_id = client.post(SOLVES, json={"seconds": 2}).json()["id"]
        faults.left = nth
        try:
            outcome = run_job(faults.engine, kinds, job_id, clock.now, lambda: False, settings)
        except OperationalError:  # it could not be taken: whoever comes next does so
            assert state_of(engine, job_id) == "queued"
            outcome = run_job(faults.engine, kinds, job_id, clock.now, lambda: False, settings)
        is_faulty, faults.left = faults.left <= 0, 0

        assert (outcome, state_of(engine, job_id)) == (Outcome.ENDED, "done")
        with db.reading(engine) as session:
            numbers = list(session.scalars(select(models.Version.number).order_by(models.Version.number)))
        assert numbers == list(range(1, nth + 2)), "each search makes one version, beside the first"
        check_all(address_of(engine))
    assert nth > 7


def state_of(engine: Engine, job_id: int) -> str:
    with db.reading(engine) as session:
        return session.get_one(models.Job, job_id).state
