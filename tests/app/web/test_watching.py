"""Those who run the service see how requests went, and no secret; programs read what the API is, where they may."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client import generate_latest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app import clock, db
from app.config import Settings
from app.hosts.access import Role
from app.hosts.api.description import OPENAPI
from app.hosts.inviting import invite
from app.main import create_app
from tests.builders import NOON, a_key, a_sign_in, an_event, first_host
from tests.clients import HERE, with_key

ROOT = Path(__file__).resolve().parents[3]
SERVER_SECONDS = 60


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def serving(url: str, log: Path, **settings: str) -> Iterator[str]:
    """The command itself, in a process of its own; what it writes goes to a file."""
    port = free_port()
    environment = {**os.environ, "RONDE_DATABASE_URL": url, **settings}
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with log.open("wb") as written, subprocess.Popen(command, cwd=ROOT, env=environment, stderr=written) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + SERVER_SECONDS
            while time.monotonic() < until:
                try:
                    httpx2.get(f"{address}/healthz")
                    break
                except httpx2.ConnectError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def test_the_log_tells_how_requests_went_and_holds_no_secret(tmp_path: Path) -> None:  # bug class: token in logs
    url = f"sqlite:///{tmp_path}/ronde.db"
    engine = db.create_engine_of(url)
    db.migrate(engine)
    with db.writing(engine) as session:
        an_event(session).created_at = clock.now()  # the service would delete an event of long ago
        key = a_key(session, Role.EDITOR)
        cookie = a_sign_in(session, Role.OWNER)
        _, secret = invite(session, first_host(session).id, "anna@example.org", Role.EDITOR, NOON)
    engine.dispose()
    metrics = f"127.0.0.1:{free_port()}"
    password = "trèfle vélo lune"

    with serving(url, tmp_path / "log", RONDE_METRICS_ADDRESS=metrics) as address:
        bearer = {"Authorization": f"Bearer {key}", "X-Forwarded-For": "203.0.113.9"}
        told = httpx2.get(f"{address}/api/v1/events/convention?q=geheim", headers=bearer)
        httpx2.get(f"{address}/api/v1/me", cookies={"ronde": cookie})
        httpx2.get(f"{address}/invitations/{secret.text}")
        httpx2.get(f"{address}/nowhere/{secret.text}")
        httpx2.get(f"{address}/f/{secret.text}/agenda.ics")
        httpx2.post(f"{address}/sign-in", data={"email": "anna@example.org", "password": password})
        httpx2.post(f"{address}/api/v1/events", content=f'{{"name": "{secret.text}"', headers=bearer)
        measured = httpx2.get(f"http://{metrics}/metrics").text
        assert httpx2.get(f"{address}/metrics").status_code == 404  # bug class: metrics open in production

    written = (tmp_path / "log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in written.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    first = requests[0]
    assert (first["method"], first["route"], first["status"]) == ("GET", "/api/v1/events/{slug}", 200)
    assert first["caller"] == "key:1"
    assert first["request_id"] == told.headers["x-request-id"]
    assert {line["route"] for line in requests} >= {
        "/invitations/{token}",
        "/sign-in",
        "/f/{token}/agenda.ics",
        "(none)",
    }
    for hidden in (key, cookie, secret.text, password, "geheim", "anna", "203.0.113.9"):
        assert hidden not in written
        assert hidden not in measured
    assert 'ronde_requests_total{method="GET",route="/api/v1/events/{slug}",status="200"} 1.0' in measured


@pytest.mark.soak
def test_a_proxy_may_use_its_connection_again_after_two_minutes(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/ronde.db", tmp_path / "log") as address:
        connection = HTTPConnection(address.removeprefix("http://"))
        connection.connect()
        opened = connection.sock
        for wait in (0, 120):
            time.sleep(wait)
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b'{"status":"ok"}'
            assert connection.sock is opened, "it opened another one without a word"
        connection.close()


def test_our_own_bugs_are_in_the_log_by_the_request_that_met_them(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(name: str) -> None:
        password = f"{name} in a variable"
        raise ZeroDivisionError(len(password))

    service = create_app(engine)
    service.get("/fail/{name}")(fail)
    answer = TestClient(service, base_url=HERE, raise_server_exceptions=False).get("/fail/anna")

    written = caplog.text
    for told in ("ZeroDivisionError", "/fail/{name}", answer.headers["x-request-id"]):
        assert told in written
    assert "anna" not in written


def test_what_goes_into_a_question_stays_out_of_errors(engine: Engine) -> None:
    with pytest.raises(OperationalError) as raised, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "anna"})

    assert "anna" not in str(raised.value)


def test_requests_and_jobs_are_counted_by_the_pattern_of_their_route(service: FastAPI, client: TestClient) -> None:
    client.get("/api/v1/events/anna")
    client.request("BREW", "/api/v1/events/anna")
    client.get("/anna")

    measured = generate_latest(service.state.metrics.registry).decode()

    assert 'ronde_requests_total{method="GET",route="/api/v1/events/{slug}",status="404"} 1.0' in measured
    assert re.search(r'ronde_request_seconds_count\{method="GET",route="/api/v1/events/\{slug\}"\} 1.0', measured)
    assert "anna" not in measured


def test_the_description_is_open_where_one_develops_and_else_for_who_is_signed_in(  # bug class: docs in production
    engine: Engine, anonymous: TestClient
) -> None:
    with db.writing(engine) as session:
        secret, key = a_sign_in(session, Role.READER), a_key(session, Role.READER)
    public = create_app(engine, Settings(public_url="https://ronde.example"))
    abroad = {"base_url": "https://ronde.example", "follow_redirects": False}
    stranger = TestClient(public, base_url=abroad["base_url"], follow_redirects=False)
    organiser = TestClient(public, base_url=abroad["base_url"], cookies={"__Host-ronde": secret})
    program = TestClient(public, base_url=abroad["base_url"], headers={"Authorization": f"Bearer {key}"})

    assert anonymous.get(OPENAPI).json()["info"]["title"] == "Ronde"
    assert "invite_organiser" in anonymous.get("/docs").text
    assert (stranger.get(OPENAPI).status_code, stranger.get("/docs").status_code) == (401, 303)
    assert (organiser.get(OPENAPI).status_code, organiser.get("/docs").status_code) == (200, 200)
    assert program.get(OPENAPI).status_code == 200
    assert with_key(public, "rk_unknown").get(OPENAPI).status_code == 401
