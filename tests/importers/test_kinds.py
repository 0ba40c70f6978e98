"""The kinds of an event: those of the house, or its own in its own words."""

from pathlib import Path

import pytest

from importers import ReadOptions, read_workbooks
from importers.cells import Misread
from importers.kinds import KindFound, Kinds

OWN = {"buyer": "Donneur d'ordre", "exhibitor": "Exposant / Aussteller", "start-up": "Jeune pousse", "press": "Presse"}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Exposant", "exhibitor"),
        ("EXPOSANTS", "exhibitor"),
        ("aussteller", "exhibitor"),
        ("exhibitor", "exhibitor"),
        ("exposnat", "exhibitor"),
        ("jeune-pousse", "start-up"),
        ("Startup", "start-up"),
        ("start up", "start-up"),
        ("présse", "press"),
        ("donneurs d’ordre", "buyer"),
        ("acheteur", "buyer"),
        ("Einkäuferin", "buyer"),
    ],
)
def test_what_is_written_is_one_of_the_kinds_of_the_event(written: str, kind: str) -> None:
    assert Kinds(OWN).of(written) == KindFound(kind)


def test_a_kind_of_the_house_that_the_event_does_not_have_is_a_fault_with_those_it_has() -> None:
    found = Kinds(OWN).of("collectivité")
    assert isinstance(found, Misread)
    assert (found.code, found.parameters["kinds"]) == ("unknown-kind", ", ".join(OWN.values()))


def test_what_is_near_to_two_kinds_is_a_fault_with_both() -> None:
    kinds = Kinds({"seller-a": "Anbieter Nord", "seller-b": "Anbieter Nort", "guest": "Gast"})
    found = kinds.of("Anbieter Nor")
    assert isinstance(found, Misread)
    assert (found.code, set(found.candidates)) == ("unknown-kind", {"Anbieter Nord", "Anbieter Nort"})


def test_a_structure_alone_is_no_kind_where_social_enterprises_are_none() -> None:
    assert Kinds(OWN).of("ESAT") == KindFound(None, "ESAT")
    assert Kinds(OWN).of("Exposant (ESAT)") == KindFound("exhibitor", "ESAT")
    assert Kinds().of("ESAT") == KindFound("social-enterprise", "ESAT")


def test_a_sheet_is_read_with_the_kinds_of_the_event(tmp_path: Path) -> None:
    path = tmp_path / "gens.csv"
    rows = (
        "Organisation;Type;Type de structure;Labels",
        "Fil;;;ESUS",
        "Lin;presse;SCIC;",
        "Bois;ESAT;;",
        "Fer;mécène;;",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    reading = read_workbooks([path], ReadOptions(kinds=OWN, lang="fr"))
    assert [(row.organisation, row.kind, row.structure_type) for row in reading.organisations] == [
        ("Fil", None, None),
        ("Lin", "press", "SCIC"),
        ("Bois", None, "ESAT"),
        ("Fer", None, None),
    ]
    assert [(fault.code, fault.cell, fault.read) for fault in reading.errors] == [
        ("unknown-kind", "B4", "ESAT"),
        ("unknown-kind", "B5", "mécène"),
    ]
    own = "Donneur d'ordre, Exposant / Aussteller, Jeune pousse, Presse"
    assert f"Attendu : {own}." in reading.errors[0].message


def test_the_name_of_a_sheet_tells_a_kind_of_the_event(tmp_path: Path) -> None:
    path = tmp_path / "Exposants 2026.csv"
    path.write_text("Organisation;Pays\nFil;FR\n", encoding="utf-8")
    assert [row.kind for row in read_workbooks([path], ReadOptions(kinds=OWN)).organisations] == ["exhibitor"]
    assert [row.kind for row in read_workbooks([path]).organisations] == [None]
