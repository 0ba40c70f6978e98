"""The tables of the workbook: two sheets of registrations with different habits, the mail list, the event."""

import random
from datetime import date, datetime, time, timedelta

import mess
from guests import WITH_A_WRONG_DIGIT, Guest, Person, domain
from wishing import RANKED_COLUMNS, Wish

Cell = str | int | float | date | datetime | time | None
Row = list[Cell]
LATE_ROWS = 8

FRENCH_HEADERS = (
    "Horodateur",
    "Nom de la structure*",
    "Type de structure*",
    "Civilité",
    "NOM*",
    "Prénom*",
    "Fonction",
    "Courriel *",
    "Tél. portable",
    "Pays",
    "Code\npostal",
    "Ville",
    "Site internet",
    "N° SIRET / BCE / RCS",
    None,
    "Ce que vous proposez (offres)",
    "Ce que vous recherchez (besoins)",
    "Labels / agréments",
    "Langues parlées",
    "Heure d'arrivée (si après 14h30)",
    "Heure de départ",
    "Indisponibilités",
    "Nb max. de RDV",
    *(f"Souhait n°{rank}" for rank in range(1, RANKED_COLUMNS + 1)),
    "Ne souhaite pas rencontrer",
    "Régime alimentaire",
    "Accord RGPD",
)

GERMAN_HEADERS = (
    "Firma / Organisation",
    "Art der Organisation",
    "Vorname",
    "Nachname",
    "Funktion",
    "E-Mail-Adresse",
    "Telefon",
    "PLZ",
    "Ort",
    "Land",
    "Handelsregister",
    "Sprachen",
    "Angebot",
    "Bedarf",
    "Gütesiegel / Zertifikate",
    "Anreise",
    "Abreise",
    "nicht verfügbar",
    "max. Termine",
    *(f"Wunsch {rank}" for rank in range(1, RANKED_COLUMNS + 1)),
    "möchte nicht treffen",
    "Datenschutz (Einwilligung)",
)

EVENT: tuple[tuple[str, Cell], ...] = (
    ("Nom de l'événement", "Convention d'affaires transfrontalière de la Grande Région"),
    ("Date", date(2019, 6, 6)),
    ("Lieu", "Mont-Saint-Martin"),
    ("Fuseau horaire", "Europe/Paris"),
    ("Horaire des rendez-vous", "14h30-17h30"),
    ("Durée d'un rendez-vous (minutes)", 12),
    ("Minutes entre deux rendez-vous", 0),
    ("Nombre de tables", 50),
    ("Langues", "français, allemand"),
    ("Interprètes", "Claire Antoine (FR/DE), Uwe Brandt (FR/DE), Martine Hoffmann (FR/DE), Tom Kayser (FR/DE)"),
    ("Programme", "Table ronde : atouts des pratiques d'achats responsables ; 13h30-14h30 ; Grande salle ; tous"),
    ("Nombre minimum de rendez-vous par entreprise sociale", 4),
    ("Nombre maximum de rendez-vous par organisation", 20),
)


def on_form(guest: Guest, wished: tuple[Wish, ...], chance: random.Random) -> tuple[Row, str | None]:
    """The eight ranked columns and the column of refusals."""
    mine = [wish for wish in wished if wish.source == guest.name and not wish.by_mail]
    names: Row = [mess.from_memory(wish.target, chance) for wish in mine if wish.rank is not None]
    refused = [mess.from_memory(wish.target, chance) for wish in mine if wish.rank is None]
    return names + [None] * (RANKED_COLUMNS - len(names)), "; ".join(refused) or None


def timed(person: Person, language: str, chance: random.Random) -> Row:
    arrives = None if person.arrives is None else mess.hour(person.arrives, language, chance)
    leaves = None if person.leaves is None else mess.hour(person.leaves, language, chance)
    return [arrives, leaves, None if person.busy is None else mess.span(person.busy)]


def listed(phrases: tuple[str, ...], chance: random.Random) -> str | None:
    return chance.choice(["; ", "\n", " ; "]).join(phrases) or None


