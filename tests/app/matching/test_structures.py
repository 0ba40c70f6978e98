"""Structure types: known in their country, and across a border only ever similar."""

import pytest

from app.matching.structures import CROSSWALK, STRUCTURES, Likeness, likeness, structure


def test_one_abbreviation_means_two_things_in_two_countries() -> None:
    french, walloon = structure("FR", "EI"), structure("BE", "EI")
    assert french is not None
    assert walloon is not None
    assert (french.law, walloon.law) == ("Code du travail, art. L5132-4, L5132-5", "Décret wallon du 20 octobre 2016")
    assert likeness(french, walloon)[0] is Likeness.SIMILAR
    assert structure(None, "EI") is None


@pytest.mark.parametrize("written", ["esat", "ESAT ", "Esat"])
def test_a_type_is_known_whatever_its_case(written: str) -> None:
    found = structure("FR", written)
    assert found is not None
    assert found.code == "ESAT"


def test_a_type_of_another_country_is_not_taken_for_one_here() -> None:
    assert structure("DE", "ESAT") is None
    assert structure("DE", None) is None


def test_the_crosswalk_names_known_types_of_two_countries() -> None:
    known = {(kind.country, kind.code) for kind in STRUCTURES}
    assert all({crossing.one, crossing.other} <= known for crossing in CROSSWALK)
    assert all(crossing.differs for crossing in CROSSWALK)
    assert len({frozenset((crossing.one, crossing.other)) for crossing in CROSSWALK}) == len(CROSSWALK)


def test_a_type_is_equivalent_to_itself_and_unlike_what_the_crosswalk_lacks() -> None:
    esat, etti = structure("FR", "ESAT"), structure("FR", "ETTI")
    assert esat is not None
    assert etti is not None
    assert likeness(esat, esat) == (Likeness.EQUIVALENT, "")
    assert likeness(esat, etti) == (Likeness.NONE, "")
