"""Lists kept by hand, and exports of form tools: what stands between, over and inside of the rows."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from importers import OrganisationRow, Reading, read_workbooks
from importers.cells import email
from importers.columns import CERTAIN, guess
from importers.kinds import KindFound, kind_of
from importers.marks import Mark, mark_of
from importers.people import split_name
from importers.places import languages
from importers.provisions import provisions
from importers.times import time_of_day


def read(tmp_path: Path, *rows: Sequence[str | int | float | bool | None], title: str = "Liste") -> Reading:
    """The reading of one sheet."""
    return read_sheets(tmp_path, {title: rows})


def read_sheets(tmp_path: Path, sheets: dict[str, Sequence[Sequence[str | int | float | bool | None]]]) -> Reading:
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    book.save(tmp_path / "gens.xlsx")
    return read_workbooks([tmp_path / "gens.xlsx"])


def people(row: OrganisationRow) -> list[tuple[str | None, str | None]]:
    return [(one.first_name, one.last_name) for one in row.delegates]


def test_idem_is_what_stands_above(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Structure", "Type", "Nom", "Prénom", "Pays"],
        ["Ville de Metz", "Collectivité", "Roux", "Anne", "F"],
        ["idem", "Idem", "Blanc", "Luc", "idem"],
        ['"', '"', "Noir", "Eva", '"'],
    )
    assert reading.errors == ()
    (city,) = reading.organisations
    assert (city.organisation, city.kind, city.country) == ("Ville de Metz", "local-authority", "FR")
    assert people(city) == [("Anne", "Roux"), ("Luc", "Blanc"), ("Eva", "Noir")]


def test_idem_in_the_first_row_names_nobody(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Structure", "Nom", "Prénom"], ["idem", "Blanc", "Luc"])
    assert [(error.code, error.cell) for error in reading.errors] == [("missing-organisation", "A2")]


def test_a_heading_between_the_rows_is_nobody_and_tells_of_those_below(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Structure", "Nom", "Prénom", "Tél"],
        ["ACHETEURS (2)"],
        ["Batigère", "Roux", "Anne", ""],
        ["LUXEMBOURG"],
        ["Cactus", "Weis", "Guy", "26 12 34 56"],
        ["Structures ESS"],
        ["Le Fil", "Noir", "Eva", ""],
        ["Légende :", "vert = confirmé"],
        ["rouge = annulé"],
        ["Mis à jour le 20/05/2019"],
    )
    assert reading.errors == ()
    found = [(row.organisation, row.kind, row.country) for row in reading.organisations]
    assert found == [
        ("Batigère", "buyer", None),
        ("Cactus", "buyer", "LU"),
        ("Le Fil", "social-enterprise", "LU"),
    ]
    assert reading.organisations[1].delegates[0].phone == "+35226123456"


def test_a_name_that_stands_alone_in_its_row_is_no_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Structure", "Nom"], ["Ville de Metz", "Roux"], ["ESAT Les Tilleuls"], ["Source Bleue"])
    assert [row.organisation for row in reading.organisations] == ["Ville de Metz", "ESAT Les Tilleuls", "Source Bleue"]


def test_who_has_cancelled_is_left_out_and_said(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Statut", "Organisation", "Type", "Nom"],
        ["Confirmé", "Metz", "Collectivité", "Roux"],
        ["Annulé", "Fil", "ESS", "Blanc"],
        ["En attente", "Lin", "ESS", "Noir"],
    )
    assert [row.organisation for row in reading.organisations] == ["Metz", "Lin"]
    (error,) = reading.errors
    assert (error.code, error.cell, error.read, error.parameters["name"]) == ("cancelled", "A3", "Annulé", "Fil")


def test_a_status_of_kinds_is_a_kind_and_a_role_of_functions_a_function(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Organisation", "Statut", "Rôle"], ["Metz", "ESAT", "Directrice"], ["Fil", "EI", "DG"])
    assert reading.errors == ()
    found = [(row.structure_type, row.delegates[0].function) for row in reading.organisations]
    assert found == [("ESAT", "Directrice"), ("EI", "DG")]


def test_the_sort_of_ticket_is_the_kind_where_it_names_kinds(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Organisation", "Tarif", "Nom"], ["Metz", "Acheteur", "Roux"], ["Fil", "ESS", "Noir"])
    assert [row.kind for row in reading.organisations] == ["buyer", "social-enterprise"]
    free = read(tmp_path, ["Organisation", "Tarif", "Nom"], ["Metz", "Acheteur", "Roux"], ["Fil", "Gratuit", "Noir"])
    assert [(error.code, error.cell) for error in free.errors] == [("unknown-header", "B1")]


def test_a_column_to_tick_for_each_kind_and_language(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Organisation", "Acheteur", "ESS", "Collectivité", "Contact", "Langue FR", "Langue DE"],
        ["Renault", "x", None, None, "Paul Roy", "x", None],
        ["Emmaüs", None, "x", None, "Luc Bon", "x", "x"],
        ["Metz", "x", None, "x", "Léa Sol", "x", None],
    )
    assert [(row.kind, row.delegates[0].languages) for row in reading.organisations] == [
        ("buyer", ("fr",)),
        ("social-enterprise", ("fr", "de")),
        (None, ("fr",)),
    ]
    assert [(error.code, error.cell) for error in reading.errors] == [("contradicting-kind", "B4")]


def test_two_people_side_by_side_under_headers_in_two_lines(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Organisation", "Type", "Participant 1", None, None, "Participant 2", None, None],
        [None, None, "Nom", "Prénom", "E-mail", "Nom", "Prénom", "E-mail"],
        ["SNCF", "acheteur", "Martin", "Paul", "p@sncf.example", "Durand", "Lise", "l@sncf.example"],
        ["Fil", "EA", "Petit", "Max", "m@fil.example", None, None, None],
    )
    assert reading.errors == ()
    assert [(row.organisation, people(row)) for row in reading.organisations] == [
        ("SNCF", [("Paul", "Martin"), ("Lise", "Durand")]),
        ("Fil", [("Max", "Petit")]),
    ]


def test_numbers_before_questions_count_no_people(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["1. Organisation", "2. Nom et prénom", "3. E-mail", "4. Téléphone"],
        ["Fil", "Eva NOIR", "e@fil.example", "+33612345678"],
    )
    assert reading.errors == ()
    (person,) = reading.organisations[0].delegates
    assert (person.last_name, person.email, person.phone) == ("NOIR", "e@fil.example", "+33612345678")


def test_a_sheet_on_its_side_is_told_and_not_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Organisation", "Ville A", "Asso B"],
        ["Type", "Collectivité", "ESS"],
        ["Contact", "Anne Roux", "Luc Bon"],
        ["E-mail", "a@a.example", "l@b.example"],
    )
    assert reading.organisations == ()
    assert [(error.code, error.sheet) for error in reading.errors] == [("sheet-on-its-side", "Liste")]


def test_several_columns_of_a_list_of_wishes_and_abbreviations(tmp_path: Path) -> None:
    reading = read_sheets(
        tmp_path,
        {
            "Participants": [
                ["Organisation", "Sigle", "Type"],
                ["Office wallon des déchets", "OWD", "Acheteur"],
                ["Batigère Habitats", None, "Acheteur"],
                ["Lorraine Insertion", "ELI", "EI"],
            ],
            "Souhaits": [["Demandeur", "Souhait n°1", "Souhait n°2"], ["ELI", "Batigère Habitats", "OWD"]],
        },
    )
    assert reading.errors == ()
    assert [(wish.source, wish.target, wish.rank) for wish in reading.wishes] == [
        ("Lorraine Insertion", "Batigère Habitats", 1),
        ("Lorraine Insertion", "Office wallon des déchets", 2),
    ]


def test_no_and_nobody_are_no_names(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Organisation", "Nom", "Souhait 1", "Refus éventuels"],
        ["Fil", "Noir", "Lin", "non"],
        ["Lin", "Roux", "peu importe", "RAS"],
    )
    assert reading.errors == ()
    assert [(wish.source, wish.target) for wish in reading.wishes] == [("Fil", "Lin")]


def test_a_valid_siret_shows_whose_postal_codes_and_telephones_these_are(tmp_path: Path) -> None:
    head = ["Raison sociale", "SIRET", "CP", "Téléphone", "Droit à l'image"]
    reading = read(tmp_path, head, ["Atelier", 73282932000074.0, 7120.0, 612345678.0, True])
    (row,) = reading.organisations
    assert (row.postal_code, row.delegates[0].phone, row.country) == ("07120", "+33612345678", None)
    assert row.delegates[0].consent is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Q03[SQ001]. Contact [Prénom]", "first_name"),
        ("Enchanté. Quel est votre prénom ?", "first_name"),
        ("Dans quel pays êtes-vous situés ?", "country"),
        ("Quels produits ou services recherchez-vous ?", "needs"),
        ("Welche Produkte oder Dienstleistungen bieten Sie an?", "offers"),
        ("Bent u aankoper of sociale onderneming?", "kind"),
        ("Êtes-vous acheteur, ESS ou collectivité ?", "kind"),
        ("I am a", "kind"),
        ("Ik ga akkoord met de privacyverklaring", "consent"),
        ("Avec qui souhaitez-vous avoir un rendez-vous ? (par ordre de préférence)", "wishes"),
    ],
)
def test_a_question_is_understood_under_its_code_and_greeting(header: str, field: str) -> None:
    name, sure = guess(header).best()
    assert (name, sure >= CERTAIN) == (field, True)


def test_wishes_are_numbered_by_letters_too() -> None:
    assert [guess(f"Wunsch {letter}").ordinal for letter in "ABC"] == [1, 2, 3]


@pytest.mark.parametrize("header", ["Droit à l'image", "Quels services proposez-vous ou recherchez-vous ?"])
def test_what_is_something_else_or_both_is_not_taken(header: str) -> None:
    assert guess(header).best()[1] < CERTAIN


def test_a_structure_in_brackets_is_not_lost() -> None:
    assert kind_of("Social enterprise (SIS)") == KindFound("social-enterprise", "SIS")
    assert kind_of("Sozialunternehmen (WfbM)") == KindFound("social-enterprise", "wfbm")


@pytest.mark.parametrize(
    ("written", "rank"),
    [("hoch", 1), ("Priorité haute", 1), ("mittel", 2), ("laag", 3), ("A", 1), ("1er choix", 1), ("zweite Wahl", 2)],
)
def test_a_rank_in_words(written: str, rank: int) -> None:
    assert mark_of(written, "not-a-rank") == Mark(rank=rank)


def test_half_hours_in_words_are_those_of_the_day() -> None:
    assert [time_of_day(text) for text in ("halb drei", "ab halb 10", "half vijf")] == [
        time(14, 30),
        time(9, 30),
        time(16, 30),
    ]
    for asked in ("halb acht", "half 3"):
        assert not isinstance(time_of_day(asked), time), asked


def test_an_address_in_a_name_and_initials_before_it(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Organisation", "Contact"], ["Metz", "Anne Roux <anne@metz.example>"])
    (person,) = reading.organisations[0].delegates
    assert (person.first_name, person.last_name, person.email) == ("Anne", "Roux", "anne@metz.example")
    assert split_name("Mme A. Roy") == ("A.", "Roy")


def test_small_words_of_forms_and_lists() -> None:
    assert email("anonymous") is None
    assert languages("deutsch u. frz.") == ("de", "fr")
    assert [one.text for one in provisions("45000000-7 à 45200000-9")] == ["", ""]
