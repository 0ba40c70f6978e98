"""A feed says what was published, keeps what was cancelled as long as calendars need it, and ends with the event."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import models
from app.agendas.feeds import sender_of
from app.agendas.linking import renew, sibling_of, withdraw
from app.agendas.links import Purpose
from tests.app.agendas.fairs import URL, Fair, a_fair
from tests.app.agendas.strict import Component, events_in, faults_of, moment_of, read
from tests.app.agendas.timetables import Held, a_draft
from tests.builders import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def fair(session: Session) -> Fair:
    return a_fair(session)


def told(event: Component) -> tuple[str, int, str]:
    return event.value("STATUS"), int(event.value("SEQUENCE")), event.text("SUMMARY")


def test_before_the_first_publication_a_feed_is_an_empty_calendar(fair: Fair) -> None:
    a_draft(fair.session, fair.event, [Held(fair.jo, fair.anne)])

    assert fair.events(fair.jo) == []
    assert read(fair.row(fair.jo).body).text("X-WR-CALNAME") == "Convention · Jo Alt · Werkhof"


def test_a_meeting_says_with_whom_where_in_which_language_and_why(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=1, table=2))

    (event,) = fair.events(fair.jo)
    lines = event.text("DESCRIPTION").split("\n")

    assert event.text("SUMMARY") == "Ville · Tisch 3" or event.text("SUMMARY") == "Ville · Table 3"
    assert event.text("LOCATION").endswith(", Hall des sports")
    assert moment_of(event, "DTSTART") == fair.event.slots[1].starts_at
    assert any("Anne Or" in line for line in lines)
    assert any("nettoyage de bureaux" in line for line in lines)
    assert "Langue : français" in lines or "Sprache: Französisch" in lines
    assert sum(line.startswith("– ") for line in lines) >= 2
    assert event.components[0].value("TRIGGER") == "-PT5M"


def test_a_feed_names_the_page_and_never_itself_nor_an_address_of_anybody(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    page = sibling_of(fair.session, fair.link(fair.jo), Purpose.PAGE)
    assert page is not None

    (event,) = fair.events(fair.jo)
    written = fair.row(fair.jo).body.decode().replace("\r\n ", "")

    assert event.value("URL") == f"{URL}/a/{fair.writer.keyring.token(page)}"
    assert fair.writer.keyring.token(page) in event.text("DESCRIPTION")
    assert "ics_" not in written
    assert "anne@ville.example" not in written
    assert "ATTENDEE" not in written
    assert event.value("ORGANIZER") == "mailto:no-reply@ronde.example"


def test_the_feed_of_an_organisation_holds_what_all_of_it_do_and_no_page(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne), Held(fair.ute, fair.bo))

    events = fair.events(fair.jo.organisation)

    assert sorted(event.text("SUMMARY").split(" ")[0] for event in events) == ["Bois", "Ville"]
    assert "agd_" not in fair.row(fair.jo.organisation).body.decode()
    assert any("Jo Alt" in event.text("DESCRIPTION") for event in events)


def test_a_draft_changes_no_feed(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=0))
    before = fair.row(fair.jo).body

    a_draft(fair.session, fair.event, [Held(fair.jo, fair.anne, slot=3), Held(fair.ute, fair.bo)])
    fair.session.expire_all()

    assert fair.row(fair.jo).body == before
    fair.session.execute(models.Feed.__table__.delete())
    fair.session.expire_all()
    assert fair.row(fair.jo).body == before


def test_the_bytes_stay_until_something_changes(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=0), Held(fair.ute, fair.bo, slot=1))
    jo, ute = fair.row(fair.jo), fair.row(fair.ute)
    kept = (ute.etag, ute.modified_at, ute.body)

    fair.publish(Held(fair.jo, fair.anne, slot=2), Held(fair.ute, fair.bo, slot=1), now=LATER)
    moved, stayed = fair.row(fair.jo, LATER), fair.row(fair.ute, LATER)

    assert (stayed.etag, stayed.modified_at, stayed.body) == kept
    assert moved.etag != jo.etag or moved is jo
    assert moved.modified_at == LATER


def test_a_moved_meeting_keeps_its_identity_and_counts_on(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=0))
    (before,) = fair.events(fair.jo)
    fair.publish(Held(fair.jo, fair.anne, slot=2, table=1), now=LATER)
    (after,) = fair.events(fair.jo, LATER)

    assert after.value("UID") == before.value("UID")
    assert (before.value("SEQUENCE"), after.value("SEQUENCE")) == ("0", "1")
    assert after.value("DTSTAMP") == after.value("LAST-MODIFIED") == f"{LATER:%Y%m%dT%H%M%SZ}"
    assert before.value("DTSTAMP") == f"{NOON:%Y%m%dT%H%M%SZ}"


def test_a_cancelled_meeting_stays_and_says_so_in_the_readers_language(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=1), Held(fair.ute, fair.bo))
    fair.publish(Held(fair.ute, fair.bo), now=LATER)

    (jo,), (anne,) = fair.events(fair.jo, LATER), fair.events(fair.anne, LATER)

    assert told(anne) == ("CANCELLED", 1, "ANNULÉ : Werkhof")
    assert told(jo)[:2] == ("CANCELLED", 1)
    assert jo.value("TRANSP") == "TRANSPARENT"
    assert jo.components == []
    assert moment_of(jo, "DTSTART") == fair.event.slots[1].starts_at
    assert [told(one)[0] for one in fair.events(fair.jo.organisation, LATER)] == ["CONFIRMED", "CANCELLED"]


def test_a_meeting_that_comes_back_is_confirmed_again(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=1))
    fair.publish(now=LATER)
    fair.publish(Held(fair.jo, fair.anne, slot=1), now=LATER)

    (event,) = fair.events(fair.jo, LATER)

    assert told(event)[:2] == ("CONFIRMED", 2)


def test_when_a_colleague_takes_over_it_is_cancelled_for_the_one_and_new_for_the_other(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    assert fair.events(fair.ute) == []
    fair.publish(Held(fair.ute, fair.anne), now=LATER)

    (jo,), (ute,) = fair.events(fair.jo, LATER), fair.events(fair.ute, LATER)
    (anne,), (house,) = fair.events(fair.anne, LATER), fair.events(fair.jo.organisation, LATER)

    assert (jo.value("STATUS"), ute.value("STATUS")) == ("CANCELLED", "CONFIRMED")
    assert {one.value("UID") for one in (jo, ute, anne, house)} == {jo.value("UID")}
    assert {one.value("SEQUENCE") for one in (jo, ute, anne, house)} == {"1"}
    assert "Ute Neu" in anne.text("DESCRIPTION")


def test_another_partner_is_another_meeting(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    fair.publish(Held(fair.jo, fair.bo), now=LATER)

    events = fair.events(fair.jo, LATER)

    assert sorted(one.value("STATUS") for one in events) == ["CANCELLED", "CONFIRMED"]
    assert len({one.value("UID") for one in events}) == 2


def test_what_was_cancelled_is_dropped_when_72_hours_have_passed_and_the_event_is_over(fair: Fair) -> None:
    cancelled = fair.end - timedelta(hours=10)
    fair.publish(Held(fair.jo, fair.anne))
    fair.publish(now=cancelled)

    during = fair.events(fair.jo, fair.end - timedelta(seconds=1))
    after = fair.events(fair.jo, fair.end)
    before_the_third_day = fair.events(fair.jo, cancelled + timedelta(hours=72, seconds=-1))
    later = fair.events(fair.jo, cancelled + timedelta(hours=72))

    assert [one.value("STATUS") for one in during] == ["CANCELLED"]
    assert [one.value("STATUS") for one in after] == ["CANCELLED", "CONFIRMED"]
    assert [one.value("STATUS") for one in before_the_third_day] == ["CANCELLED", "CONFIRMED"]
    assert [one.text("SUMMARY") for one in later] == ["Convention ist vorbei"] or [
        one.text("SUMMARY") for one in later
    ] == ["Convention : c’est terminé"]


def test_what_was_cancelled_long_before_stays_until_the_event_is_over(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne), now=fair.end - timedelta(days=20))
    fair.publish(now=fair.end - timedelta(days=19))

    assert [one.value("STATUS") for one in fair.events(fair.jo, fair.end - timedelta(minutes=1))] == ["CANCELLED"]
    assert [one.value("STATUS") for one in fair.events(fair.jo, fair.end)] == ["CONFIRMED"]


def test_when_the_event_is_over_one_notice_stands_for_30_days(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))

    last = fair.events(fair.jo, fair.end - timedelta(seconds=1))
    (notice,) = fair.events(fair.jo, fair.end)
    (still,) = fair.events(fair.jo, fair.end + timedelta(days=30, seconds=-1))

    assert [one.value("STATUS") for one in last] == ["CONFIRMED"]
    assert notice.value("UID") == still.value("UID") != last[0].value("UID")
    assert (notice.value("DTSTART"), notice.value("DTEND"), notice.value("TRANSP")) == (
        "20260606",
        "20260607",
        "TRANSPARENT",
    )
    assert fair.row(fair.jo, fair.end + timedelta(days=30)).body == b""


def test_a_clock_that_was_wrong_does_no_lasting_harm(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    before = fair.row(fair.jo).body

    assert fair.row(fair.jo, NOON + timedelta(days=400)).body == b""
    assert fair.row(fair.jo).body == before
    assert fair.row(fair.jo, NOON - timedelta(hours=1)).body == before


def test_a_clock_that_goes_back_between_publications_changes_no_order(fair: Fair) -> None:
    early = NOON - timedelta(hours=1)
    fair.publish(Held(fair.jo, fair.anne, slot=0))
    fair.publish(Held(fair.jo, fair.anne, slot=1), now=early)
    fair.publish(now=early)
    fair.publish(Held(fair.jo, fair.anne, slot=3), now=early)

    (event,) = fair.events(fair.jo, early)

    assert told(event)[:2] == ("CONFIRMED", 3)
    assert moment_of(event, "DTSTART") == fair.event.slots[3].starts_at


def test_the_time_of_a_change_never_goes_back(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne, slot=0), now=LATER)
    first = fair.row(fair.jo, LATER).modified_at
    fair.publish(Held(fair.jo, fair.anne, slot=1), now=NOON)

    assert fair.row(fair.jo, LATER).modified_at >= first


def test_the_programme_is_in_it_and_a_change_of_it_shows_at_once(fair: Fair) -> None:
    item = models.ProgrammeItem(
        event_id=fair.event.id,
        uid="opening",
        title="Ouverture; avec, tout\\le monde",
        starts_at=fair.event.slots[0].starts_at - timedelta(hours=1),
        ends_at=fair.event.slots[0].starts_at,
        attendance="local-authority",
        languages=["fr"],
        changed_at=NOON,
    )
    fair.session.add(item)
    fair.publish()
    shown = fair.events(fair.anne)
    item.room, item.sequence, item.changed_at = "Salle A", 1, LATER
    fair.session.flush()
    fair.session.expire_all()
    changed = fair.events(fair.anne, LATER)

    assert [one.text("SUMMARY") for one in shown] == ["Ouverture; avec, tout\\le monde"]
    assert fair.events(fair.jo) == []
    assert changed[0].text("LOCATION") == "Salle A, Hall des sports"
    assert fair.row(fair.anne, LATER).modified_at == LATER


def test_who_registers_for_an_item_finds_it_in_their_feed_at_once(fair: Fair) -> None:
    item = models.ProgrammeItem(
        event_id=fair.event.id,
        uid="workshop",
        title="Atelier",
        starts_at=fair.event.slots[0].starts_at - timedelta(hours=1),
        ends_at=fair.event.slots[0].starts_at,
        attendance="registration",
        languages=["fr"],
        changed_at=NOON,
    )
    fair.session.add(item)
    fair.publish()
    assert fair.events(fair.jo) == []

    fair.session.add(models.ProgrammeRegistration(item_id=item.id, delegate_id=fair.jo.id, created_at=LATER))
    fair.session.flush()
    fair.session.expire_all()

    assert [one.text("SUMMARY") for one in fair.events(fair.jo, LATER)] == ["Atelier"]
    assert [one.text("SUMMARY") for one in fair.events(fair.jo.organisation, LATER)] == ["Atelier"]
    assert fair.events(fair.ute, LATER) == []
    assert fair.row(fair.jo, LATER).modified_at == LATER


def test_a_renewed_page_link_is_in_the_feed_at_once_and_a_withdrawn_one_is_not(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    page = sibling_of(fair.session, fair.link(fair.jo), Purpose.PAGE)
    assert page is not None
    old = fair.writer.keyring.token(page)
    assert old in fair.events(fair.jo)[0].value("URL")

    renew(fair.session, page, LATER)
    assert fair.events(fair.jo, LATER)[0].value("URL").endswith(fair.writer.keyring.token(page))
    withdraw(fair.session, page, LATER)
    assert fair.events(fair.jo, LATER)[0].value("URL") == ""
    assert "agd_" not in fair.row(fair.jo, LATER).body.decode()


def test_what_feeds_said_can_be_forgotten_and_is_made_anew(fair: Fair) -> None:
    fair.publish(Held(fair.jo, fair.anne))
    assert b"Anne" in fair.row(fair.jo).body
    fair.anne.first_name = "Erased"
    fair.session.flush()
    fair.session.execute(update(models.Feed).values(made_from=None, body=b""))
    fair.session.expire_all()

    assert fair.session.scalars(select(models.Feed.body)).all() == [b""]
    again = fair.row(fair.jo, LATER)
    assert b"Anne" not in again.body
    assert again.modified_at == LATER


def test_an_event_of_several_days_has_each_meeting_on_its_day(session: Session) -> None:
    fair = a_fair(session)
    day = date(2026, 6, 8)
    begins = datetime(2026, 6, 8, 8, tzinfo=UTC)
    session.add(models.Slot(event_id=fair.event.id, starts_at=begins, minutes=15, day=day, session="morning"))
    session.flush()
    session.expire_all()
    fair.publish(Held(fair.jo, fair.anne, slot=0), Held(fair.ute, fair.bo, slot=4))

    assert [one.value("DTSTART")[:8] for one in fair.events(fair.ute)] == ["20260608"]
    assert [one.value("DTSTART")[:8] for one in fair.events(fair.jo, begins)] == ["20260606"]
    (notice,) = fair.events(fair.jo, fair.end)
    assert notice.value("DTSTART") == "20260608"


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("Europe/Paris", date(2026, 3, 29), time(1, 30)),
        ("Europe/Paris", date(2026, 3, 29), time(9)),
        ("Europe/Paris", date(2026, 10, 25), time(1, 45)),
        ("Europe/Paris", date(2026, 10, 25), time(9)),
        ("America/New_York", date(2026, 11, 1), time(0, 30)),
        ("America/New_York", date(2026, 11, 1), time(9)),
        ("Asia/Kolkata", date(2026, 6, 6), time(14)),
        ("Africa/Casablanca", date(2026, 2, 15), time(1, 30)),
        ("Africa/Casablanca", date(2026, 6, 6), time(9)),
        ("Pacific/Auckland", date(2026, 9, 27), time(9)),
        ("Pacific/Auckland", date(2027, 4, 4), time(1, 30)),
        ("UTC", date(2026, 6, 6), time(9)),
    ],
)
def test_every_meeting_is_at_its_moment_also_on_the_day_on_which_clocks_change(
    session: Session, zone: str, day: date, starts: time
) -> None:
    fair = a_fair(session, zone, day, starts)
    for slot in fair.event.slots:  # an hour each, so that the change comes in between
        number = fair.event.slots.index(slot)
        slot.starts_at, slot.minutes = fair.event.slots[0].starts_at + timedelta(hours=number), 60
    session.flush()
    session.expire_all()
    for number in range(4):
        fair.publish(Held(fair.jo, fair.anne, slot=number), now=NOON - timedelta(days=200))
        row = fair.row(fair.jo, NOON - timedelta(days=200))
        assert faults_of(row.body) == []
        (event,) = events_in(row.body)
        assert moment_of(event, "DTSTART") == fair.event.slots[number].starts_at
        assert moment_of(event, "DTEND") == fair.event.slots[number].ends_at


def test_a_calendars_sender_is_at_the_houses_address() -> None:
    assert sender_of("https://ronde.example:8443") == "no-reply@ronde.example"
    assert sender_of("http://127.0.0.1:8000") == sender_of("http://localhost") == "no-reply@ronde.invalid"
