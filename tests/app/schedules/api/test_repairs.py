"""On the day: what happened is told, the smallest change is proposed, and becomes a draft exactly as proposed."""

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, select

from app import db, models
from app.hosts.access import Role
from tests.app.schedules.drafts import a_draft, held_by
from tests.builders import a_delegate, a_wish, an_event, an_organisation
from tests.conftest import AsRole

AT = "/api/v1/events/convention"
BEFORE = "2026-06-06T13:00:00+02:00"


@pytest.fixture(autouse=True)
def draft(engine: Engine) -> None:
    """Four organisations that wish each other in a ring and across; five slots, two tables."""
    with db.writing(engine) as session:
        event = an_event(session, slots=5, tables=2)
        rows = {name: an_organisation(session, event, name, a_delegate(f"Jo {name}")) for name in "ABCD"}
        for pair in ("AB", "BC", "CD", "DA", "AC"):
            a_wish(session, rows[pair[0]], rows[pair[1]])
        a_draft(session, event, [("A-B", 0, 0), ("C-D", 0, 1), ("B-C", 1, 0), ("A-D", 1, 1), ("A-C", 2, 0)])


@pytest.fixture
def desk(client_as: AsRole) -> TestClient:
    return client_as(Role.DESK)


def repair(desk: TestClient, *happened: dict[str, object], now: str = BEFORE, **more: object) -> Response:
    return desk.post(f"{AT}/repairs", json={"happened": list(happened), "now": now, **more})


def places(desk: TestClient, number: int) -> dict[str, tuple[int, int | None]]:
    """Slot and table of each meeting of a version, by its pair."""
    found = desk.get(f"{AT}/versions/{number}").json()["meetings"]
    return {
        "-".join(side["name"] for side in one["organisations"]): (one["slot"], one["table"] and one["table"]["id"])
        for one in found
    }


def slots(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Slot.id).order_by(models.Slot.starts_at)))


def test_when_somebody_leaves_only_their_meetings_go(desk: TestClient) -> None:
    before = places(desk, 1)

    proposed = repair(desk, {"what": "left", "organisation": 4})

    assert proposed.status_code == 201
    assert {key: proposed.json()["cost"][key] for key in ("new", "cancelled", "moved", "table", "people")} == {
        "new": 0,
        "cancelled": 2,
        "moved": 0,
        "table": 0,
        "people": 0,
    }
    assert proposed.json()["cost"]["organisations"] == [1, 3, 4]
    assert desk.get(proposed.headers["location"]).json() == proposed.json()
    applied = desk.post(f"{proposed.headers['location']}/apply")
    assert (applied.status_code, applied.json()["base"]) == (201, {"number": 1, "revision": 0})
    assert places(desk, 2) == {pair: place for pair, place in before.items() if "D" not in pair}
    assert desk.post(f"{proposed.headers['location']}/apply").status_code == 409
    assert desk.get(proposed.headers["location"]).json() == {**proposed.json(), "applied": 2}


def test_who_is_late_meets_later_and_nobody_else_moves(desk: TestClient, engine: Engine) -> None:
    before = places(desk, 1)

    proposed = repair(desk, {"what": "late", "organisation": 2, "at": "2026-06-06T14:30:00+02:00"})
    applied = desk.post(f"{proposed.headers['location']}/apply").json()

    after = places(desk, applied["number"])
    moved = {pair for pair in before if before[pair] != after.get(pair)}
    assert moved == {"A-B", "B-C"}
    assert all(after[pair][0] in slots(engine)[2:] for pair in moved)
    assert proposed.json()["cost"]["moved"] == 2


def test_a_lost_table_is_left_by_all_who_were_at_it(desk: TestClient) -> None:
    before = places(desk, 1)

    proposed = repair(desk, {"what": "lost", "table": 2})
    applied = desk.post(f"{proposed.headers['location']}/apply").json()

    after = places(desk, applied["number"])
    assert {table for _, table in after.values()} == {1}
    assert after.keys() == before.keys()
    assert {pair for pair in before if before[pair] != after[pair]} == {"C-D", "A-D"}


def test_what_has_begun_is_over(desk: TestClient, engine: Engine) -> None:
    before = places(desk, 1)

    proposed = repair(desk, {"what": "left", "organisation": 1}, now="2026-06-06T14:20:00+02:00")
    applied = desk.post(f"{proposed.headers['location']}/apply").json()

    after = places(desk, applied["number"])
    past = slots(engine)[:2]
    assert after == {pair: place for pair, place in before.items() if place[0] in past}


