"""The main job, end to end: workbooks in, a proved timetable and everybody's agenda out."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine
from typer.testing import CliRunner

from app import db, models
from app.agendas.planning import OWN_DATABASE
from app.cli import command_line

REGISTERED = """
Organisation;Type;Prénom;Nom;E-mail;Pays;Langues;Souhait 1;Souhait 2;Refus
Ville de Longwy;collectivité;Anne;Roy;anne@longwy.example;France;français;Atelier du Fil;Werkhof;
Atelier du Fil;ESAT;Luc;Petit;luc@fil.example;France;français;Ville de Longwy;;
Atelier du Fil;ESAT;Eva;Klein;eva@fil.example;France;français, allemand;;;
Werkhof;Inklusionsbetrieb;Jo;Alt;jo@werkhof.example;Allemagne;allemand, français;Ville de Longwy;;Gruppe 4
Gruppe 4;Einkäufer;Ina;Vier;ina@vier.example;Allemagne;allemand;Werkhof;Atelier du Fil;
"""
HEADERS, *PEOPLE = [line.split(";") for line in REGISTERED.split("\n") if line]
EVENT = """
name = "Petite convention"
time_zone = "Europe/Paris"
venue = "Longwy"
meeting_minutes = 15
tables = 3
[[session]]
date = 2026-06-06
start = 14:00:00
end = 15:00:00
[policy]
mode = "wishes"
"""


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "event.toml"
    path.write_text(EVENT, encoding="utf-8")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return written(tmp_path / "people.xlsx", PEOPLE)


def written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Inscriptions"
    for row in [HEADERS, *rows]:
        sheet.append(list(row))
    book.save(path)
    return path


def ronde(*words: object, **environment: str) -> Result:
    return CliRunner().invoke(command_line(), list(map(str, words)), env=environment)


def plan(workbook: Path, event: Path, out: Path, *more: object) -> Result:
    return ronde("plan", workbook, "--event", event, "--out", out, "--seconds", 10, *more)


def changed(row: Sequence[object], column: str, value: object) -> list[object]:
    found = list(row)
    found[HEADERS.index(column)] = value
    return found


def engine_of(out: Path) -> Engine:
    return db.create_engine_of(f"sqlite:///{out / OWN_DATABASE}")


def test_a_workbook_becomes_a_plan_that_the_judge_accepts(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = plan(workbook, event, out)

    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == [
        "4 organisations from 2 countries, 3 meetings in 1 hour",
        "value, breaks and tables proved",
    ]
    assert "organisations: 4 new, 0 changed, 0 unchanged, 0 gone" in done.stderr
    assert len(list((out / "agendas").glob("*.ics"))) == 4 + 5
    assert ronde("check", out / "problem.json", out / "schedule.json").exit_code == 0


def test_a_second_run_changes_nothing_and_makes_a_new_version(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)
    first = {path.name: path.read_bytes() for path in (out / "agendas").iterdir()}

    again = plan(workbook, event, out)

    assert again.exit_code == 0, again.stderr
    for kind, count in (("organisations", 4), ("delegates", 5), ("wishes", 7)):
        assert f"{kind}: 0 new, 0 changed, {count} unchanged, 0 gone" in again.stderr
    with db.reading(engine_of(out)) as session:
        assert [one.number for one in session.query(models.Version).order_by(models.Version.number)] == [1, 2]
    assert {path.name: path.read_bytes() for path in (out / "agendas").iterdir()} == first


def test_a_corrected_file_changes_what_it_names(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)
    corrected = [changed(PEOPLE[0], "Pays", "Belgique"), *PEOPLE[1:4]]

    done = plan(written(workbook, corrected), event, out)

    assert "organisations: 0 new, 1 changed, 2 unchanged, 1 gone" in done.stderr
    assert "warning: Gruppe 4 is no longer in the file but still planned; --delete-missing removes them." in done.stderr
    assert done.stdout.splitlines()[-2] == "4 organisations from 3 countries, 3 meetings in 1 hour"


def test_who_is_no_longer_named_goes_when_asked(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)
    without = [changed(PEOPLE[0], "Souhait 2", ""), *PEOPLE[1:3]]

    done = plan(written(workbook, without), event, out, "--delete-missing")

    assert done.stdout.splitlines()[-2] == "2 organisations from 1 country, 1 meeting in 1 hour"
    assert "The wish of Gruppe 4 for Atelier du Fil is no longer in the file and is removed." in done.stderr
    assert "delegates: 0 new, 0 changed, 3 unchanged, 2 gone" in done.stderr
    assert sorted(path.name for path in (out / "agendas").iterdir()) == [
        "atelier-du-fil--eva-klein.ics",
        "atelier-du-fil--luc-petit.ics",
        "atelier-du-fil.ics",
        "ville-de-longwy--anne-roy.ics",
        "ville-de-longwy.ics",
    ]


def test_a_wish_for_who_has_just_been_removed_is_left_out(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)

    done = plan(written(workbook, PEOPLE[:3]), event, out, "--delete-missing")

    assert done.exit_code == 0, done.stderr
    assert "The wish of Ville de Longwy for Werkhof is left out: one of them is no longer registered." in done.stderr
    assert done.stdout.splitlines()[-2] == "2 organisations from 1 country, 1 meeting in 1 hour"


def test_a_broken_workbook_is_refused_with_every_fault_and_nothing_is_left(event: Path, tmp_path: Path) -> None:
    broken = [
        changed(PEOPLE[0], "Type", "licorne"),
        changed(PEOPLE[1], "Pays", "Atlantis"),
        changed(PEOPLE[3], "Souhait 1", "Zzyzx Industries"),
    ]
    out = tmp_path / "deep" / "out"

    done = plan(written(tmp_path / "broken.xlsx", broken), event, out)

    assert done.exit_code == 2
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    for cell, read in (("B2", "licorne"), ("F3", "Atlantis"), ("H4", "Zzyzx Industries")):
        assert any("Inscriptions" in line and cell in line and read in line for line in errors), (cell, errors)
    assert done.stdout == ""
    assert not out.exists()


def test_faults_in_a_correction_leave_what_was_there(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)
    before = {path: path.read_bytes() for path in out.rglob("*.[ijx]*") if path.is_file()}
    broken = [*PEOPLE, changed(PEOPLE[0], "Souhait 1", "Zzyzx Industries")]

    done = plan(written(workbook, broken), event, out)

    assert done.exit_code == 2
    assert {path: path.read_bytes() for path in out.rglob("*.[ijx]*") if path.is_file()} == before
    with db.reading(engine_of(out)) as session:
        assert session.query(models.Version).count() == 1


def test_a_rehearsal_tells_what_would_be_imported_and_writes_nothing(
    workbook: Path, event: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    done = plan(workbook, event, out, "--dry-run")

    assert (done.exit_code, done.stdout) == (0, "")
    assert "delegates: 5 new, 0 changed, 0 unchanged, 0 gone" in done.stderr
    assert not out.exists()


def test_workbooks_without_an_event_say_what_is_needed(workbook: Path, tmp_path: Path) -> None:
    done = ronde("plan", workbook, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "No sheet describes the event" in done.stderr


def test_a_fault_of_the_event_is_told_once(workbook: Path, event: Path, tmp_path: Path) -> None:
    event.write_text(EVENT.replace("date = 2026-06-06", 'date = "one fine day"'), encoding="utf-8")

    done = plan(workbook, event, tmp_path / "out")

    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert done.exit_code == 2
    assert len(errors) == 1
    assert "one fine day" in errors[0]


def test_participants_alone_are_for_the_event_that_is_there(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan(workbook, event, out)

    again = ronde("plan", workbook, "--out", out, "--seconds", 10)

    assert again.exit_code == 0, again.stderr
    assert "organisations: 0 new, 0 changed, 4 unchanged, 0 gone" in again.stderr


def test_the_hour_that_does_not_exist_is_refused(workbook: Path, event: Path, tmp_path: Path) -> None:
    event.write_text(
        EVENT.replace("2026-06-06", "2026-03-29").replace("14:00", "02:30").replace("15:00:00", "05:00:00")
    )

    done = plan(workbook, event, tmp_path / "out")

    assert done.exit_code == 2
    assert "starts or ends in the hour that the clocks skip in Europe/Paris" in done.stderr


def test_the_organiser_is_answered_in_their_language(workbook: Path, event: Path, tmp_path: Path) -> None:
    done = plan(workbook, event, tmp_path / "out", "--lang", "de")

    assert done.stdout.splitlines()[-2] == "4 Organisationen aus 2 Ländern, 3 Gespräche in 1 Stunde"
    assert load_workbook(tmp_path / "out" / "planning.xlsx").sheetnames[0] == "Nach Zeit und Tisch"


def test_what_an_event_in_german_hands_out_is_in_german_unless_asked_otherwise(
    workbook: Path, event: Path, tmp_path: Path
) -> None:
    event.write_text(EVENT.replace("tables = 3", 'tables = 3\nlanguages = ["nl", "de", "fr"]'), encoding="utf-8")

    german = plan(workbook, event, tmp_path / "de")
    french = plan(workbook, event, tmp_path / "fr", "--lang", "fr")
    first_sheets = [load_workbook(tmp_path / out / "planning.xlsx").sheetnames[0] for out in ("de", "fr")]

    assert german.stdout.splitlines()[-2] == "4 organisations from 2 countries, 3 meetings in 1 hour"
    assert first_sheets == ["Nach Zeit und Tisch", "Par créneau et table"]
    assert french.stdout.splitlines()[-2] == "4 organisations de 2 pays, 3 rendez-vous en 1 heure"


def test_a_header_is_settled_by_hand_and_remembered(event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    book = load_workbook(written(tmp_path / "people.xlsx", PEOPLE))
    book.worksheets[0]["A1"] = "Zorglub"
    book.save(tmp_path / "people.xlsx")

    refused = plan(tmp_path / "people.xlsx", event, out)
    settled = plan(tmp_path / "people.xlsx", event, out, "--map", "Zorglub=organisation")
    remembered = plan(tmp_path / "people.xlsx", event, out)
    nonsense = plan(tmp_path / "people.xlsx", event, out, "--map", "Zorglub")

    assert [one.exit_code for one in (refused, settled, remembered)] == [2, 0, 0], settled.stderr
    assert str(nonsense.exception) == "“Zorglub” settles no header; write HEADER=field."


def test_a_header_that_is_in_no_file_is_refused_with_the_nearest(workbook: Path, event: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    planned = plan(workbook, event, out, "--map", "Paise=country")
    read = ronde("read", workbook, "--map", "Paise=country")

    assert (planned.exit_code, read.exit_code) == (2, 2)
    assert "error: No file has a column “Paise”; the nearest are “Pays”" in planned.stderr
    assert "No file has a column “Paise”; the nearest are “Pays”" in read.stderr
    assert not out.exists()


def test_a_database_that_is_named_is_used(workbook: Path, event: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"

    done = ronde("plan", workbook, "--event", event, "--out", tmp_path / "out", "--seconds", 10, RONDE_DATABASE_URL=url)

    assert done.exit_code == 0, done.stderr
    assert not (tmp_path / "out" / OWN_DATABASE).exists()
    with db.reading(db.create_engine_of(url)) as session:
        assert session.query(models.Event).one().slug == "petite-convention"
    assert json.loads((tmp_path / "out" / "problem.json").read_text())["name"] == "petite-convention"


def test_the_command_says_what_is_wrong_with_its_words_in_a_sentence(workbook: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "plan", str(workbook), "--out", str(tmp_path / "out"), "--map", "Zorglub"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "“Zorglub” settles no header; write HEADER=field.\n")
