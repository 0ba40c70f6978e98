"""A message goes out once for its key; a crash loses none; what is refused is kept with the reason."""

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import db, models
from app.config import Encryption, Settings
from app.outbox import Letter, Refused, Unreachable, Wanted, Write, email_of, post_of, put, send, send_due
from tests.app.outbox.mail_server import Taken, mail_server
from tests.app.outbox.sent_and_killed import written
from tests.builders import NOON, a_delegate, an_event, an_organisation
from tests.mortals import mortal

SENDER = "no-reply@ronde.example"
WRITERS: Mapping[str, Write] = {"invitation": written}


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def taken() -> Iterator[Taken]:
    with mail_server() as server:
        yield server


def settings_of(taken: Taken) -> Settings:
    return Settings(smtp_host="127.0.0.1", smtp_port=taken.port, smtp_encryption=Encryption.NONE, mail_from=SENDER)


def some_messages(engine: Engine, count: int = 3) -> None:
    with db.writing(engine) as session:
        event = an_event(session)
        people = [a_delegate(f"De {number}") for number in range(count)]
        an_organisation(session, event, "House", *people)
        wanted = [Wanted(event.id, one.id, "invitation", {}, f"invitation:{one.id}") for one in people]
        assert put(session, [*wanted, *wanted], NOON) == count
        assert put(session, wanted, NOON) == 0


def states(engine: Engine) -> list[tuple[str, int, str | None]]:
    with db.reading(engine) as session:
        rows = session.scalars(select(models.Message).order_by(models.Message.id))
        return [(one.state, one.attempts, one.trouble) for one in rows]


def send_all(engine: Engine, taken: Taken, now: datetime = NOON) -> int:
    with post_of(settings_of(taken)) as post:
        return send_due(engine, post, WRITERS, SENDER, lambda: now).sent


def test_each_message_goes_out_once(engine: Engine, taken: Taken) -> None:
    some_messages(engine)

    assert (send_all(engine, taken), send_all(engine, taken)) == (3, 0)
    assert sorted(str(one["To"]) for one in taken.messages) == [f"Delegate {n} <{n}@x.example>" for n in (1, 2, 3)]
    assert set(taken.ids.values()) == {1}
    assert states(engine) == [("sent", 1, None)] * 3


def test_a_letter_is_text_and_html_and_says_that_nobody_wrote_it(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 1)
    send_all(engine, taken)
    (message,) = taken.messages

    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == f"Convention <{SENDER}>"
    assert message["Date"].datetime == NOON


def test_whom_the_server_refuses_for_good_is_not_tried_again(engine: Engine, taken: Taken) -> None:
    some_messages(engine)
    taken.answers["2@x.example"] = "550 no such user"

    assert send_all(engine, taken) == 2
    assert send_all(engine, taken, NOON + timedelta(days=1)) == 0
    assert states(engine)[1] == ("failed", 1, "The mail server says: 550 no such user")


def test_who_is_refused_for_now_is_tried_again_later(engine: Engine, taken: Taken) -> None:
    some_messages(engine)
    taken.answers["2@x.example"] = "451 try again"

    assert send_all(engine, taken) == 2
    assert states(engine)[1] == ("waiting", 1, "The mail server says: 451 try again")
    assert send_all(engine, taken, NOON + timedelta(seconds=59)) == 0
    taken.answers.clear()
    assert send_all(engine, taken, NOON + timedelta(seconds=60)) == 1
    assert states(engine)[1] == ("sent", 2, None)


def test_after_three_days_it_is_given_up(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 1)
    taken.answers["1@x.example"] = "451 try again"

    for hours in range(0, 80, 4):
        assert send_all(engine, taken, NOON + timedelta(hours=hours)) == 0

    assert states(engine)[0][0] == "failed"


def test_without_the_server_everything_waits(engine: Engine, taken: Taken) -> None:
    some_messages(engine)
    nowhere = Settings(smtp_host="127.0.0.1", smtp_port=1, smtp_encryption=Encryption.NONE)

    run = send(engine, nowhere, lambda _settings, _now: WRITERS, lambda: NOON)

    assert (run.sent, run.delayed, run.is_stopped) == (0, 1, True)
    assert {state for state, _, _ in states(engine)} == {"waiting"}
    assert send_all(engine, taken, NOON + timedelta(minutes=1)) == 3


def test_a_server_that_should_speak_in_secret_and_does_not_gets_nothing(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 1)
    secret = Settings(smtp_host="127.0.0.1", smtp_port=taken.port)

    assert send(engine, secret, lambda _settings, _now: WRITERS, lambda: NOON).sent == 0
    assert taken.messages == []


def test_what_has_nothing_to_say_any_more_is_dropped(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 1)

    with post_of(settings_of(taken)) as post:
        run = send_due(engine, post, {"invitation": lambda _session, _message: None}, SENDER, lambda: NOON)

    assert (run.dropped, taken.messages, states(engine)) == (1, [], [("dropped", 1, None)])


def test_what_somebody_has_in_hand_is_left_to_them_until_their_time_is_up(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 1)

    class KilledError(Exception):
        """The process ends between sending and saying so."""

    with post_of(settings_of(taken)) as real:

        def post(message: EmailMessage) -> None:
            real(message)
            raise KilledError

        with pytest.raises(KilledError):
            send_due(engine, post, WRITERS, SENDER, lambda: NOON)

    assert send_all(engine, taken, NOON + timedelta(minutes=4)) == 0
    assert send_all(engine, taken, NOON + timedelta(minutes=6)) == 1
    assert list(taken.ids.values()) == [2]  # at least once, and both have one Message-ID


