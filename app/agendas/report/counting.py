"""Counting for the report: everybody's agendas become numbers, and each meeting counts once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from statistics import median

from app.agendas.agenda import Agenda, Entry, Origin
from app.agendas.queries import Agendas
from app.agendas.report.parts import Comers, Count, Flow, Held, KindSpread, RankTally, Spread, Step
from app.matching.profile import SOCIAL_ENTERPRISE


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as the report counts it, between two organisations by key."""

    source: int
    target: int
    rank: int | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A meeting with both its sides; `entry` is how the first sees it."""

    first: Agenda
    second: Agenda
    entry: Entry


def pairs_of(agendas: Agendas) -> list[Pair]:
    """Return every meeting once, in time order and then in the order of tables."""
    sides: dict[str, list[tuple[Agenda, Entry]]] = defaultdict(list)
    for agenda in agendas.organisations:
        for entry in agenda.entries:
            sides[entry.uid].append((agenda, entry))
    found = [Pair(one, other, entry) for (one, entry), (other, _theirs) in sides.values()]
    order = {table.name: number for number, table in enumerate(agendas.tables)}
    return sorted(found, key=lambda pair: (pair.entry.starts_at, order.get(pair.entry.table or "", len(order))))


def comers_of(agendas: Agendas) -> Comers:
    """Return who comes."""
    parties = [agenda.party for agenda in agendas.organisations]
    return Comers(
        organisations=len(parties),
        delegates=len(agendas.delegates),
        organisations_without=sum(not agenda.entries for agenda in agendas.organisations),
        delegates_without=sum(not agenda.entries for agenda in agendas.delegates),
        by_country=_counts(party.country for party in parties),
        by_kind=_counts(party.kind for party in parties),
    )


def held_of(pairs: Sequence[Pair]) -> Held:
    """Return what the meetings are."""
    origins = Counter(pair.entry.origin for pair in pairs)
    countries = [(pair.first.party.country, pair.second.party.country) for pair in pairs]
    kinds = [(pair.first.party.kind, pair.second.party.kind) for pair in pairs]
    return Held(
        meetings=len(pairs),
        mutual=origins[Origin.MUTUAL],
        one_sided=origins[Origin.OWN_WISH] + origins[Origin.THEIR_WISH],
        suggested=origins[Origin.SUGGESTED],
        cross_border=sum(a is not None and b is not None and a != b for a, b in countries),
        with_social_enterprise=sum(SOCIAL_ENTERPRISE in pair for pair in kinds),
        interpreted=sum(pair.entry.languages is not None for pair in pairs),
        online=sum(pair.entry.table is None for pair in pairs),
    )


def tallies_of(wishes: Sequence[Wished], held: Iterable[frozenset[int]]) -> tuple[RankTally, ...]:
    """Return for each rank, then for each number of stars, how many wishes there were and how many are met."""
    met, wished = set(held), {(wish.source, wish.target) for wish in wishes}
    groups: dict[tuple[int | None, int | None], list[Wished]] = defaultdict(list)
    for wish in wishes:
        groups[wish.rank, wish.stars if wish.rank is None else None].append(wish)
    found = []
    for (rank, stars), those in groups.items():
        mutual = [wish for wish in those if (wish.target, wish.source) in wished]
        counts = len(those), _met(those, met), len(mutual), _met(mutual, met)
        found.append(RankTally(rank, stars, *counts))
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.stars is None, -(one.stars or 0))))


def _met(wishes: Iterable[Wished], held: set[frozenset[int]]) -> int:
    return sum(frozenset((wish.source, wish.target)) in held for wish in wishes)


def spread_of(amounts: Iterable[int]) -> Spread:
    """Return how amounts are spread; of nothing, zeros."""
    counts = Counter(amounts)
    steps = tuple(Step(amount, counts[amount]) for amount in sorted(counts))
    if not steps:
        return Spread(0, 0, 0, ())
    return Spread(steps[0].amount, median(counts.elements()), steps[-1].amount, steps)


def spreads_by_kind(agendas: Agendas) -> tuple[KindSpread, ...]:
    """Return how the meetings are spread over the organisations of each kind, the largest kind first."""
    counts: dict[str, list[int]] = defaultdict(list)
    for agenda in agendas.organisations:
        counts[agenda.party.kind].append(len(agenda.entries))
    ordered = sorted(counts.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(KindSpread(kind, spread_of(amounts)) for kind, amounts in ordered)


def waiting_of(agendas: Agendas, days: Mapping[datetime, int]) -> Spread:
    """Return how many slots each organisation waits between its first and its last meeting of a day.

    `days` says for the start of each slot how many slots of all days come before it; days are far apart.
    """
    return spread_of(_waits({days[entry.starts_at] for entry in agenda.entries}) for agenda in agendas.organisations)


DAY = 10_000
"""Numbers of slots of two days are at least so far apart."""


def numbered_by_day(starts: Sequence[tuple[datetime, object]]) -> dict[datetime, int]:
    """Return a number for each slot, given its start and day in time order: neighbours of a day are neighbours."""
    found: dict[datetime, int] = {}
    for day_number, (_day, slots) in enumerate(groupby(starts, key=lambda slot: slot[1])):
        for number, (start, _same_day) in enumerate(slots):
            found[start] = DAY * day_number + number
    return found


def _waits(busy: set[int]) -> int:
    return sum(later - sooner - 1 for sooner, later in pairwise(sorted(busy)) if sooner // DAY == later // DAY)


def walking_of(agendas: Agendas, days: Mapping[datetime, int]) -> Spread:
    """Return how often each delegate changes tables between two meetings of a day that follow each other."""
    return spread_of(_walks(agenda.entries, days) for agenda in agendas.delegates if agenda.entries)


def _walks(entries: Iterable[Entry], days: Mapping[datetime, int]) -> int:
    at_tables = [entry for entry in entries if entry.table is not None]
    return sum(
        one.table != other.table and days[one.starts_at] // DAY == days[other.starts_at] // DAY
        for one, other in pairwise(at_tables)
    )


def flows_between(sides: Iterable[tuple[str | None, str | None]]) -> tuple[Flow, ...]:
    """Return how many meetings there are between any two, the most first; who said nothing comes last of a pair."""
    counts = Counter(tuple(sorted(pair, key=lambda side: (side is None, side or ""))) for pair in sides)
    found = [Flow(a, b, count) for (a, b), count in counts.items()]
    return tuple(sorted(found, key=lambda flow: (-flow.meetings, flow.a or "~", flow.b or "~")))


def _counts(names: Iterable[str | None]) -> tuple[Count, ...]:
    counts = Counter(names)
    return tuple(Count(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name or "~")))
