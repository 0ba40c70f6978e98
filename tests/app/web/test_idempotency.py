"""P1: what is sent again with the same Idempotency-Key is done once and answered the same, in both databases."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

import httpx2
import pytest
from fastapi import Depends, FastAPI, File, Form, UploadFile
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from app import audit, clock, db, models
from app.errors import Conflict, Stale, Unready
from app.hosts.access import Caller, Role, may
from app.main import create_app
from app.web.fields import Answer, Body, Line
from app.web.routing import Router, tells_a_secret
from app.web.sessions import Db, Now
from tests.builders import a_key, a_sign_in, another_host, first_host
from tests.clients import HERE, served, signed_in, with_key
from tests.conftest import AsRole

AT = "/api/v1/trials"
KEY = {"Idempotency-Key": "6f1c-retry"}
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]


class Wanted(Body):
    """The name of a host: a row that can be counted."""

    name: Line


class Made(Answer):
    """What was made."""

    id: int
    name: str


def make(session: Db, caller: Caller, name: str, now: datetime) -> Made:
    host = models.Host(name=f"{name} {session.scalar(select(func.count()).select_from(models.Host))}", created_at=now)
    session.add(host)
    session.flush()
    audit.record(session, caller.name, "make", event_id=None, subject=f"host:{host.id}", now=now)
    return Made(id=host.id, name=host.name)


class Trials:
    """Routes that make something, each in another way; `gate` is what the slow one waits for."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.inside = threading.Event()
        self.refusal: Exception | None = None

    def router(self) -> Router:
        router = Router(prefix=AT, tags=["trials"])

        @router.post("", status_code=201)
        def plain(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            made = make(session, caller, body.name, now)
            if self.refusal is not None:
                raise self.refusal
            return made

        @router.post("/slow", status_code=201)
        def slow(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            self.inside.set()
            assert self.gate.wait(20)
            return make(session, caller, body.name, now)

        @router.post("/secret", dependencies=[Depends(tells_a_secret)])
        def secret(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            return make(session, caller, body.name, now)

        @router.post("/file")
        def file(
            file: Annotated[UploadFile, File()],
            note: Annotated[str, Form()],
            caller: Editor,
            session: Db,
            now: Now,
        ) -> Made:
            return make(session, caller, f"{note}{len(file.file.read())}", now)

        @router.get("/count")
        def count(caller: Annotated[Caller, Depends(may(Role.READER))], session: Db) -> int:
            return session.scalar(select(func.count()).select_from(models.Host)) or 0

        return router


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def trials() -> Trials:
    return Trials()


@pytest.fixture
def service(engine: Engine, trials: Trials) -> FastAPI:
    service = create_app(engine)
    service.include_router(trials.router())
    return service


def made_count(engine: Engine) -> int:
    """How many hosts there are beside those of the callers."""
    with db.reading(engine) as session:
        return session.scalar(select(func.count()).select_from(models.AuditEntry)) or 0


def test_a_hundred_times_the_same_is_done_once(engine: Engine, client: TestClient) -> None:
    answers = [client.post(AT, json={"name": "Hiver"}, headers=KEY) for _ in range(100)]

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None] + ["true"] * 99
    assert made_count(engine) == 1


def test_twenty_at_once_are_done_once(engine: Engine, service: FastAPI, client: TestClient, trials: Trials) -> None:
    statuses: Counter[int] = Counter()
    with served(service) as address:
        cookies = dict(client.cookies)

        def send() -> None:
            with httpx2.Client(base_url=address, cookies=cookies, timeout=30) as sender:
                statuses[sender.post(f"{AT}/slow", json={"name": "Hiver"}, headers=KEY).status_code] += 1

        threads = [threading.Thread(target=send) for _ in range(20)]
        threads[0].start()
        assert trials.inside.wait(20)
        for thread in threads[1:]:
            thread.start()
        for thread in threads[1:]:
            thread.join()
        trials.gate.set()
        threads[0].join()
        again = httpx2.post(f"{address}{AT}/slow", json={"name": "Hiver"}, headers=KEY, cookies=cookies)

    assert statuses == {409: 19, 201: 1}
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert made_count(engine) == 1


def test_the_same_values_in_another_order_are_the_same(engine: Engine, client: TestClient) -> None:
    headers = {**KEY, "content-type": "application/json"}
    first = client.post(AT, content='{"name": "Hiver"}', headers=headers)
    again = client.post(AT, content='{ "name" :\n"Hiver" }', headers=headers)

    assert again.content == first.content
    assert made_count(engine) == 1


def test_another_body_with_the_same_key_is_refused(engine: Engine, client: TestClient) -> None:
    client.post(AT, json={"name": "Hiver"}, headers=KEY)

    others = [
        client.post(AT, json={"name": "Été"}, headers=KEY),
        client.post(f"{AT}?dry_run=true", json={"name": "Hiver"}, headers=KEY),
        client.post(f"{AT}/slow", json={"name": "Hiver"}, headers=KEY),
    ]

    assert [answer.status_code for answer in others] == [422, 422, 422]
    assert made_count(engine) == 1


def test_each_caller_has_keys_of_their_own(
    engine: Engine, service: FastAPI, client: TestClient, client_as: AsRole
) -> None:
    with db.writing(engine) as session:
        organiser = session.scalars(select(models.Organiser)).one()
        others = another_host(session)
        key = with_key(service, a_key(session, Role.EDITOR, host=first_host(session)))
        secret = a_sign_in(session, Role.OWNER, others)
        same_person_elsewhere = signed_in(service, secret)
        session.query(models.SignIn).where(models.SignIn.host_id == others.id).update({"organiser_id": organiser.id})
        session.add(models.Membership(organiser_id=organiser.id, host_id=others.id, role="owner"))
    callers = [client, client_as(Role.EDITOR), key, same_person_elsewhere]

    answers = [caller.post(AT, json={"name": "Hiver"}, headers=KEY) for caller in callers]

    assert [answer.status_code for answer in answers] == [201] * 4
    assert made_count(engine) == 4


def test_who_may_no_longer_gets_no_answer_again(engine: Engine, client: TestClient) -> None:
    client.post(AT, json={"name": "Hiver"}, headers=KEY)
    with db.writing(engine) as session:
        session.query(models.Membership).update({"role": "reader"})

    assert client.post(AT, json={"name": "Hiver"}, headers=KEY).status_code == 403


def test_a_get_is_answered_anew(engine: Engine, client: TestClient) -> None:
    before = client.get(f"{AT}/count", headers=KEY).json()
    client.post(AT, json={"name": "Hiver"}, headers=KEY)

    assert client.get(f"{AT}/count", headers=KEY).json() == before + 1


def test_of_a_file_the_hash_counts_and_not_the_frame(engine: Engine, client: TestClient) -> None:
    def send(content: bytes, note: str = "n", boundary: str = "one", name: str = "a.xlsx") -> httpx2.Response:
        frame = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\n{note}\r\n--{boundary}\r\n'
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        )
        body = frame.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        headers = {**KEY, "content-type": f"multipart/form-data; boundary={boundary}"}
        return client.post(f"{AT}/file", content=body, headers=headers)

    big = bytes(range(256)) * 3000  # more than one piece
    first = send(big)
    again = send(big, boundary="two")
    others = [send(big[:-1] + b"x"), send(big, note="m"), send(big, name="b.xlsx")]

    assert (first.status_code, again.content) == (200, first.content)
    assert [answer.status_code for answer in others] == [422, 422, 422]
    assert made_count(engine) == 1


def test_a_refusal_is_the_first_answer_too(engine: Engine, client: TestClient, trials: Trials) -> None:
    trials.refusal = Conflict("Table 7 is taken.")
    first = client.post(AT, json={"name": "Hiver"}, headers=KEY)
    trials.refusal = None
    again = client.post(AT, json={"name": "Hiver"}, headers=KEY)

    assert (first.status_code, again.status_code, again.content) == (409, 409, first.content)
    assert again.headers["content-type"] == "application/problem+json"
    assert made_count(engine) == 0


def test_a_form_that_is_not_as_described_is_refused_again(client: TestClient) -> None:
    first = client.post(AT, json={"name": 7}, headers=KEY)
    again = client.post(AT, json={"name": 7}, headers=KEY)

    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (422, first.content, "true")


@pytest.mark.parametrize("refusal", [Unready("Not now."), Stale("Changed.", '"t"')])
def test_what_is_decided_anew_each_time_is_not_kept(
    refusal: Exception, engine: Engine, client: TestClient, trials: Trials
) -> None:
    trials.refusal = refusal
    assert client.post(AT, json={"name": "Hiver"}, headers=KEY).status_code >= 412
    trials.refusal = None

    assert client.post(AT, json={"name": "Hiver"}, headers=KEY).status_code == 201
    assert made_count(engine) == 1


def test_after_our_own_bug_it_can_be_sent_again(
    engine: Engine, service: FastAPI, client: TestClient, trials: Trials
) -> None:
    trials.refusal = ZeroDivisionError()
    careless = TestClient(service, base_url=HERE, cookies=dict(client.cookies), raise_server_exceptions=False)
    assert careless.post(AT, json={"name": "Hiver"}, headers=KEY).status_code == 500
    trials.refusal = None

    assert client.post(AT, json={"name": "Hiver"}, headers=KEY).status_code == 201
    assert made_count(engine) == 1


def test_a_secret_is_told_once_and_kept_nowhere(engine: Engine, client: TestClient) -> None:
    answers = [client.post(f"{AT}/secret", json={"name": "Hiver"}, headers=KEY) for _ in range(2)]

    assert answers[0].json() != answers[1].json()
    with db.reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(models.FirstAnswer)) == 0


