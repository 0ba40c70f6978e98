"""Pairs that may be planned, with the value that each has for the engine. Refusals and forbidden kinds are out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from app.events.policy import Policy, WishPoints
from app.matching.profile import Occasion, Profile, Wish
from app.matching.ranking import Roster
from app.matching.suggestions import suggestions

STRENGTH = 10
"""One point of a wish counts ten in a value, so that affinity (0 to 9) only breaks ties between equal wishes."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations that may be planned to meet. `wish_a` is the wish of `a` for `b`, `wish_b` the other way.

    `a` stands before `b` in the list of profiles. A pair with neither wish is a suggestion, and its value is its
    affinity (1 to 100); a wished one has 10 x points + affinity // 11 (310 to 609 with the default points).
    """

    a: str
    b: str
    value: int
    affinity: int = 0
    wish_a: Wish | None = None
    wish_b: Wish | None = None

    @property
    def is_mutual(self) -> bool:
        return self.wish_a is not None and self.wish_b is not None

    @property
    def is_suggested(self) -> bool:
        return self.wish_a is None and self.wish_b is None


def pairs(profiles: Iterable[Profile], wishes: Iterable[Wish], policy: Policy, occasion: Occasion) -> tuple[Pair, ...]:
    """Return every pair that may be planned, in the order of the profiles; wished ones first, then suggestions.

    Wishes of or for somebody who is not in `profiles` are left out; of several wishes in one direction the dearest
    counts, and a refusal of either side goes before all wishes.
    """
    return pairs_of(Roster(profiles, policy, occasion), wishes, policy, occasion)


def pairs_of(roster: Roster, wishes: Iterable[Wish], policy: Policy, occasion: Occasion) -> tuple[Pair, ...]:
    """Return the same for a roster that stands already."""
    place, known = roster.number, roster.profiles
    stated = wishes_by_direction(wishes, place)
    ways = sorted({(min(place[a], place[b]), max(place[a], place[b])) for a, b in stated})
    wished, refused = [], []
    for a, b in ways:
        ends = known[a].organisation, known[b].organisation
        both = stated.get(ends), stated.get(ends[::-1])
        if any(wish is not None and wish.refuses for wish in both):
            refused.append(ends)
        elif policy.allows(known[a].kind, known[b].kind):
            wished.append((ends, both))
    affinities = _affinities(roster, [ends for ends, _ in wished])
    planned = [
        Pair(*ends, wish_value(*both, affinities[ends], policy.wish_points), affinities[ends], *both)
        for ends, both in wished
    ]
    suggested = suggestions(roster, [ends for ends, _ in wished], refused, policy, occasion)
    return (*planned, *(Pair(found.a, found.b, max(1, found.affinity), found.affinity) for found in suggested))


def _affinities(roster: Roster, ends: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the affinity of each of these pairs, asking the roster once for each first of them."""
    partners: dict[str, list[str]] = {}
    for a, b in ends:
        partners.setdefault(a, []).append(b)
    return {
        (a, b): int(score)
        for a, others in partners.items()
        for b, score in zip(
            others,
            roster.pair_scores(roster.number[a], np.array([roster.number[b] for b in others], np.int64)),
            strict=True,
        )
    }


def wishes_by_direction(wishes: Iterable[Wish], known: Mapping[str, int]) -> dict[tuple[str, str], Wish]:
    """Return for each direction, source to target, the wish that counts."""
    stated: dict[tuple[str, str], Wish] = {}
    for wish in wishes:
        way = (wish.source, wish.target)
        if wish.source == wish.target or wish.source not in known or wish.target not in known:
            continue
        if way not in stated or _dearness(wish) > _dearness(stated[way]):
            stated[way] = wish
    return stated


def wish_points(wish: Wish, points: WishPoints) -> int:
    """What one side's wish is worth, from 1 to `points.dearest`. A rank goes before stars."""
    if wish.rank is not None:
        return max(1, points.dearest - wish.rank + 1)
    if wish.stars is not None:
        return max(1, points.dearest * min(wish.stars, 5) // 5)
    return points.unranked


def wish_value(wish_a: Wish | None, wish_b: Wish | None, affinity: int, points: WishPoints) -> int:
    """The value of a pair that one side or both sides wish: any mutual wish is above any one-sided one."""
    sides = [wish_points(wish, points) for wish in (wish_a, wish_b) if wish is not None]
    strength = (points.mutual if len(sides) == 2 else points.one_sided) + sum(sides)
    return STRENGTH * strength + affinity // 11


def _dearness(wish: Wish) -> tuple[bool, int]:
    return wish.refuses, wish_points(wish, WishPoints())
