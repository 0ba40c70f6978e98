"""Writes registrations in many layouts and six languages, as organisers would, in words of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

HEADERS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "organisation": "Nom de l'entreprise*", "kind": "Type de structure", "first_name": "Prénom", "last_name": "Nom",
        "email": "Adresse e-mail", "country": "Pays", "languages": "Langues parlées", "offers": "Vos offres",
        "arrives": "Heure d'arrivée", "max_meetings": "Nombre max. de rendez-vous", "consent": "J'accepte (RGPD)",
        "wish": "Souhait n°{}", "wishes": "Souhaits", "from": "De", "to": "À", "rank": "Rang",
    },
    "de": {
        "organisation": "Firma / Organisation", "kind": "Art der Organisation", "first_name": "Vorname",
        "last_name": "Nachname", "email": "E-Mail-Adresse", "country": "Land", "languages": "Sprachen",
        "offers": "Wir bieten", "arrives": "Ankunft", "max_meetings": "max. Termine", "consent": "Einwilligung",
        "wish": "{}. Wunsch", "wishes": "Wunschpartner", "from": "Von", "to": "An", "rank": "Priorität",
    },
    "en": {
        "organisation": "Company name", "kind": "Category", "first_name": "First name", "last_name": "Surname",
        "email": "E-mail", "country": "Country", "languages": "Languages spoken", "offers": "What you offer",
        "arrives": "Arrival time", "max_meetings": "Max. meetings", "consent": "GDPR consent",
        "wish": "Choice #{}", "wishes": "Who would you like to meet?", "from": "From", "to": "To", "rank": "Rank",
    },
    "es": {
        "organisation": "Nombre de la empresa", "kind": "Tipo de entidad", "first_name": "Nombre",
        "last_name": "Apellidos", "email": "Correo electrónico", "country": "País", "languages": "Idiomas",
        "offers": "Ofrece", "arrives": "Hora de llegada", "max_meetings": "Máximo de reuniones",
        "consent": "Consentimiento", "wish": "Deseo {}", "wishes": "Deseos", "from": "Solicitante",
        "to": "Desea reunirse con", "rank": "Prioridad",
    },
    "nl": {
        "organisation": "Naam organisatie", "kind": "Soort organisatie", "first_name": "Voornaam",
        "last_name": "Achternaam", "email": "E-mailadres", "country": "Land", "languages": "Talen", "offers": "Aanbod",
        "arrives": "Aankomsttijd", "max_meetings": "Max. afspraken", "consent": "Toestemming", "wish": "Wens {}",
        "wishes": "Wensen", "from": "Van", "to": "Aan", "rank": "Rang",
    },
    "it": {
        "organisation": "Ragione sociale", "kind": "Tipologia", "first_name": "Nome", "last_name": "Cognome",
        "email": "Posta elettronica", "country": "Paese", "languages": "Lingue parlate", "offers": "Servizi offerti",
        "arrives": "Ora di arrivo", "max_meetings": "Massimo incontri", "consent": "Consenso", "wish": "Preferenza {}",
        "wishes": "Desideri", "from": "Richiedente", "to": "Vuole incontrare", "rank": "Priorità",
    },
}  # fmt: skip
KINDS: Mapping[tuple[str, str | None], Mapping[str, str]] = {
    ("buyer", None): {
        "fr": "acheteur", "de": "Einkäufer", "en": "Buyer", "es": "comprador", "nl": "aankoper", "it": "Acquirente",
    },
    ("social-enterprise", None): {
        "fr": "Entreprise sociale", "de": "Sozialunternehmen", "en": "social enterprise", "es": "empresa social",
        "nl": "sociale onderneming", "it": "impresa sociale",
    },
    ("social-enterprise", "ESAT"): dict.fromkeys(HEADERS, "ESAT"),
    ("social-enterprise", "inklusionsbetrieb"): dict.fromkeys(HEADERS, "Inklusionsbetrieb"),
    ("local-authority", None): {
        "fr": "Collectivité", "de": "Landkreis", "en": "Local authority", "es": "Ayuntamiento", "nl": "gemeente",
        "it": "Comune",
    },
    ("company", None): {
        "fr": "fournisseur", "de": "Lieferant", "en": "Supplier", "es": "proveedor", "nl": "leverancier",
        "it": "fornitore",
    },
}  # fmt: skip
COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "FR": {"fr": "France", "de": "Frankreich", "en": "FRANCE", "es": "Francia", "nl": "Frankrijk", "it": "🇫🇷"},
    "DE": {"fr": "allemagne", "de": "D", "en": "Germany", "es": "Alemania", "nl": "Duitsland", "it": "Germania"},
    "LU": {"fr": "LU", "de": "Luxemburg", "en": "Luxembourg", "es": "Luxemburgo", "nl": "LUX", "it": "Lussemburgo"},
    "BE": {"fr": "Belgique", "de": "Belgien", "en": "be", "es": "Bélgica", "nl": "België", "it": "Belgio"},
}
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "fr": {"fr": "français", "de": "Französisch", "en": "French", "es": "francés", "nl": "Frans", "it": "francese"},
    "de": {"fr": "allemand", "de": "Deutsch", "en": "German", "es": "alemán", "nl": "Duits", "it": "tedesco"},
    "lb": {
        "fr": "luxembourgeois", "de": "Luxemburgisch", "en": "Luxembourgish", "es": "luxemburgués", "nl": "Luxemburgs",
        "it": "lussemburghese",
    },
    "en": {"fr": "EN", "de": "Englisch", "en": "English", "es": "inglés", "nl": "Engels", "it": "inglese"},
}  # fmt: skip
YES = {"fr": "oui", "de": "ja", "en": "✓", "es": "sí", "nl": "x", "it": "Sì"}
NO = {"fr": "non", "de": "nein", "en": "no", "es": "NO", "nl": "nee", "it": "0"}
TIMES = {
    "fr": "{h}h{m:02}",
    "de": "ab {h}:{m:02} Uhr",
    "en": "{h:02}:{m:02}",
    "es": "{h}.{m:02}",
    "nl": "{h}u{m:02}",
    "it": "alle {h}:{m:02}",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who registers."""

    first_name: str
    last_name: str
    email: str
    languages: tuple[str, ...]
    arrives: time | None
    consent: bool | None


