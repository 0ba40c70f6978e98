"""Labels: known by the organisers' words, counted only while they hold, and shown as they are."""

from datetime import date

import pytest

from app.matching.labels import (
    KNOWN_LABELS,
    Standing,
    Wave,
    known_label,
    label_code,
    last_day,
    shown,
    standing,
    valid,
)
from app.matching.profile import HeldLabel

DAY = date(2019, 6, 6)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ESUS (2018)", "esus"),
        ("agrément E.S.U.S.", "other:agrement e s u s"),
        ("Agrément entreprise solidaire d’utilité sociale", "esus"),
        ("ISO 14001:2015", "iso-14001"),
        ("certifié iso14001", "iso-14001"),
        ("B-Corp", "b-corp"),
        ("Certified B Corp", "b-corp"),
        ("label RFAR", "rfar"),
        ("Relations Fournisseurs et Achats Responsables", "rfar"),
        ("anerkannte Werkstatt nach § 225 SGB IX", "wfbm-anerkennung"),
        ("anerkannter Inklusionsbetrieb", "inklusionsbetrieb"),
        ("Société d'impact sociétal agréée", "agrement-sis"),
        ("agrément ETA", "agrement-eta"),
        ("Prix de la mairie", "other:prix de la mairie"),
    ],
)
def test_a_label_is_known_by_the_words_of_organisers(written: str, code: str) -> None:
    assert label_code(written) == code


@pytest.mark.parametrize("label", KNOWN_LABELS, ids=lambda label: label.code)
def test_every_label_is_found_by_its_own_names(label: object) -> None:
    known = next(one for one in KNOWN_LABELS if one is label)
    assert {label_code(name) for name in (known.name, *known.other_names)} == {known.code}
    assert known_label(known.code) == known


def test_a_label_counts_from_its_first_to_its_last_day() -> None:
    held = HeldLabel("esus", date(2018, 1, 1), date(2019, 6, 6))
    days = (date(2017, 12, 31), date(2018, 1, 1), DAY, date(2019, 6, 7))
    assert [standing(held, day) for day in days] == [
        Standing.NOT_YET,
        Standing.VALID,
        Standing.VALID,
        Standing.EXPIRED,
    ]


def test_where_only_the_first_day_is_said_the_usual_length_counts() -> None:
    held = HeldLabel("b-corp", date(2016, 2, 29))
    assert last_day(held) == date(2019, 2, 27)
    assert standing(held, DAY) is Standing.EXPIRED


def test_a_label_without_any_date_counts_and_is_shown_as_undated() -> None:
    assert standing(HeldLabel("esus"), DAY) is Standing.UNDATED
    assert valid([HeldLabel("esus")], DAY) == {"esus"}


def test_an_expired_label_is_shown_but_does_not_count() -> None:
    expired = HeldLabel("emas", date(2010, 1, 1), date(2013, 1, 1))
    fresh = HeldLabel("esus", date(2019, 1, 1))
    assert valid([expired, fresh], DAY) == {"esus"}
    assert shown([expired, fresh], DAY) == ((fresh, Standing.VALID), (expired, Standing.EXPIRED))


def test_a_wave_gives_everybody_the_label_on_one_day() -> None:
    wave = Wave("first wave", "french-impact", date(2019, 2, 1), ("Pays de Longwy", "Metz"), verified_by="host")
    held = wave.held()
    assert set(held) == {"Pays de Longwy", "Metz"}
    assert {standing(label, date(2019, 1, 31)) for label in held.values()} == {Standing.NOT_YET}
    assert {standing(label, date(2019, 2, 1)) for label in held.values()} == {Standing.VALID}
