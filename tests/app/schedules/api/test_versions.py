"""Versions over HTTP: the list, one, what differs between two, copies and publication."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, select

from app import db, models
from app.hosts.access import Role
from tests.app.schedules.drafts import a_draft
from tests.builders import a_delegate, a_wish, an_event, an_organisation
from tests.conftest import AsRole

AT = "/api/v1/events/convention/versions"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def draft(engine: Engine) -> None:
    with db.writing(engine) as session:
        made = an_event(session, slots=4, tables=3)
        rows = [an_organisation(session, made, name, a_delegate(f"Jo {name}")) for name in "ABCD"]
        for one in rows:
            for other in rows:
                if one is not other:
                    a_wish(session, one, other)
        a_draft(session, made, [("A-B", 0, 0), ("C-D", 0, 1), ("A-C", 1, 0)])


def publish(client: TestClient, number: int) -> int:
    tag = client.get(f"{AT}/{number}").headers["etag"]
    return client.post(f"{AT}/{number}/publish", headers={"If-Match": tag}).status_code


def test_a_version_says_where_it_comes_from_and_what_it_holds(client: TestClient) -> None:
    told = client.get(f"{AT}/1").json()

    assert {key: told[key] for key in ("number", "state", "base", "revision", "meetings_count", "can_undo")} == {
        "number": 1,
        "state": "draft",
        "base": None,
        "revision": 0,
        "meetings_count": 3,
        "can_undo": False,
    }
    assert [one["starts_at"] for one in told["meetings"]] == [
        "2026-06-06T12:00:00Z",
        "2026-06-06T12:00:00Z",
        "2026-06-06T12:15:00Z",
    ]
    assert client.get(f"{AT}/1?meetings=false").json()["meetings"] == []
    assert client.get(f"{AT}/2").status_code == 404


def test_what_was_proved_of_a_timetable_is_not_said_of_an_edited_one(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        row = session.scalars(select(models.Version)).one()
        row.status, row.score, row.bounds, row.proved = "optimal", {"held": 3}, {"held": 3}, ["held"]
    meeting = client.get(f"{AT}/1").json()["meetings"][0]

    removed = client.delete(f"{AT}/1/meetings/{meeting['id']}", headers={"If-Match": meeting["etag"]})

    claims = ("status", "score", "bounds", "proved")
    told = client.get(f"{AT}/1").json()
    assert (removed.status_code, [told[key] for key in claims]) == (200, ["feasible", {}, {}, []])
    copied = client.post(AT, json={"from": 1}).json()
    assert (copied["status"], copied["proved"]) == ("feasible", [])
    client.post(f"{AT}/1/undo", headers={"If-Match": told["etag"]})
    told = client.get(f"{AT}/1").json()
    assert [told[key] for key in claims] == ["optimal", {"held": 3}, {"held": 3}, ["held"]]


def test_meetings_come_in_pages(client: TestClient) -> None:
    whole = client.get(f"{AT}/1").json()["meetings"]
    first = client.get(f"{AT}/1/meetings?limit=2").json()
    second = client.get(f"{AT}/1/meetings?limit=2&after={first['next']}").json()

    assert (first["items"] + second["items"], second["next"]) == (whole, None)
    one = client.get(f"{AT}/1/meetings/{whole[0]['id']}")
    assert (one.json(), one.headers["etag"]) == (whole[0], whole[0]["etag"])


def test_a_copy_is_a_draft_that_stands_as_its_base(client: TestClient) -> None:
    assert publish(client, 1) == 200

    made = client.post(AT, json={"from": 1})

    assert (made.status_code, made.headers["location"]) == (201, f"{AT}/2")
    assert (made.json()["state"], made.json()["base"]) == ("draft", {"number": 1, "revision": 0})
    same = [
        [{key: item[key] for key in item if key != "etag"} for item in client.get(f"{AT}/{number}").json()["meetings"]]
        for number in (1, 2)
    ]
    assert same[0] == same[1]
    assert client.get(f"{AT}/1/diff/2").json()["meetings"] == []
    assert client.post(AT, json={"from": 9}).status_code == 404


def test_a_publication_tells_exactly_whose_agenda_changes(client: TestClient, engine: Engine) -> None:
    assert publish(client, 1) == 200
    client.post(AT, json={"from": 1})
    items = {"-".join(o["name"] for o in one["organisations"]): one for one in client.get(f"{AT}/2").json()["meetings"]}
    with db.reading(engine) as session:
        slots = list(session.scalars(select(models.Slot.id).order_by(models.Slot.starts_at)))
    moved, gone = items["A-B"], items["C-D"]
    client.post(f"{AT}/2/moves", json={"meeting": moved["id"], "slot": slots[3]}, headers={"If-Match": moved["etag"]})
    client.delete(f"{AT}/2/meetings/{gone['id']}", headers={"If-Match": gone["etag"]})
    new = client.post(f"{AT}/2/meetings", json={"organisations": [2, 3]}).json()["meetings"][0]
    tag = client.get(f"{AT}/2").headers["etag"]

    answer = client.post(f"{AT}/2/publish", headers={"If-Match": tag})

    diff = answer.json()["diff"]
    assert answer.status_code == 200
    assert diff == client.get(f"{AT}/1/diff/2").json()
    assert {one["meeting"]: one["kind"] for one in diff["meetings"]} == {
        moved["id"]: "moved",
        gone["id"]: "cancelled",
        new["id"]: "new",
    }
    assert diff["organisations"] == [1, 2, 3, 4]
    assert {one["delegate"]: one["changes"] for one in diff["delegates"]} == {
        1: {str(moved["id"]): "moved"},
        2: {str(moved["id"]): "moved", str(new["id"]): "new"},
        3: {str(gone["id"]): "cancelled", str(new["id"]): "new"},
        4: {str(gone["id"]): "cancelled"},
    }


def test_a_version_is_published_once_and_no_older_one_after_it(client: TestClient) -> None:
    client.post(AT, json={"from": 1})

    assert publish(client, 2) == 200
    assert publish(client, 2) == 409
    assert publish(client, 1) == 409


def test_versions_are_listed_with_as_many_questions_for_three_as_for_one(client: TestClient, engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for _ in range(3):
        asked.clear()
        page = client.get(AT).json()
        counts.append(len(asked))
        client.post(AT, json={"from": 1})

    assert len(page["items"]) == 3
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", ""), ("POST", "/1/moves"), ("POST", "/1/meetings"), ("POST", "/1/publish"), ("POST", "/1/undo")],
)
def test_the_desk_reads_and_does_not_edit(method: str, path: str, client_as: AsRole) -> None:
    desk = client_as(Role.DESK)

    assert desk.get(f"{AT}/1").status_code == 200
    assert desk.request(method, f"{AT}{path}", json={"meeting": 1, "from": 1}).status_code == 403
