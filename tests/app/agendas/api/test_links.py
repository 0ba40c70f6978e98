"""Organisers print links again, renew and withdraw them, and write to delegates."""

import io
import zipfile
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.agendas.telling import tell_publication
from app.hosts.access import Role
from tests.app.agendas.fairs import a_fair
from tests.app.agendas.strict import events_in
from tests.app.agendas.timetables import Held
from tests.conftest import AsRole

EVENT = "/api/v1/events/convention"


@pytest.fixture
def planned(engine: Engine) -> Engine:
    """The fair, far in the future and published: Jo meets Anne."""
    with db.writing(engine) as session:
        fair = a_fair(session, day=date(2126, 6, 6))
        version = fair.publish(Held(fair.jo, fair.anne))
        tell_publication(session, version, None, [], version.created_at)
    return engine


def test_links_are_listed_with_the_addresses_that_open(client: TestClient, planned: Engine) -> None:
    links = client.get(f"{EVENT}/links").json()["items"]

    assert len(links) == 11
    for link in links:
        path = link["address"].partition("//")[2].partition("/")[2]
        assert client.get(f"/{path}").status_code == 200, link


def test_a_link_is_renewed_and_withdrawn_and_the_log_says_who(client: TestClient, planned: Engine) -> None:
    link = client.get(f"{EVENT}/links").json()["items"][0]
    path = f"{EVENT}/links/{link['id']}"
    opens = "/" + link["address"].partition("//")[2].partition("/")[2]

    renewed = client.post(f"{path}/renew").json()
    withdrawn = client.post(f"{path}/withdraw").json()

    assert (renewed["generation"], withdrawn["generation"]) == (2, 3)
    assert renewed["address"] not in (None, link["address"])
    assert (withdrawn["address"], withdrawn["is_withdrawn"]) == (None, True)
    assert client.get(opens).status_code == 404
    assert client.get(path).json() == withdrawn
    with db.reading(planned) as session:
        deeds = session.scalars(select(models.AuditEntry.deed).order_by(models.AuditEntry.id)).all()
    assert deeds[-2:] == ["renew-link", "withdraw-link"]


def test_who_only_reads_sees_no_link(client_as: AsRole, planned: Engine) -> None:
    reader = client_as(Role.READER)

    assert reader.get(f"{EVENT}/links").status_code == 403
    assert "agd_" not in reader.get(f"{EVENT}/messages").text


def test_links_are_made_for_those_who_have_none(client: TestClient, planned: Engine) -> None:
    assert client.post(f"{EVENT}/links").json() == {"made": 0}


def test_all_calendars_come_in_one_archive(client: TestClient, planned: Engine) -> None:
    answer = client.get(f"{EVENT}/versions/1/calendars.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))

    assert answer.headers["content-disposition"] == 'attachment; filename="convention-1-calendars.zip"'
    assert len(archive.namelist()) == 7
    assert len(events_in(archive.read("werkhof--jo-alt.ics"))) == 1
    assert client.get(f"{EVENT}/versions/1/calendars.zip").content == answer.content


def test_an_invitation_is_seen_before_it_goes_out_and_goes_out_once(client: TestClient, planned: Engine) -> None:
    with db.reading(planned) as session:
        anne = session.scalars(select(models.Delegate.id).where(models.Delegate.first_name == "Anne")).one()
    preview = client.get(f"{EVENT}/messages/preview?kind=invitation&delegate={anne}").json()
    queued = [client.post(f"{EVENT}/messages", json={"kind": "invitation"}).json() for _ in range(2)]
    (message,) = client.get(f"{EVENT}/messages").json()["items"]

    assert preview["language"] == "fr"
    assert "/a/agd_…" in preview["text"]
    assert queued == [{"queued": 1}, {"queued": 0}]
    assert (message["delegate_id"], message["kind"], message["state"]) == (anne, "invitation", "waiting")


def test_what_is_not_of_this_event_is_not_found(client: TestClient, planned: Engine) -> None:
    with db.writing(planned) as session:
        other = a_fair(session, name="Other")
        mine = session.scalars(select(models.Link.id).where(models.Link.event_id == other.event.id)).first()
        person = other.jo.id
    assert client.get(f"{EVENT}/links/{mine}").status_code == 404
    assert client.post(f"{EVENT}/links/{mine}/withdraw").status_code == 404
    assert client.get(f"{EVENT}/messages/preview?kind=reminder&delegate={person}").status_code == 404
    assert client.post(f"{EVENT}/messages", json={"kind": "invitation", "delegates": [person]}).json() == {"queued": 0}


@pytest.mark.parametrize(
    "body", [{}, {"kind": "changes"}, {"kind": "invitation", "delegates": [0]}, {"kind": "invitation", "to": "all"}]
)
def test_what_is_asked_wrongly_is_refused(client: TestClient, planned: Engine, body: dict[str, object]) -> None:
    assert client.post(f"{EVENT}/messages", json=body).status_code == 422
