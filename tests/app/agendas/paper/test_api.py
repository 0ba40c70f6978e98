"""The papers of a version over HTTP: PDF for who may read them, in the language and order asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import db, models
from app.agendas.linking import make_keyring, make_links, withdraw
from app.agendas.paper.printing import PAPERS
from app.agendas.paper.typesetting import AT_ONCE
from app.agendas.publishing import publish
from app.hosts.access import Role
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.app.agendas.paper.pdf_reading import headings, read, texts
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

AsRole = Callable[[Role], TestClient]
HERE = "/api/v1/events/convention/versions"


@pytest.fixture
def event_id(engine: Engine) -> int:
    """An event with a published version and a draft."""
    with db.writing(engine) as session:
        event = an_event(session, slots=2, tables=2, interpreters=[("de", "fr")])
        werk = an_organisation(session, event, "Werkhof", a_delegate("Ute Neu", languages=["de"]))
        ville = an_organisation(session, event, "陳 Ville", a_delegate("Anne Dupont", languages=["fr"]))
        a_wish(session, ville, werk)
        for number in (1, 2):
            posed = pose(session, event)
            result = solve_judged(posed.problem, Limits(seconds=5, workers=1))
            version = store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)
            if number == 1:
                publish(session, version, NOON)
        make_keyring(session, None)
        make_links(session, event.id, NOON)
        return event.id


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_fetched_and_is_not_sent_twice(event_id: int, client_as: AsRole, name: str) -> None:
    client = client_as(Role.DESK)

    answer = client.get(f"{HERE}/1/{name}")
    again = client.get(f"{HERE}/1/{name}", headers={"If-None-Match": answer.headers["etag"]})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["content-disposition"] == f'inline; filename="convention-1-{name}"'
    assert len(read(answer.content).pages) >= 1
    assert (again.status_code, again.content) == (304, b"")


def test_language_order_and_layout_are_as_asked(event_id: int, client: TestClient) -> None:
    by_name = client.get(f"{HERE}/1/agendas.pdf").content
    by_organisation = client.get(f"{HERE}/1/agendas.pdf?sort=organisation").content

    assert headings(by_name) == ["Anne Dupont", "Ute Neu"]
    assert headings(by_organisation) == ["Ute Neu", "Anne Dupont"]
    assert "Recepción: Convention" in texts(client.get(f"{HERE}/1/desk.pdf?lang=es").content)[0]
    assert len(read(client.get(f"{HERE}/1/badges.pdf?layout=single").content).pages) == 2
    assert client.get(f"{HERE}/1/desk.pdf?lang=tlh").status_code == 422


def test_codes_open_the_page_where_the_version_is_what_the_page_shows(
    event_id: int, engine: Engine, client: TestClient
) -> None:
    published = " ".join(texts(client.get(f"{HERE}/1/agendas.pdf").content))
    draft = " ".join(texts(client.get(f"{HERE}/2/agendas.pdf").content))
    with db.writing(engine) as session:
        for link in session.scalars(select(models.Link)):
            withdraw(session, link, NOON)
    closed = " ".join(texts(client.get(f"{HERE}/1/agendas.pdf").content))

    live, own = "immer aktuell", "ohne Internet"
    assert (live in published, own in published) == (True, False)
    assert (live in draft, own in draft) == (False, True)
    assert (live in closed, own in closed) == (False, True)


def test_what_paper_cannot_show_is_told(event_id: int, client_as: AsRole) -> None:
    answer = client_as(Role.READER).get(f"{HERE}/1/unprintable")

    assert answer.json() == {"items": [{"whose": "陳 Ville", "text": "陳 Ville", "characters": "陳"}]}


def test_readers_read_but_do_not_get_the_codes_of_private_pages(event_id: int, client_as: AsRole) -> None:
    reader = client_as(Role.READER)

    assert [reader.get(f"{HERE}/1/{name}").status_code for name in PAPERS] == [403, 200, 200, 200, 200, 200]


def test_there_is_no_paper_of_a_version_that_there_is_not(event_id: int, client: TestClient) -> None:
    assert client.get(f"{HERE}/9/plan.pdf").status_code == 404
    assert client.get("/api/v1/events/nothing/versions/1/plan.pdf").status_code == 404
    assert client.get(f"{HERE}/0/plan.pdf").status_code == 422


def test_nobody_waits_for_the_database_while_paper_is_typeset(
    event_id: int, engine: Engine, client: TestClient
) -> None:
    with ThreadPoolExecutor() as pool:
        AT_ONCE.acquire()
        AT_ONCE.acquire()  # the typesetters are busy: the request waits for them
        try:
            waiting = pool.submit(client.get, f"{HERE}/1/plan.pdf")
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
            with db.writing(engine) as session:
                session.get_one(models.Event, event_id).name = "Renamed"
        finally:
            AT_ONCE.release()
            AT_ONCE.release()
        assert waiting.result(timeout=60).status_code == 200
