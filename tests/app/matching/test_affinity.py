"""Affinity: what makes two organisations fit, and what must not matter."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.policy import Weights
from app.matching.affinity import affinity, matches, qualities_of
from app.matching.profile import HeldLabel, Occasion, Profile, Provision
from tests.app.matching.builders_of_profiles import DAY, PATIENT, needs, occasions, profiles

TOWN = Profile(
    "Town", "local-authority", country="FR", postal_code="54400", city="Longwy", languages=frozenset({"fr"}),
    needs=(Provision("nettoyage des écoles", ("90919300",)),),
)  # fmt: skip
CLEANERS = Profile(
    "Cleaners", "social-enterprise", "EI", "FR", "54400", "Longwy", frozenset({"fr", "de"}),
    offers=(Provision("nettoyage de locaux", ("90910000",)),),
)  # fmt: skip


def score(a: Profile, b: Profile, day: Occasion = DAY) -> int:
    return affinity(a, b, day, Weights()).score


def codes_of(a: Profile, b: Profile, day: Occasion = DAY) -> list[str]:
    return [reason.code for reason in affinity(a, b, day, Weights()).reasons]


def test_the_nearer_the_codes_the_better() -> None:
    offers = ["90919300", "90919000", "90910000", "90911200", "90920000", "77310000"]
    near = [[match.near for match in matches(TOWN.needs, needs(code))] for code in offers]
    assert near == [[100], [96], [90], [65], [50], []]


def test_who_offers_all_of_a_group_offers_what_is_inside_it() -> None:
    broad, fine = needs("90910000"), needs("90919300")
    assert [match.near for match in matches(fine, broad)] == [match.near for match in matches(broad, broad)]
    assert [match.near for match in matches(broad, fine)] < [match.near for match in matches(fine, broad)]
    assert "need-met-same" in codes_of(TOWN, replace(CLEANERS, offers=broad))
    assert "need-met-near" in codes_of(replace(TOWN, needs=broad), replace(CLEANERS, offers=fine))


def test_a_whole_division_is_too_little_to_say() -> None:
    assert [match.near for match in matches(needs("90919300"), needs("90000000"))] == [35]


def test_every_need_that_is_met_is_told_and_the_nearest_brings_the_points() -> None:
    two_needs = replace(TOWN, needs=needs("77300000", "90911200"))
    both = replace(CLEANERS, offers=needs("90911200", "77310000"))
    told = [reason for reason in affinity(two_needs, both, DAY, Weights()).reasons if "need-met" in reason.code]
    assert [(reason.code, reason.parameters["text"]) for reason in told] == [
        ("need-met-same", "need 90911200"),
        ("need-met-near", "need 77300000"),
    ]
    assert [reason.points > 0 for reason in told] == [True, False]


def test_a_supplier_who_meets_two_needs_is_better_than_one_who_meets_one() -> None:
    two_needs = replace(TOWN, needs=needs("90900000", "77300000"))
    one, both = replace(CLEANERS, offers=needs("90900000")), replace(CLEANERS, offers=needs("90900000", "77300000"))
    assert [qualities_of(two_needs, supplier, DAY).codes for supplier in (one, both)] == [80, 86]


def test_what_one_needs_the_other_offers_in_both_directions() -> None:
    both = replace(CLEANERS, needs=needs("39130000"))
    trading = replace(TOWN, offers=needs("39130000"))
    assert score(trading, both) > score(TOWN, CLEANERS)
    assert score(CLEANERS, TOWN) == score(TOWN, CLEANERS)


def test_a_supplier_at_the_place_is_nearer_than_one_across_the_border_or_far_away() -> None:
    abroad = replace(CLEANERS, country="BE", postal_code="6700")
    far = replace(CLEANERS, postal_code="13001")
    quality = [qualities_of(TOWN, supplier, DAY).area for supplier in (CLEANERS, abroad, far)]
    assert quality == [100, 75, 50]


@pytest.mark.parametrize("written", ["54400", "F-54400", "F 54 400", "fr-54400"])
def test_a_postal_code_is_read_however_it_is_written(written: str) -> None:
    assert qualities_of(TOWN, replace(CLEANERS, postal_code=written), DAY).area == 100


def test_a_supplier_who_says_where_it_works_is_taken_at_its_word() -> None:
    elsewhere = replace(CLEANERS, serves=("FR-57", "LU"))
    assert qualities_of(TOWN, elsewhere, DAY).area == 0
    assert "area-not-served" in codes_of(TOWN, elsewhere)
    assert qualities_of(TOWN, replace(CLEANERS, serves=("FR-54",)), DAY).area == 100


def test_an_interpreter_of_the_event_helps_a_pair_without_a_common_language() -> None:
    german = replace(CLEANERS, languages=frozenset({"de"}))
    interpreted = Occasion(DAY.day, (frozenset({"fr", "de"}),))
    assert "language-none" in codes_of(TOWN, german)
    assert "language-interpreted" in codes_of(TOWN, german, interpreted)
    assert score(TOWN, german) < score(TOWN, german, interpreted) < score(TOWN, CLEANERS)


def test_a_label_past_its_date_does_not_count_and_is_shown_as_such() -> None:
    asking = replace(TOWN, asks_labels=frozenset({"iso-14001"}))
    holder = replace(CLEANERS, labels=(HeldLabel("iso-14001", date(2016, 6, 6), date(2019, 6, 6)),))
    assert "label-held" in codes_of(asking, holder)
    tomorrow = Occasion(date(2019, 6, 7))
    assert "label-expired" in codes_of(asking, holder, tomorrow)
    assert score(asking, holder, tomorrow) == score(asking, CLEANERS, tomorrow) < score(asking, holder)


def test_an_authority_sees_that_it_may_reserve_the_contract_and_by_which_article() -> None:
    sheltered = replace(CLEANERS, structure_type="ESAT")
    told = {reason.code: reason.parameters for reason in affinity(TOWN, sheltered, DAY, Weights()).reasons}
    assert told["reservable"] == {
        "type": "ESAT",
        "article": "Code de la commande publique, art. L2113-12 et R2113-7",
    }
    assert "reservable-if" in codes_of(TOWN, CLEANERS)
    assert "reservable-if-for-you" in codes_of(CLEANERS, TOWN)
    assert "reservable-if" not in codes_of(replace(TOWN, kind="company"), CLEANERS)


def test_meeting_across_a_border_is_a_reason() -> None:
    assert "cross-border" in codes_of(TOWN, replace(CLEANERS, country="BE", postal_code="6700"))
    assert "cross-border" not in codes_of(TOWN, replace(CLEANERS, country=None))


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="weight of labels is -1"):
        Weights(labels=-1)


def test_a_policy_without_any_weight_gives_everybody_nothing() -> None:
    none = Weights(0, 0, 0, 0, 0, 0, 0)
    assert affinity(TOWN, CLEANERS, DAY, none).score == 0


PEOPLE = profiles(st.sampled_from(("x", "y")))
WEIGHTS = st.builds(Weights, *(st.integers(0, 90) for _ in fields(Weights)))


@PATIENT
@given(PEOPLE, PEOPLE, occasions(), WEIGHTS)
def test_affinity_is_between_0_and_100_and_does_not_depend_on_names(
    a: Profile, b: Profile, day: Occasion, weights: Weights
) -> None:
    found = affinity(a, b, day, weights)
    assert 0 <= found.score <= 100
    assert found == affinity(replace(a, organisation="Z"), replace(b, organisation="A"), day, weights)
    assert all(0 <= reason.points <= 100 for reason in found.reasons)


@PATIENT
@given(PEOPLE, PEOPLE, PEOPLE, occasions(), WEIGHTS, st.sampled_from([w.name for w in fields(Weights)]))
def test_raising_a_weight_never_lowers_the_rank_of_a_pair_that_has_that_quality(
    me: Profile, one: Profile, other: Profile, day: Occasion, weights: Weights, raised: str
) -> None:
    has, has_less = sorted((one, other), key=lambda b: -getattr(qualities_of(me, b, day), raised))
    before = [affinity(me, b, day, weights).weighed for b in (has, has_less)]
    heavier = replace(weights, **{raised: getattr(weights, raised) + 7})
    after = [affinity(me, b, day, heavier).weighed for b in (has, has_less)]
    assert after[0] - after[1] >= before[0] - before[1]


@PATIENT
@given(PEOPLE, PEOPLE, occasions())
def test_affinity_does_not_depend_on_the_order_in_which_things_are_listed(
    a: Profile, b: Profile, day: Occasion
) -> None:
    shuffled = replace(b, offers=b.offers[::-1], needs=b.needs[::-1], labels=b.labels[::-1], serves=b.serves[::-1])
    assert affinity(a, b, day, Weights()).score == affinity(a, shuffled, day, Weights()).score
