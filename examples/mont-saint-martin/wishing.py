"""Who wants to meet whom: needs find offers, languages are mostly shared, a few are in great demand."""

import random
from dataclasses import dataclass

from guests import Guest

RANKED_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """One organisation's wish by name; a refusal has no rank. `by_mail`: it is on the list, not on the form."""

    source: str
    target: str
    rank: int | None
    by_mail: bool = False
    note: str = ""


def longing(source: Guest, target: Guest, demand: dict[str, float]) -> float:
    """How much the one would like to meet the other: never themselves, rarely their own side of the counter."""
    if source.name == target.name:
        return 0.0
    side = 1.0 if source.buys != target.buys else 0.03
    topics = 1.0 + 3.0 * len(set(source.topics) & set(target.topics))
    language = 1.0 if set(source.languages) & set(target.languages) else 0.2
    return side * topics * language * demand[target.name]


def ranked(
    source: Guest, everybody: tuple[Guest, ...], demand: dict[str, float], count: int, chance: random.Random
) -> list[str]:
    """`count` different names, the dearest first."""
    open_to = {target.name: longing(source, target, demand) for target in everybody}
    names: list[str] = []
    for _ in range(count):
        (name,) = chance.choices(list(open_to), weights=list(open_to.values()))
        names.append(name)
        open_to[name] = 0.0
    return names


def refusals(everybody: tuple[Guest, ...], wishes: list[Wish], chance: random.Random) -> list[Wish]:
    """Seven who will not meet somebody in particular: a competitor, or a customer with whom they are at law."""
    wished = {(wish.source, wish.target) for wish in wishes}
    found: list[Wish] = []
    notes = ("Mitbewerber", "Rechtsstreit", "nicht noch einmal")
    for number, source in enumerate(chance.sample(everybody, 7)):
        others = [
            g
            for g in everybody
            if g != source and (source.name, g.name) not in wished and set(g.topics) & set(source.topics)
        ]
        by_mail = number >= 4
        found.append(Wish(source.name, chance.choice(others).name, None, by_mail, notes[number - 4] if by_mail else ""))
    return found


def wishes(everybody: tuple[Guest, ...], chance: random.Random) -> tuple[Wish, ...]:
    """All wishes: up to eight on each form, more by mail from those who wrote to the organisers, and the refusals."""
    demand = {guest.name: chance.lognormvariate(0.0, 0.6) for guest in everybody}
    found: list[Wish] = []
    for source in everybody:
        on_form = chance.choice([6, 7, 7, 8, 8, 8])
        by_mail = chance.choice([3, 4, 5, 6]) if on_form == RANKED_COLUMNS or chance.random() < 0.55 else 0
        for rank, target in enumerate(ranked(source, everybody, demand, on_form + by_mail, chance), start=1):
            note = chance.choice(["", "", "", "bestehender Kontakt", "gemeinsame Ausschreibung", "auf Empfehlung"])
            found.append(Wish(source.name, target, rank, rank > on_form, note if rank > on_form else ""))
    return (*found, *refusals(everybody, found, chance))
