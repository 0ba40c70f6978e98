"""P1: what is sent again with the same Idempotency-Key is done once and answered the same, in both databases."""

import threading
from collections import Counter
from collections.abc import Callable

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.hosts.access import Role
from tests.app.web.trials import AT, KEY, Trials, fresh_trials, made_count, trials_router
from tests.builders import a_key, a_sign_in, another_host, first_host
from tests.clients import HERE, served, service_over, signed_in, with_key
from tests.conftest import AsRole


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def trials() -> Trials:
    return fresh_trials()


@pytest.fixture
def service(engine: Engine, trials: Trials) -> FastAPI:
    return service_over(engine, more=trials_router)


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
    again = [send(big, boundary="two"), send(big, name="b.xlsx")]
    others = [send(big[:-1] + b"x"), send(big, note="m")]

    assert (first.status_code, {answer.content for answer in again}) == (200, {first.content})
    assert [answer.status_code for answer in others] == [422, 422]
    assert made_count(engine) == 1


def test_a_key_is_one_word(client: TestClient) -> None:
    for key in ("", " ", "a b", "x" * 256, "clé"):
        answer = client.post(AT, json={"name": "Hiver"}, headers={"Idempotency-Key": key.encode()})

        assert answer.status_code == 422, key


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
