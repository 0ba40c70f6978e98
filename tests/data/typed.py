"""Three books about cells: numbers where text is meant, marks of every sort, a matrix of 1, 0 and -1, a programme."""

# The rows of a table stay rows:
# fmt: off

from datetime import datetime

from expecting import Book, columns, delegate, label, offer, organisation, refusal, warning, wish
from writing import Row, Rows, Sheet

LATE = datetime(2026, 9, 24, 15, 30)  # noqa: DTZ001 - a cell has no zone
TYPED = "Feuil1"
TYPED_ROWS: Rows = [
    [
        "Dénomination sociale", "Catégorie", "Nom du contact", "Prénom du contact", "Adresse mail", "Portable", "CP",
        "Commune",
        "Pays", "N° SIRET", "Codes CPV proposés", "Codes CPV recherchés", "Présence", "Visio ?", "RGPD ✓", "Langue",
        "Nombre maximum de rendez-vous", "Site web",
    ],
    [
        "Verger\u00a0des\u00a0Deux-Ponts", "Chantier d'insertion", "  ROUSSEL ", "Jean\u2011Marc",
        "mailto:jm.roussel@verger.example",
        353010401, 8200, "Balan-le-Château", "FR", 99924010400011.0, 3221000, None, "14:30-17:00", "non", "✓",
        "Français", 9,
        "https://www.verger.example",
    ],
    [
        "Imprimerie\nDucasse", "EA", "DUCASSE", "Élise", "Élise Ducasse <e.ducasse@ducasse.example>",
        33353010402, 31000,
        "Tolosane", "France", 99935241200012, "79810000, 79800000-2", "30192000", "de 14h à 16h30", "oui", True,
        "Français ; Anglais", "10", "ducasse.example",
    ],
    [
        "Conseil départemental du Haut-Rieu", "Collectivité", "Faure", "Inès", "ines.faure@haut-rieu.example",
        "05 36 49 04 03",
        9100.0, "Pamières", "FRA", None, None, "90919200\n55500000-5", "à partir de 15h", "0", 1, "fr", None, None,
    ],
    [
        "Aéro Composites Ducros", "donneur d'ordres", "Ducros", "Noémie", "n.ducros@aeroducros.example",
        "+33.5.36.49.04.04",
        "31700", "Blagnerolles", "france", None, None, "98310000 ; 77310000", LATE, "1", "X",
        "FR, ES", 12.0, None,
    ],
]
TYPED_BOOK = Book(
    name="fr-cellules.xlsx",
    sheets=[Sheet(TYPED, TYPED_ROWS)],
    organisations=[
        organisation(
            "Verger des Deux-Ponts",
            delegate(
                TYPED, 2, "Jean‑Marc", "ROUSSEL", email="jm.roussel@verger.example", phone="+33353010401",
                    languages=["fr"],
                arrives="14:30", leaves="17:00", online=False, consent=True,
            ),
            kind="social-enterprise", structure_type="ACI", country="FR", postal_code="08200",
            registration_number="99924010400011", offers=[offer(None, "03221000")], max_meetings=9,
        ),
        organisation(
            "Imprimerie Ducasse",
            delegate(
                TYPED, 3, "Élise", "DUCASSE", email="e.ducasse@ducasse.example", phone="+33353010402",
                languages=["fr", "en"], arrives="14:00", leaves="16:30", online=True, consent=True,
            ),
            kind="social-enterprise", structure_type="EA", registration_number="99935241200012",
            offers=[offer(None, "79810000"), offer(None, "79800000")], needs=[offer(None, "30192000")],
            max_meetings=10,
        ),
        organisation(
            "Conseil départemental du Haut-Rieu",
            delegate(
                TYPED, 4, "Inès", "Faure", phone="+33536490403", arrives="15:00",
                leaves=None, online=False, consent=True,
            ),
            kind="local-authority", country="FR", postal_code="09100",
            needs=[offer(None, "90919200"), offer(None, "55500000")],
        ),
        organisation(
            "Aéro Composites Ducros",
            delegate(TYPED, 5, "Noémie", "Ducros", languages=["fr", "es"], arrives="15:30", online=True, consent=True),
            kind="buyer", postal_code="31700",
                max_meetings=12, needs=[offer(None, "98310000"), offer(None, "77310000")],
        ),
    ],
    wishes=[],
    columns=columns(
        TYPED, 1, A="organisation", B="kind", C="last_name", D="first_name", E="email", F="phone", G="postal_code",
        H="city",
        I="country", J="registration_number", K="offers", L="needs", N="online", O="consent", P="languages",
        Q="max_meetings",
        R="website",
    ),
    errors=[],
)

