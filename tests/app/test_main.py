"""The service says whether it lives and whether it is ready, and refuses in the words of RFC 9457."""

from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app import db
from app.errors import AppError, Conflict, Fault, Faulty, Infeasible, Invalid, NotFound, Unready
from app.main import create_app
from tests.clients import HERE


def test_a_service_with_the_newest_schema_is_ready(engine: Engine) -> None:
    client = TestClient(create_app(engine), base_url=HERE)

    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_a_service_with_an_old_schema_lives_but_is_not_ready(engine: Engine) -> None:
    db.migrate(engine, "base")
    client = TestClient(create_app(engine), base_url=HERE)

    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "The schema of the database is not the newest; run `ronde migrate`."


def test_a_service_whose_database_is_gone_is_not_ready(tmp_path: Path) -> None:
    client = TestClient(create_app(db.create_engine_of(f"sqlite:///{tmp_path}/no/such/folder.db")), base_url=HERE)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["detail"]) == (503, "The database cannot be reached.")


def test_every_refusal_has_its_status(engine: Engine) -> None:
    service = create_app(engine)
    refusals: dict[str, AppError] = {
        "absent": NotFound("There is no event hiver."),
        "twice": Conflict("Version 3 is already published."),
        "wrong": Invalid("Ten tables are needed."),
        "faulty": Faulty("The file has a fault.", [Fault("unknown-kind", "B7 is no kind.", "Liste", "B7", "Koch")]),
        "cramped": Infeasible("552 places for 590 meetings.", ["meetings[*].required"]),
        "asleep": Unready("Not now."),
    }

    def refuse(which: str) -> None:
        raise refusals[which]

    service.get("/{which}")(refuse)
    client = TestClient(service, base_url=HERE)

    answers = {which: client.get(f"/{which}") for which in refusals}

    assert {which: answer.status_code for which, answer in answers.items()} == {
        "absent": 404,
        "twice": 409,
        "wrong": 422,
        "faulty": 422,
        "cramped": 409,
        "asleep": 503,
    }
    assert answers["faulty"].json()["errors"][0]["cell"] == "B7"
    assert answers["cramped"].json()["paths"] == ["meetings[*].required"]


def test_what_no_route_takes_is_answered_as_a_problem_too(engine: Engine) -> None:
    service = create_app(engine)

    def number(of: int) -> int:
        return of

    service.get("/number")(number)
    client = TestClient(service, base_url=HERE)

    answers = [client.get("/nowhere"), client.post("/healthz"), client.get("/number?of=many")]

    assert [(one.status_code, one.headers["content-type"]) for one in answers] == [
        (404, "application/problem+json"),
        (405, "application/problem+json"),
        (422, "application/problem+json"),
    ]
    assert answers[1].headers["allow"] == "GET, HEAD"
    assert answers[2].json()["errors"][0]["path"] == "query.of"


def test_who_loses_their_way_in_a_browser_is_told_so_on_a_page_in_their_language(engine: Engine) -> None:
    service = create_app(engine)

    def fail() -> None:
        raise ZeroDivisionError

    service.get("/fail")(fail)
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "de-LU, fr;q=0.5"}
    client = TestClient(service, base_url=HERE, headers=browser, raise_server_exceptions=False)

    answers = [client.get("/nowhere/agd_secret"), client.delete("/sign-in"), client.get("/fail")]

    assert [one.status_code for one in answers] == [404, 405, 500]
    for answer in answers:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-language"] == "de"
        assert "Das geht nicht" in answer.text
        assert "agd_secret" not in answer.text
    assert "An dieser Adresse gibt es nichts." in answers[0].text
    assert client.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"
