"""Several files at once: what one names, another may hold."""

import json
from pathlib import Path

import pytest

from importers import WishRow, read_workbooks

DATA = Path(__file__).parents[1] / "data"
BY_MAIL = """De;Vers;Rang;Remarque
Fromagerie Haut-Doubs;Défi Jura;1;
DEFI JURA;horlogerie vuillet;2;rappeler en mai
Coopérative Les Sapins;Grand Lons Agglomeration;non;
"""


def meant(wish: WishRow) -> tuple[str, str, int | None, bool, str | None]:
    return wish.source, wish.target, wish.rank, wish.refuses, wish.address.cell


@pytest.mark.parametrize(
    ("encoding", "is_mail_first"), [("utf-8", False), ("utf-8-sig", True), ("cp1252", False), ("utf-16", True)]
)
def test_wishes_of_one_file_name_organisations_of_another(tmp_path: Path, encoding: str, is_mail_first: bool) -> None:
    mail = tmp_path / "vœux reçus.csv"
    mail.write_bytes(BY_MAIL.encode(encoding))
    registrations = DATA / "fr-strict.xlsx"
    expected = json.loads((DATA / "fr-strict.expected.json").read_text(encoding="utf-8"))
    reading = read_workbooks([mail, registrations] if is_mail_first else [registrations, mail])
    assert reading.is_accepted
    assert {each.organisation for each in reading.organisations} == {
        each["organisation"] for each in expected["organisations"]
    }
    assert [meant(wish) for wish in reading.wishes if wish.address.sheet == mail.stem] == [
        ("Fromagerie Haut-Doubs", "Défi Jura", 1, False, "B2"),
        ("Défi Jura", "Horlogerie Vuillet SA", 2, False, "B3"),
        ("Coopérative Les Sapins", "Grand Lons Agglomération", None, True, "B4"),
    ]


def test_wishes_without_registrations_name_nobody(tmp_path: Path) -> None:
    mail = tmp_path / "vœux.csv"
    mail.write_text(BY_MAIL, encoding="utf-8")
    errors = read_workbooks([mail]).errors
    assert {(error.code, error.cell) for error in errors if error.severity == "error"} == {
        ("unknown-organisation", f"{column}{row}") for column in "AB" for row in (2, 3, 4)
    }


def test_an_organisation_in_two_files_is_one(tmp_path: Path) -> None:
    more = tmp_path / "inscriptions tardives.csv"
    more.write_text(
        "Structure,Type,Prénom,Nom,Courriel\nDEFI JURA,ACI,Nora,Grand,nora@defijura.example\n", encoding="utf-8"
    )
    reading = read_workbooks([DATA / "fr-strict.xlsx", more])
    (defi,) = (each for each in reading.organisations if each.organisation == "Défi Jura")
    assert reading.is_accepted
    assert [delegate.first_name for delegate in defi.delegates] == ["Salomé", "Nora"]


def test_a_file_named_twice_is_read_once_and_said_once(tmp_path: Path) -> None:
    book = DATA / "fr-strict.xlsx"
    copy = tmp_path / "fr-strict (1).xlsx"
    copy.write_bytes(book.read_bytes())
    once = read_workbooks([book])
    for again in (book, copy):
        twice = read_workbooks([book, again])
        assert (twice.organisations, twice.wishes, twice.columns) == (once.organisations, once.wishes, once.columns)
        (told,) = (error for error in twice.errors if error not in once.errors)
        assert (told.code, told.severity, told.sheet) == ("file-twice", "warning", again.name)
        assert told.parameters == {"other": book.name}


def test_an_event_file_named_twice_is_read_once(tmp_path: Path) -> None:
    event = tmp_path / "event.toml"
    event.write_text('name = "A"\n[[session]]\ndate = 2019-06-06\nstart = 14:30:00\nend = 17:30:00\n', encoding="utf-8")
    reading = read_workbooks([event, event])
    assert reading.event is not None
    assert len(reading.event.sessions) == 1
    assert [error.code for error in reading.errors] == ["file-twice"]


def test_a_priority_beside_who_is_wished_for_is_a_rank(tmp_path: Path) -> None:
    mail = tmp_path / "priorités.csv"
    mail.write_text(
        "Organisation;Souhaite rencontrer;Priorité\n"
        "Défi Jura;Horlogerie Vuillet;2\nDéfi Jura;Fromagerie Haut-Doubs;1\n",
        encoding="utf-8",
    )
    reading = read_workbooks([DATA / "fr-strict.xlsx", mail])
    ranks = [(wish.target, wish.rank) for wish in reading.wishes if wish.address.sheet == "priorités"]
    assert ranks == [("Horlogerie Vuillet SA", 2), ("Fromagerie Haut-Doubs", 1)]


def test_a_session_in_the_sheet_and_again_in_the_event_file_is_one(tmp_path: Path) -> None:
    sheet, event = tmp_path / "ev.csv", tmp_path / "ev.toml"
    sheet.write_text(
        "Nom de l'événement;Convention\nFuseau horaire;Europe/Paris\nDurée d'un rendez-vous;20\nTables;5\n"
        "Sessions;6 juin 2019 14:30-17:30\nProgramme;Table ronde ; 6 juin 2019 13h30-14h30 ; tous\n",
        encoding="utf-8",
    )
    event.write_text(
        "[[session]]\ndate = 2019-06-06\nstart = 14:30:00\nend = 17:30:00\n"
        '[[programme]]\ntitle = "Table ronde"\ndate = 2019-06-06\nstart = 13:30:00\nend = 14:30:00\n'
        'attendance = "all"\n',
        encoding="utf-8",
    )
    reading = read_workbooks([sheet, event])
    assert [error.code for error in reading.errors] == []
    assert reading.event is not None
    assert (len(reading.event.sessions), len(reading.event.programme)) == (1, 1)