BUYERS, SOCIAL, GRID = "Einkäufer", "Sozialunternehmen", "Wunschmatrix"
HEADERS: Row = ["Unternehmen", "Vorname", "Nachname", "Mail", "Sprachen", "anwesend von", "anwesend bis"]
BUYER_ROWS: Rows = [
    HEADERS,
    ["Getränke Zischke KG", "Lutz", "Zischke", "lutz@zischke.example", "de", "9 Uhr", "12 Uhr"],
    ["Autoteile Nörz", "Ayşe", "Yıldız", "ayse@noerz.example", "Deutsch, Türkisch, Englisch", None, None],
]
SOCIAL_ROWS: Rows = [
    HEADERS,
    ["Radhaus gUG (haftungsbeschränkt)", "Ole", "Petersen", "ole@radhaus.example", "DE; DA", None, None],
    ["Küche für Alle e.V.", "Łucja", "Wiśniewska", "lucja@kueche.example", "Deutsch/Polnisch", "ab 10", None],
    ["Werkstatt Nordlicht", "Maja", "Jörgensen", "maja@nordlicht.example", "deutsch", None, "11:30 Uhr"],
]
GRID_ROWS: Rows = [
    ["Wer möchte wen treffen? (1 = ja, 0 = nein/egal, -1 = auf keinen Fall)"],
    ["", "Getränke Zischke", "Autoteile Nörz", "Radhaus", "Küche für Alle", "Werkstatt Nordlicht"],
    ["Getränke Zischke", None, 0, 0, 1, 1],
    ["Autoteile Noerz", 0, None, 1, -1, 1],
    ["Radhaus gUG", 1, 1, None, 0, 0],
    ["Kueche fuer Alle", 1, 0, 0, None, 0],
    ["Werkstatt Nordlicht", "x", "-", 0, 0, None],
]
ZISCHKE, NOERZ, RADHAUS, KITCHEN, NORDLICHT = (
    "Getränke Zischke KG", "Autoteile Nörz", "Radhaus gUG (haftungsbeschränkt)", "Küche für Alle e.V.",
    "Werkstatt Nordlicht",
)
GRID_BOOK = Book(
    name="de-matrix.xlsx",
    sheets=[Sheet(BUYERS, BUYER_ROWS), Sheet(SOCIAL, SOCIAL_ROWS), Sheet(GRID, GRID_ROWS)],
    organisations=[
        organisation(
            ZISCHKE, delegate(BUYERS, 2, "Lutz", "Zischke", languages=["de"], arrives="09:00",
            leaves="12:00"), kind="buyer",
        ),
        organisation(NOERZ, delegate(BUYERS, 3, "Ayşe", "Yıldız", languages=["de", "tr", "en"]), kind="buyer"),
        organisation(
            RADHAUS, delegate(SOCIAL, 2, "Ole", "Petersen", languages=["de",
            "da"], leaves=None), kind="social-enterprise",
        ),
        organisation(
            KITCHEN, delegate(SOCIAL, 3, "Łucja", "Wiśniewska", languages=["de", "pl"], arrives="10:00"),
            kind="social-enterprise",
        ),
        organisation(NORDLICHT, delegate(SOCIAL, 4, "Maja", "Jörgensen", leaves="11:30"), kind="social-enterprise"),
    ],
    wishes=[
        wish(ZISCHKE, KITCHEN, GRID, "E3", None),
        wish(ZISCHKE, NORDLICHT, GRID, "F3", None),
        wish(NOERZ, RADHAUS, GRID, "D4", None),
        refusal(NOERZ, KITCHEN, GRID, "E4"),
        wish(NOERZ, NORDLICHT, GRID, "F4", None),
        wish(RADHAUS, ZISCHKE, GRID, "B5", None),
        wish(RADHAUS, NOERZ, GRID, "C5", None),
        wish(KITCHEN, ZISCHKE, GRID, "B6", None),
        wish(NORDLICHT, ZISCHKE, GRID, "B7", None),
    ],
    columns=columns(BUYERS, 1, A="organisation", B="first_name", D="email", F="arrives", G="leaves"),
    errors=[],
)

