"""Asking for a timetable over HTTP, watching the job that searches, and stopping it."""

import json
import threading

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import clock, db, models
from app.config import Settings
from app.hosts.access import Role
from app.jobs.enqueueing import MOST_OF_EVENT
from app.jobs.running import run_job
from app.main import KINDS
from tests.builders import a_wish, an_event, an_organisation
from tests.conftest import AsKey, AsRole

SOLVES = "/api/v1/events/convention/solves"


@pytest.fixture
def event(engine: Engine) -> models.Event:
    with db.writing(engine) as session:
        made = an_event(session)
        one, other = an_organisation(session, made, "One"), an_organisation(session, made, "Other")
        a_wish(session, one, other)
        return made


def run(engine: Engine, job_id: int) -> None:
    run_job(engine, KINDS, job_id, clock.now, lambda: False, Settings(solver_cores=1))


def changed(engine: Engine, job_id: int, **values: object) -> None:
    with db.writing(engine) as session:
        session.get_one(models.Job, job_id).take(values)


def events_in(text: str) -> list[tuple[str, dict[str, object]]]:
    """The events of a stream, with their ids."""
    found = []
    for block in filter(None, text.split("\n\n")):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((lines["id"], json.loads(lines["data"])))
    return found


def test_a_search_is_a_job_whose_result_is_a_version(client: TestClient, engine: Engine, event: models.Event) -> None:
    asked = client.post(SOLVES, json={"seconds": 5})
    assert (asked.status_code, asked.json()["state"], asked.json()["seconds"]) == (202, "queued", None)
    where = asked.headers["Location"]
    run(engine, asked.json()["id"])

    job = client.get(where).json()

    assert (job["state"], job["kind"], job["event"]) == ("done", "solve", "convention")
    assert (job["result"]["status"], job["result"]["version"]) == ("optimal", 1)
    assert job["score"]["value"] == job["bound"]["value"] > 0
    assert job["seconds"] >= 0
    assert where == f"/api/v1/jobs/{job['id']}"


def test_a_search_with_nothing_said_takes_a_minute_at_most(
    client: TestClient, engine: Engine, event: models.Event
) -> None:
    asked = client.post(SOLVES)

    assert asked.status_code == 202
    with db.reading(engine) as session:
        assert session.get_one(models.Job, asked.json()["id"]).payload["seconds"] == 60


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"seconds": 0}, 422),
        ({"seconds": 1e9}, 422),
        ({"seconds": "ten"}, 422),
        ({"unknown": 1}, 422),
        ({"seed": -1}, 422),
        ({"from_version": 7}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused(
    client: TestClient, event: models.Event, body: dict[str, object], status: int
) -> None:
    answer = client.post(SOLVES, json=body)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_thousand_searches_are_too_many(client: TestClient, event: models.Event) -> None:
    answers = [client.post(SOLVES, json={"seconds": 1}) for _ in range(MOST_OF_EVENT + 1)]

    assert [answer.status_code for answer in answers] == [202] * MOST_OF_EVENT + [429]
    assert answers[-1].headers["Retry-After"] == "30"
    assert answers[-1].json()["detail"].startswith("10 jobs are waiting or running")


def test_a_job_that_waits_is_stopped_at_once_and_twice_is_as_good(client: TestClient, event: models.Event) -> None:
    where = client.post(SOLVES).headers["Location"]

    answers = [client.delete(where), client.delete(where)]

    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(202, "cancelled")] * 2


def test_a_job_that_runs_is_told_to_stop(client: TestClient, engine: Engine, event: models.Event) -> None:
    asked = client.post(SOLVES).json()
    changed(engine, asked["id"], state="running", attempt=1, started_at=clock.now(), heartbeat_at=clock.now())

    stopped = client.delete(f"/api/v1/jobs/{asked['id']}").json()

    assert (stopped["state"], stopped["is_stopping"]) == ("running", True)


def test_jobs_are_listed_by_event_and_in_pages(client: TestClient, engine: Engine, event: models.Event) -> None:
    ids = [client.post(SOLVES).json()["id"] for _ in range(3)]

    first = client.get("/api/v1/jobs", params={"limit": 2, "event": "convention"}).json()
    second = client.get("/api/v1/jobs", params={"limit": 2, "after": first["next"]}).json()
    of_none = client.get("/api/v1/jobs", params={"event": "hiver"}).json()

    assert [job["id"] for job in first["items"]] == ids[:2]
    assert ([job["id"] for job in second["items"]], second["next"]) == (ids[2:], None)
    assert of_none["items"] == []


