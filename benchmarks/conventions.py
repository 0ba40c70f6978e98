"""Made-up conventions of any size: three kinds of participant, popularity by rank, wishes that are often mutual."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler import (
    Candidate,
    Delegate,
    DelegateId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Slot,
    SlotId,
    Table,
    TableId,
)

KINDS = ("buyer", "social-enterprise", "local-authority")
SHARE_OF_KIND = (0.3, 0.5, 0.2)
# Row: who wishes; column: for whom.
LIKING = np.array([[0.05, 0.80, 0.15], [0.65, 0.15, 0.20], [0.15, 0.75, 0.10]])
MUTUAL_SHARE = 0.3
HOME_SHARE = 0.08

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a convention is. `delegates` are the shares of those who come with 1, 2 and 3 people."""

    participants: int
    days: int
    slots_a_day: int
    tables: int
    tables_when_tight: int
    candidates: int
    most_wishes: int
    ceiling: tuple[int, int]
    delegates: tuple[float, float, float] = (0.82, 0.14, 0.04)


SIZES = {
    "S": Size(93, 1, 18, 40, 32, 900, 30, (10, 18), (0.85, 0.12, 0.03)),
    "M": Size(400, 1, 24, 120, 110, 6_000, 30, (10, 24)),
    "L": Size(2_000, 2, 20, 500, 400, 40_000, 30, (10, 40)),
    "XL": Size(10_000, 4, 24, 1_500, 1_000, 250_000, 60, (8, 40)),
}


def multiplied(size: Size, times: int) -> Size:
    """The same convention with so many times as many people, tables and wishes, in the same slots."""
    return Size(
        size.participants * times,
        size.days,
        size.slots_a_day,
        size.tables * times,
        size.tables_when_tight * times,
        size.candidates * times,
        size.most_wishes,
        size.ceiling,
        size.delegates,
    )


def convention(size: Size, seed: int, *, is_tight: bool = False, is_correlated: bool = False) -> Problem:
    """Tight: fewer tables and no personal limits. Correlated: whole organisations come late or leave early."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(len(KINDS), size.participants, p=SHARE_OF_KIND)
    people = rng.choice([1, 2, 3], size.participants, p=size.delegates)
    values = _wished_pairs(rng, size, kinds)
    absent = _late_and_early(rng, size) if is_correlated else _here_and_there(rng, size)
    ceilings = rng.integers(size.ceiling[0], size.ceiling[1] + 1, size.participants) * people
    has_home = (rng.random(size.participants) < HOME_SHARE) & (people == 1)
    slots = tuple(
        Slot(SlotId(f"d{day + 1}.{k + 1}"), f"day {day + 1}")
        for day in range(size.days)
        for k in range(size.slots_a_day)
    )
    tables = [Table(TableId(f"t{k + 1}")) for k in range(size.tables_when_tight if is_tight else size.tables)]
    participants = []
    for p in range(size.participants):
        away = frozenset(slots[t].id for t in np.flatnonzero(absent[p]))
        home = (TableId(f"stand-{p}"),) if has_home[p] else ()
        tables += [Table(table) for table in home]
        participants.append(
            Participant(
                ParticipantId(f"p{p}"),
                tuple(Delegate(DelegateId(f"p{p}.{d + 1}"), away) for d in range(people[p])),
                KINDS[kinds[p]],
                0,
                None if is_tight else int(ceilings[p]),
                home,
            )
        )
    meetings = tuple(
        Candidate(MeetingId(f"m{k}"), (participants[a].id, participants[b].id), value)
        for k, ((a, b), value) in enumerate(values.items())
    )
    return Problem("convention", slots, tuple(tables), tuple(participants), meetings)


def _wished_pairs(rng: np.random.Generator, size: Size, kinds: NDArray[np.int64]) -> dict[tuple[int, int], int]:
    """Pairs and what they are worth: up to 20 for each side's wish, by its rank, and 10 more when both wish."""
    of_kind = [np.flatnonzero(kinds == kind) for kind in range(len(KINDS))]
    pull = [rng.permutation((np.arange(len(group)) + 3.0) ** -0.7) for group in of_kind]
    pull = [weights / weights.sum() for weights in pull]
    mean = size.candidates / size.participants
    wanted = np.clip(np.rint(mean * rng.lognormal(0, 0.5, size.participants)), 5, size.most_wishes).astype(int)
    wishes: dict[tuple[int, int], dict[int, int]] = {}
    for p, count in enumerate(wanted.tolist()):
        ranked: dict[int, None] = {}
        for kind, share in enumerate(rng.multinomial(2 * count, LIKING[kinds[p]]).tolist()):
            ranked.update(dict.fromkeys(rng.choice(of_kind[kind], share, p=pull[kind]).tolist()))
        ranked.pop(p, None)
        order = rng.permutation(list(ranked))[:count].tolist()
        for rank, q in enumerate(order):
            wishes.setdefault((min(p, q), max(p, q)), {})[p] = 1 + 19 * (len(order) - rank) // len(order)
    pairs = list(wishes)
    chosen = [pairs[k] for k in rng.permutation(len(pairs))[: size.candidates].tolist()]
    mutual = sum(len(wishes[pair]) == 2 for pair in chosen)
    values = {}
    for pair in chosen:
        stars = wishes[pair]
        if len(stars) == 1 and mutual < MUTUAL_SHARE * len(chosen):
            stars[next(side for side in pair if side not in stars)] = int(rng.integers(1, 21))
            mutual += 1
        values[pair] = sum(stars.values()) + (10 if len(stars) == 2 else 0)
    return values


def _here_and_there(rng: np.random.Generator, size: Size) -> Flags:
    """One slot in ten is taken by something else, and some are away for half a day."""
    absent = rng.random((size.participants, size.days * size.slots_a_day)) > 0.9
    half = size.slots_a_day // 2
    for p in np.flatnonzero(rng.random(size.participants) < 0.08):
        start = rng.integers(size.days) * size.slots_a_day + rng.integers(2) * half
        absent[p, start : start + half] = True
    return absent


def _late_and_early(rng: np.random.Generator, size: Size) -> Flags:
    """On one day, some come late and some leave early, with all their people."""
    absent = np.zeros((size.participants, size.days * size.slots_a_day), dtype=bool)
    for p in range(size.participants):
        first = int(rng.integers(size.days)) * size.slots_a_day
        late, early = rng.integers(1, size.slots_a_day // 2, 2) * (rng.random(2) < 0.15)
        absent[p, first : first + late] = True
        absent[p, first + size.slots_a_day - early : first + size.slots_a_day] |= early > 0
    return absent
