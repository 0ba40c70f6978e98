"""Events by hand: a new one, what it is made of, a change to the state that was read, the end of one."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.agendas.queries import agenda_of
from app.hosts.access import Role
from app.schedules.posing import pose
from tests.app.events.planned import a_planned_event
from tests.builders import a_delegate, a_sign_in, an_event, an_organisation, another_host
from tests.clients import signed_in
from tests.conftest import AsKey
from tests.counting import questions

AT = "/api/v1/events"
SESSION = {"day": "2026-06-06", "starts_at": "14:30", "ends_at": "15:30"}
BODY: dict[str, object] = {
    "name": "Convention d'été",
    "time_zone": "Europe/Paris",
    "meeting_minutes": 12,
    "languages": ["fr", "de"],
    "sessions": [SESSION],
    "tables": 3,
    "interpreters": [{"name": "Claire Antoine", "languages": ["fr", "de"], "unavailable": [["14:30", "15:00"]]}],
    "min_meetings": {"social-enterprise": 4},
}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def tag(client: TestClient, path: str) -> dict[str, str]:
    return {"If-Match": client.get(path).headers["etag"]}


def test_an_event_is_made_of_what_is_said_and_its_slots_follow(client: TestClient) -> None:
    made = client.post(AT, json=BODY)

    assert (made.status_code, made.headers["location"]) == (201, f"{AT}/convention-d-ete")
    read = client.get(made.headers["location"])
    assert (read.json(), read.headers["etag"]) == (made.json(), made.headers["etag"])
    shown = read.json()
    assert [slot["starts_at"] for slot in shown["slots"]][:2] == ["2026-06-06T12:30:00Z", "2026-06-06T12:42:00Z"]
    assert len(shown["slots"]) == 5
    assert [table["name"] for table in shown["tables"]] == ["1", "2", "3"]
    assert shown["interpreters"][0]["unavailable"] == [["14:30", "15:00"]]
    assert list(shown["kinds"]) == ["buyer", "social-enterprise", "local-authority", "company"]


def test_a_change_says_what_changes_and_null_clears(client: TestClient) -> None:
    client.post(AT, json={**BODY, "venue": "Halle 2", "max_meetings": 9})
    path = f"{AT}/convention-d-ete"

    changed = client.patch(path, json={"venue": None, "meeting_minutes": 20}, headers=tag(client, path))

    assert changed.status_code == 200
    assert (changed.json()["venue"], changed.json()["max_meetings"], len(changed.json()["slots"])) == (None, 9, 3)
    refused = client.patch(path, json={"name": None}, headers=tag(client, path))
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "body.name")


def test_a_change_without_difference_leaves_the_tag(client: TestClient, engine: Engine) -> None:
    made = client.post(AT, json=BODY)
    path = made.headers["location"]

    again = client.patch(path, json={"name": BODY["name"]}, headers={"If-Match": made.headers["etag"]})

    assert again.headers["etag"] == made.headers["etag"]
    with db.reading(engine) as session:
        assert session.scalars(select(models.AuditEntry.deed)).all() == ["create-event"]


def test_a_stale_change_is_refused_and_loses_nothing(client: TestClient) -> None:
    old = client.post(AT, json=BODY)
    path = old.headers["location"]
    first = client.patch(path, json={"venue": "A"}, headers={"If-Match": old.headers["etag"]})
    second = client.patch(path, json={"venue": "B"}, headers={"If-Match": old.headers["etag"]})

    assert [first.status_code, second.status_code] == [200, 412]
    assert second.headers["etag"] == first.headers["etag"]
    assert client.patch(path, json={"venue": "C"}).status_code == 428
    assert client.get(path).json()["venue"] == "A"


def test_every_fault_of_an_event_is_told_in_the_callers_language(client: TestClient) -> None:
    overlapping = [SESSION, {"day": "2026-06-06", "starts_at": "15:00", "ends_at": "16:00"}]
    body = {**BODY, "sessions": overlapping, "min_meetings": {"dragon": 1}, "tables": [{"name": "A"}, {"name": "A"}]}

    refused = client.post(AT, json=body, headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})

    assert refused.status_code == 422
    assert [(fault["code"], fault["cell"]) for fault in refused.json()["errors"]] == [
        ("sessions-overlap", "sessions.1"),
        ("twice", "tables.1"),
        ("unknown-kind", "min_meetings.dragon"),
    ]
    assert "überschneiden sich" in refused.json()["errors"][0]["message"]
    assert client.get(AT).json()["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"host_id": 7},
        {"id": 1},
        {"time_zone": "Mars/Olympus"},
        {"meeting_minutes": 0},
        {"meeting_minutes": 12.5},
        {"tables": 10**9},
        {"languages": ["xx"]},
        {"rules": {"max_dragons": 1}},
        {"policy": {"mode": {"deep": 1}}},
        {"sessions": [{**SESSION, "day": "9999-12-31"}]},
        {"sessions": [{**SESSION, "ends_at": "14:31"}]},
    ],
)
def test_what_makes_no_event_is_refused(wrong: dict[str, object], client: TestClient) -> None:
    assert client.post(AT, json=BODY | wrong).status_code == 422


def test_a_second_event_of_a_name_needs_a_slug_of_its_own(client: TestClient) -> None:
    assert client.post(AT, json=BODY).status_code == 201
    assert client.post(AT, json=BODY).status_code == 409
    assert client.post(AT, json={**BODY, "slug": "autre"}).json()["slug"] == "autre"
    assert [one["slug"] for one in client.get(AT, params={"q": "ÉTÉ"}).json()["items"]][:1] in (
        [],
        ["convention-d-ete"],
    )
    assert [one["slug"] for one in client.get(AT, params={"q": "convention"}).json()["items"]] == [
        "convention-d-ete",
        "autre",
    ]


def test_other_hosts_see_nothing_of_it(client: TestClient, engine: Engine, service: FastAPI) -> None:
    path = client.post(AT, json=BODY).headers["location"]
    with db.writing(engine) as session:
        theirs = signed_in(service, a_sign_in(session, Role.OWNER, another_host(session)))

    answers = [theirs.get(path), theirs.patch(path, json={"venue": "X"}), theirs.delete(path)]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert theirs.get(AT).json()["items"] == []
    assert theirs.post(AT, json=BODY).status_code == 201, "the same name, for another host"


def test_a_key_for_one_event_creates_no_other(client_with_key: AsKey, engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session, name="Deux")
        only = an_event(session, name="Un").id
    with_key = client_with_key(Role.EDITOR, only)

    assert [row["slug"] for row in with_key.get(AT).json()["items"]] == ["un"]
    assert with_key.post(AT, json=BODY).status_code == 403


def test_an_owner_deletes_an_event_with_everything_in_it(client: TestClient, engine: Engine) -> None:
    path = f"{AT}/{a_planned_event(engine)}"

    assert client.delete(path).status_code == 428
    assert client.delete(path, headers=tag(client, path)).status_code == 204

    assert client.get(path).status_code == 404
    with db.reading(engine) as session:
        for table in (models.Organisation, models.Meeting, models.Slot, models.Version, models.Wish):
            assert session.scalars(select(table)).all() == []


def test_a_list_asks_as_many_questions_for_three_as_for_one(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session, name="Un")
    with questions(engine) as for_one:
        client.get(AT)
    with db.writing(engine) as session:
        an_event(session, name="Deux")
        an_event(session, name="Trois")
    with questions(engine) as for_three:
        assert len(client.get(AT).json()["items"]) == 3
    assert len(for_three) == len(for_one)


def test_the_programme_has_items_and_places_that_run_out(client: TestClient, engine: Engine) -> None:
    path = client.post(AT, json=BODY).headers["location"]
    with db.writing(engine) as session:
        made = session.scalars(select(models.Event)).one()
        people = [an_organisation(session, made, name).delegates[0].id for name in ("Un", "Deux")]
    body = {"title": "Table ronde", "starts_at": "2026-06-06T13:30:00+02:00", "ends_at": "2026-06-06T14:30:00+02:00"}
    item = client.post(f"{path}/programme", json={**body, "capacity": 1})
    at = item.headers["location"]

    answers = [client.post(f"{at}/registrations", json={"delegate": key}).status_code for key in (*people, 999)]

    assert answers == [201, 409, 404]
    assert client.get(at).json()["registered"] == 1
    assert client.patch(at, json={"capacity": 0}, headers=tag(client, at)).status_code == 409
    assert client.delete(f"{at}/registrations/{people[0]}").status_code == 204
    assert client.post(f"{at}/registrations", json={"delegate": people[1]}).status_code == 201
    listed = client.get(f"{at}/registrations").json()["items"]
    assert [one["delegate"] for one in listed] == [people[1]]
    assert client.delete(at, headers=tag(client, at)).status_code == 204
    assert client.get(f"{path}/programme").json()["items"] == []


def test_an_item_that_changes_keeps_its_identity_in_calendars(client: TestClient, engine: Engine) -> None:
    path = client.post(AT, json=BODY).headers["location"]
    body = {"title": "Buffet", "starts_at": "2026-06-06T12:00:00+02:00", "ends_at": "2026-06-06T13:00:00+02:00"}
    item = client.post(f"{path}/programme", json={**body, "attendance": "all"})
    at = item.headers["location"]

    later = client.patch(at, json={"ends_at": "2026-06-06T13:30:00+02:00"}, headers=tag(client, at))

    assert later.json()["uid"] == item.json()["uid"]
    with db.reading(engine) as session:
        assert session.scalars(select(models.ProgrammeItem.sequence)).one() == 1
    for wrong in ({"ends_at": body["starts_at"]}, {"attendance": "dragon"}, {"online_link": "file:///etc/passwd"}):
        assert client.patch(at, json=wrong, headers=tag(client, at)).status_code == 422


def test_a_header_is_settled_for_the_imports_to_come(client: TestClient) -> None:
    path = client.post(AT, json=BODY).headers["location"]
    made = client.post(f"{path}/columns", json={"header": "Wer kommt", "field": "organisation"})
    at = made.headers["location"]
    assert client.post(f"{path}/columns", json={"header": "Wer kommt", "field": "city"}).status_code == 409
    assert client.post(f"{path}/columns", json={"header": "X", "field": "password_hash"}).status_code == 422
    assert client.patch(at, json={"field": "-"}, headers=tag(client, at)).json()["field"] == "-"
    assert client.delete(at, headers=tag(client, at)).status_code == 204
    assert client.get(f"{path}/columns").json()["items"] == []


def test_who_is_registered_for_an_item_attends_it_and_meets_nobody_meanwhile(
    client: TestClient, engine: Engine
) -> None:
    with db.writing(engine) as session:
        made = an_event(session, slots=4, tables=2, minutes=15)
        one = an_organisation(session, made, "Longwy", a_delegate("A"), a_delegate("B"))
        an_organisation(session, made, "Werk")
        listener, other = (person.id for person in one.delegates)
        home, slot = one.id, made.slots[1]
        during = {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
    item = client.post(f"{AT}/convention/programme", json={"title": "Atelier", **during}).headers["location"]
    client.post(f"{item}/registrations", json={"delegate": listener})

    with db.reading(engine) as session:
        event = session.scalars(select(models.Event)).one()
        posed = pose(session, event).problem
        titles = [
            [one.title for one in agenda_of(session, event, None, home, person).programme]
            for person in (listener, other, None)
        ]
    assert titles == [["Atelier"], [], ["Atelier"]]
    absent = {str(one.id): len(one.unavailable) for side in posed.participants for one in side.delegates}
    assert (absent[f"d{listener}"], absent[f"d{other}"]) == (1, 0)
