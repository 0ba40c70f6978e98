"""Every answer is safe to show, and what a page of another site sends is not done."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.config import Settings
from app.main import create_app
from tests.clients import HERE


def test_every_answer_says_what_may_be_done_with_it(anonymous: TestClient, client: TestClient) -> None:
    answers = [
        anonymous.get("/sign-in"),
        anonymous.get("/nowhere"),
        anonymous.get("/healthz"),
        anonymous.get("/", headers={"Host": "evil.example"}),
        anonymous.post("/sign-in", headers={"Origin": "https://evil.example"}),
        client.get("/"),
    ]

    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"  # bug class: cache leaks
        assert "strict-transport-security" not in answer.headers


def test_files_of_the_house_may_be_kept(anonymous: TestClient) -> None:
    assert anonymous.get("/static/ronde.css").headers["cache-control"] == "public, max-age=3600"
    assert anonymous.get("/static/../templates/base.html").status_code == 404
    assert anonymous.get("/static/%2e%2e/templates/base.html").status_code == 404  # bug class: path traversal


def test_over_https_browsers_are_told_to_stay_there(engine: Engine) -> None:
    client = TestClient(
        create_app(engine, Settings(public_url="https://ronde.example")), base_url="http://ronde.example"
    )

    assert client.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"


def test_our_own_bugs_are_not_told(engine: Engine) -> None:
    def fail() -> None:
        raise ZeroDivisionError("the secret is hidden")

    service = create_app(engine)
    service.get("/fail")(fail)
    answer = TestClient(service, base_url=HERE, raise_server_exceptions=False).get("/fail")

    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "", "localhost:8000, evil.example"])
def test_the_service_is_known_by_its_own_name_only(host: str, anonymous: TestClient) -> None:  # bug class: Host header
    answer = anonymous.get("/sign-in", headers={"Host": host})

    assert (answer.status_code, "RONDE_PUBLIC_URL" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("headers", "is_done"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": HERE}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost:8001"}, False),
    ],
)
def test_what_a_page_of_another_site_sends_is_not_done(  # bug class: CSRF, login CSRF
    headers: dict[str, str], is_done: bool, client: TestClient, anonymous: TestClient
) -> None:
    form = {"email": "anna@example.org", "password": "wrong password"}
    assert (anonymous.post("/sign-in", data=form, headers=headers).status_code == 401) == is_done
    assert (client.post("/sign-out", headers=headers, follow_redirects=False).status_code == 303) == is_done
    assert (client.get("/", follow_redirects=False).status_code == 200) != is_done


def test_a_page_of_another_site_may_link_to_us(client: TestClient) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_request_has_a_size(anonymous: TestClient) -> None:
    body, form = b"x" * (2**20 + 1), {"content-type": "application/x-www-form-urlencoded"}
    answers = [anonymous.post("/sign-in", content=body, headers=form), anonymous.post("/api/v1/events", content=body)]

    assert [(one.status_code, one.headers["content-type"]) for one in answers] == [
        (413, "text/html; charset=utf-8"),
        (413, "application/problem+json"),
    ]
    assert len(answers[0].content) == int(answers[0].headers["content-length"])
