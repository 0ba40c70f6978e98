"""A draft is edited over HTTP: each change names what it was made to, and is answered with what became of it."""

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, select

from app import db, models
from tests.app.schedules.drafts import a_draft
from tests.builders import a_delegate, a_wish, an_event, an_organisation

AT = "/api/v1/events/convention/versions/1"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def draft(engine: Engine) -> None:
    """Four organisations, all of whom wish each other; four slots, three tables; three meetings."""
    with db.writing(engine) as session:
        event = an_event(session, slots=4, tables=3)
        rows = [an_organisation(session, event, name, a_delegate(f"Jo {name}")) for name in "ABCD"]
        for one in rows:
            for other in rows:
                if one is not other:
                    a_wish(session, one, other)
        a_draft(session, event, [("A-B", 0, 0), ("C-D", 0, 1), ("A-C", 1, 0)])


Item = dict[str, object]


def meetings(client: TestClient) -> dict[str, Item]:
    """The meetings of the draft by their pairs."""
    found = client.get(AT).json()["meetings"]
    return {"-".join(side["name"] for side in one["organisations"]): one for one in found}


def tags(*items: Item) -> dict[str, str]:
    return {"If-Match": ", ".join(str(item["etag"]) for item in items)}


def of_draft(client: TestClient) -> dict[str, str]:
    return {"If-Match": client.get(AT).headers["etag"]}


def slots(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Slot.id).order_by(models.Slot.starts_at)))


def move(client: TestClient, item: Item, headers: dict[str, str] | None = None, **where: object) -> Response:
    return client.post(f"{AT}/moves", json={"meeting": item["id"], **where}, headers=tags(item) | (headers or {}))


def test_a_meeting_is_moved_and_shows_its_new_tag(client: TestClient, engine: Engine) -> None:
    before = meetings(client)["A-B"]

    answer = move(client, before, slot=slots(engine)[2], table=3)

    assert answer.status_code == 200
    moved = answer.json()["meetings"][0]
    assert (moved["slot"], moved["table"]["id"]) == (slots(engine)[2], 3)
    assert moved == meetings(client)["A-B"]
    assert moved["etag"] != before["etag"]
    assert answer.json()["version"]["revision"] == 1


def test_a_move_that_breaks_rules_names_them_and_what_is_free(client: TestClient, engine: Engine) -> None:
    answer = move(client, meetings(client)["C-D"], {"Accept-Language": "de"}, slot=slots(engine)[1], table=1)

    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    told = answer.json()
    assert [one["rule"] for one in told["violations"]] == ["delegate-twice", "table-twice"]
    assert told["violations"][1]["sentence"] == "Tisch 1 ist um 14:15 besetzt: Dort treffen sich A und C."
    assert told["detail"].startswith("Das geht nicht.")
    assert len(told["alternatives"]) == 5
    first = told["alternatives"][0]
    place = {key: first[key] for key in ("slot", "table", "delegates", "interpreter")}
    assert move(client, meetings(client)["C-D"], **place).status_code == 200
    assert meetings(client)["C-D"]["starts_at"] == first["starts_at"], "moments are written in one way"


@pytest.mark.parametrize(("header", "status"), [(None, 428), ("*", 428), ('"stale"', 412), ('W/"weak"', 412)], ids=str)
def test_a_change_names_the_tags_of_what_it_touches(
    header: str | None, status: int, client: TestClient, engine: Engine
) -> None:
    one, other = meetings(client)["A-B"], meetings(client)["A-C"]
    headers = {} if header is None else {"If-Match": header}
    requests = [
        ("POST", "moves", {"meeting": one["id"], "slot": slots(engine)[2]}),
        ("POST", "swaps", {"meetings": [one["id"], other["id"]]}),
        ("DELETE", f"meetings/{one['id']}", None),
        ("PUT", f"meetings/{one['id']}/pin", {"is_pinned": True}),
        ("PUT", "organisations/1/pin", {"is_pinned": True}),
        ("PUT", "tables/1/pin", {"is_pinned": True}),
        ("POST", "undo", None),
        ("POST", "redo", None),
        ("POST", "publish", None),
    ]

    answers = [client.request(method, f"{AT}/{path}", json=body, headers=headers) for method, path, body in requests]

    assert [answer.status_code for answer in answers] == [status] * len(requests)
    if status == 412:
        assert answers[0].headers["etag"] == one["etag"]
        assert answers[-1].headers["etag"] == of_draft(client)["If-Match"]
    assert client.get(AT).json()["revision"] == 0


