"""Who is named in a file is known again, and nobody is taken for somebody else."""

from app.registrations.identity import Card, email_key, name_key, recognise_delegates, recognise_organisations


def card(name: str, *emails: str, reference: str | None = None, home: int | None = None) -> Card:
    return Card(name_key(name), reference, frozenset[str]().union(*map(email_key, emails)), home)


def test_a_name_is_the_same_whatever_its_case_accents_and_punctuation() -> None:
    assert name_key("ÉTOILE  du-Nord, S.A.") == name_key("Etoile du Nord SA")
    assert name_key("شركة") != name_key("مدينة")
    assert name_key("!!!") != ""


def test_the_reference_goes_before_the_name() -> None:
    known = [card("Atelier du Fil", reference="12"), card("Atelier du Bois", reference="13")]

    assert recognise_organisations(known, [card("Atelier du Bois", reference="12")]) == [0]


def test_two_organisations_of_one_name_are_told_apart_by_their_references() -> None:
    known = [card("Saint-Martin", reference="12"), card("Saint-Martin", reference="47")]

    assert recognise_organisations(known, [card("Saint-Martin", reference="47")]) == [1]
    assert recognise_organisations(known[:1], [card("Saint-Martin", reference="99")]) == [None]


def test_an_organisation_that_is_spelled_anew_is_known_by_its_people() -> None:
    known = [card("Atelier du Fil", "anne@fil.example"), card("Werkhof", "jo@werkhof.example")]

    assert recognise_organisations(known, [card("Ateliers du Fil ASBL", "ANNE@fil.example ")]) == [0]


def test_a_shared_address_does_not_make_two_organisations_one() -> None:
    known = [card("Nord", "office@hub.example"), card("Sud", "office@hub.example")]

    assert recognise_organisations(known, [card("Est", "office@hub.example"), card("Sud", "office@hub.example")]) == [
        0,
        1,
    ]
    assert recognise_organisations(known, [card("Est", "office@hub.example")]) == [None]


def test_people_who_share_an_address_are_told_apart_by_name() -> None:
    known = [card("Marie Dupont", "info@x.example", home=1), card("Paul Klein", "info@x.example", home=1)]

    assert recognise_delegates(known, list(reversed(known))) == [1, 0]


def test_somebody_who_changes_their_address_keeps_their_name() -> None:
    known = [card("Marie Dupont", "old@x.example", home=1)]

    assert recognise_delegates(known, [card("Marie Dupont", "new@x.example", home=1)]) == [0]
    assert recognise_delegates(known, [card("Marie Dupont", "new@y.example", home=2)]) == [None]


def test_somebody_without_name_and_address_is_the_one_without_of_their_organisation() -> None:
    known = [card("", home=1), card("", home=2)]

    assert recognise_delegates(known, [card("", home=2), card("", home=2)]) == [1, None]
