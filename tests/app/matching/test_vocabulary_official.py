"""The official list is loaded from what is published, and used."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli import command_line
from app.errors import Faulty
from app.matching.importing import read_official, store_official
from app.matching.loading import vocabulary_of
from app.matching.vocabulary import Entry
from tests.data.writing import Sheet, old_excel, open_document
from tests.importers import hostile

OFFICIAL = Path(__file__).parents[4] / "shared" / "data" / "cpv_2008.csv"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def a_csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "codes.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_in_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    path = a_csv(tmp_path, "Code CPV;Libellé;Bezeichnung\n90919200-4;Nettoyage de bureaux;Büroreinigung\n", encoding)
    (entry,) = read_official(path)
    assert (entry.code, entry.names) == ("90919200", {"fr": "Nettoyage de bureaux", "de": "Büroreinigung"})


def test_a_workbook_is_read_below_its_title_and_with_codes_kept_as_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["CPV 2008"], [], ["CODE", "EN", "FR", "PT"], [3111000, "Seeds", "Semences", "Sementes"]):
        sheet.append(row)
    book.save(tmp_path / "codes.xlsx")
    (entry,) = read_official(tmp_path / "codes.xlsx")
    assert (entry.code, entry.names) == ("03111000", {"en": "Seeds", "fr": "Semences", "pt": "Sementes"})


def test_every_row_that_is_no_code_is_named_with_its_cell(tmp_path: Path) -> None:
    path = a_csv(tmp_path, "code,en\n90910000-9,Cleaning services\nsoap,Soap\n90919200-4,\n")
    with pytest.raises(Faulty) as refused:
        read_official(path)
    assert [fault.message for fault in refused.value.faults] == [
        "codes, A3: “soap” is not a code; expected eight digits, such as 90910000-9",
        "codes, A4: the code 90919200-4 has no name in any language",
    ]


@pytest.mark.parametrize("name", ["codes.csv", "list.tsv"])
def test_a_file_that_is_no_list_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a,b\n1,2\n")
    with pytest.raises(Faulty, match="is not a list of procurement codes"):
        read_official(tmp_path / name)


def test_a_workbook_in_any_format_is_read(tmp_path: Path) -> None:
    rows: list[list[str | int | float | date | None]] = [["CODE", "EN"], ["90911100-0", "Accommodation cleaning"]]
    for kind, written in (("xls", old_excel), ("ods", open_document)):
        (tmp_path / f"codes.{kind}").write_bytes(written([Sheet("CPV", rows)]))
        assert [entry.code for entry in read_official(tmp_path / f"codes.{kind}")] == ["90911100"]


HOSTILE: list[tuple[str, Callable[[Path], None], str]] = [
    ("bombe.xlsx", hostile.bomb("xl/sharedStrings.xml"), "unpacked, this file would be far too large"),
    ("entites.xlsx", hostile.entities, "built in a way that no spreadsheet program does"),
    ("indice.xlsx", hostile.wrong_string_index, "damaged and cannot be read whole"),
    ("cercle.xls", hostile.old_going_in_circles, "damaged and cannot be read whole"),
    ("secret.xlsx", hostile.password, "protected by a password"),
    ("bruit.csv", hostile.noise, "is not a spreadsheet"),
    ("vide.csv", hostile.empty, "is empty"),
    ("absent.csv", lambda _path: None, "cannot be opened"),
]


@pytest.mark.parametrize(("name", "make", "says"), HOSTILE, ids=[each[0] for each in HOSTILE])
def test_a_hostile_list_gets_one_sentence_and_the_list_before_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path], None], says: str
) -> None:
    monkeypatch.setenv("RONDE_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    make(tmp_path / name)
    refused = CliRunner().invoke(command_line(), ["cpv", "load", str(tmp_path / name)])
    assert refused.exit_code == 2
    (line,) = refused.stderr.splitlines()
    assert line.startswith(name)
    assert says in line
    assert not (tmp_path / "own.db").exists()


def test_a_list_that_needs_too_much_ends_the_child_and_not_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.reading.MEMORY", 24 << 20)
    path = a_csv(tmp_path, "code,en\n90911100-0,Accommodation cleaning\n")
    with pytest.raises(Faulty) as refused:
        read_official(path)
    assert [fault.code for fault in refused.value.faults] == ["file-too-demanding"]


def test_a_loaded_list_takes_the_place_of_the_one_before(session: Session) -> None:
    first = Entry("90911100", {"en": "Accommodation cleaning"}, is_official=True)
    second = Entry("90911200", {"en": "Building cleaning"}, is_official=True)
    store_official(session, [first, second])
    store_official(session, [first])
    codes = vocabulary_of(session).codes
    assert "90911100" in codes
    assert "90911200" not in codes


@pytest.mark.soak
@pytest.mark.skipif(not OFFICIAL.exists(), reason="../shared/data/cpv_2008.csv is missing beside this checkout")
def test_the_official_list_makes_every_level_usable(session: Session) -> None:
    entries = read_official(OFFICIAL)
    assert len(entries) == 9454
    store_official(session, entries)
    vocabulary = vocabulary_of(session)
    assert vocabulary.find("nettoyage de bureaux")[0].code == "90919200"
    assert vocabulary.find("pulizia degli uffici")[0].code == "90919200", "also in languages that are not carried"


def test_texts_are_answered_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RONDE_DATABASE_URL", raising=False)
    done = CliRunner().invoke(command_line(), ["cpv", "find", "--json", "--lang", "fr", "Büroreinigung"])
    assert done.exit_code == 0
    best = json.loads(done.stdout)[0]
    assert best == {"code": "90919200", "name": "Nettoyage de bureaux", "certainty": best["certainty"]}
    assert best["certainty"] >= 0.5
    assert list(tmp_path.iterdir()) == []


def test_each_line_of_standard_input_has_its_own_line_of_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command_line(), ["cpv", "find", "--json"], input="laundry\r\n\nWäscherei\n")
    first, empty, last = (json.loads(line) for line in done.stdout.splitlines())
    assert (first[0]["code"][:3], empty, last[0]["code"][:3]) == ("983", [], "983")


def test_what_is_not_certain_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command_line(), ["cpv", "find", "divers", "zzzz"])
    assert "please choose" in done.stdout
    assert "no code found" in done.stdout


def test_a_list_is_loaded_and_used_by_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RONDE_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    path = a_csv(tmp_path, "code,en\n90911100-0,Accommodation cleaning\n")
    assert CliRunner().invoke(command_line(), ["cpv", "load", str(path)]).stdout == "1 codes loaded.\n"
    found = json.loads(CliRunner().invoke(command_line(), ["cpv", "find", "--json", "accommodation cleaning"]).stdout)
    assert found[0]["code"] == "90911100"
    refused = CliRunner().invoke(command_line(), ["cpv", "load", str(tmp_path / "nowhere.csv")])
    assert refused.exit_code == 2
