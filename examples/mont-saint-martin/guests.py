"""Who comes: the organisations of cast.csv, each with people, addresses, offers and needs from a seeded generator."""

import csv
import random
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LEGAL_FORMS = r"\b(SAS|SA|AG|GmbH|gGmbH|KG|Co|SARL|SPRL|ASBL|VoG|eG|S\.à r\.l\.|s\.c\.|S\.I\.S\.)(?!\w)"
BUYING = ("buyer", "local-authority")

WITH_A_WRONG_DIGIT = "Fonderie Brasseur"

WOMEN = {
    "fr": "Amélie Céline Élodie Gaëlle Inès Karine Maëva Océane Raphaëlle Thérèse Valérie Yasmina Zoé Anaïs",
    "de": "Anke Christa Elke Gisela Ilse Käthe Margit Petra Sabine Ulrike Wiebke Heike",
}
MEN = {
    "fr": "Benoît Damien Fabrice Hervé Jérôme Loïc Noël Pascal Quentin Stéphane Ugo Xavier François Cédric",
    "de": "Björn Dieter Frank Holger Jürgen Lothar Norbert Rainer Torsten Volker Günther Jörg",
}
FAMILIES = {
    "fr": (
        "Arnould Bertrand-Klein Collignon Delvaux Étienne Ferry Georgin Husson Jacquemin Kieffer Lallemand Marchal "
        "Noirot Oudin Petitjean Quirin Robinet Schaeffer Thiébaut Urbain Vautrin Weiss Zimmer D'Angelo Muller "
        "Lefèvre Bouchard-Rémy Grosjean"
    ),
    "de": (
        "Altmeyer Becker Conrad Dörr Engel Fuchs Groß Hölzer Jung Krämer Lehnert Müller Nauert Paulus Quint Reuter "
        "Schäfer Thömmes Ullrich Vogelgesang Weyand Zöller Kiefer Backes"
    ),
}
FUNCTIONS = {
    ("fr", "buyer"): ("Responsable achats", "Achats", "Direction", "RSE et achats responsables"),
    ("fr", "local-authority"): ("Service marchés publics", "Élu(e) à l'économie sociale", "Direction générale"),
    ("fr", "social-enterprise"): ("Direction", "Développement commercial", "Chef(fe) d'atelier"),
    ("fr", "company"): ("Direction", "Service commercial"),
    ("de", "buyer"): ("Einkauf", "Einkaufsleitung", "Nachhaltigkeit", "Geschäftsführung"),
    ("de", "local-authority"): ("Vergabestelle", "Wirtschaftsförderung", "Bauhof"),
    ("de", "social-enterprise"): ("Geschäftsführung", "Vertrieb", "Werkstattleitung"),
    ("de", "company"): ("Geschäftsführung", "Vertrieb"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes; hours are minutes after midnight, None where nothing is said."""

    title: str
    first_name: str
    last_name: str
    email: str
    phone: str
    function: str
    languages: tuple[str, ...]
    arrives: int | None
    leaves: int | None
    busy: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Guest:
    """An organisation that comes, as it really is; the sheets write it less tidily."""

    name: str
    also: str
    kind: str
    structure: str
    written_kind: str
    country: str
    postcode: str
    city: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    label: str
    number: str
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    max_meetings: int | None
    people: tuple[Person, ...]

    @property
    def buys(self) -> bool:
        return self.kind in BUYING

    @property
    def is_on_german_sheet(self) -> bool:
        return self.country == "DE"


def plain(text: str) -> str:
    """The text without accents: Éloi becomes Eloi."""
    spelled = text.replace("ß", "ss").replace("œ", "oe").replace("Œ", "Oe")
    return "".join(letter for letter in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(letter))


def domain(name: str) -> str:
    """A domain that nobody can own, from what is particular in a name."""
    words = re.findall(r"[a-z0-9]+", plain(re.sub(LEGAL_FORMS, " ", name)).lower())
    kept = [word for word in words if len(word) > 2 and word not in {"les", "des", "und", "commune", "ville"}]
    return "-".join(kept[:3]) + ".example"


def luhn_completed(digits: str) -> str:
    """The digits and their check digit by Luhn, as SIREN and SIRET have it."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def registration_number(country: str, chance: random.Random) -> str:
    """A number with true check digits from a range that is not given out."""
    match country:
        case "FR":
            return luhn_completed(luhn_completed(f"0{chance.randrange(10**7):07}") + "0001")
        case "BE":
            stem = 9_990_000 + chance.randrange(10_000)
            return f"0{stem}{97 - stem % 97:02}"
        case "LU":
            return f"B {chance.randrange(990_000, 999_999)}"
    return f"HRB {chance.randrange(90_000, 99_999)}"


def phone(country: str, chance: random.Random) -> str:
    """A number as people write it, from a range kept for fiction where a country has one."""
    last = f"{chance.randrange(100):02} {chance.randrange(100):02}"
    compact = last.replace(" ", "")
    match country:
        case "FR":
            return chance.choice([f"03 53 01 {last}", f"+33 3 53 01 {last}", f"0353.01.{last.replace(' ', '.')}"])
        case "BE":
            return chance.choice([f"063 00 {last}", f"+32 63 00 {last}", f"0032 63 00 {last}"])
        case "LU":
            return chance.choice([f"+352 26 00 {last}", f"26 00 {last}"])
    return chance.choice([f"069 / 90009 {compact[:3]}", f"+49 69 90009-{compact[:3]}", f"0049 69 90009{compact[:3]}"])


def hours(chance: random.Random) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """Most stay the whole afternoon; some come late, go early or are called away for half an hour."""
    draw = chance.random()
    if draw < 0.09:
        return chance.choice([885, 900, 900, 915, 930]), None, None
    if draw < 0.17:
        return None, chance.choice([990, 990, 1005, 1020]), None
    if draw < 0.20:
        start = chance.choice([900, 930, 960])
        return None, None, (start, start + 30)
    return None, None, None


def people(row: dict[str, str], taken: set[str], chance: random.Random) -> tuple[Person, ...]:
    languages = tuple(row["languages"].split())
    tongue = "de" if languages[0] == "de" else "fr"
    found: list[Person] = []
    while len(found) < int(row["delegates"]):
        title, names = chance.choice([("Mme", WOMEN), ("M.", MEN)])
        first, last = chance.choice(names[tongue].split()), chance.choice(FAMILIES[tongue].split())
        if f"{first} {last}" in taken:
            continue
        taken.add(f"{first} {last}")
        mailbox = re.sub(r"[^a-z.-]", "", f"{plain(first)}.{plain(last)}".lower())
        spoken = languages if not found or chance.random() < 0.8 else languages[:2]
        reached = f"{mailbox}@{domain(row['name'])}", phone(row["country"], chance)
        function = chance.choice(FUNCTIONS[tongue, row["kind"]])
        arrives, leaves, busy = hours(chance)
        found.append(Person(title, first, last, *reached, function, spoken, arrives, leaves, busy))
    return tuple(found)


def provisions(row: dict[str, str], phrases: list[dict[str, str]], chance: random.Random) -> tuple[str, ...]:
    language = row["languages"].split()[0]
    choices = [
        [p["text"] for p in phrases if (p["topic"], p["language"]) == (t, language)] for t in row["topics"].split()
    ]
    return tuple(chance.choice(texts) for texts in choices)


def guests(chance: random.Random) -> tuple[Guest, ...]:
    """The 93 organisations, in the order of cast.csv."""
    with (
        (HERE / "cast.csv").open(encoding="utf-8", newline="") as cast,
        (HERE / "phrases.csv").open(encoding="utf-8") as words,
    ):
        rows, phrases = list(csv.DictReader(cast, delimiter=";")), list(csv.DictReader(words, delimiter=";"))
    taken: set[str] = set()
    return tuple(guest(row, phrases, taken, chance) for row in rows)


def guest(row: dict[str, str], phrases: list[dict[str, str]], taken: set[str], chance: random.Random) -> Guest:
    spoken_of = provisions(row, phrases, chance)
    buys = row["kind"] in BUYING
    return Guest(
        name=row["name"],
        also=row["also"],
        kind=row["kind"],
        structure=row["structure"],
        written_kind=row["written"],
        country=row["country"],
        postcode=row["postcode"],
        city=row["city"],
        languages=tuple(row["languages"].split()),
        topics=tuple(row["topics"].split()),
        label=row["label"],
        number=registration_number(row["country"], chance)
        if row["also"] or row["name"] == WITH_A_WRONG_DIGIT or chance.random() < 0.75
        else "",
        offers=() if buys else spoken_of,
        needs=spoken_of if buys else (),
        max_meetings=chance.choice([8, 10, 10, 12, 12, 14]) if chance.random() < 0.36 else None,
        people=people(row, taken, chance),
    )
