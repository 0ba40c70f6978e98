"""A Flemish list as OpenDocument, and an English one with its wishes in a matrix and the event on a sheet."""

# The rows of a table stay rows:
# fmt: off

from datetime import date, time

from expecting import Book, columns, delegate, label, offer, organisation, refusal, wish
from writing import Rows, Sheet

INSCHRIJVING = "Inschrijvingen"
INSCHRIJVING_ROWS: Rows = [
    ["Matchmaking sociale economie"],
    [
        "Naam organisatie", "Soort organisatie", "Voornaam", "Familienaam", "E-mailadres", "GSM-nummer", "Land",
        "Postcode", "Gemeente", "Ondernemingsnummer", "Talen", "Aanbod", "Vraag", "Labels", "Komt toe om",
        "Vertrekt om", "1e keuze", "2e keuze", "Wil niet ontmoeten", "Max. aantal gesprekken", "Toestemming (AVG)",
    ],
    [
        "Brouwerij De Zwaluwe NV", "Aankoper", "Lieve", "Van den Broeck", "lieve@zwaluwe.example", "0470 00 01 01",
        "België", 3000, "Leuvenrode", "0999.061.495", "Nederlands, Frans", None, "etiketteren; schoonmaak", None,
        time(13, 30), None, "Maatwerkbedrijf Kompas", "Groenteam", None, 8, "ja",
    ],
    [
        "Maatwerkbedrijf Kompas vzw", "maatwerkbedrijf", "Joris", "'t Kint", "joris@kompas.example",
        "+32 470 00 01 02", "Belgie", "9000", "Gentwijk", "BE 0999 140 877", "NL/EN",
        "montage en verpakking\nschoonmaak (90910000-9)", None, "ISO 9001 tot 30/06/2028", None, time(16, 45),
        "Brouwerij de Zwaluwe", "Stad Gentwijk", "Groenteam", None, "JA",
    ],
    [
        "Groenteam cv", "sociale onderneming", "Annelies", "De Smet", "annelies@groenteam.example", "03 200 01 03",
        "BE", 2000, "Antwerpenaar", "0999.710.407", "nederlands", "groenonderhoud", "fietsherstelling", None, "14u",
        "16u30", "Stad Gentwijk", None, None, None, "ja",
    ],
    [
        "Stad Gentwijk", "stad / gemeente", "Pieter-Jan", "Ooms", "pj.ooms@gentwijk.example", "0470000104", "België",
        9000, "Gentwijk", None, "NL, FR, EN", None, "groenonderhoud; catering", None, None, None, "GROENTEAM",
        "Maatwerkbedrijf Kompas", None, 12, "ja",
    ],
    [
        "Papierhandel Visscher BV", "leverancier", "Saskia", "Visscher", "saskia@visscher.example", "020 000 0105",
        "Nederland", "1012 AB", "Amsteldijk", None, "Nederlands; Duits", "papier", None, None, None, None,
        "Stad Gentwijk", None, None, None, "nee",
    ],
]
DUTCH = Book(
    name="nl-inschrijvingen.ods",
    sheets=[Sheet(INSCHRIJVING, INSCHRIJVING_ROWS)],
    organisations=[
        organisation(
            "Brouwerij De Zwaluwe NV",
            delegate(
                INSCHRIJVING, 3, "Lieve", "Van den Broeck", phone="+32470000101", languages=["nl", "fr"],
                arrives="13:30", leaves=None, consent=True,
            ),
            kind="buyer",
            country="BE",
            postal_code="3000",
            city="Leuvenrode",
            registration_number="0999061495",
            max_meetings=8,
            needs=[offer("etiketteren"), offer("schoonmaak")],
        ),
        organisation(
            "Maatwerkbedrijf Kompas vzw",
            delegate(INSCHRIJVING, 4, "Joris", "'t Kint", phone="+32470000102", languages=["nl",
                "en"], leaves="16:45"),
            kind="social-enterprise", country="BE", registration_number="0999140877",
            offers=[offer("montage en verpakking"), offer(None, "90910000")],
            labels=[label("ISO 9001", None, "2028-06-30")],
        ),
        organisation(
            "Groenteam cv",
            delegate(
                INSCHRIJVING, 5, "Annelies", "De Smet", phone="+3232000103", languages=["nl"], arrives="14:00",
                leaves="16:30",
            ),
            kind="social-enterprise",
            country="BE",
            postal_code="2000",
        ),
        organisation(
            "Stad Gentwijk",
            delegate(INSCHRIJVING, 6, "Pieter-Jan", "Ooms", languages=["nl", "fr", "en"], consent=True),
            kind="local-authority", max_meetings=12,
        ),
        organisation(
            "Papierhandel Visscher BV",
            delegate(
                INSCHRIJVING, 7, "Saskia", "Visscher", phone="+31200000105", languages=["nl", "de"], consent=False
            ),
            kind="company",
            country="NL",
            city="Amsteldijk",
        ),
    ],
    wishes=[
        wish("Brouwerij De Zwaluwe NV", "Maatwerkbedrijf Kompas vzw", INSCHRIJVING, "Q3", 1),
        wish("Brouwerij De Zwaluwe NV", "Groenteam cv", INSCHRIJVING, "R3", 2),
        wish("Maatwerkbedrijf Kompas vzw", "Brouwerij De Zwaluwe NV", INSCHRIJVING, "Q4", 1),
        wish("Maatwerkbedrijf Kompas vzw", "Stad Gentwijk", INSCHRIJVING, "R4", 2),
        refusal("Maatwerkbedrijf Kompas vzw", "Groenteam cv", INSCHRIJVING, "S4"),
        wish("Groenteam cv", "Stad Gentwijk", INSCHRIJVING, "Q5", 1),
        wish("Stad Gentwijk", "Groenteam cv", INSCHRIJVING, "Q6", 1),
        wish("Stad Gentwijk", "Maatwerkbedrijf Kompas vzw", INSCHRIJVING, "R6", 2),
        wish("Papierhandel Visscher BV", "Stad Gentwijk", INSCHRIJVING, "Q7", 1),
    ],
    columns=columns(
        INSCHRIJVING, 2, A="organisation", B="kind", C="first_name", D="last_name", E="email", F="phone", G="country",
        H="postal_code", I="city", J="registration_number", K="languages", L="offers", M="needs", N="labels",
        O="arrives", P="leaves", Q="wishes", R="wishes", S="refuses", T="max_meetings", U="consent",
    ),
    errors=[],
)

