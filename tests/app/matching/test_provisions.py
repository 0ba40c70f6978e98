"""What people write becomes codes and labels only where it is certain."""

from datetime import date

from app.matching.profile import HeldLabel, Provision
from app.matching.provisions import coded, held_label, labels_asked
from app.matching.vocabulary import carried_vocabulary

WORDS = carried_vocabulary()


def groups(provision: Provision) -> set[str]:
    return {code[:3] for code in provision.codes}


def test_a_need_and_an_offer_meet_in_other_words() -> None:
    need, offer = coded("nettoyage de bureaux", (), WORDS), coded("propreté des locaux", (), WORDS)
    assert groups(need) == groups(offer) == {"909"}


def test_codes_that_are_written_go_before_words() -> None:
    assert coded("divers travaux", ("77310000",), WORDS) == Provision("divers travaux", ("77310000",))


def test_a_list_is_read_part_by_part() -> None:
    listed = coded("blanchisserie, espaces verts; nettoyage de bureaux", (), WORDS)
    assert {"983", "773", "909"} <= groups(listed)


def test_in_a_list_the_other_words_decide_what_one_means() -> None:
    assert groups(coded("taille", (), WORDS)) != {"773"}
    assert groups(coded("tonte, taille, désherbage", (), WORDS)) == {"773"}


def test_vague_words_get_no_code() -> None:
    assert coded("divers", (), WORDS) == Provision("divers")


def test_a_label_is_kept_under_its_code() -> None:
    assert held_label("ESUS", date(2018, 1, 1)) == HeldLabel("esus", date(2018, 1, 1))


def test_a_need_may_ask_for_a_label() -> None:
    assert labels_asked(["nettoyage, fournisseur ISO 14001 souhaité", "peinture"]) == {"iso-14001"}
