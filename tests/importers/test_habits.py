"""Habits of forms and of those who fill them in: each was once read wrongly, or lost."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importers import Reading, read_workbooks
from importers.cells import Misread
from importers.columns import CERTAIN, guess
from importers.identifiers import code_and_town, phone
from importers.kinds import KindFound, kind_of
from importers.sheets import cleaned


def read(tmp_path: Path, *rows: Sequence[str]) -> Reading:
    path = tmp_path / "gens.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    return read_workbooks([path])


def test_everybody_whom_a_row_names_is_registered(tmp_path: Path) -> None:
    head = ["Société", "Délégué 1 - Nom", "Délégué 1 - Prénom", "Délégué 1 - Mail", "Délégué 2 - Nom"]
    head += ["Délégué 2 - Prénom", "Délégué 2 - Mail", "Souhait 1", "Souhait 2"]
    reading = read(
        tmp_path,
        head,
        ["EDF", "Roux", "Alice", "a@edf.example", "Blanc", "Hugo", "h@edf.example", "APF", "Fil"],
        ["APF", "Noir", "Zoé", "z@apf.example", "", "", "", "EDF", ""],
        ["Fil", "Gris", "Lou", "l@fil.example", "", "", "", "", ""],
    )
    assert reading.errors == ()
    people = [[(one.first_name, one.last_name, one.email) for one in row.delegates] for row in reading.organisations]
    assert people == [
        [("Alice", "Roux", "a@edf.example"), ("Hugo", "Blanc", "h@edf.example")],
        [("Zoé", "Noir", "z@apf.example")],
        [("Lou", "Gris", "l@fil.example")],
    ]
    assert [(wish.source, wish.target, wish.rank) for wish in reading.wishes] == [
        ("EDF", "APF", 1),
        ("EDF", "Fil", 2),
        ("APF", "EDF", 1),
    ]


def test_both_surnames_of_a_spaniard_are_one_name(tmp_path: Path) -> None:
    head = ["Razón social", "Nombre", "Primer apellido", "Segundo apellido"]
    reading = read(tmp_path, head, ["Fil", "Marta", "García", "López"], ["Lin", "Ana", "Ruiz", ""])
    assert reading.errors == ()
    people = [(one.first_name, one.last_name) for row in reading.organisations for one in row.delegates]
    assert people == [("Marta", "García López"), ("Ana", "Ruiz")]


@pytest.mark.parametrize(
    ("header", "written", "email", "name"),
    [
        ("Cognome e nome", "Rossi Maria", "", ("Maria", "Rossi")),
        ("Nome e cognome", "Maria Rossi", "", ("Maria", "Rossi")),
        ("Name, Vorname", "Müller Hans", "", ("Hans", "Müller")),
        ("Nom et prénom", "Martin Claire", "c.martin@x.example", ("Claire", "Martin")),
        ("Nom et prénom", "Claire Martin", "c.martin@x.example", ("Claire", "Martin")),
        ("Cognome e nome", "Maria Rossi", "mrossi@x.example", ("Maria", "Rossi")),
        ("Nom et prénom", "Claire Martin", "claire@x.example", ("Claire", "Martin")),
        ("Nom et prénom", "Claire Martin", "contact@x.example", ("Claire", "Martin")),
    ],
)
def test_the_address_or_the_header_shows_which_name_comes_first(
    tmp_path: Path, header: str, written: str, email: str, name: tuple[str, str]
) -> None:
    reading = read(tmp_path, ["Organisation", header, "E-mail"], ["Fil", f'"{written}"', email])
    (person,) = reading.organisations[0].delegates
    assert (person.first_name, person.last_name) == name


def test_a_column_to_tick_for_each_language_is_read_by_its_header(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["Organisation", "Nom", "Langues parlées [Français]", "Langues parlées [Allemand]", "Autre langue parlée"],
        ["Fil", "Roux", "x", "", "anglais"],
        ["Lin", "Blanc", "non", "oui", ""],
    )
    assert reading.errors == ()
    assert [row.delegates[0].languages for row in reading.organisations] == [("fr", "en"), ("de",)]


def test_a_number_of_wishes_in_the_header_of_a_list_is_no_rank(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Organisation", "Nom", "Vos 3 souhaits"], ["Fil", "Roux", "Lin"], ["Lin", "Blanc", "Fil"])
    assert [wish.rank for wish in reading.wishes] == [1, 1]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nb de RDV max", "max_meetings"),
        ("Nombre max de RDV", "max_meetings"),
        ("Max. Anzahl Termine", "max_meetings"),
        ("Número máx. de reuniones", "max_meetings"),
        ("Nombre minimal d'entretiens", "min_meetings"),
        ("Akkoord privacy", "consent"),
        ("J'accepte que mes coordonnées soient transmises aux participants", "consent"),
        ("Ich stimme der Weitergabe meiner Daten zu", "consent"),
        ("Wil graag ontmoeten", "wishes"),
        ("Wil niet ontmoeten", "refuses"),
        ("What do you buy?", "needs"),
        ("Note (sur 5)", "stars"),
        ("Organisation (vollständiger Name)", "organisation"),
        ("Contact first name(s)", "first_name"),
        ("What we need to procure", "needs"),
        ("Anyone you'd rather not meet?", "refuses"),
        ("¿Consiente el tratamiento de sus datos?", "consent"),
        ("Presente dalle ore", "arrives"),
        ("Presente alle ore", "leaves"),
    ],
)
def test_a_header_means_what_its_words_say_together(header: str, field: str) -> None:
    name, sure = guess(header).best()
    assert (name, sure >= CERTAIN) == (field, True)


@pytest.mark.parametrize("header", ["Total RDV souhaités", "Je n'accepte pas que mes données soient transmises"])
def test_what_words_leave_open_is_asked(header: str) -> None:
    assert guess(header).best()[1] < CERTAIN


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("une collectivité", "local-authority"),
        ("eine Kommune", "local-authority"),
        ("azienda acquirente", "buyer"),
        ("Empresa privada (compradora)", "buyer"),
        ("bedrijf / inkoper", "buyer"),
        ("an SME", "company"),
    ],
)
def test_a_kind_is_found_among_words_that_say_less(written: str, kind: str) -> None:
    assert kind_of(written) == KindFound(kind)


@pytest.mark.parametrize("written", ["Lieferant und Einkäufer", "fournisseur, acheteur"])
def test_who_sells_and_buys_is_asked(written: str) -> None:
    found = kind_of(written)
    assert isinstance(found, Misread)
    assert found.code == "contradicting-kind"


def test_digits_without_a_country_are_no_number_of_another_one() -> None:
    for written in (612345679, 15123456789, "0612345679", 475123456):
        assert isinstance(phone(written, None), Misread), written
    assert phone(33612345679, None) == "+33612345679"
    assert phone("0033 6 12 34 56 79", None) == "+33612345679"
    assert phone(612345679, "FR") == "+33612345679"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("L-2146 Luxembourg", ("L-2146", "Luxembourg")),
        ("L-1160", ("L-1160", None)),
        ("4138 Esch/Alzette", ("4138", "Esch/Alzette")),
        ("Nancy (54000)", ("54000", "Nancy")),
        ("Nancy 54000", ("54000", "Nancy")),
        ("Paris 13", (None, "Paris 13")),
        ("Frankfurt (Oder)", (None, "Frankfurt (Oder)")),
        ("'s-Hertogenbosch", (None, "'s-Hertogenbosch")),
    ],
)
def test_a_town_may_stand_with_its_code(written: str, found: tuple[str | None, str | None]) -> None:
    assert code_and_town(written) == found


def test_the_mark_for_digits_that_are_text_is_no_part_of_them() -> None:
    assert [cleaned(text) for text in ("'06000", "'+33612345679", "'t Kint", "l'eau")] == [
        "06000",
        "+33612345679",
        "'t Kint",
        "l'eau",
    ]


def test_all_day_is_neither_arrival_nor_departure(tmp_path: Path) -> None:
    reading = read(
        tmp_path, ["Firma", "Name", "Wann sind Sie verfügbar?"], ["A", "Roth", "ganztägig"], ["B", "Blau", "10-12 Uhr"]
    )
    assert reading.errors == ()
    assert [(one.arrives is None, one.leaves is None) for row in reading.organisations for one in row.delegates] == [
        (True, True),
        (False, False),
    ]


def test_a_total_of_anything_is_no_organisation(tmp_path: Path) -> None:
    reading = read(tmp_path, ["Organisation", "Nom"], ["Fil", "Roux"], ["TOTAL : 1 structure", "1"])
    assert [row.organisation for row in reading.organisations] == ["Fil"]
