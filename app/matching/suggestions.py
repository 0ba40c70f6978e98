"""Suggestions: pairs that nobody wished, for those whose wishes leave room, as the policy says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from app.events.policy import Mode, Policy
from app.matching.affinity import is_social
from app.matching.profile import Occasion, Profile
from app.matching.ranking import Roster

_Serves = Callable[[Profile, Profile], bool]

UNLIMITED = 1_000_000
NAMES_PER_PLACE = 3
"""For each place left, so many of the best partners are looked at: some of them will be full themselves."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two organisations that nobody asked to meet, `a` before `b` in the list of profiles, and their affinity."""

    a: str
    b: str
    affinity: int


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """How far a target share is reached: `counted` of `meetings`; `wanted` is the target in per cent, if any."""

    name: str
    counted: int
    meetings: int
    wanted: int | None

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down, so that a target not reached never looks reached."""
        return 100 * self.counted // self.meetings if self.meetings else 0

    @property
    def is_reached(self) -> bool:
        return self.wanted is None or 100 * self.counted >= self.wanted * self.meetings


def suggestions(
    roster: Roster, wished: Iterable[tuple[str, str]], refused: Iterable[tuple[str, str]], policy: Policy, day: Occasion
) -> tuple[Suggestion, ...]:
    """Return the pairs to add to the wished ones, best first; below `least_affinity` only what a floor asks for.

    Everybody is filled up to their room: what their target leaves after the wishes that can be expected to be held,
    and never more than their cap. While a target share is not reached, pairs that serve it come first, and others only
    as far as the share allows or a floor asks for them. A refused pair never comes, nor one without a language.
    """
    if policy.mode is Mode.WISHES:
        return ()
    wished_pairs = [(roster.number[a], roster.number[b]) for a, b in wished]
    out = {frozenset((roster.number[a], roster.number[b])) for a, b in refused} | set(map(frozenset, wished_pairs))
    rooms = _rooms(roster.profiles, wished_pairs, policy, day)
    found = _useful(roster, rooms, out, policy)
    taken = _chosen(found, rooms, _Shares.of(roster.profiles, wished_pairs, policy))
    names = [profile.organisation for profile in roster.profiles]
    return tuple(Suggestion(names[a], names[b], score) for score, a, b in taken)


def reached_shares(
    meetings: Iterable[tuple[str, str]], profiles: Iterable[Profile], policy: Policy
) -> tuple[ShareFigure, ...]:
    """Return how many of these meetings are with a social enterprise and across a border, beside what was wanted."""
    by_id = {profile.organisation: profile for profile in profiles}
    pairs = [(by_id[a], by_id[b]) for a, b in meetings]
    return tuple(
        ShareFigure(name, sum(serves(a, b) for a, b in pairs), len(pairs), wanted)
        for name, (serves, wanted) in _targets(policy).items()
    )


@dataclass(slots=True)
class Room:
    """How many more meetings one organisation is to get, has to get by its floor, and can have at most."""

    wanted: int
    floor: int
    possible: int

    def take(self) -> None:
        self.wanted, self.floor, self.possible = self.wanted - 1, self.floor - 1, self.possible - 1


def _rooms(profiles: tuple[Profile, ...], wished: list[tuple[int, int]], policy: Policy, day: Occasion) -> list[Room]:
    most = [_most(profile, policy, day) for profile in profiles]
    degree = np.bincount(np.array(wished, np.int64).ravel(), minlength=len(profiles)).tolist()
    expected = [0.0] * len(profiles)
    for a, b in wished:
        chance = min(1.0, *(most[end] / degree[end] for end in (a, b)))
        expected[a] += chance
        expected[b] += chance
    return [
        _room(policy, policy.floor(profile.kind, profile.min_meetings), most[number], int(expected[number]))
        for number, profile in enumerate(profiles)
    ]


def _room(policy: Policy, floor: int, most: int, expected: int) -> Room:
    """Return the room that `expected` wishes leave. A floor gets some names to spare: not every one will fit."""
    goal = most if policy.mode is Mode.AUTOMATIC and most < UNLIMITED else max(floor, policy.target_meetings)
    missing, missing_floor = max(0, min(goal, most) - expected), max(0, min(floor, most) - expected)
    spare = 1 + missing_floor // 2 if missing_floor else 0
    return Room(missing + spare, missing_floor + spare, max(most - expected, missing) + spare)


def _most(profile: Profile, policy: Policy, day: Occasion) -> int:
    """The most meetings somebody can have: their cap, and the slots of the day for each delegate."""
    cap = policy.cap(profile.kind, profile.max_meetings)
    slots = None if day.slot_count is None else day.slot_count * profile.delegate_count
    return min((limit for limit in (cap, slots) if limit is not None), default=UNLIMITED)


def _useful(roster: Roster, rooms: list[Room], out: set[frozenset[int]], policy: Policy) -> list[tuple[int, int, int]]:
    """Return (affinity, a, b) of the best pairs around everybody who has room, best first."""
    found: dict[tuple[int, int], int] = {}
    excluded: dict[int, set[int]] = {}
    for pair in out:
        for end in pair:
            excluded.setdefault(end, set()).update(pair)
    for number, room in enumerate(rooms):
        if room.wanted <= 0:
            continue
        least = 1 if room.floor > 0 else max(1, policy.least_affinity)
        others = roster.candidates(number)
        others = np.setdiff1d(others, np.array(sorted(excluded.get(number, ())), np.int64))
        others = others[np.array([rooms[other].possible > 0 for other in others.tolist()], np.bool_)]
        others = others[roster.can_talk(number, others)]
        scores = roster.pair_scores(number, others)
        best = np.lexsort((roster.order[others], -scores))[: NAMES_PER_PLACE * room.wanted + 10]
        for other, score in zip(others[best].tolist(), scores[best].tolist(), strict=True):
            if score >= least:
                found[min(number, other), max(number, other)] = score
    by_name = roster.order
    return sorted(
        ((score, a, b) for (a, b), score in found.items()),
        key=lambda pair: (-pair[0], *sorted((int(by_name[pair[1]]), int(by_name[pair[2]])))),
    )


@dataclass(slots=True)
class _Shares:
    """Counts for each target share: pairs that serve it and pairs that do not, so far."""

    profiles: tuple[Profile, ...]
    targets: list[tuple[_Serves, int]]
    serving: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, profiles: tuple[Profile, ...], wished: list[tuple[int, int]], policy: Policy) -> "_Shares":
        targets = [(serves, wanted) for serves, wanted in _targets(policy).values() if wanted]
        shares = cls(profiles, targets, [0] * len(targets), [0] * len(targets))
        for a, b in wished:
            shares.count(a, b)
        return shares

    def count(self, a: int, b: int) -> None:
        for place, serves in enumerate(self._served(a, b)):
            (self.serving if serves else self.others)[place] += 1

    def serves_all(self, a: int, b: int) -> bool:
        return all(self._served(a, b))

    def leaves_all_reached(self, a: int, b: int) -> bool:
        """Whether every share that this pair does not serve would still be reached with it."""
        return all(
            serves or wanted * (self.others[place] + 1) <= (100 - wanted) * self.serving[place]
            for place, (serves, (_, wanted)) in enumerate(zip(self._served(a, b), self.targets, strict=True))
        )

    def _served(self, a: int, b: int) -> list[bool]:
        return [serves(self.profiles[a], self.profiles[b]) for serves, _ in self.targets]


def _chosen(found: list[tuple[int, int, int]], rooms: list[Room], shares: _Shares) -> list[tuple[int, int, int]]:
    """Take the best pairs while there is room: first those that serve every target share, then what these allow."""
    taken = []
    serving = [pair for pair in found if shares.serves_all(pair[1], pair[2])]
    others = [pair for pair in found if not shares.serves_all(pair[1], pair[2])]
    for pair in (*serving, *others):
        _, a, b = pair
        one, other = rooms[a], rooms[b]
        if max(one.wanted, other.wanted) <= 0 or min(one.possible, other.possible) <= 0:
            continue
        if max(one.floor, other.floor) <= 0 and not shares.leaves_all_reached(a, b):
            continue
        one.take()
        other.take()
        shares.count(a, b)
        taken.append(pair)
    return sorted(taken, key=lambda pair: -pair[0])


def _with_social_enterprise(a: Profile, b: Profile) -> bool:
    return is_social(a) or is_social(b)


def _across_border(a: Profile, b: Profile) -> bool:
    return a.country is not None and b.country is not None and a.country != b.country


def _targets(policy: Policy) -> Mapping[str, tuple[_Serves, int | None]]:
    return {
        "social-enterprise": (_with_social_enterprise, policy.social_enterprise_share),
        "cross-border": (_across_border, policy.cross_border_share),
    }
