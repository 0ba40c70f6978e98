"""The event that a file describes is stored; a correction changes what it names, and versions keep what they need."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.events.importing import EventStored, find_event, store_event
from app.hosts.founding import only_host
from importers import Address, EventRow, InterpreterRow, ProgrammeRow, SessionRow, TableRow
from tests.builders import NOON, a_wish, an_organisation

DAY = date(2026, 6, 6)
OPENING = ProgrammeRow("Opening", DAY, time(13), time(14), attendance="all")
ROW = EventRow(
    name="Convention d'été",
    time_zone="Europe/Paris",
    meeting_minutes=20,
    sessions=(SessionRow(DAY, time(14), time(15)),),
    tables=(TableRow("1"), TableRow("2", "Hall B", ((time(14), time(14, 20)),))),
    interpreters=(InterpreterRow("Claire", ("de", "fr")),),
    programme=(OPENING,),
)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def store(session: Session, row: EventRow, lang: str = "en") -> EventStored:
    host = only_host(session, NOON)
    return store_event(session, host, row, find_event(session, host, row.name), NOON, lang)


def an_event(session: Session, row: EventRow = ROW) -> models.Event:
    stored = store(session, row)
    assert stored.event is not None, stored.faults
    return stored.event


def test_an_event_has_all_that_its_sheet_says(session: Session) -> None:
    event = an_event(session)

    assert (event.slug, event.meeting_minutes, event.changeover_minutes) == ("convention-d-ete", 20, 0)
    assert [slot.session for slot in event.slots] == ["2026-06-06 14:00"] * 3
    assert [(table.name, table.hall, table.unavailable) for table in event.tables] == [
        ("1", None, []),
        ("2", "Hall B", [["14:00", "14:20"]]),
    ]
    assert [one.languages for one in event.interpreters] == [["de", "fr"]]
    assert [item.title for item in event.programme] == ["Opening"]


def test_the_same_sheet_changes_nothing(session: Session) -> None:
    an_event(session)

    again = store(session, ROW)

    assert (again.is_created, again.is_changed, again.faults) == (False, False, ())


def test_what_a_sheet_does_not_say_stays(session: Session) -> None:
    event = an_event(session)

    store(session, EventRow(name=ROW.name, venue="Longwy"))

    assert (event.venue, event.time_zone, len(event.slots), len(event.tables)) == ("Longwy", "Europe/Paris", 3, 2)


def test_longer_meetings_make_other_slots(session: Session) -> None:
    event = an_event(session)

    store(session, EventRow(name=ROW.name, meeting_minutes=30))

    assert [slot.minutes for slot in event.slots] == [30, 30]


def test_a_slot_and_a_table_of_a_version_are_withdrawn_and_not_lost(session: Session) -> None:
    event = an_event(session)
    one, other = an_organisation(session, event, "One"), an_organisation(session, event, "Other")
    a_wish(session, one, other)
    version = models.Version(
        event_id=event.id, number=1, created_at=NOON, status="feasible", problem="{}", score={}, bounds={}, proved=[],
        seconds=0, engine="",
    )  # fmt: skip
    identity = models.MeetingIdentity(
        event_id=event.id, organisation_a_id=one.id, organisation_b_id=other.id, ordinal=1, uid="u", changed_at=NOON
    )
    session.add_all([version, identity])
    session.flush()
    session.add(
        models.Meeting(
            version_id=version.id,
            identity_id=identity.id,
            slot_id=event.slots[2].id,
            table_id=event.tables[1].id,
            value=1,
        )
    )
    session.flush()

    store(session, replace(ROW, sessions=(SessionRow(DAY, time(14), time(14, 20)),), tables=(TableRow("7"),)))

    assert [(slot.starts_at.minute, slot.is_withdrawn) for slot in event.slots] == [(0, False), (40, True)]
    assert {table.name: table.is_withdrawn for table in event.tables} == {"2": True, "7": False}
    store(session, ROW)
    assert {table.name: table.is_withdrawn for table in event.tables} == {"1": False, "2": False}


def test_an_item_that_is_moved_stays_the_same_in_calendars(session: Session) -> None:
    event = an_event(session)
    uid = event.programme[0].uid

    store(session, replace(ROW, programme=(replace(OPENING, start=time(13, 15)),)))

    assert [(item.uid, item.sequence) for item in event.programme] == [(uid, 1)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"meeting_minutes": None}, "event-without-minutes"),
        ({"tables": ()}, "event-without-tables"),
        ({"sessions": ()}, "event-without-sessions"),
        ({"time_zone": "Europe/Atlantis"}, "unknown-zone"),
        ({"meeting_minutes": 90}, "session-too-short"),
        ({"rules": {"max_coffee": 3}}, "unknown-rule"),
        ({"sessions": (*ROW.sessions, SessionRow(DAY, time(14, 30), time(16)))}, "sessions-overlap"),
        ({"programme": (replace(OPENING, end=time(12)),)}, "ends-before-start"),
        ({"programme": (replace(OPENING, day=date(2026, 3, 29), start=time(2, 30)),)}, "no-such-time"),
    ],
)
def test_an_event_that_cannot_be_held_is_refused(session: Session, changes: Mapping[str, object], code: str) -> None:
    stored = store(session, replace(ROW, **changes))

    assert [fault.code for fault in stored.faults] == [code]
    assert (stored.event, session.query(models.Event).count()) == (None, 0)


def test_a_zone_that_is_not_said_is_taken_and_told(session: Session) -> None:
    stored = store(session, replace(ROW, time_zone=None), "fr")

    assert [(fault.code, fault.is_warning) for fault in stored.faults] == [("event-without-zone", True)]
    assert stored.faults[0].message == "L’événement ne dit pas son fuseau horaire ; Europe/Paris est retenu."
    assert stored.event is not None
    assert stored.event.time_zone == "Europe/Paris"


def test_without_a_name_the_only_event_is_meant(session: Session) -> None:
    event = an_event(session)
    host = only_host(session, NOON)

    assert find_event(session, host, None) is event
    an_event(session, replace(ROW, name="Another"))
    assert find_event(session, host, None) is None


def test_a_fault_of_a_session_or_an_item_names_its_cell(session: Session) -> None:
    short = SessionRow(DAY, time(16), time(16, 10), Address("Event", cell="B7"))
    over = SessionRow(DAY, time(14, 30), time(15, 30), Address("Event", cell="B8"))
    night = replace(
        OPENING, day=date(2026, 3, 29), start=time(2, 30), address=Address("event.toml", cell="programme[0]")
    )

    stored = store(session, replace(ROW, sessions=(*ROW.sessions, short, over), programme=(night,)))

    assert [(fault.code, fault.sheet, fault.cell) for fault in stored.faults] == [
        ("session-too-short", "Event", "B7"),
        ("sessions-overlap", "Event", "B8"),
        ("no-such-time", "event.toml", "programme[0]"),
    ]
    assert stored.faults[0].message.startswith("Event, B7: The session 2026-06-06 16:00 is shorter")
