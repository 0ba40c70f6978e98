"""A file in, a reading out."""

from datetime import date, time
from pathlib import Path

import pytest

from importers import Address, LabelRow, Provision, ReadOptions, Severity, read_workbooks

HEADERS = "Nom de l'entreprise*;Type;Prénom;Nom;E-mail;Téléphone;Pays;CP;Langues;Offres;Labels;"
SHEET = f"""{HEADERS}Souhait n°1;Souhait n°2;Arrivée
Atelier du Fil SARL;ESAT;Jean;Dupont;jean@fil.fr;06 12 34 56 78;France;7120;FR/DE;blanchisserie (98310000-9);\
ESUS (2024);ville de x;;14h30
atelier du fil;ESAT;Marie;Curie;marie@fil.fr;;France;7120;FR;;;;;
Ville de X;Commune;Anna;Muster;a@x.lu;;Luxemburg;;DE;;;Atelier du Fill;Nobody;bald
Total;3;;;;;;;;;;;;
"""


def test_rows_of_the_same_organisation_become_one_with_its_people(tmp_path: Path) -> None:
    path = tmp_path / "inscriptions.csv"
    path.write_text(SHEET, encoding="cp1252")
    first, second = read_workbooks([path]).organisations
    assert (first.organisation, first.kind, first.structure_type) == (
        "Atelier du Fil SARL",
        "social-enterprise",
        "ESAT",
    )
    assert (first.country, first.postal_code) == ("FR", "07120")
    assert first.offers == (Provision("blanchisserie", ("98310000",)),)
    assert first.labels == (LabelRow("ESUS", date(2024, 1, 1)),)
    assert [person.last_name for person in first.delegates] == ["Dupont", "Curie"]
    assert first.delegates[0].phone == "+33612345678"
    assert first.delegates[0].languages == ("fr", "de")
    assert first.delegates[0].arrives == time(14, 30)
    assert first.delegates[1].address == Address("inscriptions", row=3)
    assert (second.kind, second.country) == ("local-authority", "LU")


def test_a_wish_is_matched_whatever_its_case_and_a_slip_of_the_pen(tmp_path: Path) -> None:
    path = tmp_path / "inscriptions.csv"
    path.write_text(SHEET, encoding="utf-8-sig")
    wishes = read_workbooks([path]).wishes
    assert [(wish.source, wish.target, wish.rank) for wish in wishes] == [
        ("Atelier du Fil SARL", "Ville de X", 1),
        ("Ville de X", "Atelier du Fil SARL", 1),
    ]
    assert wishes[1].written == "Atelier du Fill"


def test_every_fault_is_told_with_its_cell_in_the_readers_language(tmp_path: Path) -> None:
    path = tmp_path / "inscriptions.csv"
    path.write_text(SHEET, encoding="utf-16")
    reading = read_workbooks([path], ReadOptions(lang="fr"))
    assert not reading.is_accepted
    assert {(fault.code, fault.severity, fault.cell) for fault in reading.errors} == {
        ("not-a-time", Severity.ERROR, "N4"),
        ("unknown-organisation", Severity.ERROR, "M4"),
    }
    assert reading.errors[0].message.startswith("inscriptions, N4 : « bald » n'est pas une heure.")


def test_a_file_that_is_not_there_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "inscriptions.csv"
    path.write_text(SHEET, encoding="utf-8")
    reading = read_workbooks([tmp_path / "missing.xlsx", path])
    assert reading.errors[0].code == "file-missing"
    assert len(reading.organisations) == 2


@pytest.mark.parametrize("header", ["Priorité", "Ordre de préférence", "Rang"])
def test_a_priority_beside_the_only_wish_of_a_registration_is_its_rank(tmp_path: Path, header: str) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text(
        f"Organisation;Courriel;Souhait;{header}\nAtelier du Fil;a@fil.example;Ville de Longwy;2\n"
        "Ville de Longwy;b@longwy.example;Atelier du Fil;non\n",
        encoding="utf-8",
    )
    reading = read_workbooks([path])
    assert [error.code for error in reading.errors] == []
    assert [(wish.target, wish.rank, wish.refuses) for wish in reading.wishes] == [
        ("Ville de Longwy", 2, False),
        ("Atelier du Fil", None, True),
    ]


def test_numbered_priorities_are_wishes(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text(
        "Organisation;Courriel;Priorité 1;Priorité 2\nFil;a@fil.example;Longwy;Werk\n"
        "Longwy;b@longwy.example;;\nWerk;c@werk.example;;\n",
        encoding="utf-8",
    )
    assert [(wish.target, wish.rank) for wish in read_workbooks([path]).wishes] == [("Longwy", 1), ("Werk", 2)]
