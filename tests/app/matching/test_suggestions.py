"""Suggestions: who gets some, how many, and who never."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.policy import Mode, Policy
from app.matching.pairing import Pair, pairs
from app.matching.profile import Occasion, Profile, Wish
from app.matching.suggestions import ShareFigure, reached_shares
from tests.app.matching.builders_of_profiles import DAY, PATIENT, needs, occasions, rosters

AUTOMATIC = Policy(mode=Mode.AUTOMATIC)


def buyer(name: str, *codes: str, country: str = "FR") -> Profile:
    return Profile(name, "buyer", country=country, languages=frozenset({"fr"}), needs=needs(*codes))


def supplier(name: str, *codes: str, kind: str = "social-enterprise", country: str = "FR") -> Profile:
    return Profile(name, kind, country=country, languages=frozenset({"fr"}), offers=needs(*codes))


def suggested(found: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(pair.a, pair.b) for pair in found if pair.is_suggested]


CROWD = [buyer("b", "90910000"), *(supplier(f"s{n}", "90910000") for n in range(9))]


def test_somebody_without_wishes_is_filled_up_to_the_target() -> None:
    found = pairs(CROWD, [], Policy(target_meetings=4), DAY)
    assert [pair.a for pair in found].count("b") >= 4
    assert all(1 <= pair.value <= 100 for pair in found)


def test_with_wishes_alone_nothing_is_suggested() -> None:
    assert pairs(CROWD, [], Policy(mode=Mode.WISHES), DAY) == ()


def test_who_has_wishes_enough_gets_no_suggestion() -> None:
    people = [buyer("b", "90910000"), *(supplier(f"s{n}", "90910000") for n in range(3)), supplier("t", "39130000")]
    found = pairs(people, [Wish("b", f"s{n}") for n in range(3)], Policy(target_meetings=1), DAY)
    assert suggested(found) == []


def test_a_suggestion_is_worth_far_less_than_any_wish() -> None:
    found = pairs(CROWD, [Wish("b", "s0", rank=99)], Policy(target_meetings=4), DAY)
    least_wish = min(pair.value for pair in found if not pair.is_suggested)
    assert 2 * max(pair.value for pair in found if pair.is_suggested) < least_wish


def test_nobody_gets_more_than_their_cap() -> None:
    capped = [replace(CROWD[0], max_meetings=2), *CROWD[1:]]
    assert len(pairs(capped, [], Policy(target_meetings=5), DAY)) == 2
    assert len(pairs(CROWD, [], Policy(mode=Mode.AUTOMATIC, caps={"buyer": 3}), Occasion(DAY.day, slot_count=20))) == 3


def test_a_kind_with_a_floor_gets_names_to_spare() -> None:
    policy = Policy(floors={"buyer": 4}, target_meetings=0)
    assert len(pairs(CROWD, [], policy, DAY)) == 7


def test_whom_only_the_place_speaks_for_is_planned_only_where_a_floor_asks_for_it() -> None:
    silent = Profile("b", "buyer", country="FR", postal_code="54400", languages=frozenset({"fr"}))
    near = replace(supplier("s", "90910000"), postal_code="54000")
    assert pairs([silent, near], [], Policy(), DAY) == ()
    assert suggested(pairs([silent, near], [], Policy(floors={"buyer": 1}), DAY)) == [("b", "s")]


def test_nothing_in_common_is_not_suggested() -> None:
    assert pairs([buyer("b", "90910000"), supplier("s", "39130000")], [], AUTOMATIC, DAY) == ()


def test_two_without_a_language_are_not_suggested_unless_an_interpreter_covers_them() -> None:
    people = [buyer("b", "90910000"), replace(supplier("s", "90910000"), languages=frozenset({"de"}))]
    assert pairs(people, [], Policy(), DAY) == ()
    assert len(pairs(people, [], Policy(), Occasion(DAY.day, (frozenset({"de", "fr"}),)))) == 1


def test_kinds_that_may_not_meet_are_not_suggested() -> None:
    policy = Policy(may_meet=frozenset({frozenset({"buyer", "company"})}))
    assert pairs(CROWD, [], policy, DAY) == ()


def test_while_a_share_is_not_reached_pairs_that_serve_it_come_first() -> None:
    abroad = [supplier(f"x{n}", "90911200", country="BE") for n in range(9)]
    people = [*CROWD, *abroad]
    plain = suggested(pairs(people, [], Policy(target_meetings=4, max_meetings=4), DAY))
    steered = suggested(pairs(people, [], Policy(target_meetings=4, max_meetings=4, cross_border_share=50), DAY))
    assert [b[0] for a, b in plain] == ["s"] * 4
    assert sum(b[0] == "x" for a, b in steered) >= 2


def test_the_report_says_how_far_a_share_is_reached() -> None:
    people = [
        buyer("b", "90910000"),
        supplier("s", "90910000", country="BE"),
        supplier("c", "90910000", kind="company"),
    ]
    policy = Policy(social_enterprise_share=60, cross_border_share=50)
    social, border = reached_shares([("b", "s"), ("b", "c")], people, policy)
    assert social == ShareFigure("social-enterprise", 1, 2, 60)
    assert (social.percent, social.is_reached, border.is_reached) == (50, False, True)


@st.composite
def wished(draw: st.DrawFn) -> tuple[list[Profile], list[Wish]]:
    people = draw(rosters(2, 7))
    names = st.sampled_from([p.organisation for p in people])
    wish = st.builds(Wish, names, names, rank=st.none() | st.integers(1, 12), refuses=st.booleans())
    return people, draw(st.lists(wish, max_size=8))


@PATIENT
@given(wished(), occasions(), st.sampled_from((Mode.WISHES_THEN_SUGGESTIONS, Mode.AUTOMATIC)))
def test_a_refusal_is_never_suggested(case: tuple[list[Profile], list[Wish]], day: Occasion, mode: Mode) -> None:
    people, wishes = case
    found = pairs(people, wishes, Policy(mode=mode, least_affinity=0), day)
    refused = {frozenset((wish.source, wish.target)) for wish in wishes if wish.refuses}
    met = [frozenset((pair.a, pair.b)) for pair in found]
    assert not refused & set(met)
    assert len(met) == len(set(met))


@PATIENT
@given(wished(), occasions())
def test_pairs_do_not_depend_on_the_order_of_rows(case: tuple[list[Profile], list[Wish]], day: Occasion) -> None:
    people, wishes = case
    one = pairs(people, wishes, Policy(), day)
    other = pairs(people[::-1], wishes[::-1], Policy(), day)
    assert {(frozenset((p.a, p.b)), p.value) for p in one} == {(frozenset((p.a, p.b)), p.value) for p in other}


@pytest.mark.parametrize("mode", [Mode.WISHES_THEN_SUGGESTIONS, Mode.AUTOMATIC])
def test_an_event_without_anybody_has_no_pairs(mode: Mode) -> None:
    assert pairs([], [], Policy(mode=mode), Occasion(date(2019, 6, 6))) == ()
