"""Names from memory: tests/data/words/names.csv tells who is meant, and for which nobody can be."""

import csv
from pathlib import Path

import pytest

from importers import Reading, read_workbooks

NAMES = Path(__file__).parents[1] / "data" / "words" / "names.csv"
NOBODY = "?"


def written_names() -> list[tuple[str, str]]:
    """Every name as written, with the organisation that it means."""
    with NAMES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return [(text, row["registered"]) for row in rows for text in row["written"].split("|")]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """All of them wished for by one organisation, one a row, from row 2 on."""
    folder = tmp_path_factory.mktemp("names")
    registered, wished = folder / "registered.csv", folder / "wished.csv"
    everybody = ["Wünscher KG", *dict.fromkeys(name for _, name in written_names() if name != NOBODY)]
    people = [[name, "buyer", f"Person{number}", f"p{number}@names.example"] for number, name in enumerate(everybody)]
    with registered.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([["organisation", "kind", "last_name", "email"], *people])
    with wished.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([["from", "to"], *(["Wünscher KG", text] for text, _ in written_names())])
    return read_workbooks([registered, wished])


def test_names_from_memory_find_who_is_meant_and_nobody_else(reading: Reading) -> None:
    found = {wish.address.cell: wish.target for wish in reading.wishes}
    wrong = [
        f"{text} -> {found.get(f'B{row}', NOBODY)}, not {meant}"
        for row, (text, meant) in enumerate(written_names(), start=2)
        if found.get(f"B{row}", NOBODY) != meant
    ]
    assert wrong == []


def test_a_name_that_nobody_has_is_an_error_at_its_cell(reading: Reading) -> None:
    nameless = {f"B{row}" for row, (_, meant) in enumerate(written_names(), start=2) if meant == NOBODY}
    told = {
        error.cell
        for error in reading.errors
        if error.code in ("unknown-organisation", "ambiguous-organisation") and error.sheet == "wished"
    }
    assert nameless <= told


def test_two_spellings_with_one_registration_number_are_one_organisation(tmp_path: Path) -> None:
    sheet = tmp_path / "inscrits.csv"
    sheet.write_text(
        "Organisation;Type;Nom;E-mail;SIRET\n"
        "Les Ateliers du Pays Haut;ESAT;Husson;f.husson@paysvert.example;99924010400011\n"
        "ATELIERS DU PAYS HAUT (ESAT);ESAT;Schaeffer;t.schaeffer@paysvert.example;999 240 104 00011\n",
        encoding="utf-8",
    )
    organisations = read_workbooks([sheet]).organisations
    assert [(each.organisation, len(each.delegates)) for each in organisations] == [("Les Ateliers du Pays Haut", 2)]