PEOPLE, PROGRAMME = "Participants", "Programme"
PEOPLE_ROWS: Rows = [
    ["Nom de l’organisme", "Type d’organisme", "Prénom", "Nom de famille", "E-mail", "Label(s)", "Présent·e le matin"],
    [
        "Ferme Solidaire du Gué", "AI", "Assia", "Ben Amar", "assia@gue.example",
        "ESUS (agrément du 12/03/2022 au 11/03/2027)\nBio – depuis 2020", "oui",
    ],
    ["Agglo du Val Noir", "communauté d'agglomération", "Rémi", "Costes", "remi@valnoir.example",
        "Territoire French Impact 2019", None],
    ["Cantines Réunies", "entreprise engagée", "Lila", "Aubry", "lila@cantines.example", None, "oui"],
]
PROGRAMME_ROWS: Rows = [
    ["Événement", "Rencontres de l'achat responsable"],
    ["Dates", "24 et 25 septembre 2026"],
    ["Lieu", "Halle aux Grains, Val-Noir"],
    ["Fuseau horaire", "Paris"],
    ["Session 1", "24/09/2026 14h00 - 17h00"],
    ["Session 2", "25/09/2026 de 9h à 12h"],
    ["Durée des rendez-vous", "15 minutes"],
    ["Battement entre deux rendez-vous", "5 min"],
    ["Tables", 8],
    ["Langues de l'événement", "FR, EN"],
    ["Interprète", "Jane Doe (FR-EN)"],
]
PROGRAMME_BOOK = Book(
    name="fr-deux-jours.xlsx",
    sheets=[Sheet(PROGRAMME, PROGRAMME_ROWS), Sheet(PEOPLE, PEOPLE_ROWS)],
    organisations=[
        organisation(
            "Ferme Solidaire du Gué", delegate(PEOPLE, 2, "Assia", "Ben Amar"), kind="social-enterprise",
            structure_type="AI",
            labels=[label("ESUS", "2022-03-12", "2027-03-11"), label("Bio", "2020-01-01")],
        ),
        organisation(
            "Agglo du Val Noir", delegate(PEOPLE, 3, "Rémi", "Costes"), kind="local-authority",
            labels=[label("Territoire French Impact", "2019-01-01")],
        ),
        organisation("Cantines Réunies", delegate(PEOPLE, 4, "Lila", "Aubry"), kind="buyer", labels=[]),
    ],
    wishes=[],
    columns=columns(PEOPLE, 1, A="organisation", B="kind", C="first_name", D="last_name", E="email", F="labels"),
    errors=[warning(None, PEOPLE, "G1")],
    event={
        "name": "Rencontres de l'achat responsable", "dates": ["2026-09-24",
        "2026-09-25"], "time_zone": "Europe/Paris",
        "venue": "Halle aux Grains, Val-Noir",
        "sessions": [
            {"date": "2026-09-24", "start": "14:00", "end": "17:00"}, {"date": "2026-09-25", "start": "09:00",
            "end": "12:00"},
        ],
        "meeting_minutes": 15, "changeover_minutes": 5, "languages": ["fr", "en"],
    },
)