def french_rows(everybody: tuple[Guest, ...], wished: tuple[Wish, ...], chance: random.Random) -> list[Row]:
    """One row a person in the order in which they registered, so the people of one organisation are apart."""
    places = [(guest, number) for guest in everybody for number in range(len(guest.people))]
    order = {place: chance.random() + place[1] for place in places}
    order_of_arrival = sorted(places, key=lambda place: (order[place], place[0].name))
    rows: list[Row] = []
    for line, (guest, number) in enumerate(order_of_arrival):
        late = line - (len(places) - LATE_ROWS)
        day = 40 + late if late >= 0 else line // 3
        opened = datetime(2019, 4, 15, 7, 30)  # noqa: DTZ001 - a form tool's local time
        at = opened + timedelta(days=day, minutes=240 * (line % 3) + chance.randrange(240))
        rows.append([at, *french_row(guest, number, wished, chance)])
    return rows


def postcode(guest: Guest, chance: random.Random) -> str | int:
    """Half of them are numbers, as a spreadsheet makes them; those with a letter or a leading zero stay text."""
    is_numeric = guest.postcode.isdigit() and not guest.postcode.startswith("0")
    return int(guest.postcode) if is_numeric and chance.random() < 0.5 else guest.postcode


def written_number(guest: Guest, chance: random.Random) -> str | None:
    """The registration number as typed; one organisation has its last digit wrong."""
    digits = guest.number
    if guest.name == WITH_A_WRONG_DIGIT:
        digits = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    return mess.number(digits, guest.country, chance) or None


def french_row(guest: Guest, number: int, wished: tuple[Wish, ...], chance: random.Random) -> Row:
    person = guest.people[number]
    first = number == 0
    named = guest.name if first or not guest.also else guest.also
    wanted, refused = on_form(guest, wished, chance) if first else ([None] * RANKED_COLUMNS, None)
    told = first or chance.random() < 0.5
    return [
        named,
        guest.written_kind,
        person.title,
        person.last_name.upper() if chance.random() < 0.6 else person.last_name,
        person.first_name,
        person.function,
        person.email if chance.random() < 0.9 else person.email.upper(),
        person.phone,
        chance.choice(mess.COUNTRIES[guest.country]),
        postcode(guest, chance),
        guest.city,
        f"www.{domain(guest.name)}" if told and chance.random() < 0.7 else None,
        written_number(guest, chance) if first or guest.also else None,
        None,
        listed(guest.offers, chance) if told else None,
        listed(guest.needs, chance) if told else None,
        guest.label or None if first else None,
        mess.languages(person.languages, "fr", chance),
        *timed(person, "fr", chance),
        guest.max_meetings if first else None,
        *wanted,
        refused,
        chance.choice(["végétarien", "sans gluten"]) if chance.random() < 0.06 else None,
        chance.choice(["oui", "Oui", "OUI", "x"]),
    ]


def german_rows(everybody: tuple[Guest, ...], wished: tuple[Wish, ...], chance: random.Random) -> list[Row]:
    """One row a person, an organisation's people one below the other; what is the same is not repeated."""
    return [german_row(guest, number, wished, chance) for guest in everybody for number in range(len(guest.people))]


def german_row(guest: Guest, number: int, wished: tuple[Wish, ...], chance: random.Random) -> Row:
    person = guest.people[number]
    first = number == 0
    wanted, refused = on_form(guest, wished, chance) if first else ([None] * RANKED_COLUMNS, None)
    return [
        guest.name if first or not guest.also else guest.also,
        guest.written_kind if first else None,
        person.first_name,
        person.last_name,
        person.function,
        person.email,
        person.phone,
        postcode(guest, chance),
        guest.city,
        chance.choice(mess.COUNTRIES[guest.country]),
        guest.number or None,
        mess.languages(person.languages, "de", chance),
        listed(guest.offers, chance) if first else None,
        listed(guest.needs, chance) if first else None,
        guest.label or None if first else None,
        *timed(person, "de", chance),
        guest.max_meetings if first else None,
        *wanted,
        refused,
        chance.choice(["ja", "Ja", "J", "x"]),
    ]


def mail_rows(wished: tuple[Wish, ...], chance: random.Random) -> list[Row]:
    """Wishes that came by mail: who, whom, rank and a note; a refusal has "nein" or -1 for its rank."""
    rows: list[Row] = []
    for wish in (wish for wish in wished if wish.by_mail):
        rank: Cell = wish.rank
        if wish.rank is None:
            rank = "nein" if chance.random() < 0.5 else -1
        source, target = mess.from_memory(wish.source, chance), mess.from_memory(wish.target, chance)
        rows.append([source, target, rank, wish.note or None])
    return rows