def test_a_list_of_three_asks_the_database_no_more_than_a_list_of_one(
    client: TestClient, engine: Engine, event: models.Event
) -> None:
    from sqlalchemy import event as events

    counts = []
    for _ in range(3):
        client.post(SOLVES)
        asked: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_: object, asked: list[str] = asked) -> None:
            asked.append(statement)

        events.listen(engine, "before_cursor_execute", count)
        client.get("/api/v1/jobs")
        events.remove(engine, "before_cursor_execute", count)
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_the_jobs_of_others_are_not_there(
    client: TestClient, client_with_key: AsKey, client_as: AsRole, engine: Engine, event: models.Event
) -> None:
    mine = client.post(SOLVES).json()["id"]
    with db.writing(engine) as session:
        other = models.Host(name="Others", created_at=clock.now())
        session.add(other)
        session.flush()
        theirs = models.Job(kind="solve", host_id=other.id, asked_by="organiser:9", payload={}, created_at=clock.now())
        session.add(theirs)
        elsewhere = an_event(session, name="Elsewhere")
        session.flush()
        theirs_id, elsewhere_id = theirs.id, elsewhere.id
    key = client_with_key(Role.EDITOR, elsewhere_id)

    for path in (f"/api/v1/jobs/{theirs_id}", f"/api/v1/jobs/{theirs_id}/events", "/api/v1/jobs/999"):
        assert client.get(path).status_code == 404, path
    assert client.delete(f"/api/v1/jobs/{theirs_id}").status_code == 404
    assert key.get(f"/api/v1/jobs/{mine}").status_code == 404
    assert key.get("/api/v1/jobs").json()["items"] == []
    assert client_as(Role.READER).get(f"/api/v1/jobs/{mine}").status_code == 200
    assert client_as(Role.DESK).delete(f"/api/v1/jobs/{mine}").status_code == 403


def test_a_job_is_watched_until_it_has_ended(client: TestClient, engine: Engine, event: models.Event) -> None:
    job_id = client.post(SOLVES).json()["id"]
    now = clock.now()
    steps = [
        {"state": "running", "attempt": 1, "started_at": now, "heartbeat_at": now},
        {"progress": {"seconds": 1.0, "score": {"value": 3}, "bound": {"value": 9}}},
        {"state": "done", "finished_at": now, "result": {"status": "optimal", "version": 1}},
    ]

    def go_on() -> None:
        for step in steps:
            threading.Event().wait(1.2)
            changed(engine, job_id, **step)

    working = threading.Thread(target=go_on)
    working.start()
    answer = client.get(f"/api/v1/jobs/{job_id}/events")
    working.join()

    told = events_in(answer.text)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [job["state"] for _id, job in told] == ["queued", "running", "running", "done"]
    assert told[2][1]["score"] == {"value": 3}
    assert len({tag for tag, _job in told}) == 4


def test_who_comes_back_hears_only_what_is_new(client: TestClient, engine: Engine, event: models.Event) -> None:
    job_id = client.post(SOLVES).json()["id"]
    client.delete(f"/api/v1/jobs/{job_id}")
    ((tag, job),) = events_in(client.get(f"/api/v1/jobs/{job_id}/events").text)

    again = client.get(f"/api/v1/jobs/{job_id}/events", headers={"Last-Event-ID": tag})

    assert (job["state"], again.status_code, again.text) == ("cancelled", 204, "")


def test_whatever_is_asked_and_stopped_is_in_the_audit_log(
    client: TestClient, engine: Engine, event: models.Event
) -> None:
    job_id = client.post(SOLVES).json()["id"]
    client.delete(f"/api/v1/jobs/{job_id}")

    with db.reading(engine) as session:
        rows = session.query(models.AuditEntry).order_by(models.AuditEntry.id)
        assert [(row.deed, row.subject) for row in rows] == [
            ("ask-to-solve", f"job:{job_id}"),
            ("stop-job", f"job:{job_id}"),
        ]
