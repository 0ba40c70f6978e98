"""Publishing over HTTP says who is told: exactly those whose agenda changes, and where their messages are."""

from datetime import date, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db, models
from tests.app.agendas.fairs import a_fair
from tests.app.agendas.timetables import Held, a_draft

EVENT = "/api/v1/events/convention"


@pytest.fixture
def fair(any_engine: Engine) -> dict[str, int]:
    """Two drafts of the fair: Jo meets Anne, then also Bo; Bo and Ute have no address. Delegates by name."""
    with db.writing(any_engine) as session:
        made = a_fair(session, day=date(2126, 6, 6))
        made.jo.email = "jo@x.example"
        a_draft(session, made.event, [Held(made.jo, made.anne)])
        a_draft(session, made.event, [Held(made.jo, made.anne), Held(made.jo, made.bo, slot=1)])
        return {"jo": made.jo.id, "anne": made.anne.id, "bo": made.bo.id}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def published(client: TestClient, number: int) -> dict[str, object]:
    at = f"{EVENT}/versions/{number}"
    answer = client.post(f"{at}/publish", headers={"If-Match": client.get(at).headers["etag"]})
    assert answer.status_code == 200, answer.text
    told = answer.json()["messages"]
    assert isinstance(told, dict)
    return told


def listed(client: TestClient, told: dict[str, object]) -> list[tuple[int, str]]:
    return [(one["delegate_id"], one["kind"]) for one in client.get(str(told["list"])).json()["items"]]


def test_the_answer_counts_who_is_told_and_leads_to_the_messages(fair: dict[str, int], client: TestClient) -> None:
    first = published(client, 1)
    second = published(client, 2)

    assert {key: first[key] for key in ("invited", "informed", "without_address")} == {
        "invited": 2,
        "informed": 0,
        "without_address": 0,
    }
    assert listed(client, first) == [
        (fair["jo"], "invitation"),
        (fair["anne"], "invitation"),
        (fair["jo"], "changes"),
    ]
    assert {key: second[key] for key in ("invited", "informed", "without_address")} == {
        "invited": 0,
        "informed": 1,
        "without_address": 1,
    }
    assert (fair["jo"], "changes") in listed(client, second)


def test_messages_are_listed_since_a_moment_with_its_offset(fair: dict[str, int], client: TestClient) -> None:
    published(client, 1)

    assert client.get(f"{EVENT}/messages", params={"since": "2126-06-06T12:00:00+02:00"}).json()["items"] == []
    assert client.get(f"{EVENT}/messages", params={"since": "2126-06-06T12:00:00"}).status_code == 422


def test_the_moment_of_messages_is_the_moment_of_the_publication(
    fair: dict[str, int], client: TestClient, engine: Engine
) -> None:
    published(client, 1)

    with db.reading(engine) as session:
        version = session.query(models.Version).filter(models.Version.number == 1).one()
        moments: set[datetime] = {one.created_at for one in session.query(models.Message)}
        assert moments == {version.published_at}
