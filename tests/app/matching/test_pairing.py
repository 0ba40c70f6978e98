"""Pairs: what a wish is worth, and who is never planned."""

from datetime import date

import pytest

from app.errors import Invalid
from app.events.policy import Mode, Policy, policy_of
from app.matching.pairing import Pair, pairs
from app.matching.profile import Occasion, Profile, Wish

DAY = Occasion(date(2019, 6, 6))
WISHES_ONLY = Policy(mode=Mode.WISHES)


def people(*names: str) -> list[Profile]:
    return [Profile(name, "buyer" if name.startswith("b") else "social-enterprise") for name in names]


def value_of(*wishes: Wish) -> int:
    (pair,) = pairs(people("b", "s"), wishes, WISHES_ONLY, DAY)
    return pair.value


def test_a_wish_of_one_side_is_a_pair() -> None:
    wish = Wish("s", "b", rank=1)
    assert pairs(people("b", "s", "t"), [wish], WISHES_ONLY, DAY) == (Pair("b", "s", 401, 15, None, wish),)


def test_the_dearer_wish_is_worth_more() -> None:
    ranked = [value_of(Wish("b", "s", rank=rank)) for rank in (1, 2, 3, 10)]
    starred = [value_of(Wish("b", "s", stars=stars)) for stars in (5, 4, 3, 1)]
    assert ranked == [401, 391, 381, 311]
    assert starred == [401, 381, 361, 321]


def test_any_mutual_wish_is_worth_more_than_any_one_sided_one() -> None:
    assert value_of(Wish("b", "s", rank=40), Wish("s", "b", rank=40)) > value_of(Wish("b", "s", rank=1))


def test_a_refusal_of_either_side_goes_before_all_wishes() -> None:
    wishes = [Wish("b", "s", rank=1), Wish("s", "b", rank=1), Wish("s", "b", refuses=True)]
    assert pairs(people("b", "s"), wishes, WISHES_ONLY, DAY) == ()


def test_of_two_wishes_for_the_same_the_dearest_counts() -> None:
    assert value_of(Wish("b", "s", rank=7), Wish("b", "s", rank=2)) == value_of(Wish("b", "s", rank=2))


def test_kinds_that_may_not_meet_are_out() -> None:
    policy = Policy(mode=Mode.WISHES, may_meet=frozenset({frozenset({"buyer", "social-enterprise"})}))
    wishes = [Wish("b1", "b2", rank=1), Wish("b1", "s", rank=2)]
    assert [(pair.a, pair.b) for pair in pairs(people("b1", "b2", "s"), wishes, policy, DAY)] == [("b1", "s")]


def test_wishes_for_oneself_or_for_somebody_who_does_not_come_are_left_out() -> None:
    assert pairs(people("b", "s"), [Wish("b", "b"), Wish("b", "x"), Wish("x", "s")], WISHES_ONLY, DAY) == ()


def test_pairs_do_not_depend_on_the_order_of_wishes() -> None:
    wishes = [Wish("b", "s", rank=3), Wish("s", "b"), Wish("t", "b", stars=2)]
    there = pairs(people("b", "s", "t"), wishes, WISHES_ONLY, DAY)
    assert there == pairs(people("b", "s", "t"), wishes[::-1], WISHES_ONLY, DAY)


def test_the_policy_is_read_from_the_event() -> None:
    policy = policy_of({"mode": "wishes", "weight_codes": 50, "cross_border_share": "30"}, {"social-enterprise": 4}, 15)
    assert (policy.mode, policy.weights.codes, policy.cross_border_share) == (Mode.WISHES, 50, 30)
    assert policy.floor("social-enterprise", None) == 4
    assert policy.floor("social-enterprise", 2) == 2
    assert policy.cap("buyer", 20) == 15


def test_the_policy_says_which_kinds_may_meet_and_caps_a_kind() -> None:
    policy = policy_of({"may_meet": "buyer + Social Enterprise, company+company", "cap_social_enterprise": 9})
    assert policy.allows("social-enterprise", "buyer")
    assert policy.allows("company", "company")
    assert not policy.allows("company", "buyer")
    assert policy.cap("social-enterprise", None) == 9
    assert policy.cap("buyer", None) is None


def test_settings_may_stand_in_tables_of_their_own() -> None:
    tables = policy_of({"weights.codes": 50, "caps.social-enterprise": 9, "shares.cross-border": 30})
    assert tables == policy_of({"weight_codes": 50, "cap_social_enterprise": 9, "cross_border_share": 30})


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"mode": "random"}, "mode is random; it is one of wishes"),
        ({"modes": "wishes"}, "no setting modes"),
        ({"may_meet": "buyer, company"}, "pairs of kinds"),
        ({"cap_buyer": "few"}, "cap_buyer is few"),
        ({"weight_codes": -1}, "whole number, 0 or more"),
        ({"cross_border_share": 130}, "at most 100"),
        ({"target_meetings": "many"}, "is many; it is a whole number"),
    ],
)
def test_a_wrong_policy_is_refused_with_a_sentence(settings: dict[str, str | int | float], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        policy_of(settings)
