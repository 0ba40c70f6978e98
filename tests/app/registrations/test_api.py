"""Organisations and delegates by hand, in both databases."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.hosts.access import Role
from tests.builders import a_delegate, a_sign_in, an_event, an_organisation, another_host
from tests.clients import signed_in
from tests.conftest import AsKey, AsRole
from tests.counting import questions

AT = "/api/v1/events/convention"
FIL: dict[str, object] = {
    "name": "Atelier du Fil",
    "reference": "17",
    "kind": "social-enterprise",
    "structure_type": "ESAT",
    "country": "FR",
    "postal_code": "07120",
    "offers": [{"text": "blanchisserie", "cpv": ["98310000"]}],
    "sdgs": [8, 12],
}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def _event(engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session)


def tag(client: TestClient, path: str) -> dict[str, str]:
    return {"If-Match": client.get(path).headers["etag"]}


def created(client: TestClient, **more: object) -> str:
    """The address of a new organisation."""
    return str(client.post(f"{AT}/organisations", json=FIL | more).headers["location"])


def test_an_organisation_is_registered_found_changed_and_taken_out(client: TestClient) -> None:
    path = created(client)
    assert client.get(path).json()["offers"] == [{"text": "blanchisserie", "cpv": ["98310000"]}]
    for words in ("FIL", "atelier", "17"):
        assert [one["name"] for one in client.get(f"{AT}/organisations", params={"q": words}).json()["items"]] == [
            "Atelier du Fil"
        ]
    assert client.get(f"{AT}/organisations", params={"country": "DE"}).json()["items"] == []
    assert client.get(f"{AT}/organisations", params={"kind": "buyer"}).json()["items"] == []

    change = {"postal_code": None, "needs": [{"text": "tissu"}], "max_meetings": 8}
    changed = client.patch(path, json=change, headers=tag(client, path)).json()

    assert (changed["postal_code"], changed["reference"], changed["needs"], changed["max_meetings"]) == (
        None,
        "17",
        [{"text": "tissu", "cpv": []}],
        8,
    )
    assert client.delete(path, headers=tag(client, path)).status_code == 204
    assert client.get(path).status_code == 404
    assert client.get(f"{AT}/organisations").json()["items"] == []


def test_script_and_formulas_are_kept_as_the_text_that_they_are(client: TestClient) -> None:
    name = '=HYPERLINK("http://x.example","<script>alert(1)</script>")'
    path = created(client, name=name, description="<img src=x onerror=alert(1)>\n=1+1")
    assert client.get(path).json()["name"] == name
    assert client.get(path).json()["description"] == "<img src=x onerror=alert(1)>\n=1+1"
    assert client.get(path).headers["content-type"] == "application/json"


def test_two_of_a_name_or_reference_are_refused(client: TestClient) -> None:
    created(client)
    again = client.post(f"{AT}/organisations", json={"name": "ATELIER  du fil"})
    same = client.post(f"{AT}/organisations", json={"name": "Autre", "reference": "17"})
    assert [again.status_code, same.status_code] == [409, 409]


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        ({"kind": "dragon"}, "kind"),
        ({"home_table": "Tisch 99"}, "home_table"),
        ({"min_meetings": 9, "max_meetings": 3}, "min_meetings"),
        ({"accessibility": "fauteuil"}, "accessibility"),
    ],
)
def test_what_the_event_does_not_know_is_told_with_its_place(
    wrong: dict[str, object], cell: str, client: TestClient
) -> None:
    refused = client.post(f"{AT}/organisations", json=FIL | wrong)
    assert (refused.status_code, [fault["cell"] for fault in refused.json()["errors"]]) == (422, [cell])


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 1},
        {"event_id": 2},
        {"is_withdrawn": False},
        {"name_key": "x"},
        {"country": "XQ"},
        {"country": "fr"},
        {"sdgs": [18]},
        {"sdgs": [1.5]},
        {"offers": [{"text": "a", "cpv": ["9831000"]}]},
        {"website": "javascript:alert(1)"},
        {"max_meetings": True},
    ],
)
def test_what_no_organiser_may_set_or_means_is_refused(wrong: dict[str, object], client: TestClient) -> None:
    assert client.post(f"{AT}/organisations", json=FIL | wrong).status_code == 422


def test_a_delegate_is_registered_changed_and_taken_out(client: TestClient) -> None:
    home = created(client)
    body = {"organisation": int(home.rsplit("/", 1)[1]), "first_name": "Luc", "last_name": "Petit", "arrives": "14:30"}
    made = client.post(f"{AT}/delegates", json={**body, "email": "luc@fil.example", "languages": ["fr", "de"]})
    path = made.headers["location"]

    change = {"arrives": None, "unavailable": [["15:00", "15:30"]]}
    changed = client.patch(path, json=change, headers={"If-Match": made.headers["etag"]}).json()

    assert (changed["arrives"], changed["unavailable"], changed["email"]) == (
        None,
        [["15:00", "15:30"]],
        "luc@fil.example",
    )
    assert client.get(home).json()["delegates"] == [{"id": changed["id"], "name": "Luc Petit"}]
    assert client.delete(path, headers=tag(client, path)).status_code == 204
    assert client.get(home).json()["delegates"] == []


def test_a_delegate_who_is_in_a_timetable_is_withdrawn_and_not_lost(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        event = session.scalars(select(models.Event)).one()
        one, other = an_organisation(session, event, "Un", a_delegate("A B")), an_organisation(session, event, "Deux")
        person = one.delegates[0].id
        version = models.Version(
            event_id=event.id, number=1, created_at=event.created_at, status="optimal", problem="{}", score={},
            bounds={}, proved=[], seconds=0.1, engine="x",
        )  # fmt: skip
        session.add(version)
        session.flush()
        identity = models.MeetingIdentity(
            event_id=event.id, organisation_a_id=one.id, organisation_b_id=other.id, ordinal=0, uid="u",
            changed_at=event.created_at,
        )  # fmt: skip
        session.add(identity)
        session.flush()
        meeting = models.Meeting(
            version_id=version.id, identity_id=identity.id, slot_id=event.slots[0].id, table_id=event.tables[0].id,
            value=1,
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        session.add(
            models.Attendance(
                meeting_id=meeting.id, side=0, version_id=version.id, slot_id=meeting.slot_id, delegate_id=person
            )
        )
        home = one.id
    for path in (f"{AT}/delegates/{person}", f"{AT}/organisations/{home}"):
        assert client.delete(path, headers=tag(client, path)).status_code == 204
        assert client.get(path).status_code == 404
    with db.reading(engine) as session:
        assert session.get_one(models.Delegate, person).is_withdrawn
        assert session.get_one(models.Organisation, home).is_withdrawn


def test_how_to_reach_people_is_for_organisers_and_not_for_every_key(
    client: TestClient, client_as: AsRole, client_with_key: AsKey
) -> None:
    home = int(created(client).rsplit("/", 1)[1])
    client.post(f"{AT}/delegates", json={"organisation": home, "email": "luc@fil.example", "phone": "+33 6 1"})

    def seen(who: TestClient) -> tuple[object, object]:
        (one,) = who.get(f"{AT}/delegates").json()["items"]
        return one["email"], one["phone"]

    assert seen(client_as(Role.READER)) == ("luc@fil.example", "+33 6 1")
    assert seen(client_with_key(Role.EDITOR)) == ("luc@fil.example", "+33 6 1")
    assert seen(client_with_key(Role.READER)) == (None, None)
    assert client_with_key(Role.READER).get(f"{AT}/delegates", params={"q": "luc@fil"}).json()["items"] == []


def test_an_address_of_mail_belongs_to_one_organisation(client: TestClient) -> None:
    one, two = (int(created(client, name=name, reference=name).rsplit("/", 1)[1]) for name in ("Un", "Deux"))
    assert client.post(f"{AT}/delegates", json={"organisation": one, "email": "a@x.example"}).status_code == 201
    assert client.post(f"{AT}/delegates", json={"organisation": one, "email": "a@x.example"}).status_code == 201
    assert client.post(f"{AT}/delegates", json={"organisation": two, "email": "A@x.example"}).status_code == 409


def test_another_event_is_out_of_reach(client: TestClient, engine: Engine, service: FastAPI) -> None:
    path = created(client)
    with db.writing(engine) as session:
        other = an_event(session, name="Hiver")
        theirs = an_organisation(session, other, "Autre").id
        stranger = signed_in(service, a_sign_in(session, Role.OWNER, another_host(session)))

    assert stranger.get(path).status_code == 404
    assert client.get(f"{AT}/organisations/{theirs}").status_code == 404
    assert client.post(f"{AT}/delegates", json={"organisation": theirs}).status_code == 404
    assert client.get(f"/api/v1/events/hiver/organisations/{path.rsplit('/', 1)[1]}").status_code == 404


def test_a_lost_update_is_impossible(client: TestClient) -> None:
    path = created(client)
    old = tag(client, path)
    assert client.patch(path, json={"city": "Aubenas"}, headers=old).status_code == 200
    assert client.patch(path, json={"city": "Privas"}, headers=old).status_code == 412
    assert client.delete(path, headers=old).status_code == 412
    assert client.delete(path).status_code == 428
    assert client.get(path).json()["city"] == "Aubenas"


@pytest.mark.parametrize("what", ["organisations", "delegates"])
def test_a_list_asks_as_many_questions_for_three_as_for_one(what: str, client: TestClient, engine: Engine) -> None:
    def add(name: str) -> None:
        home = int(created(client, name=name, reference=name).rsplit("/", 1)[1])
        client.post(f"{AT}/delegates", json={"organisation": home, "last_name": name})
        client.post(f"{AT}/organisations/{home}/labels", json={"name": "ESUS"})

    add("Un")
    with questions(engine) as for_one:
        client.get(f"{AT}/{what}")
    add("Deux")
    add("Trois")
    with questions(engine) as for_three:
        assert len(client.get(f"{AT}/{what}").json()["items"]) == 3
    assert len(for_three) == len(for_one)
