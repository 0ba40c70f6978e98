"""`ronde replan`: the planning in the folder is changed by hand, taken back, judged, and everything is written anew."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import Result

from app import db, models
from app.agendas.planning import OWN_DATABASE
from tests.app.agendas.test_planning import EVENT, PEOPLE, plan, ronde, written


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a plan of four organisations in four slots of a quarter of an hour, at three tables."""
    event = tmp_path / "event.toml"
    event.write_text(EVENT, encoding="utf-8")
    folder = tmp_path / "out"
    done = plan(written(tmp_path / "people.xlsx", PEOPLE), event, folder)
    assert done.exit_code == 0, done.stderr
    return folder


def replan(out: Path, *more: object) -> Result:
    return ronde("replan", out / "planning.xlsx", "--out", out, *more)


def remove_a_meeting(out: Path) -> None:
    book = load_workbook(out / "planning.xlsx")
    book.worksheets[0].delete_rows(2)
    book.save(out / "planning.xlsx")


def test_a_meeting_that_is_removed_from_the_planning_is_removed_from_everything(out: Path) -> None:
    remove_a_meeting(out)

    done = replan(out)

    assert done.exit_code == 0, done.stderr
    assert "Version 2: changed meetings: 0, added: 0, removed: 1." in done.stderr
    assert done.stdout.splitlines()[-2] == "4 organisations from 2 countries, 2 meetings in 1 hour"
    assert load_workbook(out / "planning.xlsx").worksheets[0].max_row == 3
    assert ronde("check", out / "problem.json", out / "schedule.json").exit_code == 0
    with db.reading(db.create_engine_of(f"sqlite:///{out / OWN_DATABASE}")) as session:
        versions = session.query(models.Version).order_by(models.Version.number).all()
        assert [(one.number, one.published_at is not None) for one in versions] == [(1, True), (2, True)]


def test_a_planning_as_it_was_written_changes_nothing(out: Path) -> None:
    done = replan(out)

    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing in the planning differs from version 1." in done.stderr


def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(out: Path) -> None:
    book = load_workbook(out / "planning.xlsx")
    book.worksheets[0]["D2"] = 99
    book.worksheets[0]["B3"] = "soon"
    book.save(out / "planning.xlsx")
    before = {path: path.read_bytes() for path in out.glob("*.[jhp]*")}

    done = replan(out, "--lang", "fr")

    assert done.exit_code == 2
    assert "B3" in done.stderr
    assert {path: path.read_bytes() for path in out.glob("*.[jhp]*")} == before


def test_a_planning_that_is_not_the_newest_is_told_so(out: Path) -> None:
    kept = (out / "planning.xlsx").read_bytes()
    remove_a_meeting(out)
    replan(out)
    (out / "planning.xlsx").write_bytes(kept)

    done = replan(out)

    assert done.exit_code == 2
    assert "The planning is of version 1, and version 2 has been made since; export that one." in done.stderr


def test_a_folder_without_a_plan_is_told_so(out: Path, tmp_path: Path) -> None:
    done = ronde("replan", out / "planning.xlsx", "--out", tmp_path / "elsewhere")

    assert done.exit_code == 2
    assert "There is no plan in" in done.stderr