@dataclass(frozen=True, slots=True)
class Guest:
    """An organisation with its people and its wishes, dearest first."""

    name: str
    kind: str
    structure_type: str | None
    country: str
    offers: tuple[str, ...]
    max_meetings: int | None
    people: tuple[Person, ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is written."""

    language: str
    titles: int
    empty_column: int
    wishes_as: str
    separator: str
    is_shouted: bool


Grid = list[list[str]]


def grids(guests: Sequence[Guest], layout: Layout) -> list[Grid]:
    """The sheets of a book: participants, then wishes where they have a sheet of their own."""
    words = HEADERS[layout.language]
    names = ["organisation", "kind", "first_name", "last_name", "email", "country", "languages", "offers", "arrives"]
    names += ["max_meetings", "consent"]
    headers = [words[name] for name in names]
    most = max((len(guest.wishes) for guest in guests), default=0)
    if layout.wishes_as == "columns":
        headers += [words["wish"].format(number) for number in range(1, most + 1)]
    elif layout.wishes_as == "cell":
        headers.append(words["wishes"])
    rows = [row for guest in guests for row in _rows(guest, layout, most)]
    sheet = [[f"Titel {number}"] for number in range(layout.titles)]
    sheet += [[*row[: layout.empty_column], "", *row[layout.empty_column :]] for row in [headers, *rows]]
    return [sheet, *_wishes(guests, layout)]


def _rows(guest: Guest, layout: Layout, most: int) -> Grid:
    language = layout.language
    name = guest.name.upper() if layout.is_shouted else guest.name
    found = []
    for place, person in enumerate(guest.people):
        wishes: list[str] = []
        if layout.wishes_as == "columns":
            wishes = [*guest.wishes, *[""] * (most - len(guest.wishes))] if place == 0 else [""] * most
        elif layout.wishes_as == "cell":
            wishes = ["\n".join(guest.wishes) if place == 0 else ""]
        written = layout.separator.join(LANGUAGES[code][language] for code in person.languages)
        when = TIMES[language].format(h=person.arrives.hour, m=person.arrives.minute) if person.arrives else ""
        found.append([
            guest.name if place == 0 else name, KINDS[guest.kind, guest.structure_type][language],
            person.first_name, person.last_name, person.email, COUNTRIES[guest.country][language], written,
            "; ".join(guest.offers), when, str(guest.max_meetings or ""),
            {True: YES[language], False: NO[language], None: ""}[person.consent], *wishes,
        ])  # fmt: skip
    return found


def _wishes(guests: Sequence[Guest], layout: Layout) -> list[Grid]:
    words = HEADERS[layout.language]
    if layout.wishes_as == "list":
        pairs = [[guest.name, target, str(rank)] for guest in guests for rank, target in enumerate(guest.wishes, 1)]
        return [[[words["from"], words["to"], words["rank"]], *pairs]]
    if layout.wishes_as == "matrix":
        names = [guest.name for guest in guests]
        marks = [
            [str(guest.wishes.index(name) + 1) if name in guest.wishes else "" for name in names] for guest in guests
        ]
        return [[["", *names], *([guest.name, *row] for guest, row in zip(guests, marks, strict=True))]]
    return []
