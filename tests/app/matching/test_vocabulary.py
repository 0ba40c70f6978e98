"""Free text finds its procurement codes."""

import pytest

from app.matching.vocabulary import carried_vocabulary


def groups_of(text: str) -> list[str]:
    return [match.code[:3] for match in carried_vocabulary().find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "nettoyage de bureaux",
        "NETTOYAGE DES BUREAUX",
        "netoyage de bureau",
        "Nous recherchons un prestataire pour nettoyer nos bureaux",
    ],
)
def test_a_phrase_finds_its_group_whatever_its_case_its_form_and_its_small_misspellings(text: str) -> None:
    assert groups_of(text)[0] == "909"


def test_a_list_finds_a_group_for_each_item() -> None:
    assert set(groups_of("blanchisserie, espaces verts, conditionnement")) == {"983", "773", "799"}


@pytest.mark.parametrize(
    "text", ["90910000-9", "CPV 9091", "Services de nettoyage (90910000-9)", "code CPV : 90910000"]
)
def test_a_text_that_names_a_code_gives_that_code(text: str) -> None:
    best = carried_vocabulary().find(text)[0]
    assert (best.code, best.certainty) == ("90910000", 1.0)


@pytest.mark.parametrize("text", ["", "  ", "?", "-", "divers", "06 12 34 56 78", "19990101"])
def test_a_text_that_says_nothing_has_no_certain_code(text: str) -> None:
    assert all(match.certainty < 0.5 for match in carried_vocabulary().find(text))
