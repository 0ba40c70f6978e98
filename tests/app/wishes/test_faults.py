"""Whatever write of an import fails: all of the file is there afterwards, or nothing of it."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db
from app.hosts.access import Role
from app.main import create_app
from tests.builders import a_key, an_event
from tests.faults import Faults, contents
from tests.invariants import check_all

AT = "/api/v1/events/convention/imports"
LIST = "Organisation;Type;Prénom;Nom;E-mail;Souhait 1\nA;ESAT;Al;Or;a@x.example;B\nB;Commune;Bo;Un;b@x.example;A\n"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.mark.soak
def test_a_write_that_fails_takes_the_whole_import_back(engine: Engine) -> None:
    """The file itself is kept, for a while, also when nothing came of it."""
    faults = Faults(engine)
    with db.writing(engine) as session:
        an_event(session)
        headers = {"Authorization": f"Bearer {a_key(session, Role.EDITOR)}", "Idempotency-Key": "the-same"}
    client = TestClient(create_app(faults.engine), headers=headers, base_url="http://localhost")
    client.get("/api/v1/events/convention")
    before, nth, status = without_files(engine), 0, 503
    while status == 503:
        nth += 1
        faults.left = nth
        answer = client.post(AT, files={"file": ("liste.csv", LIST.encode())})
        faults.left, status = 0, answer.status_code
        assert (without_files(engine) == before) == (status == 503)
        check_all(engine.url.render_as_string(hide_password=False))

    assert (status, nth > 8) == (200, True), answer.text
    after = contents(engine)
    assert client.post(AT, files={"file": ("liste.csv", LIST.encode())}).text == answer.text
    assert contents(engine) == after
    faults.engine.dispose()


def without_files(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in contents(engine).items() if table != "upload"}