def test_without_a_mail_server_messages_are_files(engine: Engine, tmp_path: Path) -> None:
    some_messages(engine)
    settings = Settings(mail_folder=tmp_path / "mail", mail_from=SENDER)

    assert send(engine, settings, lambda _settings, _now: WRITERS, lambda: NOON).sent == 3

    files = sorted((tmp_path / "mail").iterdir())
    read = [message_from_bytes(one.read_bytes(), EmailMessage, policy=SMTP) for one in files]
    assert {one.suffix for one in files} == {".eml"}
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700, "who reads a letter opens its private link"
    assert sorted(str(one["To"]) for one in read) == [f"Delegate {n} <{n}@x.example>" for n in (1, 2, 3)]


NASTY = st.text(max_size=60) | st.sampled_from(
    [
        "A\r\nBcc: x@evil.example",
        "A\nSubject: B",
        "A\x00\x1b",
        "=?utf-8?q?=0D=0ABcc:x?=",
        "\u2028x",
        '"; <x@y>',
        "\ud83d\ude00",
    ]
)


@given(NASTY, NASTY, NASTY)
def test_names_cannot_write_headers(sender_name: str, name: str, subject: str) -> None:
    letter = Letter(sender_name, name, "a@x.example", subject, "text", "<p>text</p>", "fr")

    written_out = email_of(letter, "0000", SENDER, NOON).as_bytes()
    read = message_from_bytes(written_out, EmailMessage, policy=SMTP)

    own = ("To", "From", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted")
    assert sorted(read.keys()) == sorted([*own, "MIME-Version", "Content-Type"])
    assert [one.addr_spec for one in read["To"].addresses] == ["a@x.example"]
    assert [one.addr_spec for one in read["From"].addresses] == [SENDER]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "a@b@c.example",
        "a b@x.example",
        "a@x.example\r\nBcc: b@y.example",
        "<a@x.example>",
        "a@x.example, b@y.example",
    ],
)
def test_what_is_no_address_is_refused_and_not_sent(address: str) -> None:
    with pytest.raises(Refused):
        email_of(Letter("A", "B", address, "S", "t", "h", "en"), "0000", SENDER, NOON)


def test_a_domain_of_another_script_is_written_as_servers_take_it() -> None:
    letter = Letter("A", "B", "info@bücher.example", "S", "t", "h", "en")

    assert email_of(letter, "0000", SENDER, NOON)["To"].addresses[0].addr_spec == "info@xn--bcher-kva.example"


def sent_by_the_killed(engine: Engine, taken: Taken, count: int, kills: int, seed: int) -> None:
    """Kill senders milliseconds after a letter or their start; let the last one end, and look at what arrived."""
    some_messages(engine, count)
    chance, letters = random.Random(seed), 0
    address = engine.url.render_as_string(hide_password=False)
    with mortal("tests.app.outbox.sent_and_killed", address, str(taken.port)) as process:
        for number in range(1, kills + 1):
            minutes = 10 * number  # what was in the hands of the one before is free again
            dies_after = chance.randrange(4)
            assert process.ends(f"{minutes} {dies_after} {chance.uniform(0, 6)}") == "killed"
            letters += dies_after
        before = len(taken.messages)
        assert process.ends(f"{10 * (kills + 1)}") == "ended 0"
    assert letters <= before < len(taken.messages), "they sent something, and left something to send"
    ids: dict[str, list[str]] = {}
    for one in taken.messages:
        ids.setdefault(str(one["To"]), []).append(str(one["Message-ID"]))

    assert len(ids) == count
    assert all(len(set(each)) == 1 for each in ids.values())
    assert sum(map(len, ids.values())) <= count + kills  # one in hand at each kill, no more
    assert {state for state, _, _ in states(engine)} == {"sent"}


def test_a_sender_that_is_killed_loses_no_message(engine: Engine, taken: Taken) -> None:
    sent_by_the_killed(engine, taken, count=40, kills=2, seed=1)


@pytest.mark.soak
def test_a_sender_that_is_killed_200_times_loses_no_message(engine: Engine, taken: Taken) -> None:
    sent_by_the_killed(engine, taken, count=1200, kills=200, seed=2)


def test_two_senders_at_once_send_nothing_twice(engine: Engine, taken: Taken) -> None:
    some_messages(engine, 30)
    sender = (
        "tests.app.outbox.sent_and_killed",
        engine.url.render_as_string(hide_password=False),
        str(taken.port),
    )
    with mortal(*sender) as one, mortal(*sender) as other, ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda process: process.ends("10"), (one, other)))

    assert ends == ["ended 0", "ended 0"]
    assert len(taken.messages) == 30
    assert set(taken.ids.values()) == {1}


def test_a_bug_in_one_message_does_not_keep_the_others_for_ever(engine: Engine, taken: Taken) -> None:
    some_messages(engine)

    def buggy(session: Session, message: models.Message) -> Letter:
        if message.delegate_id == 1:
            raise ZeroDivisionError
        return written(session, message)

    with post_of(settings_of(taken)) as post:
        with pytest.raises(ZeroDivisionError):
            send_due(engine, post, {"invitation": buggy}, SENDER, lambda: NOON)
        run = send_due(engine, post, {"invitation": buggy}, SENDER, lambda: NOON)

    assert run.sent == 2


def test_a_server_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with (
        post_of(Settings(smtp_host="127.0.0.1", smtp_port=1, smtp_encryption=Encryption.NONE)) as post,
        pytest.raises(Unreachable, match="cannot be used"),
    ):
        post(email_of(Letter("A", "B", "a@x.example", "S", "t", "h", "en"), "0000", SENDER, NOON))
