"""Suggestions with their reasons, and labels, over HTTP."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db
from tests.builders import an_event
from tests.counting import questions

AT = "/api/v1/events/convention"
TOWN: dict[str, object] = {
    "name": "Ville de Longwy",
    "kind": "local-authority",
    "country": "FR",
    "postal_code": "54400",
    "needs": [{"text": "nettoyage des écoles", "cpv": ["90919300"]}],
}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def _event(engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session)


def came(client: TestClient, body: dict[str, object], languages: tuple[str, ...] = ("fr",)) -> int:
    """An organisation with a delegate; return its id."""
    key = int(client.post(f"{AT}/organisations", json=body).json()["id"])
    client.post(f"{AT}/delegates", json={"organisation": key, "last_name": "A", "languages": list(languages)})
    return key


def a_supplier(client: TestClient, name: str, cpv: str = "90919300", **more: object) -> int:
    offers = [{"text": "nettoyage", "cpv": [cpv]}]
    return came(client, {"name": name, "kind": "company", "country": "FR", "offers": offers} | more)


def partners(client: TestClient, of: int) -> list[str]:
    found = client.get(f"{AT}/suggestions", params={"organisation": of}).json()["items"]
    return [one["partner"]["name"] for one in found]


def test_whom_an_organisation_should_meet_best_first_and_why(client: TestClient) -> None:
    town = came(client, TOWN)
    a_supplier(client, "Vague", "90910000")
    a_supplier(client, "Propre", kind="social-enterprise", structure_type="ESAT", postal_code="54400")

    answer = client.get(f"{AT}/suggestions", params={"organisation": town}, headers={"Accept-Language": "de"}).json()

    first, second = answer["items"]
    assert (first["partner"]["name"], first["rank"], second["partner"]["name"]) == ("Propre", 1, "Vague")
    assert first["score"] > second["score"]
    assert first["reasons"][0]["code"] == "need-met-same"
    assert first["reasons"][0]["sentence"].startswith("Bietet, was Sie suchen (nettoyage des écoles)")
    assert (first["reservation"]["answer"], second["reservation"]) == ("yes", None)
    assert "L2113" in first["reservation"]["article"]
    (advice,) = answer["advice"]
    assert (advice["advice"], advice["offering"], advice["eligible"]) == ("reserve-lots", 2, 1)
    assert "1" in advice["sentence"]


def test_a_refusal_is_never_suggested_and_a_wish_needs_none(client: TestClient) -> None:
    town = came(client, TOWN)
    one, two, three = (a_supplier(client, name) for name in ("Un", "Deux", "Trois"))
    assert set(partners(client, town)) == {"Un", "Deux", "Trois"}
    client.post(f"{AT}/wishes", json={"source": one, "target": town, "refuses": True})
    client.post(f"{AT}/wishes", json={"source": town, "target": two})
    assert partners(client, town) == ["Trois"]
    assert partners(client, one) == []
    path = f"{AT}/organisations/{three}"
    client.delete(path, headers={"If-Match": client.get(path).headers["etag"]})
    assert partners(client, town) == []


def test_suggestions_come_in_pages_that_miss_and_repeat_nothing(client: TestClient) -> None:
    keys = [came(client, {**TOWN, "name": f"Ville {number}"}) for number in range(3)]
    keys += [a_supplier(client, f"Service {number}") for number in range(4)]
    for query in ({"each": "3"}, {"organisation": str(keys[0])}):
        whole = client.get(f"{AT}/suggestions", params={**query, "limit": "200"}).json()
        assert whole["next"] is None
        read: list[object] = []
        after: str | None = None
        while True:
            more = {"after": after} if after else {}
            page = client.get(f"{AT}/suggestions", params={**query, "limit": "2", **more}).json()
            read += page["items"]
            after = page["next"]
            if after is None:
                break
        assert read == whole["items"]
        assert len(read) > 3


@pytest.mark.parametrize("after", ["WyJhIl0", "WzEsMiwzXQ", "Wy0xLC0xXQ"])
def test_a_cursor_of_no_list_is_refused(after: str, client: TestClient) -> None:
    assert client.get(f"{AT}/suggestions", params={"after": after}).status_code == 422


def test_an_organisation_that_is_not_there_has_no_suggestions(client: TestClient) -> None:
    assert client.get(f"{AT}/suggestions", params={"organisation": 999}).status_code == 404
    assert client.get(f"{AT}/suggestions").json() == {"items": [], "next": None, "advice": []}


def test_suggestions_ask_as_many_questions_for_three_as_for_one(client: TestClient, engine: Engine) -> None:
    came(client, TOWN)
    a_supplier(client, "Un")
    client.get(f"{AT}/suggestions")
    with questions(engine) as for_one:
        client.get(f"{AT}/suggestions")
    a_supplier(client, "Deux")
    a_supplier(client, "Trois")
    client.get(f"{AT}/suggestions")
    with questions(engine) as for_three:
        client.get(f"{AT}/suggestions")
    assert len(for_three) == len(for_one)


def test_a_label_is_said_verified_and_changed(client: TestClient) -> None:
    home = a_supplier(client, "Un")
    made = client.post(f"{AT}/organisations/{home}/labels", json={"name": "ESUS", "valid_from": "2024-01-01"})
    at = f"{AT}/labels/{made.json()['id']}"
    assert client.post(f"{AT}/organisations/{home}/labels", json={"name": "esus"}).status_code == 409

    seen = {"verified_by": "Cluster ESS", "evidence_link": "https://x.example/a.pdf"}
    verified = client.post(f"{at}/verification", json=seen).json()
    assert (verified["verified_by"], verified["evidence_link"]) == ("Cluster ESS", "https://x.example/a.pdf")
    tag = {"If-Match": client.get(at).headers["etag"]}
    changed = client.patch(at, json={"valid_until": "2026-12-31"}, headers=tag).json()
    assert (changed["valid_until"], changed["verified_by"]) == ("2026-12-31", None)
    tag = {"If-Match": client.get(at).headers["etag"]}
    assert client.patch(at, json={"valid_until": "2023-12-31"}, headers=tag).status_code == 422
    assert client.delete(at, headers=tag).status_code == 204
    assert client.get(f"{AT}/organisations/{home}").json()["labels"] == []


def test_a_wave_gives_a_label_to_several_and_only_to_those_of_the_event(client: TestClient) -> None:
    homes = [a_supplier(client, name) for name in ("Un", "Deux")]
    body = {"name": "Printemps", "label": "French Impact", "day": "2026-03-01", "holders": homes}
    assert client.post(f"{AT}/waves", json={**body, "holders": [*homes, 999]}).status_code == 404
    assert client.get(f"{AT}/waves").json()["items"] == []
    assert client.post(f"{AT}/waves", json=body).status_code == 201
    (wave,) = client.get(f"{AT}/waves").json()["items"]
    assert (wave["name"], wave["day"], wave["holders"]) == ("Printemps", "2026-03-01", homes)
