"""The ranking of everybody for everybody says the same as affinity, pair by pair."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.policy import Policy, Weights
from app.matching.affinity import affinity, qualities_of
from app.matching.profile import Occasion, Profile
from app.matching.ranking import Roster
from tests.app.matching.builders_of_profiles import DAY, PATIENT, needs, occasions, rosters

POLICY = Policy()


@PATIENT
@given(rosters(), occasions())
def test_the_tables_say_what_affinity_says(people: list[Profile], day: Occasion) -> None:
    roster = Roster(people, POLICY, day)
    others = np.arange(1, len(people))
    there, back = roster.weighed(0, others)
    assert there.tolist() == [affinity(people[0], b, day, POLICY.weights).weighed for b in people[1:]]
    assert back.tolist() == [affinity(b, people[0], day, POLICY.weights).weighed for b in people[1:]]


@PATIENT
@given(rosters(), occasions())
def test_everybody_whose_codes_touch_is_looked_at(people: list[Profile], day: Occasion) -> None:
    me = people[0]
    touching = {b.organisation for b in people[1:] if qualities_of(me, b, day).codes}
    found = {ranked.organisation for ranked in Roster(people, POLICY, day).top("o0", len(people))}
    if any(p.codes for p in (*me.needs, *me.offers)):
        assert found == touching
    else:
        assert touching == set()


@PATIENT
@given(rosters(), occasions())
def test_the_ranking_does_not_depend_on_the_order_of_rows(people: list[Profile], day: Occasion) -> None:
    forward = Roster(people, POLICY, day).top("o0")
    assert Roster(people[::-1], POLICY, day).top("o0") == forward
    assert list(forward) == sorted(forward, key=lambda ranked: (-ranked.weighed, ranked.organisation))


def test_somebody_without_a_word_about_needs_meets_other_kinds_nearby() -> None:
    silent = Profile("silent", "buyer", country="FR", postal_code="54400")
    near = Profile("near", "social-enterprise", "EI", "FR", "54000", offers=needs("77310000"))
    far = replace(near, organisation="far", postal_code="13001")
    same_kind = replace(silent, organisation="other buyer")
    top = Roster([silent, near, far, same_kind], POLICY, DAY).top("silent")
    assert [ranked.organisation for ranked in top] == ["near"]


def test_two_profiles_of_one_organisation_are_refused() -> None:
    with pytest.raises(ValueError, match="same organisation"):
        Roster([Profile("a", "buyer"), Profile("a", "company")], POLICY, DAY)


@PATIENT
@given(rosters(3), occasions(), st.sampled_from([weight.name for weight in fields(Weights)]), st.integers(1, 60))
def test_whoever_has_a_quality_in_full_does_not_fall_when_its_weight_is_raised(
    people: list[Profile], day: Occasion, raised: str, more: int
) -> None:
    weights = Weights()
    heavier = replace(weights, **{raised: getattr(weights, raised) + more})
    before = [ranked.organisation for ranked in Roster(people, POLICY, day).top("o0", 99)]
    after = [ranked.organisation for ranked in Roster(people, Policy(weights=heavier), day).top("o0", 99)]
    by_name = {profile.organisation: profile for profile in people}
    blessed = [name for name in before if getattr(qualities_of(people[0], by_name[name], day), raised) == 100]
    assert all(after.index(name) <= before.index(name) for name in blessed)
    assert sorted(after) == sorted(before)
