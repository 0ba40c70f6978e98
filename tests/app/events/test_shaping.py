"""Changing what an event is made of: what is published is not left without ground by an oversight."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from tests.app.events.planned import a_planned_event

AT = "/api/v1/events"
CHANGES: list[dict[str, object]] = [
    {"meeting_minutes": 30},
    {"sessions": []},
    {"sessions": [{"day": "2026-06-07", "starts_at": "14:00", "ends_at": "15:00"}]},
    {"tables": []},
    {"time_zone": "Europe/Lisbon"},
]


def tag(client: TestClient, path: str) -> dict[str, str]:
    return {"If-Match": client.get(path).headers["etag"]}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_change_that_leaves_published_meetings_without_ground_is_refused_until_it_is_meant(
    change: dict[str, object], client: TestClient, engine: Engine
) -> None:
    path = f"{AT}/{a_planned_event(engine)}"
    before = client.get(path).json()

    refused = client.patch(path, json=change, headers=tag(client, path))

    assert (refused.status_code, refused.json()["version"], refused.json()["meetings"]) == (409, 1, 1)
    assert "version 1 is published, and 1 of its meetings" in refused.json()["detail"]
    assert client.get(path).json() == before
    assert client.patch(f"{path}?force=true", json=change, headers=tag(client, path)).status_code == 200
    again = client.patch(path, json={"venue": "Halle 2"}, headers=tag(client, path))
    assert again.status_code == 200, "what was meant once is not asked again"


@pytest.mark.parametrize("change", [{"venue": "Halle 2"}, {"tables": 9}, {"max_meetings": 3}, {"name": "Été"}], ids=str)
def test_a_change_that_touches_no_published_meeting_is_made(
    change: dict[str, object], client: TestClient, engine: Engine
) -> None:
    path = f"{AT}/{a_planned_event(engine)}"

    assert client.patch(path, json=change, headers=tag(client, path)).status_code == 200


def test_slots_and_tables_that_a_version_uses_stay_for_it(client: TestClient, engine: Engine) -> None:
    path = f"{AT}/{a_planned_event(engine)}"
    shown = client.get(path).json()

    changed = client.patch(f"{path}?force=true", json={"meeting_minutes": 30, "tables": 1}, headers=tag(client, path))

    assert changed.status_code == 200
    assert [slot["minutes"] for slot in changed.json()["slots"]] == [30, 30]
    with db.reading(engine) as session:
        kept = session.scalars(select(models.Slot.id).where(models.Slot.is_withdrawn)).all()
        assert set(kept) <= {slot["id"] for slot in shown["slots"]}
        assert len(kept) == 1


def test_a_workbook_that_does_the_same_says_so(client: TestClient, engine: Engine, tmp_path: Path) -> None:
    slug = a_planned_event(engine)
    told = tmp_path / "event.toml"
    told.write_text(
        'name = "Convention"\ntime_zone = "Europe/Paris"\nmeeting_minutes = 15\ntables = 2\n'
        "[[session]]\ndate = 2026-06-07\nstart = 14:00:00\nend = 15:00:00\n",
        encoding="utf-8",
    )

    with told.open("rb") as file:
        answer = client.post(f"{AT}/{slug}/imports", files={"file": ("event.toml", file)})

    assert answer.status_code == 200, answer.text
    warnings = [one for one in answer.json()["warnings"] if one["code"] == "published-meetings"]
    assert [(one["severity"], one["message"][:27]) for one in warnings] == [("warning", "Version 1 is published, and")]


def test_a_policy_is_looked_at_when_it_is_written(client: TestClient, engine: Engine) -> None:
    path = f"{AT}/{a_planned_event(engine)}"

    refused = client.patch(
        path, json={"policy": {"mode": "random"}}, headers={**tag(client, path), "Accept-Language": "fr"}
    )

    assert refused.status_code == 422
    assert [(one["code"], one["cell"], one["message"][:39]) for one in refused.json()["errors"]] == [
        ("wrong-policy", "policy", "Le mode de la politique est random ; il")
    ]
    fits = {"mode": "automatic", "weights.codes": 50, "cap_buyer": 9}
    assert client.patch(path, json={"policy": fits}, headers=tag(client, path)).json()["policy"] == fits


def test_how_long_an_event_is_kept_is_said_by_the_event(client: TestClient, engine: Engine) -> None:
    path = f"{AT}/{a_planned_event(engine)}"

    assert client.get(path).json()["purge_after"] == 90
    assert client.patch(path, json={"purge_after": 365}, headers=tag(client, path)).json()["purge_after"] == 365
    for days in (0, 1097, "30", 30.5):
        assert client.patch(path, json={"purge_after": days}, headers=tag(client, path)).status_code == 422
    with db.reading(engine) as session:
        assert session.scalars(select(models.Event.purge_after)).one() == 365
