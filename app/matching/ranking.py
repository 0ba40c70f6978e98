"""Everybody ranked for everybody, without looking at every pair: an index by code and by place, scored in arrays.

What counts is the same as in affinity.py, whose functions fill the tables here; a test holds both together.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.events.policy import Policy
from app.matching import affinity, areas
from app.matching.labels import valid
from app.matching.nearness import natures, nearness
from app.matching.profile import Occasion, Profile, Provision

Indices = NDArray[np.int64]
Points = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody in the list of another: the score is what is shown, the exact weighed sum is what ranks."""

    organisation: str
    score: int
    weighed: int


class PairTable:
    """One quality for every pair of profiles, computed once for each pair of distinct keys and only when asked."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        key: Callable[[Profile], Hashable],
        quality: Callable[[Profile, Profile], int],
    ) -> None:
        numbers: dict[Hashable, int] = {}
        self._key_of = np.array([numbers.setdefault(key(profile), len(numbers)) for profile in profiles], np.int64)
        examples = {int(number): profile for number, profile in zip(self._key_of, profiles, strict=True)}
        self._examples = [examples[number] for number in range(len(numbers))]
        self._known = np.full((len(numbers), len(numbers)), -1, np.int8)
        self._quality = quality

    def forward(self, one: int, others: Indices) -> Points:
        """Return the quality of (one, other) for each of the others."""
        row, columns = int(self._key_of[one]), self._key_of[others]
        for column in np.unique(columns[self._known[row, columns] < 0]):
            self._known[row, column] = self._quality(self._examples[row], self._examples[column])
        known: Points = self._known[row, columns].astype(np.int64)
        return known

    def backward(self, one: int, others: Indices) -> Points:
        """Return the quality of (other, one) for each of the others."""
        column, rows = int(self._key_of[one]), self._key_of[others]
        for row in np.unique(rows[self._known[rows, column] < 0]):
            self._known[row, column] = self._quality(self._examples[row], self._examples[column])
        known: Points = self._known[rows, column].astype(np.int64)
        return known


class CodeIndex:
    """Who offers (or needs) something near a code: postings for each code, with how near it is."""

    def __init__(self, provisions: Sequence[tuple[Provision, ...]], *, is_of_needs: bool) -> None:
        self._is_of_needs = is_of_needs
        holders: dict[str, list[int]] = {}
        for number, listed in enumerate(provisions):
            for code in {code for provision in listed for code in provision.codes}:
                holders.setdefault(code, []).append(number)
        self._holders = {code: np.array(numbers, np.int64) for code, numbers in sorted(holders.items())}
        self._by_division: dict[str, list[str]] = {}
        for code in self._holders:
            self._by_division.setdefault(code[:2], []).append(code)
        self._near: dict[str, tuple[Indices, Points, Points]] = {}
        self._size = len(provisions)

    def met(self, codes: Iterable[str]) -> Points:
        """Return for everybody what one direction brings: how near these codes are to theirs."""
        best, total = np.zeros(self._size, np.int64), np.zeros(self._size, np.int64)
        for code in codes:
            if code not in self._near:
                self._near[code] = self._postings(code)
            holders, near, sums = self._near[code]
            best[holders] = np.maximum(best[holders], near)
            total[holders] += sums
        brought: Points = best + (100 - best) * np.minimum(100, total - best) // 250
        return brought

    def _postings(self, code: str) -> tuple[Indices, Points, Points]:
        """Return who holds something near a code, how near the nearest is, and the sum of all."""
        best, total = np.zeros(self._size, np.int64), np.zeros(self._size, np.int64)
        for other in self._by_division.get(code[:2], ()):
            holders = self._holders[other]
            near = nearness(other, code) if self._is_of_needs else nearness(code, other)
            best[holders] = np.maximum(best[holders], near)
            total[holders] += near
        holders = np.flatnonzero(best)
        return holders, best[holders], total[holders]


class Roster:
    """All profiles of an event, ready to be ranked. Building it takes a fraction of a second for 10,000."""

    def __init__(self, profiles: Iterable[Profile], policy: Policy, occasion: Occasion) -> None:
        self.profiles = tuple(profiles)
        self._weights = policy.weights
        self._policy = policy
        self.number = {profile.organisation: number for number, profile in enumerate(self.profiles)}
        if len(self.number) < len(self.profiles):
            raise ValueError("Two profiles have the same organisation.")
        by_name = sorted(range(len(self.profiles)), key=lambda number: self.profiles[number].organisation)
        self.order = np.argsort(np.array(by_name, np.int64))
        self._needs, self._offers = _codes(p.needs for p in self.profiles), _codes(p.offers for p in self.profiles)
        self._offering = CodeIndex([profile.offers for profile in self.profiles], is_of_needs=False)
        self._needing = CodeIndex([profile.needs for profile in self.profiles], is_of_needs=True)
        self._fill_tables(occasion)
        self._fill_places()

    def _fill_tables(self, occasion: Occasion) -> None:
        digits = max([2, *(len(area) - 3 for p in self.profiles for area in (*p.serves, *p.wanted_in))])

        def table(key: Callable[[Profile], Hashable], quality: Callable[[Profile, Profile], int]) -> PairTable:
            return PairTable(self.profiles, key, quality)

        self._nature = table(lambda p: (natures(p.needs), natures(p.offers)), affinity.nature_quality)
        self._area = table(
            lambda p: (p.wanted_in, p.serves, (areas.place_of(p) or "")[: 3 + digits]), affinity.area_quality
        )
        self._languages = table(
            lambda p: p.languages,
            lambda a, b: affinity.language_quality(a.languages, b.languages, occasion.interpreters),
        )
        self._labels = table(
            lambda p: (p.asks_labels, valid(p.labels, occasion.day)),
            lambda a, b: affinity.label_quality(a.asks_labels, valid(b.labels, occasion.day)),
        )
        self._structure = table(lambda p: (p.kind, p.structure_type, p.country), affinity.structure_quality)
        self._border = table(lambda p: p.country, affinity.border_quality)
        self._allowed = table(lambda p: p.kind, lambda a, b: int(self._policy.allows(a.kind, b.kind)))

    def _fill_places(self) -> None:
        """Note who is where, for those who state no code at all."""
        self._neighbours: dict[str, list[int]] = {}
        for number, profile in enumerate(self.profiles):
            self._neighbours.setdefault(_neighbourhood(profile), []).append(number)

    def candidates(self, number: int) -> Indices:
        """Return whom it may be useful to meet: codes that touch; for somebody without codes, other kinds nearby."""
        if self._needs[number] or self._offers[number]:
            met = self._offering.met(self._needs[number]) + self._needing.met(self._offers[number])
            found = np.flatnonzero(met)
        else:
            here, kind = self._neighbours[_neighbourhood(self.profiles[number])], self.profiles[number].kind
            found = np.array([other for other in here if self.profiles[other].kind != kind], np.int64)
        found = found[found != number]
        useful: Indices = found[self._allowed.forward(number, found) > 0]
        return useful

    def can_talk(self, number: int, others: Indices) -> NDArray[np.bool_]:
        """Return for each of the others whether there is a language in common, or an interpreter, or no telling."""
        return (self._languages.forward(number, others) > 0) | (self._weights.languages == 0)

    def weighed(self, number: int, others: Indices) -> tuple[Points, Points]:
        """Return the weighed sums of (number, other) and of (other, number), one for each of the others."""
        one_way = self._offering.met(self._needs[number])[others]
        other_way = self._needing.met(self._offers[number])[others]
        better, worse = np.maximum(one_way, other_way), np.minimum(one_way, other_way)
        w = self._weights
        both = (
            w.codes * (better + (100 - better) * worse // 400)
            + w.nature * self._nature.forward(number, others)
            + w.languages * self._languages.forward(number, others)
            + w.structure * self._structure.forward(number, others)
            + w.cross_border * self._border.forward(number, others)
        )
        there = w.area * self._area.forward(number, others) + w.labels * self._labels.forward(number, others)
        back = w.area * self._area.backward(number, others) + w.labels * self._labels.backward(number, others)
        return both + there, both + back

    def top(
        self, organisation: str, limit: int = 20, without: Iterable[str] = (), *, must_talk: bool = False
    ) -> tuple[Ranked, ...]:
        """Return the best partners for one organisation, best first, equal ones by name; `without` some.

        With `must_talk` those are left out with whom there is neither a language nor an interpreter.
        """
        number = self.number[organisation]
        left_out = [self.number[name] for name in without if name in self.number]
        others = np.setdiff1d(self.candidates(number), np.array(left_out, np.int64))
        if must_talk:
            others = others[self.can_talk(number, others)]
        there, _ = self.weighed(number, others)
        best = np.lexsort((self.order[others], -there))[:limit]
        return tuple(
            Ranked(self.profiles[others[place]].organisation, self.score(int(there[place])), int(there[place]))
            for place in best
        )

    def score(self, weighed: int) -> int:
        """Return a weighed sum as a score from 0 to 100."""
        return affinity.score_of(weighed, self._weights)

    def pair_scores(self, number: int, others: Indices) -> Points:
        """Return the affinity of the pair, the mean of both ways, for each of the others."""
        total = self._weights.total
        there, back = self.weighed(number, others)
        return (there + back + total) // (2 * total) if total else np.zeros(len(others), np.int64)


def _codes(listed: Iterable[tuple[Provision, ...]]) -> list[tuple[str, ...]]:
    return [tuple(sorted({code for provision in provisions for code in provision.codes})) for provisions in listed]


def _neighbourhood(profile: Profile) -> str:
    digits = areas.PLACE_DIGITS.get(profile.country or "", 2)
    return (areas.place_of(profile) or "")[: 3 + digits if digits else 2]