def test_somebody_who_comes_unexpected_gets_meetings_without_moving_others(desk: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        event = session.scalars(select(models.Event)).one()
        late = an_organisation(session, event, "E", a_delegate("Jo E"))
        for other in session.scalars(select(models.Organisation).where(models.Organisation.name.in_(["A", "B"]))):
            a_wish(session, late, other)
    before = places(desk, 1)

    proposed = repair(desk, {"what": "came", "organisation": late.id})
    applied = desk.post(f"{proposed.headers['location']}/apply").json()

    after = places(desk, applied["number"])
    assert {pair: after[pair] for pair in before} == before
    assert after.keys() - before.keys() == {"A-E", "B-E"}
    assert proposed.json()["cost"]["new"] == 2


def test_what_is_pinned_stays_as_long_as_it_can(desk: TestClient, client: TestClient) -> None:
    for pair in ("A-B", "A-C"):
        item = next(
            one
            for one in client.get(f"{AT}/versions/1").json()["meetings"]
            if "-".join(side["name"] for side in one["organisations"]) == pair
        )
        path = f"{AT}/versions/1/meetings/{item['id']}/pin"
        assert client.put(path, json={"is_pinned": True}, headers={"If-Match": item["etag"]}).status_code == 200

    proposed = repair(desk, {"what": "late", "organisation": 2, "at": "2026-06-06T14:30:00+02:00"})
    applied = desk.post(f"{proposed.headers['location']}/apply").json()

    assert places(desk, applied["number"])["A-C"] == places(desk, 1)["A-C"]
    assert places(desk, applied["number"])["A-B"] != places(desk, 1)["A-B"]


@pytest.mark.parametrize("what", ["edit", "data", "repair"])
def test_a_proposal_holds_only_while_nothing_changes(
    what: str, desk: TestClient, client: TestClient, engine: Engine
) -> None:
    proposed = repair(desk, {"what": "left", "organisation": 4})
    if what == "edit":
        assert client.post(f"{AT}/versions/1/meetings", json={"organisations": [2, 4]}).status_code == 201
    elif what == "data":
        with db.writing(engine) as session:
            session.get_one(models.Delegate, 1).leaves = "14:30"
    else:
        other = repair(desk, {"what": "left", "organisation": 3})
        assert desk.post(f"{other.headers['location']}/apply").status_code == 201

    applied = desk.post(f"{proposed.headers['location']}/apply")

    assert (applied.status_code, applied.json()["detail"]) == (
        409,
        "Something has changed since this was proposed: ask for a new proposal.",
    )


def test_who_is_away_is_remembered(desk: TestClient, client: TestClient, engine: Engine) -> None:
    proposed = repair(desk, {"what": "left", "organisation": 4})
    number = desk.post(f"{proposed.headers['location']}/apply").json()["number"]

    added = client.post(f"{AT}/versions/{number}/meetings", json={"organisations": [1, 4]})

    assert added.status_code == 409
    assert "Jo D (D) is not there" in added.json()["detail"]
    with db.reading(engine) as session:
        version = session.scalars(select(models.Version).where(models.Version.number == number)).one()
        assert len(held_by(session, version)[1].meetings) == 3
    back = repair(desk, {"what": "came", "organisation": 4}, version=number)
    assert back.json()["cost"]["new"] == 2


@pytest.mark.parametrize(
    "happening",
    [
        {"what": "left"},
        {"what": "left", "table": 1},
        {"what": "lost", "organisation": 1},
        {"what": "late", "organisation": 1},
        {"what": "late", "organisation": 1, "at": "2026-06-07T14:30:00+02:00"},
        {"what": "left", "organisation": 1, "delegate": 1},
        {"what": "eaten", "organisation": 1},
    ],
    ids=str,
)
def test_what_cannot_have_happened_is_refused(happening: dict[str, object], desk: TestClient) -> None:
    assert repair(desk, happening).status_code == 422


def test_only_what_is_of_the_event_can_happen(desk: TestClient) -> None:
    for happening in ({"what": "left", "organisation": 99}, {"what": "lost", "table": 99}):
        assert repair(desk, happening).status_code == 404
    assert desk.post(f"{AT}/repairs/99/apply").status_code == 404
