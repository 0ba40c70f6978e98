"""Calendars are read alike by icalendar, by vobject and by ical.js, and as our own strict reader reads them."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar
from sqlalchemy.orm import Session

from app import models
from tests.app.agendas.fairs import a_fair
from tests.app.agendas.strict import events_in, moment_of
from tests.app.agendas.timetables import Held
from tests.builders import NOON

ROOT = Path(__file__).resolve().parents[3]
LONG = (
    "Ausschreibung für Gebäudereinigung, «écoles & crèches»; voir \\ annexe\nligne 2 — "
    + "日本語 ελληνικά العربية 🌍 " * 12
)
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Auckland", "UTC")
DAYS = (date(2026, 3, 29), date(2026, 6, 6), date(2026, 10, 25), date(2026, 11, 1))

Read = dict[str, object]


@pytest.fixture
def calendars(session: Session) -> list[bytes]:
    """Feeds of all sorts: in many zones, on the days when clocks change, moved, cancelled, over, with hard texts."""
    found = []
    for number, (zone, day) in enumerate((zone, day) for zone in ZONES for day in DAYS):
        starts = time(0, 30) if number % 2 else time(9)
        fair = a_fair(session, zone, day, starts, name=f"Fair {number}")
        fair.anne.organisation.name = LONG if number % 3 == 0 else "Ville"
        for at, slot in enumerate(fair.event.slots):
            slot.starts_at, slot.minutes = fair.event.slots[0].starts_at + timedelta(hours=at), 60
        session.add(
            models.ProgrammeItem(
                event_id=fair.event.id,
                uid=f"item-{number}",
                title="Ouverture",
                starts_at=fair.event.slots[0].starts_at - timedelta(hours=2),
                ends_at=fair.event.slots[0].starts_at,
                attendance="all",
                languages=[],
                changed_at=NOON,
            )
        )
        session.flush()
        session.expire_all()
        early = NOON - timedelta(days=200)
        fair.publish(Held(fair.jo, fair.anne, slot=0), Held(fair.ute, fair.bo, slot=1), now=early)
        fair.publish(
            Held(fair.jo, fair.anne, slot=number % 4), Held(fair.jo, fair.bo, slot=(number + 1) % 4), now=early
        )
        moments = (early, fair.end + timedelta(minutes=1))
        found += [fair.row(who, now).body for who in (fair.jo, fair.ute, fair.jo.organisation) for now in moments]
    return found


def by_us(body: bytes) -> list[Read]:
    return [
        {
            "uid": one.value("UID"),
            "sequence": int(one.value("SEQUENCE")),
            "summary": one.text("SUMMARY"),
            "location": one.text("LOCATION"),
            "description": one.text("DESCRIPTION"),
            "status": one.value("STATUS"),
            "start": one.value("DTSTART") if len(one.value("DTSTART")) == 8 else moment_of(one, "DTSTART"),
            "end": one.value("DTEND") if len(one.value("DTEND")) == 8 else moment_of(one, "DTEND"),
            "alarms": len(one.components),
        }
        for one in events_in(body)
    ]


def moment(value: date) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value.strftime("%Y%m%d")


def by_icalendar(body: bytes) -> list[Read]:
    return [
        {
            "uid": str(one["uid"]),
            "sequence": one["sequence"],
            "summary": str(one["summary"]),
            "location": str(one.get("location", "")),
            "description": str(one.get("description", "")),
            "status": str(one["status"]),
            "start": moment(one.decoded("dtstart")),
            "end": moment(one.decoded("dtend")),
            "alarms": len(one.walk("VALARM")),
        }
        for one in Calendar.from_ical(body).walk("VEVENT")
    ]


def by_vobject(body: bytes) -> list[Read]:
    calendar = vobject.readOne(body.decode())
    return [
        {
            "uid": one.uid.value,
            "sequence": int(one.sequence.value),
            "summary": one.summary.value,
            "location": one.location.value if "location" in one.contents else "",
            "description": one.description.value if "description" in one.contents else "",
            "status": one.status.value,
            "start": moment(one.dtstart.value),
            "end": moment(one.dtend.value),
            "alarms": len(one.contents.get("valarm", [])),
        }
        for one in calendar.contents.get("vevent", [])
    ]


def by_ical_js(bodies: list[bytes], folder: Path) -> list[list[Read]]:
    paths = []
    for number, body in enumerate(bodies):
        paths.append(folder / f"{number}.ics")
        paths[-1].write_bytes(body)
    script = str(ROOT / "tests/app/agendas/readers.mjs")
    done = subprocess.run(["node", script, *map(str, paths)], capture_output=True, text=True, check=True, cwd=ROOT)
    read = json.loads(done.stdout)
    for one in (event for events in read for event in events):
        for name in ("start", "end"):
            text = one[name]
            one[name] = datetime.fromisoformat(text) if "T" in text else text.replace("-", "")
    return read


def test_icalendar_reads_what_we_wrote(calendars: list[bytes]) -> None:
    assert len(calendars) == 144
    assert [by_icalendar(one) for one in calendars] == [by_us(one) for one in calendars]


def test_vobject_reads_what_we_wrote(calendars: list[bytes]) -> None:
    assert [by_vobject(one) for one in calendars] == [by_us(one) for one in calendars]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is missing")
@pytest.mark.skipif(not (ROOT / "node_modules/ical.js").is_dir(), reason="ical.js is missing: npm install")
def test_ical_js_reads_what_we_wrote(calendars: list[bytes], tmp_path: Path) -> None:
    for body, read in zip(calendars, by_ical_js(calendars, tmp_path), strict=True):
        assert read == by_us(body)