def test_after_a_day_a_key_is_new(engine: Engine, trials: Trials, client: TestClient) -> None:
    hand = clock.now()

    def at() -> datetime:
        return hand

    service = create_app(engine, now=at)
    service.include_router(trials.router())
    later = TestClient(service, base_url=HERE, cookies=dict(client.cookies))
    first = later.post(AT, json={"name": "Hiver"}, headers=KEY).json()
    hand += timedelta(hours=11)
    assert later.post(AT, json={"name": "Hiver"}, headers=KEY).json() == first
    hand += timedelta(hours=11)
    assert later.get(f"{AT}/count").status_code == 200
    hand += timedelta(hours=2)

    assert later.post(AT, json={"name": "Hiver"}, headers=KEY).json() != first
    with db.reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(models.FirstAnswer)) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "clé"])
def test_a_key_is_one_word(key: str, client: TestClient) -> None:
    answer = client.post(AT, json={"name": "Hiver"}, headers={"Idempotency-Key": key.encode()})

    assert answer.status_code == 422


def test_many_keys_at_once_hinder_nobody(engine: Engine, service: FastAPI, client: TestClient) -> None:
    def sender(number: int) -> Callable[[], None]:
        def send() -> None:
            mine = TestClient(service, base_url=HERE, cookies=dict(client.cookies))
            for _ in range(2):
                answer = mine.post(AT, json={"name": f"Event {number}"}, headers={"Idempotency-Key": f"k{number}"})
                statuses[answer.status_code] += 1

        return send

    statuses: Counter[int] = Counter()
    threads = [threading.Thread(target=sender(number)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made_count(engine) == statuses[201] // 2
    assert set(statuses) <= {201, 409}
