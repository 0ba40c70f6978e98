"""What private links, exports and mail must never let through: one test for each class of bug that others had."""

import io
import logging
import re
import socket
import threading
import zipfile
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.delivering import deliver
from app.agendas.links import Purpose
from app.agendas.mail import letter_of
from app.agendas.telling import invite
from app.outbox.sending import email_of
from scheduler import result_to_json
from tests.app.agendas.conftest import Planned
from tests.app.agendas.fairs import URL, Fair, a_fair
from tests.app.agendas.stages import Stage
from tests.app.agendas.strict import events_in
from tests.app.agendas.timetables import Held
from tests.builders import NOON
from tests.clients import HERE

HOSTILE = '../../etc/"x"\r\nSet-Cookie: a=b\r\nATTENDEE:mailto:x@evil.example'


def guesses(staged: FastAPI, addresses: list[str], headers: list[dict[str, str]]) -> list[int]:
    """What as many unknown tokens get from these addresses in turn."""
    clients = [TestClient(staged, base_url=HERE, client=(one, 4711)) for one in addresses]
    return [
        clients[number % len(clients)].get(f"/f/ics_{number:052d}/agenda.ics", headers=one).status_code
        for number, one in enumerate(headers)
    ]


@pytest.mark.parametrize(
    "addresses", [["192.0.2.7"], [f"2001:db8:1:2:{number:x}::{number:x}" for number in range(1, 26)]]
)
def test_500_guesses_from_one_network_get_20_answers_in_a_minute_and_hurt_nobody_else(
    staged: FastAPI, stage: Stage, addresses: list[str]
) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    path = stage.feed("jo")

    answers = guesses(staged, addresses, [{}] * 500)

    assert answers == [404] * 20 + [429] * 480
    for good in (*addresses[:1], "192.0.2.8", "2001:db8:1:3::1"):
        assert TestClient(staged, base_url=HERE, client=(good, 4711)).get(path).status_code == 200
    assert guesses(staged, ["192.0.2.8", "2001:db8:1:3::1"], [{}] * 2) == [404, 404]


def test_who_guesses_is_known_whatever_they_say_of_their_address(staged: FastAPI, stage: Stage) -> None:
    claims = [
        {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"} for number in range(25)
    ]

    assert stage.feed("jo")
    assert guesses(staged, ["192.0.2.7"], claims) == [404] * 20 + [429] * 5


@pytest.mark.parametrize("path", ["/a/{page}/", "/a/{page}/x", "/a/{feed}", "/f/{page}/agenda.ics", "/f/{feed}/"])
def test_no_answer_but_the_page_itself_repeats_a_token(guest: TestClient, stage: Stage, path: str) -> None:
    tokens = {"page": stage.token("anne", Purpose.PAGE), "feed": stage.token("anne")}

    for headers in ({}, {"Accept": "text/html"}):
        answer = guest.get(path.format(**tokens), headers=headers, follow_redirects=False)

        assert answer.status_code == 404
        said = answer.text + repr(answer.headers)
        assert not any(token[:20] in said for token in tokens.values())


def test_no_log_holds_a_token(guest: TestClient, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    tokens = [stage.token("anne", Purpose.PAGE), stage.token("anne"), "agd_" + "x" * 43]

    with caplog.at_level(logging.DEBUG):
        guest.get(f"/a/{tokens[0]}")
        guest.post(f"/a/{tokens[0]}", data={"deed": "nothing"})
        guest.get(f"/f/{tokens[1]}/agenda.ics")
        guest.get(f"/a/{tokens[2]}")

    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any(token[4:24] in f"{one.getMessage()}{one.__dict__}" for one in ours for token in tokens)


def test_addresses_in_answers_are_the_houses_own_whatever_host_was_asked(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))

    page = guest.get(stage.page("anne"), headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"})
    strange = guest.get(stage.page("anne"), headers={"Host": "evil.example"})

    assert "evil.example" not in page.text
    assert URL.removeprefix("https://") in page.text
    assert strange.status_code in (400, 421)
    assert "agd_" not in strange.text


def named_badly(session: Session, **more: date) -> Fair:
    fair = a_fair(session, **more)
    fair.jo.first_name, fair.jo.last_name, fair.jo.email = HOSTILE, "=1+1", "jo@x.example"
    fair.jo.organisation.name = HOSTILE
    session.flush()
    return fair


def test_names_write_no_line_of_a_feed(session: Session) -> None:
    fair = named_badly(session)
    fair.publish(Held(fair.jo, fair.anne))

    for who in (fair.anne, fair.jo, fair.jo.organisation):
        body = fair.row(who).body
        assert len(events_in(body)) == 1
        assert not re.search(rb"^(ATTENDEE|Set-Cookie)", body, re.M)


def test_names_name_no_file_elsewhere_and_no_header(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        fair = named_badly(session, day=date(2126, 6, 6))
        fair.publish(Held(fair.jo, fair.anne))

    packed = client.get("/api/v1/events/convention/versions/1/calendars.zip")

    assert packed.status_code == 200
    assert "set-cookie" not in packed.headers
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert len(names) == 7
    assert all(re.fullmatch(r"[a-z0-9-]+\.ics", name) for name in names)


def test_names_write_no_header_of_a_letter_and_open_no_link(session: Session) -> None:
    fair = named_badly(session)
    fair.publish(Held(fair.jo, fair.anne))
    invite(session, fair.event, None, NOON)
    letters = [letter_of(session, row, fair.writer.keyring, URL, NOON) for row in session.query(models.Message)]

    assert len(letters) == 2
    for letter in letters:
        assert letter is not None
        sent = message_from_bytes(email_of(letter, "0000", "no-reply@ronde.example", NOON).as_bytes())
        assert set(sent.keys()).isdisjoint({"Set-Cookie", "ATTENDEE", "Bcc"})
        assert set(re.findall(r"href=\"([^\"]*)\"", letter.html)) == set(re.findall(rf"{URL}/a/\S+", letter.text))


def test_nothing_that_is_handed_out_fetches_what_people_wrote(
    session: Session, planned: Planned, tmp_path: Path
) -> None:
    """Websites, online links and evidence are addresses that people wrote: nobody of the house goes there."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as trap:
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/trap.svg"

        def listen() -> None:
            while True:
                try:
                    trap.accept()[0].close()
                except OSError:
                    return
                asked.append(address)

        threading.Thread(target=listen, daemon=True).start()
        for one in session.query(models.Organisation):
            one.website, one.description = address, f"![]({address}) #image({address!r})"
        for item in session.query(models.ProgrammeItem):
            item.online_link = address
            item.title = f'<img src="{address}">'
        session.flush()
        deliver(session, planned.version, tmp_path, result_to_json(planned.result), "en")

    assert asked == []
    assert address in (tmp_path / "agendas" / "werkhof--jo-alt.ics").read_text("utf-8").replace("\r\n ", "")


def test_what_links_open_is_kept_by_no_shared_cache(guest: TestClient, stage: Stage) -> None:
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))

    kept = {
        path: guest.get(path).headers["cache-control"]
        for path in (
            stage.page("anne"),
            f"{stage.page('anne')}/agenda.pdf",
            stage.feed("anne"),
            "/a/agd_x",
            "/f/ics_x/agenda.ics",
        )
    }

    assert all("no-store" in how or how == "private, no-cache" for how in kept.values()), kept
    assert [path for path, how in kept.items() if "no-store" not in how] == [stage.feed("anne")]
