"""The convention of Mont-Saint-Martin, planned as `make demo` does it."""

from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from typer.testing import CliRunner

from app.cli import command_line

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = sorted((ROOT / "examples" / "mont-saint-martin").glob("*.xlsx"))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder that was written, and what was said."""
    out = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(command_line(), ["plan", *map(str, EXAMPLE), "--out", str(out), "--seconds", "3"])
    assert done.exit_code == 0, done.stderr
    return out, done.stdout.splitlines()


def test_the_convention_holds_at_least_590_meetings(lines: tuple[Path, list[str]]) -> None:
    folder, said = lines
    organisations = [path for path in (folder / "agendas").glob("*.ics") if "--" not in path.name]
    meetings = int(said[-2].split(", ")[1].split()[0])

    assert said[-2] == f"{len(organisations)} organisations from 4 countries, {meetings} meetings in 3 hours"
    assert meetings >= 590
    assert "value" in said[-1].split(" proved,")[0]


def test_no_rule_is_broken(lines: tuple[Path, list[str]]) -> None:
    files = [str(lines[0] / name) for name in ("problem.json", "schedule.json")]

    assert CliRunner().invoke(command_line(), ["check", *files]).exit_code == 0


def test_sheet_and_calendars_tell_the_same(lines: tuple[Path, list[str]]) -> None:
    folder, said = lines
    by_slot = load_workbook(folder / "planning.xlsx", read_only=True).worksheets[0]
    calendars = [Calendar.from_ical(path.read_bytes()) for path in (folder / "agendas").glob("*--*.ics")]
    seats = [event["uid"] for one in calendars for event in one.walk("VEVENT") if "·" in event["summary"]]

    assert f" {by_slot.max_row - 1} meetings " in said[-2]
    assert len(seats) == 2 * (by_slot.max_row - 1)
    assert {seats.count(uid) for uid in seats[:50]} == {2}
    assert len(calendars) == 148


def test_everybody_attends_the_round_table_before_the_meetings(lines: tuple[Path, list[str]]) -> None:
    for path in (lines[0] / "agendas").glob("*.ics"):
        events = sorted(Calendar.from_ical(path.read_bytes()).walk("VEVENT"), key=lambda one: one.decoded("dtstart"))
        assert f"{events[0].decoded('dtstart'):%d.%m.%Y %H:%M}" == "06.06.2019 13:30"
        assert all(f"{one.decoded('dtstart'):%H:%M}" >= "14:30" for one in events[1:])
