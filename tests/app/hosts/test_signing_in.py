"""Organisers sign in and out, in both databases; who guesses is slowed down, and nobody learns who has an account."""

import statistics
import threading
import time
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, func, select, update

from app import clock, db, models
from app.config import Settings
from app.hosts.access import Role
from app.hosts.cookies import COOKIE, COOKIE_ON_LOCALHOST
from app.hosts.lasting import ABSOLUTE, IDLE
from app.hosts.passwords import hash_of
from app.main import create_app
from tests.builders import an_event, an_organiser, another_host
from tests.clients import HERE

PASSWORD = "trèfle vélo lune"
HASH = hash_of(PASSWORD)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def email(engine: Engine) -> str:
    with db.writing(engine) as session:
        organiser = an_organiser(session, Role.OWNER)
        organiser.password_hash = HASH
        return organiser.email


def sign_in(client: TestClient, email: str, password: str = PASSWORD, next: str = "/") -> Response:  # noqa: A002
    form = {"email": email, "password": password, "next": next}
    return client.post("/sign-in", data=form, follow_redirects=False)


def count(engine: Engine, table: type[models.Base]) -> int:
    with db.reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_organiser_signs_in_sees_their_events_and_signs_out(
    email: str, engine: Engine, anonymous: TestClient
) -> None:
    with db.writing(engine) as session:
        an_event(session, name="<b>Hiver</b>")
        an_event(session, name="Theirs", host=another_host(session))

    asked = anonymous.get("/", follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")
    entered = sign_in(anonymous, f" {email.upper()} ")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    home = anonymous.get("/")
    assert "&lt;b&gt;Hiver&lt;/b&gt;" in home.text  # bug class: stored script
    assert "Theirs" not in home.text
    cookie = anonymous.cookies[COOKIE_ON_LOCALHOST]
    anonymous.post("/sign-out")
    anonymous.cookies.set(COOKIE_ON_LOCALHOST, cookie)
    assert anonymous.get("/", follow_redirects=False).status_code == 303
    assert count(engine, models.SignIn) == 0


def test_after_signing_in_one_is_where_one_wanted_to_be_and_nowhere_else(email: str, anonymous: TestClient) -> None:
    asked = anonymous.get("/?after=7", follow_redirects=False)
    assert asked.headers["location"] == "/sign-in?next=/%3Fafter%3D7"
    assert 'value="/?after=7"' in anonymous.get(asked.headers["location"]).text
    assert 'value="/"' in anonymous.get("/sign-in?next=//evil.example").text

    assert sign_in(anonymous, email, next="/?after=7").headers["location"] == "/?after=7"
    assert sign_in(anonymous, email, next="//evil.example").headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(email: str, engine: Engine) -> None:
    at_home = sign_in(TestClient(create_app(engine), base_url=HERE), email).headers["set-cookie"]
    settings = Settings(public_url="https://ronde.example")
    abroad = sign_in(TestClient(create_app(engine, settings), base_url="http://ronde.example"), email).headers[
        "set-cookie"
    ]

    assert at_home.startswith(f"{COOKIE_ON_LOCALHOST}=rs_")
    assert abroad.startswith(f"{COOKIE}=rs_")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(at_home.split("; "))
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(abroad.split("; "))
    assert "Domain" not in abroad


def test_over_plain_http_from_elsewhere_it_is_said_why_nobody_can_sign_in(email: str, engine: Engine) -> None:
    service = create_app(engine, Settings(public_url="http://ronde.example"))

    answer = sign_in(TestClient(service, base_url="http://ronde.example"), email)

    assert (answer.status_code, "RONDE_PUBLIC_URL" in answer.text) == (409, True)
    assert count(engine, models.SignIn) == 0


def test_who_signs_in_gets_a_new_secret_and_the_old_one_ends(  # bug class: session fixation
    email: str, engine: Engine, anonymous: TestClient
) -> None:
    anonymous.cookies.set(COOKIE_ON_LOCALHOST, "rs_known-to-an-attacker")
    sign_in(anonymous, email)
    first = anonymous.cookies.get(COOKIE_ON_LOCALHOST, domain="localhost.local")
    assert first != "rs_known-to-an-attacker"
    sign_in(anonymous, email)

    assert count(engine, models.SignIn) == 1
    again = TestClient(anonymous.app, base_url=HERE, cookies={COOKIE_ON_LOCALHOST: str(first)})
    assert again.get("/", follow_redirects=False).status_code == 303


def test_only_hashes_of_secrets_are_kept(email: str, engine: Engine, anonymous: TestClient) -> None:
    secret = sign_in(anonymous, email).headers["set-cookie"].split("=")[1].split(";")[0]

    with db.reading(engine) as session:
        row = session.scalars(select(models.SignIn)).one()
    assert len(secret) >= 43
    assert secret not in repr([getattr(row, column.key) for column in models.SignIn.__table__.columns])


def test_a_sign_in_ends_when_nothing_is_seen_of_it_and_at_the_latest_after_a_week(
    email: str, engine: Engine, anonymous: TestClient
) -> None:
    hand = clock.now()

    def at() -> datetime:
        return hand

    client = TestClient(create_app(engine, now=at), base_url=HERE)

    def status() -> int:
        return client.get("/", follow_redirects=False).status_code

    sign_in(client, email)
    begun = hand
    hand = begun + IDLE - timedelta(seconds=1)
    assert status() == 200
    hand = begun + 2 * IDLE - timedelta(minutes=10)
    assert status() == 200
    hand = begun + 3 * IDLE
    assert status() == 303

    hand = begun
    sign_in(client, email)
    with db.writing(engine) as session:
        session.execute(update(models.SignIn).values(seen_at=begun + ABSOLUTE))
    hand = begun + ABSOLUTE - timedelta(seconds=1)
    assert status() == 200
    hand = begun + ABSOLUTE
    assert status() == 303


def test_who_guesses_one_account_has_ten_tries(email: str, engine: Engine, anonymous: TestClient) -> None:
    answers = [sign_in(anonymous, email, f"guess number {n}") for n in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900
    assert sign_in(anonymous, email).status_code == 429, "the right password does not help either, or it would tell"


def test_who_guesses_many_accounts_from_one_network_has_thirty_tries(engine: Engine, anonymous: TestClient) -> None:
    answers = [sign_in(anonymous, f"nobody-{n}@example.org") for n in range(31)]

    assert [answer.status_code for answer in answers] == [401] * 30 + [429]


def test_guesses_at_the_same_time_are_counted_too(email: str, service: FastAPI) -> None:
    statuses: list[int] = []
    together = threading.Barrier(16)

    def guess(n: int) -> None:
        client = TestClient(service, base_url=HERE)
        together.wait()
        statuses.append(sign_in(client, email, f"guess number {n}").status_code)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [401] * 10 + [429] * 6


def test_who_mistypes_and_then_signs_in_starts_anew(email: str, engine: Engine, anonymous: TestClient) -> None:
    for _ in range(3):
        assert [sign_in(anonymous, email, f"mistyped {n}").status_code for n in range(9)] == [401] * 9
        assert sign_in(anonymous, email).status_code == 303

        with db.writing(engine) as session:  # those of the network stay
            assert session.scalar(select(func.count()).select_from(models.Attempt)) == 9
            session.query(models.Attempt).delete()


def test_nobody_learns_who_has_an_account(email: str, engine: Engine, anonymous: TestClient) -> None:
    with db.writing(engine) as session:
        invited = an_organiser(session, Role.READER).email  # has no password yet

    answers = {who: sign_in(anonymous, who, "wrong password") for who in (email, invited, "nobody@example.org")}

    texts = {answer.text.replace(who, "…") for who, answer in answers.items()}
    assert len(texts) == 1
    assert {answer.status_code for answer in answers.values()} == {401}


@pytest.mark.soak
def test_nobody_learns_it_from_the_time_either(email: str, engine: Engine, anonymous: TestClient) -> None:
    def spent(who: str) -> float:
        seconds = []
        for _ in range(25):
            with db.writing(engine) as session:
                session.query(models.Attempt).delete()
            start = time.process_time()
            sign_in(anonymous, who, "wrong password")
            seconds.append(time.process_time() - start)
        return statistics.median(seconds)

    known, unknown = spent(email), spent("nobody@example.org")

    assert 0.75 < known / unknown < 1.33


def test_who_left_the_team_is_out_at_once(email: str, engine: Engine, anonymous: TestClient) -> None:
    sign_in(anonymous, email)
    with db.writing(engine) as session:
        session.query(models.Membership).delete()

    assert anonymous.get("/", follow_redirects=False).status_code == 303
    assert sign_in(anonymous, email).status_code == 401


def test_who_is_in_two_teams_sees_one_at_a_time(email: str, engine: Engine, anonymous: TestClient) -> None:
    with db.writing(engine) as session:
        an_event(session, name="Ours")
        others, strangers = another_host(session), another_host(session, "Strangers")
        an_event(session, name="Theirs", host=others)
        organiser_id = session.scalars(select(models.Organiser.id)).one()
        session.add(models.Membership(organiser_id=organiser_id, host_id=others.id, role="reader"))
        others_id, strangers_id = others.id, strangers.id
    sign_in(anonymous, email)

    before = anonymous.get("/").text
    after = anonymous.post(f"/hosts/{others_id}").text
    anonymous.post(f"/hosts/{strangers_id}")

    assert ("Ours" in before, "Theirs" in before) == (True, False)
    assert ("Ours" in after, "Theirs" in after) == (False, True)
    assert anonymous.get("/").text == after


@pytest.mark.parametrize(
    ("wanted", "said"), [("fr-LU, de;q=0.5", "Se connecter"), ("tlh, de;q=0.9, en;q=0.8", "Anmelden")]
)
def test_pages_speak_the_language_of_the_browser(wanted: str, said: str, anonymous: TestClient) -> None:
    assert f"<h1>{said}</h1>" in anonymous.get("/sign-in", headers={"Accept-Language": wanted}).text
