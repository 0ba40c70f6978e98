"""HEAD is answered wherever GET is: the same status and headers, and no body."""

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db, models
from app.hosts.access import Role
from tests.builders import NOON, a_key, an_event
from tests.clients import HERE, served


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/static/ronde.css", "/nowhere", "/api/v1/me"])
def test_an_address_tells_by_head_what_it_tells_by_get(path: str, client: TestClient) -> None:
    told, asked = client.get(path), client.head(path)

    assert (asked.status_code, asked.content) == (told.status_code, b"")
    del told.headers["x-request-id"], asked.headers["x-request-id"]
    assert asked.headers == told.headers


def test_what_only_takes_a_form_says_so(anonymous: TestClient) -> None:
    answer = anonymous.head("/sign-out")

    assert (answer.status_code, answer.headers["allow"], answer.content) == (405, "POST", b"")


def test_a_stream_that_nobody_reads_is_let_go(service: FastAPI, engine: Engine) -> None:
    with db.writing(engine) as session:
        event = an_event(session)
        job = models.Job(
            kind="solve", state="running", attempt=1, host_id=event.host_id, event_id=event.id,
            asked_by="organiser:1", payload={}, created_at=NOON, started_at=NOON,
        )  # fmt: skip
        session.add(job)
        session.flush()
        headers = {"Authorization": f"Bearer {a_key(session, Role.READER)}"}
        path = f"/api/v1/jobs/{job.id}/events"

    with served(service) as address, httpx2.Client(base_url=address, headers=headers, timeout=60) as program:
        answers = [program.head(path) for _ in range(3)]

    assert [(one.status_code, one.headers["content-type"], one.content) for one in answers] == [
        (200, "text/event-stream; charset=utf-8", b"")
    ] * 3


def test_those_who_run_the_service_see_that_it_was_head(service: FastAPI) -> None:
    TestClient(service, base_url=HERE).head("/sign-in")

    counted = service.state.metrics.registry.get_sample_value
    labels = {"method": "HEAD", "route": "/sign-in", "status": "200"}
    assert counted("ronde_requests_total", labels) == 1.0
