"""What an event file says must fit together; what does not is said where it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importers import Reading, read_workbooks

Read = Callable[[str, str], Reading]
SHEET = """Nom de l'événement;Convention
Fuseau horaire;Europe/Paris
Durée d'un rendez-vous;20
Tables;5
Sessions;6 juin 2019 14:30-14:45
"""
FILE = """
name = "Convention"
time_zone = "Europe/Paris"
meeting_minutes = 20
tables = 5
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(name: str, content: str) -> Reading:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_workbooks([path])

    return of


def session(start: str, end: str, day: str = "2019-06-06") -> str:
    return f"[[session]]\ndate = {day}\nstart = {start}:00\nend = {end}:00\n"


def told(reading: Reading) -> list[tuple[str, str, str | None]]:
    return [(error.code, error.sheet, error.cell) for error in reading.errors]


def test_a_session_shorter_than_a_meeting_is_said_at_its_cell(read: Read) -> None:
    assert told(read("ev.csv", SHEET)) == [("session-too-short", "ev", "B5")]


def test_sessions_that_overlap_name_both_places(read: Read) -> None:
    reading = read("ev.toml", FILE + session("14:30", "15:30") + session("15:00", "16:00"))
    assert told(reading) == [("sessions-overlap", "ev.toml", "session[1]")]
    assert reading.errors[0].parameters["other"] == "ev.toml, session[0]"


def test_a_session_may_begin_when_the_last_meeting_before_it_ends(read: Read) -> None:
    assert told(read("ev.toml", FILE + session("14:30", "15:35") + session("15:30", "16:30"))) == []


def test_the_same_session_twice_in_one_file_overlaps(read: Read) -> None:
    reading = read("ev.toml", FILE + session("14:30", "15:30") * 2)
    assert told(reading) == [("sessions-overlap", "ev.toml", "session[1]")]


@pytest.mark.parametrize("written", ["14:30-14h99", "14h99-15h", "14:30-14:99"])
def test_a_time_that_no_clock_shows_is_said_to_be_none(read: Read, written: str) -> None:
    broken = read("ev.csv", SHEET.replace("14:30-14:45", written))
    assert told(broken) == [("not-a-time-range", "ev", "B5")]


def test_a_time_that_the_clocks_skip_is_said_for_sessions_and_programme(read: Read) -> None:
    night = 'title = "Nuit"\ndate = 2026-03-29\nstart = 02:30:00\nend = 04:00:00\n'
    reading = read("ev.toml", FILE + session("02:10", "04:00", "2026-03-29") + "[[programme]]\n" + night)
    assert told(reading) == [("no-such-time", "ev.toml", "session[0]"), ("no-such-time", "ev.toml", "programme[0]")]


def test_what_is_said_but_not_understood_is_known_as_such(read: Read) -> None:
    broken = SHEET.replace("Europe/Paris", "Europe/Pari").replace("14:30-14:45", "14:30-14h99")
    event = read("ev.csv", broken).event
    assert event is not None
    assert event.misread == ("sessions", "time_zone")
