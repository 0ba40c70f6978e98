"""Exactly those whose agenda changed are written to, in their language, and nobody twice."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.linking import sibling_of, withdraw
from app.agendas.links import Purpose
from app.agendas.mail import letter_of
from app.agendas.telling import invite, remind, tell_publication
from app.errors import Conflict
from app.outbox import Letter, email_of
from app.schedules.differences import by_delegate, differences
from tests.app.agendas.fairs import URL, Fair, a_fair
from tests.app.agendas.timetables import Held
from tests.builders import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def fair(session: Session) -> Fair:
    made = a_fair(session)
    for person in (made.jo, made.ute, made.bo):
        person.email = f"{person.first_name}@x.example".lower()
    made.session.flush()
    return made


def published(fair: Fair, *held: Held) -> int:
    """Publish and tell; return to how many."""
    versions = list(fair.session.scalars(select(models.Version).order_by(models.Version.number)))
    before = versions[-1] if versions else None
    version = fair.publish(*held, now=LATER)
    changed = by_delegate(differences(fair.session, before, version))
    told = tell_publication(fair.session, version, before, changed, LATER)
    return told.invited + told.informed


def waiting(fair: Fair) -> list[tuple[str, str]]:
    rows = fair.session.scalars(select(models.Message).order_by(models.Message.id))
    names = {person.id: person.first_name or "" for person in fair.session.scalars(select(models.Delegate))}
    return [(names[one.delegate_id], one.kind) for one in rows]


def letters(fair: Fair, kind: str = "") -> dict[str, Letter]:
    rows = fair.session.scalars(select(models.Message).order_by(models.Message.id))
    found = {}
    for row in rows:
        letter = letter_of(fair.session, row, fair.writer.keyring, URL, LATER)
        if letter is not None and kind in ("", row.kind):
            found[letter.name.split(" ")[0]] = letter
    return found


def test_the_first_publication_invites_those_who_meet_somebody(fair: Fair) -> None:
    assert published(fair, Held(fair.jo, fair.anne)) == 2
    assert sorted(waiting(fair)) == [("Anne", "invitation"), ("Jo", "invitation")]


def test_afterwards_exactly_those_are_told_whose_agenda_changed(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne), Held(fair.ute, fair.bo, slot=1))

    assert published(fair, Held(fair.jo, fair.anne), Held(fair.ute, fair.bo, slot=1)) == 0
    assert published(fair, Held(fair.jo, fair.anne, slot=2), Held(fair.ute, fair.bo, slot=1)) == 2
    assert sorted(waiting(fair)[4:]) == [("Anne", "changes"), ("Jo", "changes")]


def test_a_colleague_who_takes_over_is_invited_and_the_others_learn_of_it(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))
    published(fair, Held(fair.ute, fair.anne))

    assert sorted(waiting(fair)[2:]) == [("Anne", "changes"), ("Jo", "changes"), ("Ute", "invitation")]


def test_the_letter_of_changes_says_what_changed(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne, slot=0), Held(fair.ute, fair.bo, slot=1))
    published(fair, Held(fair.jo, fair.anne, slot=2), Held(fair.jo, fair.bo, slot=3))

    told = letters(fair, "changes")

    assert (
        "Déplacé : 06/06/2026 · 14:30 · Table 1 · Werkhof (avant : 06/06/2026 · 14:00 · Table 1)" in told["Anne"].text
    )
    assert re.search(r"Abgesagt: .* · 14:15 · Tisch 2 · Bois", told["Ute"].text)
    assert "Moved: " in told["Bo"].text  # a colleague comes, at another time: one meeting of two organisations


def test_an_invitation_brings_the_link_and_the_meetings(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))
    page = sibling_of(fair.session, fair.link(fair.anne), Purpose.PAGE)
    assert page is not None
    token = fair.writer.keyring.token(page)

    letter = letters(fair)["Anne"]

    assert (letter.lang, letter.subject, letter.address) == ("fr", "Convention : votre agenda", "anne@ville.example")
    for text in (letter.text, letter.html):
        assert f"{URL}/a/{token}" in text
        assert "06/06/2026 · 14:00 · Table 1 · Werkhof" in text
        assert "ics_" not in text


def test_no_link_stands_in_the_outbox(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))

    rows = fair.session.scalars(select(models.Message))
    assert not any("agd_" in f"{row.facts}{row.dedupe_key}{row.message_id}" for row in rows)


def test_invitations_and_reminders_go_to_everybody_once(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))

    assert invite(fair.session, fair.event, None, LATER) == 2  # the other two have theirs already
    assert invite(fair.session, fair.event, None, LATER) == 0
    assert remind(fair.session, fair.event, None, LATER) == 4
    assert remind(fair.session, fair.event, [fair.jo.id], LATER) == 0
    told = letters(fair, "reminder")
    assert sorted(told) == ["Anne", "Jo"]  # who meets nobody is not reminded of it
    assert told["Anne"].subject == "Convention : rendez-vous le samedi 6 juin 2026"
    assert "14:00" in told["Anne"].text


def test_a_reminder_says_when_the_first_meeting_begins_and_where_the_event_is(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne, slot=1), Held(fair.anne, fair.bo, slot=3))
    remind(fair.session, fair.event, None, LATER)

    told = letters(fair, "reminder")["Anne"].text

    assert "Votre premier rendez-vous commence à 14:15." in told
    assert "Hall des sports" in told


def test_who_meets_nobody_is_invited_kindly(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))
    invite(fair.session, fair.event, [fair.bo.id], LATER)

    assert "we gladly look for a partner with you" in letters(fair)["Bo"].text


@pytest.mark.parametrize(
    ("lang", "looked_for", "shown"),
    [
        ("fr", "un partenaire", "Votre page montre votre agenda"),
        ("de", "ein Gegenüber", "Ihre Seite zeigt Ihren Terminplan"),
        ("en", "a partner", "Your page shows your agenda"),
        ("es", "un interlocutor", "Su página muestra su agenda"),
    ],
)
def test_an_invitation_without_meetings_does_not_speak_of_them(
    fair: Fair, lang: str, looked_for: str, shown: str
) -> None:
    fair.event.languages, fair.bo.languages = [lang], [lang]
    published(fair, Held(fair.jo, fair.anne))
    invite(fair.session, fair.event, [fair.bo.id], LATER)

    _greeting, nobody, page, *_rest = letters(fair)["Bo"].text.split("\n\n")

    assert looked_for in nobody
    assert page.startswith(shown)


def test_without_an_address_or_a_link_nothing_is_sent(fair: Fair) -> None:
    fair.anne.email = None
    page = sibling_of(fair.session, fair.link(fair.jo), Purpose.PAGE)
    assert page is not None
    withdraw(fair.session, page, NOON)

    assert published(fair, Held(fair.jo, fair.anne), Held(fair.ute, fair.bo)) == 2
    assert sorted(waiting(fair)) == [("Bo", "invitation"), ("Ute", "invitation")]


@pytest.mark.parametrize("deed", [invite, remind])
def test_before_and_after_there_is_nothing_to_write_about(fair: Fair, deed: Callable[..., int]) -> None:
    with pytest.raises(Conflict, match="Nothing is published yet"):
        deed(fair.session, fair.event, None, NOON)
    published(fair, Held(fair.jo, fair.anne))
    with pytest.raises(Conflict, match="The event is over"):
        deed(fair.session, fair.event, None, fair.end)


def test_what_comes_too_late_is_not_sent(fair: Fair) -> None:
    published(fair, Held(fair.jo, fair.anne))
    row = fair.session.scalars(select(models.Message)).first()
    assert row is not None

    assert letter_of(fair.session, row, fair.writer.keyring, URL, fair.end) is None


def test_names_cannot_write_headers_nor_markup(fair: Fair) -> None:
    fair.anne.first_name = "Anne\r\nBcc: all@x.example"
    fair.jo.organisation.name = "<b>Werk</b>\r\n\r\n<script>alert(1)</script>"
    fair.event.name = "Fair\nSubject: x <i>"
    fair.session.flush()
    published(fair, Held(fair.jo, fair.anne))

    letter = next(one for name, one in letters(fair).items() if name.startswith("Anne"))
    message: EmailMessage = email_of(letter, "0", "no-reply@ronde.example", NOON)

    assert "Bcc" not in message
    assert len(message.get_all("Subject", [])) == 1
    assert "<script" not in letter.html
    assert "<b>" not in letter.html
    assert "&lt;b&gt;Werk&lt;/b&gt; &lt;script&gt;" in letter.html
    assert "\nBcc" not in letter.text
