"""An owner gives people a copy of their data, and erases them; nobody else may."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.config import Settings
from app.hosts.access import Role
from tests.builders import a_delegate, a_sign_in, an_event, an_organisation
from tests.clients import service_over, signed_in

ADDRESS = "zoe@example.org"


@pytest.fixture
def service(engine: Engine, tmp_path: Path) -> FastAPI:
    return service_over(engine, Settings(erasure_list=tmp_path / "erasures.jsonl"))


@pytest.fixture
def zoe(engine: Engine) -> str:
    """Where Zoë is found."""
    with db.writing(engine) as session:
        event = an_event(session)
        row = an_organisation(session, event, "Ville", a_delegate("Zoë Ångström", email=ADDRESS))
        return f"/api/v1/events/{event.slug}/delegates/{row.delegates[0].id}"


def test_an_owner_hands_out_all_that_is_known(client: TestClient, zoe: str) -> None:
    told = client.get(f"{zoe}/personal-data")
    assert told.status_code == 200
    assert told.json()["delegates"][0]["email"] == ADDRESS


def test_an_owner_erases_and_the_bytes_go_at_once(client: TestClient, zoe: str, engine: Engine, tmp_path: Path) -> None:
    answer = client.post(f"{zoe}/erasure")
    assert (answer.status_code, answer.json()) == (200, {"delegates": 1, "mentions": 0})
    with db.reading(engine) as session:
        assert session.scalars(select(models.Erasure.is_scrubbed)).all() == [True]
        assert [entry.deed for entry in session.scalars(select(models.AuditEntry))] == ["erase-person"]
    assert [path.name for path in tmp_path.iterdir() if ADDRESS.encode() in path.read_bytes()] == []
    assert (tmp_path / "erasures.jsonl").read_text().count("\n") == 1
    assert client.get(f"{zoe}/personal-data").json()["delegates"][0]["email"] is None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESK, Role.READER])
def test_nobody_but_an_owner_may(role: Role, service: FastAPI, engine: Engine, zoe: str) -> None:
    with db.writing(engine) as session:
        secret = a_sign_in(session, role)
    client = signed_in(service, secret)
    assert client.get(f"{zoe}/personal-data").status_code == 403
    assert client.post(f"{zoe}/erasure").status_code == 403
