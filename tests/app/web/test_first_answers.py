"""Which first answers are kept for an Idempotency-Key, for how long, and which are decided anew, in both databases."""

from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from app import clock, db, models
from app.errors import Conflict, Stale, Unready
from tests.app.web.trials import AT, KEY, Trials, fresh_trials, made_count, trials_router
from tests.clients import HERE, service_over


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def trials() -> Trials:
    return fresh_trials()


@pytest.fixture
def service(engine: Engine, trials: Trials) -> FastAPI:
    return service_over(engine, more=trials_router)


def test_who_may_no_longer_gets_no_answer_again(engine: Engine, client: TestClient) -> None:
    client.post(AT, json={"name": "Hiver"}, headers=KEY)
    with db.writing(engine) as session:
        session.query(models.Membership).update({"role": "reader"})

    assert client.post(AT, json={"name": "Hiver"}, headers=KEY).status_code == 403


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

    service = service_over(engine, now=at, more=trials_router)
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
