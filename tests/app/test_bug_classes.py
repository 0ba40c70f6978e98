"""What is known to break services of this kind, tried at every route where it can occur, found in the routes."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pypdf import PdfReader
from sqlalchemy import Engine

from app import db
from app.errors import Limited
from app.hosts.access import Role
from app.hosts.cookies import COOKIE_ON_LOCALHOST
from app.jobs import enqueue
from app.jobs.enqueueing import MOST_OF_HOST
from app.main import create_app
from app.schedules.commissioning import SOLVE
from app.web.routing import BODY_BYTES, UPLOAD_BYTES
from app.web.sessions import SAFE
from tests.builders import NOON, a_sign_in, an_event, another_host, first_host
from tests.clients import HERE
from tests.world import GUARDED, HIVER, NAMED, OURS, ROUTES, SERVICE, SETTINGS, Route, World

DESCRIBED: dict[str, Any] = SERVICE.openapi()
READ_ONLY = ("id", "host_id", "event_id", "created_at", "position", "is_withdrawn", "uid", "sequence", "published_at")
NO_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999")
ENDING = ("POST /sign-out", "DELETE /api/v1/events/{slug}")
READS = [route for route in ROUTES if route.method == "GET"]


def operation_of(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = DESCRIBED["paths"].get(route.path, {}).get(route.method.lower(), {})
    return found


def shape(node: dict[str, Any]) -> dict[str, Any]:
    return DESCRIBED["components"]["schemas"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def fields_of(route: Route) -> dict[str, Any]:
    """What may be sent as JSON, by name."""
    content = operation_of(route).get("requestBody", {}).get("content", {}).get("application/json", {})
    found: dict[str, Any] = shape(content.get("schema", {})).get("properties", {})
    return found


def sent_as_file(route: Route) -> bool:
    return "multipart/form-data" in operation_of(route).get("requestBody", {}).get("content", {})


def is_text(field: dict[str, Any]) -> bool:
    return any(shape(one).get("type") == "string" for one in field.get("anyOf", [field]))


WRITES_JSON = [route for route in GUARDED if fields_of(route)]
UPLOADS = [route for route in GUARDED if sent_as_file(route)]


def send(world: World, route: Route, content: str) -> Response:
    client, path = world.client("owner"), route.filled(world.samples[OURS])
    draft = re.match(r".*/versions/\d+", path)
    tag = "*" if draft is None else client.get(f"{draft[0]}?meetings=false").headers["etag"]
    headers = {"If-Match": tag, "Content-Type": "application/json"}
    answer = client.request(route.method, path, content=content, headers=headers)
    if answer.status_code < 400:
        world.renew()
    return answer


def blamed(answer: Response) -> set[str]:
    """The fields that a refusal names."""
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), answer.text
    return {fault["path"].split(".")[1] for fault in answer.json()["errors"] if fault["path"].startswith("body.")}


def test_there_is_something_to_try() -> None:
    assert len(WRITES_JSON) >= 30
    assert len(UPLOADS) >= 2


@pytest.mark.parametrize("route", WRITES_JSON, ids=str)
def test_nobody_sets_what_is_not_theirs_to_set(route: Route, world: World) -> None:  # bug class: mass assignment
    foreign = [name for name in READ_ONLY if name not in fields_of(route)]

    answer = send(world, route, "{" + ", ".join(f'"{name}": 1' for name in foreign) + "}")

    assert set(foreign) <= blamed(answer)


@pytest.mark.parametrize("route", WRITES_JSON, ids=str)
def test_what_is_no_number_is_taken_nowhere(route: Route, world: World) -> None:  # bug class: NaN/Infinity in JSON
    for number in NO_NUMBERS:
        answer = send(world, route, "{" + ", ".join(f'"{name}": {number}' for name in fields_of(route)) + "}")

        assert blamed(answer) == set(fields_of(route))


@pytest.mark.parametrize("route", [r for r in WRITES_JSON if any(map(is_text, fields_of(r).values()))], ids=str)
def test_what_cannot_be_seen_is_taken_in_no_text(route: Route, world: World) -> None:
    texts = [name for name, field in fields_of(route).items() if is_text(field)]

    for unseen in ("\\u0000", "\\u001b", "\\u202e", "\\ud800"):
        answer = send(world, route, "{" + ", ".join(f'"{name}": "a{unseen}b"' for name in texts) + "}")

        assert set(texts) <= blamed(answer)


def test_a_zero_byte_in_a_question_or_a_form_is_nobodys_bug(postgres_engine: Engine) -> None:
    """PostgreSQL keeps none in texts; whatever a route asks with, it is refused before."""
    with db.writing(postgres_engine) as session:
        an_event(session)
        secret = a_sign_in(session, Role.OWNER)
    service = create_app(postgres_engine, SETTINGS)
    client = TestClient(
        service,
        base_url=HERE,
        follow_redirects=False,
        raise_server_exceptions=False,
        cookies={COOKIE_ON_LOCALHOST: secret},
    )
    found = {}
    for route in ROUTES:
        path = NAMED.sub(r"\1/a%00b", route.path.replace("{slug}", "convention"))
        if str(route) in ENDING:
            continue
        asked = [one["name"] for one in operation_of(route).get("parameters", []) if one["in"] == "query"]
        for query in ("", *(f"?{name}=a%00b" for name in asked)):
            form = {"email": "a\0b@c.example", "password": "a\0b", "purpose": "page\0", "next": "/\0"}
            data = form if route.method == "POST" and not route.is_of_the_api else None
            found[f"{route.method} {path}{query}"] = client.request(route.method, path + query, data=data).status_code

    assert {asked: status for asked, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method not in SAFE and not sent_as_file(r)], ids=str)
def test_nobody_sends_more_than_is_taken(route: Route, world: World) -> None:  # bug class: huge bodies
    path = route.filled(world.samples[OURS])

    answer = world.client("owner").request(route.method, path, content=b" " * (BODY_BYTES + 1))

    assert answer.status_code == 413


@pytest.mark.parametrize("route", UPLOADS, ids=str)
def test_files_have_a_size_too_whatever_is_said_of_it(route: Route, world: World) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        for _ in range(UPLOAD_BYTES // 2**20 + 1):
            yield bytes(2**20)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = world.client("owner").post(route.filled(world.samples[OURS]), content=pieces(), headers=headers)

    assert answer.status_code == 413


@pytest.mark.parametrize("route", UPLOADS, ids=str)
def test_a_file_that_is_refused_leaves_nothing_behind_and_its_name_harms_nobody(  # bug class: header injection
    route: Route, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = route.filled(world.samples[OURS])

    for name in ('a%0d%0aX-Evil: 1".xlsx', "../../../evil.xlsx", "\\\\host\\evil.csv", "a\u202eb.xlsx", "." * 300, " "):
        answer = world.client("owner").post(path, files={"file": (name, b"PK\3\4 no workbook" * 9)})

        assert 400 <= answer.status_code < 500
        assert "x-evil" not in answer.headers
        assert [*tmp_path.rglob("*")] == []
    world.renew()


@pytest.mark.parametrize("route", READS, ids=str)
def test_no_answer_is_kept_by_others_and_every_file_has_a_plain_name(route: Route, world: World) -> None:
    """Bug classes: cache leaks, header injection by file names."""
    answer = world.client("owner").get(route.filled(world.samples[OURS]))

    kept = answer.headers["cache-control"]
    assert "no-store" in kept or "private" in kept
    assert "public" not in kept
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert {"Accept-Language", "Cookie"} <= set(re.split(r", *", answer.headers["vary"]))
    named = answer.headers.get("content-disposition")
    assert named is None or re.fullmatch(r'(inline|attachment); filename="[\w.-]+"', named)


def words_in(answer: Response) -> str:
    """All that somebody can read in an answer, also in a file."""
    if answer.content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return answer.text


@pytest.mark.parametrize("route", [r for r in READS if r.is_of_the_api and r.least == Role.READER], ids=str)
def test_a_key_that_only_reads_reads_no_address(route: Route, world: World) -> None:  # bug class: field level
    answer = world.client("read-only key").get(route.filled(world.samples[OURS]))

    assert answer.status_code in (200, 409, 422)
    assert "@1.example" not in words_in(answer)


@pytest.mark.parametrize("route", [r for r in GUARDED if r.is_of_the_api and not r.is_of_an_event], ids=str)
def test_a_key_of_one_event_sees_nothing_of_another(route: Route, world: World) -> None:  # bug class: tenant scope
    if route.least == Role.OWNER or sent_as_file(route) or fields_of(route):
        return  # no key may, or it is about what is sent: see test_permissions.py and test_api.py of events
    answer = world.ask("key of another event", route.method, route.filled(world.samples[OURS]))

    if "{" in route.path:
        assert answer.status_code == 404
    else:
        assert answer.status_code == 200
        assert "convention" not in answer.text
        assert HIVER in answer.text or "events" not in route.path


def test_nobody_fills_the_queue(engine: Engine) -> None:  # bug class: solver resource exhaustion
    """A thousand jobs are asked for; those of a team that may wait are a few, and other teams are not hindered."""
    taken = refused = 0
    with db.writing(engine) as session:
        host, other = first_host(session), another_host(session)
        events = [an_event(session, name=f"Event {number}").id for number in range(10)]
        theirs = an_event(session, name="Theirs", host=other).id

        def ask(host_id: int, event_id: int) -> None:
            enqueue(session, SOLVE, {}, host_id=host_id, event_id=event_id, asked_by="key:1", now=NOON)

        for number in range(1_000):
            try:
                ask(host.id, events[number % len(events)])
                taken += 1
            except Limited as refusal:
                refused += refusal.seconds > 0
        ask(other.id, theirs)

    assert (taken, refused) == (MOST_OF_HOST, 1_000 - MOST_OF_HOST)