def test_a_swap_names_the_tags_of_both(client: TestClient, engine: Engine) -> None:
    assert move(client, meetings(client)["C-D"], slot=slots(engine)[3]).status_code == 200
    one, other = meetings(client)["A-B"], meetings(client)["A-C"]
    body = {"meetings": [one["id"], other["id"]]}

    half = client.post(f"{AT}/swaps", json=body, headers=tags(one))
    stale = client.post(f"{AT}/swaps", json=body, headers=tags(one, {"etag": '"old"'}))
    whole = client.post(f"{AT}/swaps", json=body, headers=tags(one, other))

    assert (half.status_code, half.headers["etag"]) == (412, other["etag"])
    assert half.json()["detail"] == "This changes more than one thing: name the ETag of each in If-Match."
    assert (stale.status_code, stale.headers["etag"]) == (412, other["etag"])
    assert stale.json()["detail"].startswith("This was changed since you read it")
    assert [item["slot"] for item in whole.json()["meetings"]] == [other["slot"], one["slot"]]


def test_meetings_are_added_removed_and_had_back(client: TestClient, engine: Engine) -> None:
    made = client.post(f"{AT}/meetings", json={"organisations": [4, 1]})
    assert made.status_code == 201
    item = made.json()["meetings"][0]
    assert client.get(made.headers["location"]).json() == item
    again = client.post(f"{AT}/meetings", json={"organisations": [4, 1]})
    assert again.status_code == 409

    gone = client.delete(f"{AT}/meetings/{item['id']}", headers=tags(item))

    assert (gone.status_code, gone.json()["removed"]) == (200, [item["id"]])
    assert client.get(made.headers["location"]).status_code == 404
    back = client.post(f"{AT}/undo", headers=of_draft(client))
    assert back.json()["meetings"] == [item]
    redone = client.post(f"{AT}/redo", headers=of_draft(client))
    assert redone.json()["removed"] == [item["id"]]
    assert not redone.json()["version"]["can_redo"]


def test_what_is_pinned_shows(client: TestClient) -> None:
    item = meetings(client)["A-B"]

    pinned = client.put(f"{AT}/meetings/{item['id']}/pin", json={"is_pinned": True}, headers=tags(item))
    client.put(f"{AT}/organisations/3/pin", json={"is_pinned": True}, headers=of_draft(client))
    client.put(f"{AT}/tables/2/pin", json={"is_pinned": True}, headers=of_draft(client))

    assert pinned.json()["meetings"][0]["is_pinned"]
    told = client.get(AT).json()
    assert (told["pinned_organisations"], told["pinned_tables"], told["revision"]) == ([3], [2], 3)
    same = client.put(f"{AT}/tables/2/pin", json={"is_pinned": True}, headers=of_draft(client))
    assert (same.status_code, same.json()["version"]["revision"]) == (200, 3)


def test_a_rule_is_broken_on_purpose_and_that_shows(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        for row in session.scalars(select(models.Organisation)):
            row.max_meetings = 2

    refused = client.post(f"{AT}/meetings", json={"organisations": [1, 4]})
    forced = client.post(f"{AT}/meetings?force=true", json={"organisations": [1, 4]})

    assert refused.status_code == 409
    assert [one["can_be_forced"] for one in refused.json()["violations"]] == [True]
    assert forced.status_code == 201
    assert forced.json()["meetings"][0]["forced"] == ["max_meetings"]
    assert [one["rule"] for one in forced.json()["violations"]] == ["max_meetings"]
    with db.reading(engine) as session:
        entry = session.scalars(select(models.AuditEntry).order_by(models.AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.deed, entry.after) == ("add-meeting", {"version": 1, "revision": 1, "forced": "max_meetings"})


def test_a_published_version_is_not_edited(client: TestClient, engine: Engine) -> None:
    item = meetings(client)["A-B"]
    assert client.post(f"{AT}/publish", headers=of_draft(client)).status_code == 200

    answer = move(client, item, slot=slots(engine)[2])

    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "Version 1 is published and never changes; edit a draft.",
    )


@pytest.mark.parametrize(
    "body",
    [
        {"meeting": 1, "slot": 0},
        {"meeting": 1, "slot": True},
        {"meeting": 1, "slot": 10**30},
        {"meeting": "1"},
        {"meeting": 1, "delegates": [1]},
        {"meeting": 1, "force": True},
        {"meeting": 1, "slot": 999},
        {"meeting": 1, "interpreter": 1},
    ],
    ids=str,
)
def test_what_there_is_not_is_refused(body: Item, client: TestClient) -> None:
    answer = client.post(f"{AT}/moves", json=body, headers=tags(meetings(client)["A-B"]))

    assert answer.status_code == 422
