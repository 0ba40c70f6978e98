"""Free text finds its procurement codes."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.vocabulary import Entry, Vocabulary, carried_entries, carried_vocabulary
from benchmarks import vocabulary as benchmark

OFFICIAL = Path(__file__).parents[4] / "shared" / "data" / "cpv_2008.csv"


def groups_of(text: str, lang: str | None = None) -> list[str]:
    return [match.code[:3] for match in carried_vocabulary().find(text, lang)]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="../shared/data/cpv_2008.csv is missing beside this checkout")
def test_every_division_and_group_is_carried_and_no_code_is_invented() -> None:
    with OFFICIAL.open(encoding="utf-8-sig", newline="") as file:
        official = {row["code"][:8] for row in csv.DictReader(file)}
    carried = {entry.code for entry in carried_entries()}
    assert carried <= official
    assert {code for code in official if code[3:] == "00000"} <= carried


def test_every_code_has_a_name_and_everyday_words_in_four_languages() -> None:
    for entry in carried_entries():
        assert set(entry.names) == {"fr", "de", "en", "es"}, entry.code
        is_group = entry.code[2] != "0" and entry.code[3:] == "00000"
        assert all(len(phrases) >= (3 if is_group else 0) for phrases in entry.phrases.values()), entry.code


def test_no_phrase_stands_twice_for_a_code() -> None:
    for entry in carried_entries():
        for lang, phrases in entry.phrases.items():
            assert len(phrases) == len({phrase.casefold() for phrase in phrases}), (entry.code, lang)


@pytest.mark.parametrize(
    "text",
    [
        "nettoyage de bureaux",
        "NETTOYAGE DES BUREAUX",
        "netoyage de bureau",
        "Nous recherchons un prestataire pour nettoyer nos bureaux",
        "Büroreinigung",
        "Buero-Reinigung",
        "Reinigung der Büros",
        "Wir suchen jemanden, der unsere Büros reinigt",
        "Treppenhausreinigungen",
        "office cleaning",
        "cleaners for our offices",
        "limpieza de oficinas",
        "LIMPIEZA OFICINAS",
    ],
)
def test_a_phrase_finds_its_group_whatever_its_language_its_form_and_its_small_misspellings(text: str) -> None:
    best = carried_vocabulary().find(text)[0]
    assert best.code.startswith("909")
    assert best.certainty >= 0.5


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Fahrradreperatur", "501"),
        ("Aktenvernichtung", "925"),
        ("Schulmöbel", "391"),
        ("Klinikwäscherei", "983"),
        ("Garten- und Landschaftsbau", "773"),
        ("éléctricien", "453"),
        ("imprimmerie", "798"),
        ("jardineria", "773"),
        ("recyling", "905"),
    ],
)
def test_compounds_and_slips_of_the_pen_are_understood(text: str, group: str) -> None:
    assert groups_of(text)[0] == group


def test_what_is_said_of_a_thing_depends_on_the_word_that_leads() -> None:
    assert groups_of("formation aux métiers du nettoyage")[0] == "805"
    assert groups_of("nettoyage d'une salle de formation")[0] == "909"
    assert groups_of("Reinigungsmittel")[0] == "398"
    assert groups_of("Reinigung von Möbeln")[0] == "909"
    assert groups_of("Möbel für Kindergärten")[0] == "391"


def test_a_list_finds_a_group_for_each_item() -> None:
    assert set(groups_of("blanchisserie, espaces verts, conditionnement")) == {"983", "773", "799"}
    assert set(groups_of("Wäscherei / Gartenpflege\nCatering")) == {"983", "773", "555"}


@pytest.mark.parametrize(
    "text", ["90910000-9", "CPV 9091", "Services de nettoyage (90910000-9)", "code CPV : 90910000", "90 91 00 00-9"]
)
def test_a_text_that_names_a_code_gives_that_code(text: str) -> None:
    best = carried_vocabulary().find(text)[0]
    assert (best.code, best.certainty) == ("90910000", 1.0)


def test_codes_come_in_the_order_in_which_they_are_named() -> None:
    found = carried_vocabulary().find("77310000-6, 90911200-8; 55520000-1")
    assert [match.code for match in found] == ["77310000", "90911200", "55520000"]


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "?", "-", "n/a", "divers", "Sonstiges", "various", "varios", "networking", "partenariats",
        "prestations de services", "Erfahrungsaustausch", "new customers", "voir site internet", "siehe Homepage",
        "06 12 34 56 78", "19990101", "SIRET 123 456 789 00012", "https://www.example.org",
    ],
)  # fmt: skip
def test_a_text_that_says_nothing_has_no_certain_code(text: str) -> None:
    assert all(match.certainty < 0.5 for match in carried_vocabulary().find(text))


def test_names_come_in_the_language_asked_for_or_in_that_of_the_text() -> None:
    vocabulary = carried_vocabulary()
    assert vocabulary.find("Büroreinigung", "fr")[0].name == "Nettoyage de bureaux"
    assert vocabulary.find("Büroreinigung")[0].name == "Büroreinigung"
    assert vocabulary.name("90911200", "de") == vocabulary.name("90910000", "de"), "the nearest known ancestor"


def test_a_limit_is_kept_and_each_group_is_named_once() -> None:
    found = carried_vocabulary().find("Reinigung, Gartenpflege, Catering, Druckerei, Wäscherei", limit=5)
    assert len(found) == 5
    assert len({match.code[:3] for match in found}) == 5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered_with_certainties_between_nothing_and_one_best_first(text: str) -> None:
    found = carried_vocabulary().find(text)
    certainties = [match.certainty for match in found]
    assert certainties == sorted(certainties, reverse=True)
    assert all(0 <= certainty <= 1 for certainty in certainties)
    assert found == carried_vocabulary().find(text)


def test_the_order_of_the_entries_changes_no_answer() -> None:
    turned = Vocabulary(reversed(carried_entries()))
    for text in ("nettoyage", "Möbel", "web design", "taller de bicicletas, pintura"):
        assert turned.find(text) == carried_vocabulary().find(text)


def test_laundry_and_hairdressing_of_one_group_are_told_apart() -> None:
    found = {text: carried_vocabulary().find(text)[0].code for text in ("blanchisserie", "Friseur", "removals")}
    assert found == {"blanchisserie": "98310000", "Friseur": "98320000", "removals": "98392000"}


def test_a_finer_official_code_is_preferred_to_its_group_when_it_says_the_same() -> None:
    official = Entry("77311000", {"en": "Ornamental garden care", "nl": "Onderhoud van siertuinen"}, is_official=True)
    vocabulary = Vocabulary((*carried_entries(), official))
    assert vocabulary.find("ornamental garden care")[0].code == "77311000"
    assert vocabulary.find("lawn mowing")[0].code == "77310000"
    assert vocabulary.find("onderhoud van siertuinen")[0].name == "Onderhoud van siertuinen"


@pytest.mark.parametrize("lang", ["fr", "de", "en", "es"])
def test_nine_in_ten_phrases_of_buyers_and_suppliers_find_their_group_among_three(lang: str) -> None:
    rows = [row for half in (True, False) for row in benchmark.rows(f"phrases_{lang}.csv", half, "phrase")]
    hits = [bool(set(groups_of(row["phrase"])) & set(row["groups"].split())) for row in rows]
    assert len(hits) >= 100
    assert sum(hits) >= 0.9 * len(hits)


def test_needs_and_offers_meet_across_languages() -> None:
    rows = [row for half in (True, False) for row in benchmark.rows("pairs.csv", half, "need")]
    met = [bool(set(groups_of(row["need"])) & set(groups_of(row["offer"]))) for row in rows]
    assert len(met) >= 100
    assert sum(met) >= 0.85 * len(met)
