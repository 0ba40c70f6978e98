"""Every agenda is a calendar that others can read."""

from datetime import UTC, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda
from app.agendas.ical import calendar_of
from app.agendas.queries import agendas_of
from tests.app.agendas.conftest import Plan, Planned
from tests.builders import a_delegate, a_wish, an_event, an_organisation


def agenda_for(session: Session, version: models.Version, name: str) -> Agenda:
    agendas = agendas_of(session, version)
    named = {one.person.name: one for one in agendas.delegates if one.person}
    return named.get(name) or next(one for one in agendas.organisations if one.party.name == name)


def events_of(agenda: Agenda, lang: str = "en") -> list[Event]:
    return list(Calendar.from_ical(calendar_of(agenda, lang)).walk("VEVENT"))


def test_a_delegate_reads_whom_they_meet_when_where_and_why(session: Session, planned: Planned) -> None:
    event = next(one for one in events_of(agenda_for(session, planned.version, "Cé Dé")) if "Werkhof" in one["summary"])

    start = event.decoded("dtstart")
    assert event["summary"].startswith("Werkhof · Table ")
    assert event["location"].endswith(", Hall des sports")
    assert "Why: your wish" in event["description"]
    assert (start.tzinfo.key, event.decoded("dtend") - start) == ("Europe/Paris", timedelta(minutes=20))


def test_the_opening_stands_before_the_meetings_that_follow_it(session: Session, planned: Planned) -> None:
    starts = [one.decoded("dtstart") for one in events_of(agenda_for(session, planned.version, "Werkhof"))]

    assert len(starts) > 2
    assert starts == sorted(starts)


def test_two_delegates_of_one_organisation_have_different_agendas(session: Session, planned: Planned) -> None:
    jo = {event["uid"] for event in events_of(agenda_for(session, planned.version, "Jo Alt"))}
    ute = {event["uid"] for event in events_of(agenda_for(session, planned.version, "Ute Neu"))}
    house = {event["uid"] for event in events_of(agenda_for(session, planned.version, "Werkhof"))}

    assert jo & ute == {"opening"}
    assert jo | ute == house


def test_a_delegate_without_a_meeting_still_has_a_calendar(session: Session, planned: Planned) -> None:
    agenda = agenda_for(session, planned.version, "Solo Mio")

    assert [event["summary"] for event in events_of(agenda)] == ["Ouverture"]


def test_an_agenda_without_anything_is_an_empty_calendar(session: Session, planned: Planned) -> None:
    session.query(models.ProgrammeItem).delete()
    session.expire_all()
    agenda = agenda_for(session, planned.version, "Solo Mio")

    calendar = Calendar.from_ical(calendar_of(agenda, "de"))

    assert calendar["x-wr-calname"] == "Convention · Solo Mio · Allein GmbH"
    assert calendar.walk("VEVENT") == []


def test_the_same_agenda_is_the_same_bytes(session: Session, planned: Planned) -> None:
    first = calendar_of(agenda_for(session, planned.version, "Cé Dé"), "fr")
    session.expire_all()

    assert calendar_of(agenda_for(session, planned.version, "Cé Dé"), "fr") == first


def test_lines_end_and_fold_as_the_standard_says(session: Session, planned: Planned) -> None:
    written = calendar_of(agenda_for(session, planned.version, "Werkhof"), "fr")

    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M" in written


def test_who_keeps_their_address_to_themselves_is_met_without_it(session: Session, planned: Planned) -> None:
    texts = " ".join(
        str(event.get("description", "")) for event in events_of(agenda_for(session, planned.version, "Cé Dé"))
    ) + " ".join(
        str(event.get("description", ""))
        for event in events_of(agenda_for(session, planned.version, "Anne; D'Or, fils"))
    )

    assert "ute@werkhof.example" not in texts
    assert "jo@werkhof.example" in texts


def test_names_cannot_write_lines_of_their_own(session: Session, plan: Plan) -> None:
    event = an_event(session)
    one = an_organisation(session, event, "Evil\r\nATTENDEE:mailto:x@y.example\x00\x07")
    other = an_organisation(session, event, "Good", a_delegate("Go Od"))
    a_wish(session, one, other)
    version, _result = plan(event)

    written = calendar_of(agenda_for(session, version, "Go Od"), "en")

    assert b"\r\nATTENDEE" not in written
    assert not any(byte < 32 and byte not in (10, 13) for byte in written)
    assert len(Calendar.from_ical(written).walk("VEVENT")) == 1


@pytest.mark.parametrize("lang", ["fr", "de", "en", "es"])
def test_a_calendar_speaks_the_language_of_its_reader(session: Session, planned: Planned, lang: str) -> None:
    event = next(
        one for one in events_of(agenda_for(session, planned.version, "Cé Dé"), lang) if "Werkhof" in one["summary"]
    )

    table = {"fr": "Table", "de": "Tisch", "en": "Table", "es": "Mesa"}[lang]
    assert event["summary"].startswith(f"Werkhof · {table} ")


def test_in_the_hour_that_comes_twice_each_meeting_is_at_its_own_moment(session: Session, plan: Plan) -> None:
    night = datetime(2026, 10, 25, tzinfo=UTC).date()
    event = an_event(session, slots=3, minutes=60, day=night, starts=time(1, 30), tables=1)
    here = an_organisation(session, event, "Here", a_delegate("He Re"))
    for name in ("A", "B", "C"):
        a_wish(session, here, an_organisation(session, event, name))
    version, _result = plan(event)

    starts = [one.decoded("dtstart").astimezone(UTC) for one in events_of(agenda_for(session, version, "He Re"))]

    assert sorted(starts) == [slot.starts_at for slot in event.slots]