DELEGATES, MATRIX = "Delegates", "Who meets whom"
DELEGATE_ROWS: Rows = [
    [
        "Company / Organisation", "Category", "First name", "Surname", "Email address", "Mobile", "Job title",
        "Country", "Zip / Postcode", "Town", "Languages spoken", "What we offer", "What we look for", "Arrival time",
        "Joining online?", "GDPR consent",
    ],
    [
        "Harbour Foods Ltd", "Buyer", "Siobhán", "O’Reilly", "siobhan@harbourfoods.example", "+353 1 200 0101",
        "Head of Procurement", "Ireland", "D02 X285", "Dublintown", "English, Irish", None, "packaging; laundry",
        None, "no", "yes",
    ],
    [
        "Second Chance Bikes CIC", "Social enterprise", "Zoë", "Smith-Jones", "zoe@secondchance.example",
        "020 7946 0102", "Director", "UK", "EC1A 1BB", "Londonbury", "English",
        "bicycle repair; bicycles (34430000-0)", None, "2:30 pm", "no", "Y",
    ],
    [
        "Northshire County Council", "Local authority", "Raj", "Patel", "raj.patel@northshire.example",
        "020 7946 0103", "Category manager", "United Kingdom", "NE1 4LP", "Northtown", "EN, FR", None,
        "catering\noffice cleaning", None, "yes", "yes",
    ],
    [
        "Bright Laundry", "social firm", "Aoife", "Byrne", "aoife@brightlaundry.example", "01 200 0104", "Manager",
        "Ireland", None, "Corktown", "English", "laundry", None, time(15, 0), None, "yes",
    ],
    [
        "Acme Paper plc", "Supplier", "Wim", "de Boer", "wim@acmepaper.example", "+44 20 7946 0105", "Sales", "GB",
        "M1 1AE", "Millchester", "English; Dutch", "paper", None, None, "No", "no",
    ],
]
MATRIX_ROWS: Rows = [
    ["Rows wish for columns: 1 = first choice, 2 = second …, x = would be nice, no = please not"], [],
    [None, "Harbour Foods", "Second Chance Bikes", "Northshire County Council", "Bright Laundry", "Acme Paper"],
    ["Harbour Foods Ltd", "–", None, None, 1, "no"], ["Second chance bikes", 2, "–", 1, None, None],
    ["Northshire County Council", None, "x", "–", 1, None], ["BRIGHT LAUNDRY", 1, None, 2, "–", -1],
    ["Acme Paper plc", "x", None, "X", None, None],
]
SETTINGS = "Event"
SETTING_ROWS: Rows = [
    ["Event name", "Buy Social Meet the Buyer"], ["Date", date(2026, 6, 18)], ["Venue", "Harbour Hall, Dublintown"],
    ["Time zone", "Europe/Dublin"], ["Session", "10:00 - 12:30"], ["Session", "14:00 - 16:00"],
    ["Minutes per meeting", 15], ["Minutes between meetings", 5], ["Number of tables", 12], ["Languages", "English"],
]
ENGLISH = Book(
    name="en-matrix.xlsx",
    sheets=[Sheet(DELEGATES, DELEGATE_ROWS), Sheet(MATRIX, MATRIX_ROWS), Sheet(SETTINGS, SETTING_ROWS)],
    organisations=[
        organisation(
            "Harbour Foods Ltd",
            delegate(
                DELEGATES, 2, "Siobhán", "O’Reilly", email="siobhan@harbourfoods.example", phone="+35312000101",
                function="Head of Procurement", languages=["en", "ga"], online=False, consent=True,
            ),
            kind="buyer",
            country="IE",
            city="Dublintown",
            needs=[offer("packaging"), offer("laundry")],
        ),
        organisation(
            "Second Chance Bikes CIC",
            delegate(
                DELEGATES, 3, "Zoë", "Smith-Jones", phone="+442079460102", arrives="14:30", online=False, consent=True
            ),
            kind="social-enterprise",
            country="GB",
            offers=[offer("bicycle repair"), offer(None, "34430000")],
        ),
        organisation(
            "Northshire County Council",
            delegate(DELEGATES, 4, "Raj", "Patel", languages=["en", "fr"], online=True, consent=True),
            kind="local-authority", country="GB", needs=[offer("catering"), offer("office cleaning")],
        ),
        organisation(
            "Bright Laundry", delegate(DELEGATES, 5, "Aoife", "Byrne", phone="+35312000104", arrives="15:00"),
            kind="social-enterprise", country="IE",
        ),
        organisation(
            "Acme Paper plc", delegate(DELEGATES, 6, "Wim", "de Boer", languages=["en", "nl"], consent=False),
            kind="company", country="GB",
        ),
    ],
    wishes=[
        wish("Harbour Foods Ltd", "Bright Laundry", MATRIX, "E4", 1),
        refusal("Harbour Foods Ltd", "Acme Paper plc", MATRIX, "F4"),
        wish("Second Chance Bikes CIC", "Harbour Foods Ltd", MATRIX, "B5", 2),
        wish("Second Chance Bikes CIC", "Northshire County Council", MATRIX, "D5", 1),
        wish("Northshire County Council", "Second Chance Bikes CIC", MATRIX, "C6", None),
        wish("Northshire County Council", "Bright Laundry", MATRIX, "E6", 1),
        wish("Bright Laundry", "Harbour Foods Ltd", MATRIX, "B7", 1),
        wish("Bright Laundry", "Northshire County Council", MATRIX, "D7", 2),
        refusal("Bright Laundry", "Acme Paper plc", MATRIX, "F7"),
        wish("Acme Paper plc", "Harbour Foods Ltd", MATRIX, "B8", None),
        wish("Acme Paper plc", "Northshire County Council", MATRIX, "D8", None),
    ],
    columns=columns(
        DELEGATES, 1, A="organisation", B="kind", C="first_name", D="last_name", E="email", F="phone", G="function",
        H="country", I="postal_code", J="city", K="languages", L="offers", M="needs", N="arrives", O="online",
        P="consent",
    ),
    errors=[],
    event={
        "name": "Buy Social Meet the Buyer",
        "dates": ["2026-06-18"],
        "venue": "Harbour Hall, Dublintown",
        "time_zone": "Europe/Dublin",
        "sessions": [
            {"date": "2026-06-18", "start": "10:00", "end": "12:30"},
            {"date": "2026-06-18", "start": "14:00", "end": "16:00"},
        ],
        "meeting_minutes": 15,
        "changeover_minutes": 5,
        "languages": ["en"],
    },
)
