"""A calendar asks every quarter of an hour: what it is answered, and what it is not."""

import threading
from datetime import UTC, timedelta
from email.utils import format_datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, event, select

from app import db, models
from app.agendas.linking import renew, withdraw
from app.agendas.links import Purpose
from tests.app.agendas.stages import Now, Stage
from tests.app.agendas.strict import events_in
from tests.app.agendas.timetables import Held
from tests.builders import NOON
from tests.clients import HERE

LATER = NOON + timedelta(hours=1)


def headers_of(answer: Response) -> dict[str, str]:
    """The headers but for the number of the request, which is another each time."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def test_a_feed_is_a_calendar_that_asks_for_nothing_and_sends_nowhere(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))

    answer = guest.get(stage.feed("jo"), follow_redirects=False)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert answer.headers["last-modified"] == format_datetime(NOON.astimezone(UTC), usegmt=True)
    assert answer.headers["etag"].startswith('"')
    assert len(events_in(answer.content)) == 1


def test_what_is_known_already_is_not_sent_again(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    path = stage.feed("jo")
    first = guest.get(path)
    tag, time = first.headers["etag"], first.headers["last-modified"]

    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": time},
        {"If-None-Match": tag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        again = guest.get(path, headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), headers
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": time},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert guest.get(path, headers=headers).status_code == 200, headers


def test_a_look_without_the_body_says_the_same(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    path = stage.feed("jo")

    whole, head = guest.get(path), guest.head(path)

    assert head.content == b""
    assert headers_of(head) == headers_of(whole)
    assert guest.head(path, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304


def test_a_publication_changes_the_feeds_that_it_changes_and_no_other(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne), Held(fair.ute, fair.bo, slot=1)))
    jo, ute = stage.feed("jo"), stage.feed("ute")
    tags = {path: guest.get(path).headers["etag"] for path in (jo, ute)}
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne, slot=2), Held(fair.ute, fair.bo, slot=1), now=LATER))

    assert guest.get(ute, headers={"If-None-Match": tags[ute]}).status_code == 304
    changed = guest.get(jo, headers={"If-None-Match": tags[jo]})
    assert changed.status_code == 200
    assert events_in(changed.content)[0].value("SEQUENCE") == "1"


def test_bytes_are_made_at_the_first_read_and_kept(guest: TestClient, stage: Stage, engine: Engine) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    path = stage.feed("jo")
    with db.reading(engine) as session:
        assert session.scalars(select(models.Feed)).all() == []

    first = guest.get(path).content
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: statements.append(statement))
    second = guest.get(path).content

    with db.reading(engine) as session:
        assert first in session.scalars(select(models.Feed.body)).all()
    assert second == first
    asked = [one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]
    assert len([one for one in asked if one.startswith("SELECT")]) == len(asked) <= 4


@pytest.mark.parametrize("deed", [renew, withdraw])
def test_a_link_that_was_ended_is_as_unknown_as_any(guest: TestClient, stage: Stage, deed: object) -> None:
    path = stage.feed("jo")
    assert guest.get(path).status_code == 200
    stage.do(lambda fair: deed(fair.session, fair.link(fair.jo), NOON))  # type: ignore[operator]  one of the two

    ended, unknown, page = guest.get(path), guest.get("/f/ics_unknown/agenda.ics"), stage.token("jo", Purpose.PAGE)
    wrong = guest.get(f"/f/{page}/agenda.ics")

    assert (ended.status_code, ended.content) == (404, unknown.content)
    assert headers_of(ended) == headers_of(unknown)
    assert (wrong.status_code, wrong.content) == (404, unknown.content)
    assert b"agd_" not in wrong.content


def test_after_the_event_comes_a_notice_and_then_nothing(guest: TestClient, stage: Stage, now: Now) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    path = stage.feed("jo")
    before = guest.get(path)
    now.moment += timedelta(days=6)

    notice = guest.get(path, headers={"If-None-Match": before.headers["etag"]})
    now.moment += timedelta(days=31)
    gone = guest.get(path)

    assert [one.value("TRANSP") for one in events_in(notice.content)] == ["TRANSPARENT"]
    assert notice.headers["last-modified"] != before.headers["last-modified"]
    assert (gone.status_code, gone.content) == (404, guest.get("/f/x/agenda.ics").content)


def test_who_guesses_is_slowed_down_and_nobody_else(staged: FastAPI, stage: Stage, now: Now) -> None:
    def at(address: str) -> TestClient:
        return TestClient(staged, base_url=HERE, client=(address, 4711))

    path = stage.feed("jo")
    guesses = [at("2001:db8:1:2::7").get(f"/f/ics_{number:052d}/agenda.ics").status_code for number in range(25)]
    neighbour = at("2001:db8:1:2:ffff::1").get("/f/ics_x/agenda.ics")

    assert guesses == [404] * 20 + [429] * 5
    assert neighbour.status_code == 429
    assert 1 <= int(neighbour.headers["retry-after"]) <= 60
    assert at("2001:db8:1:2::7").get(path).status_code == 200
    assert at("2001:db8:1:3::7").get("/f/ics_x/agenda.ics").status_code == 404
    assert at("192.0.2.1").get("/f/ics_x/agenda.ics").status_code == 404
    now.moment += timedelta(minutes=1)
    assert at("2001:db8:1:2::7").get("/f/ics_x/agenda.ics").status_code == 404


def revoked_while_read(staged: FastAPI, stage: Stage, rounds: int) -> int:
    """Read a feed all the time while its link is renewed; count the reads that succeed after they must not."""
    late = 0
    for _round in range(rounds):
        path, revoked, answers = stage.feed("jo"), threading.Event(), list[tuple[bool, int]]()

        def read(
            path: str = path, revoked: threading.Event = revoked, answers: list[tuple[bool, int]] = answers
        ) -> None:
            client = TestClient(staged, base_url=HERE)
            for _ in range(6):
                was_revoked = revoked.is_set()
                answers.append((was_revoked, client.get(path).status_code))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for one in readers:
            one.start()
        stage.do(lambda fair: renew(fair.session, fair.link(fair.jo), NOON))
        revoked.set()
        for one in readers:
            one.join()
        answers.append((True, TestClient(staged, base_url=HERE).get(path).status_code))
        assert {status for _, status in answers} <= {200, 404, 429}
        late += sum(was_revoked and status == 200 for was_revoked, status in answers)
    return late


def test_nothing_is_read_after_a_link_was_revoked(staged: FastAPI, stage: Stage) -> None:
    assert revoked_while_read(staged, stage, 5) == 0


@pytest.mark.soak
def test_nothing_is_read_after_a_link_was_revoked_in_300_rounds(staged: FastAPI, stage: Stage) -> None:
    assert revoked_while_read(staged, stage, 300) == 0
