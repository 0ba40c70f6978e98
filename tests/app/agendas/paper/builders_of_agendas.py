"""Agendas built by hand: as many people as wanted, who meet at tables in turn, with names of every kind."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.agendas.agenda import Agenda, Edition, Entry, Happening, Interpreter, Item, Origin, Party, Person, Table
from app.agendas.queries import Agendas

START = datetime(2026, 6, 6, 7, 30, tzinfo=UTC)
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)
HAPPENING = Happening("Convention", "Hall des sports", ZoneInfo("Europe/Paris"), ("fr", "de", "en", "es"))
KINDS = ("buyer", "social-enterprise", "local-authority", "company")
ORIGINS = tuple(Origin)


def a_person(key: int, name: str, *, lang: str = "fr", function: str | None = None) -> Person:
    first, _, last = name.partition(" ")
    return Person(key, name, function, None, None, (lang,), f"{last} {first}".strip())


def a_party(key: int, name: str, *, kind: str = "buyer", country: str | None = "FR", city: str | None = None) -> Party:
    return Party(key, name, kind, None, country, city, None, (), ())


def agendas_from(
    parties: Sequence[Party],
    people: Sequence[tuple[int, Person]],
    met: Sequence[tuple[int, int, int, int]],
    *,
    tables: int = 3,
    happening: Happening = HAPPENING,
    programme: tuple[Item, ...] = (),
    interpreters: tuple[Interpreter, ...] = (),
    interpreted: frozenset[int] = frozenset(),
) -> Agendas:
    """Agendas of people (each with the key of their party) who meet: slot, table, and the keys of two people.

    `interpreted` are the numbers of the meetings that the first interpreter carries, from French to German.
    """
    party_of = {person.key: party for key, person in people for party in parties if party.key == key}
    person_of = {person.key: person for _key, person in people}
    held: dict[int, list[Entry]] = {person.key: [] for _key, person in people}
    for number, (slot, table, one, other) in enumerate(met):
        for own, partner in ((one, other), (other, one)):
            starts = START + timedelta(minutes=20 * slot)
            held[own].append(
                Entry(
                    f"meeting-{number}",
                    0,
                    NOON,
                    starts,
                    starts + timedelta(minutes=20),
                    str(table) if table else None,
                    None,
                    person_of[own],
                    party_of[partner],
                    person_of[partner],
                    ("fr", "de") if number in interpreted else None,
                    interpreters[0].name if number in interpreted else None,
                    ORIGINS[number % len(ORIGINS)],
                )
            )
    delegates = [
        Agenda(happening, party_of[key], person, tuple(sorted(held[key], key=lambda one: one.starts_at)), programme)
        for key, person in person_of.items()
    ]
    organisations = [
        Agenda(
            happening,
            party,
            None,
            tuple(entry for one in delegates if one.party == party for entry in one.entries),
            programme,
        )
        for party in parties
    ]
    hall = tuple(Table(str(number), None) for number in range(1, tables + 1))
    edition = Edition(1, 0, is_published=True, changed_at=NOON)
    return Agendas(happening, tuple(organisations), tuple(delegates), hall, interpreters, edition)


def a_crowd(seed: int, people: int, slots: int, tables: int = 60) -> Agendas:
    """People who meet at random, two of each organisation, some of them in every slot and some never."""
    rng = random.Random(seed)
    parties = [
        a_party(number, f"Atelier {number:03}", kind=KINDS[number % 4], city="Longwy")
        for number in range(1, people // 2 + 1)
    ]
    crowd = [
        (
            1 + number // 2,
            a_person(1000 + number, f"Prénom{number:03} Nom{number:03}", lang=("fr", "de", "en", "es")[number % 4]),
        )
        for number in range(people)
    ]
    met = []
    for slot in range(slots):
        free = [
            person.key for _party, person in crowd if person.key % 10 and (person.key % 7 == 0 or rng.random() < 0.6)
        ]
        rng.shuffle(free)
        pairs = [(one, other) for one, other in zip(free[::2], free[1::2], strict=False) if one // 2 != other // 2]
        met += [(slot, table, one, other) for table, (one, other) in enumerate(pairs[:tables], 1)]
    return agendas_from(parties, crowd, met, tables=tables)


def an_item(title: str, *, hours_before: int = 1, room: str | None = "Salle A") -> Item:
    starts = START - timedelta(hours=hours_before)
    return Item(f"item-{title}", 0, NOON, title, starts, starts + timedelta(hours=1), room, None)


def named(agendas: Agendas, name: str) -> Agendas:
    """The same agendas of an event of another name."""
    happening = replace(agendas.happening, name=name)
    return replace(
        agendas,
        happening=happening,
        organisations=tuple(replace(one, happening=happening) for one in agendas.organisations),
        delegates=tuple(replace(one, happening=happening) for one in agendas.delegates),
    )
