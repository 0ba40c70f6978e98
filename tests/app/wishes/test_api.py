"""Wishes by hand: for whom, how dearly, or not at all."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db
from tests.builders import an_event, an_organisation
from tests.counting import questions

AT = "/api/v1/events/convention/wishes"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def people(engine: Engine) -> list[int]:
    """Four organisations of the event, and one of another."""
    with db.writing(engine) as session:
        event, other = an_event(session), an_event(session, name="Hiver")
        here = [an_organisation(session, event, name).id for name in ("Longwy", "Werk", "Fil", "Arlon")]
        return [*here, an_organisation(session, other, "Ailleurs").id]


def tag(client: TestClient, path: str) -> dict[str, str]:
    return {"If-Match": client.get(path).headers["etag"]}


def test_a_wish_is_noted_once_changed_and_taken_back(client: TestClient, people: list[int]) -> None:
    one, two, *_ = people
    made = client.post(AT, json={"source": one, "target": two, "rank": 2, "note": "horlogerie"})
    path = made.headers["location"]
    assert (made.status_code, made.json()["written"]) == (201, "Werk")
    assert client.post(AT, json={"source": one, "target": two}).status_code == 409
    assert client.post(AT, json={"source": two, "target": one, "stars": 5}).status_code == 201

    refused = client.patch(path, json={"refuses": True}, headers=tag(client, path)).json()

    assert (refused["refuses"], refused["rank"], refused["note"]) == (True, None, "horlogerie")
    assert [one["id"] for one in client.get(AT, params={"refuses": True}).json()["items"]] == [refused["id"]]
    assert client.delete(path, headers=tag(client, path)).status_code == 204
    assert len(client.get(AT, params={"organisation": one}).json()["items"]) == 1


def test_who_does_not_come_to_this_event_can_neither_wish_nor_be_wished(client: TestClient, people: list[int]) -> None:
    one, elsewhere = people[0], people[-1]
    for body, cells in (
        ({"source": one, "target": elsewhere}, ["target"]),
        ({"source": elsewhere, "target": 10**9}, ["source", "target"]),
        ({"source": one, "target": one}, ["target"]),
        ({"source": one, "target": people[1], "refuses": True, "rank": 1}, ["refuses"]),
    ):
        refused = client.post(AT, json=body)
        assert (refused.status_code, [fault["cell"] for fault in refused.json()["errors"]]) == (422, cells)
    assert client.get(AT).json()["items"] == []


@pytest.mark.parametrize("wrong", [{"rank": 0}, {"rank": 1.5}, {"stars": 6}, {"event_id": 1}, {"written": "x"}])
def test_what_is_no_wish_is_refused(wrong: dict[str, object], client: TestClient, people: list[int]) -> None:
    assert client.post(AT, json={"source": people[0], "target": people[1]} | wrong).status_code == 422


def test_a_list_asks_as_many_questions_for_three_as_for_one(
    client: TestClient, people: list[int], engine: Engine
) -> None:
    client.post(AT, json={"source": people[0], "target": people[1]})
    with questions(engine) as for_one:
        client.get(AT)
    for target in people[2:4]:
        client.post(AT, json={"source": people[0], "target": target})
    with questions(engine) as for_three:
        assert len(client.get(AT).json()["items"]) == 3
    assert len(for_three) == len(for_one)
