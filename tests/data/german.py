"""Two German books: a list kept by hand, and one with headers over two lines, merged cells and hidden parts."""

# The rows of a table stay rows:
# fmt: off

from datetime import time

from expecting import Book, columns, delegate, label, offer, organisation, warning, wish
from writing import Rows, Sheet

LIST = "Teilnehmerliste"
LIST_ROWS: Rows = [
    ["Unternehmertag Soziale Beschaffung Saar-Mosel"],
    ["Stand: 14.03.2026 – Bitte keine Spalten löschen!"],
    [],
    [
        "lfd. Nr.", "Firma / Organisation", "Art der Einrichtung", "Vorname", "Name", "E-Mail",
        "Telefon (geschäftlich)", "Straße, Hausnr.", "PLZ", "Ort", "Land", "Sprachkenntnisse", "Wir bieten",
        "Wir suchen", "Gütesiegel", "Anwesend ab", "Anwesend bis", "Gewünschte Gesprächspartner",
        "Einwilligung Datenschutz", "Lebensmittelallergien",
    ],
    [
        1, "Stahlbau Obermüller GmbH & Co. KG", "Einkäufer", "Jürgen", "Weiß", "j.weiss@obermueller.example",
        "069 / 90009-101", "Industriestr. 4", 66763, "Dillbach", "Deutschland", "Deutsch, Französisch", None,
        "Büroreinigung; Arbeitskleidung (CPV 18110000-3)", None, "ab 15 Uhr", None,
        "Lebenswerk Werkstätten; Inklusiv-Druck Mosel", "ja", None,
    ],
    [
        2, "Stahlbau Obermüller", None, "Petra", "Groß", "p.gross@obermueller.example", "+49 69 90009102",
        "Industriestr. 4", "66763", "Dillbach", "DE", "DE/EN", None, None, None, None, "bis 16.30 Uhr", None, "Ja",
        None,
    ],
    [
        3, "Lebenswerk Werkstätten gGmbH", "WfbM", "Anke", "Thömmes", "anke.thoemmes@lebenswerk.example",
        "0049 (0)69 90009 103", "Am Bahndamm 11", 54290, "Trierbach", "D", "Deutsch",
        "Montage und Konfektionierung\nWäscherei (98310000)", None, "AZAV bis 31.12.2027", "15:00", None,
        "Stahlbau Obermueller; Landkreis Obersaar", "x", None,
    ],
    [
        4, "Inklusiv Druck Mosel gGmbH", "Inklusionsbetrieb", "Björn", "Fuchs", "fuchs@inklusivdruck.example",
        "069 90009104", "Brückenweg 2", 54292, "Römerbrück", "Deutschland", "Deutsch; Französisch; Englisch",
        "Druck von Broschüren (79810000-5)", "Papier", "FSC 2019 – 2028; Blauer Engel (seit 01.07.2024)",
        time(14, 45), time(17, 15), "LANDKREIS OBERSAAR, Stadt Römerbrück", "ja", "vegan",
    ],
    [
        5, "Landkreis Obersaar", "Landkreis", "Ulrike", "Lehnert-Backes", "ulrike.lehnert@landkreis-obersaar.example",
        "+49 (0) 69 90009-105", "Schlossplatz 1", 66740, "Saarwellingen-Süd", "Deutschland", "deutsch", None,
        "Grünpflege\nKantinenverpflegung", None, None, None, "Lebenswerk-Werkstätten", "ja", None,
    ],
    [
        6, "Stadt Römerbrück", "Kommune", "Holger", "Zöller", "holger.zoeller@roemerbrueck.example", "069/90009106",
        "Markt 1", 54292, "Römerbrück", "Deutschland", "Deutsch / Französisch", None, "Gebäudereinigung (90910000-9)",
        None, None, "16:00", "Inklusiv Druck Mosel", "ja", None,
    ],
    [
        7, "Bürobedarf Grün e. K.", "Lieferant", "Käthe", "Jung", "jung@gruen-buero.example", "069 90009107",
        "Leipziger Str. 40", 4509, "Delitzschberg", "Deutschland", "Deutsch", "Büromaterial", None, None, None, None,
        None, "nein", None,
    ],
    [],
    [None, "Summe", None, None, 7],
]

BY_HAND = Book(
    name="de-liste.xlsx",
    sheets=[Sheet(LIST, LIST_ROWS, merged=("A1:H1",))],
    organisations=[
        organisation(
            "Stahlbau Obermüller GmbH & Co. KG",
            delegate(
                LIST, 5, "Jürgen", "Weiß", email="j.weiss@obermueller.example", phone="+496990009101",
                languages=["de", "fr"], arrives="15:00", leaves=None, consent=True,
            ),
            delegate(
                LIST, 6, "Petra", "Groß", phone="+496990009102", languages=["de", "en"], arrives=None, leaves="16:30",
                consent=True,
            ),
            kind="buyer",
            structure_type=None,
            country="DE",
            postal_code="66763",
            city="Dillbach",
            offers=[],
            needs=[offer("Büroreinigung"), offer(None, "18110000")],
        ),
        organisation(
            "Lebenswerk Werkstätten gGmbH",
            delegate(
                LIST, 7, "Anke", "Thömmes", phone="+496990009103", languages=["de"], arrives="15:00", consent=True
            ),
            kind="social-enterprise",
            structure_type="wfbm",
            country="DE",
            offers=[offer("Montage und Konfektionierung"), offer(None, "98310000")],
            labels=[label("AZAV", None, "2027-12-31")],
        ),
        organisation(
            "Inklusiv Druck Mosel gGmbH",
            delegate(
                LIST, 8, "Björn", "Fuchs", languages=["de", "fr", "en"], arrives="14:45", leaves="17:15", consent=True
            ),
            kind="social-enterprise",
            structure_type="inklusionsbetrieb",
            offers=[offer(None, "79810000")],
            needs=[offer("Papier")],
            labels=[label("FSC", "2019-01-01", "2028-12-31"), label("Blauer Engel", "2024-07-01")],
        ),
        organisation(
            "Landkreis Obersaar",
            delegate(LIST, 9, "Ulrike", "Lehnert-Backes", phone="+496990009105", languages=["de"]),
            kind="local-authority", needs=[offer("Grünpflege"), offer("Kantinenverpflegung")],
        ),
        organisation(
            "Stadt Römerbrück",
            delegate(LIST, 10, "Holger", "Zöller", phone="+496990009106", languages=["de", "fr"], leaves="16:00"),
            kind="local-authority", needs=[offer(None, "90910000")],
        ),
        organisation(
            "Bürobedarf Grün e. K.", delegate(LIST, 11, "Käthe", "Jung", languages=["de"], consent=False),
            kind="company", structure_type=None, postal_code="04509", city="Delitzschberg",
        ),
    ],
    wishes=[
        wish(
            "Stahlbau Obermüller GmbH & Co. KG", "Lebenswerk Werkstätten gGmbH", LIST, "R5", 1,
            written="Lebenswerk Werkstätten",
        ),
        wish(
            "Stahlbau Obermüller GmbH & Co. KG", "Inklusiv Druck Mosel gGmbH", LIST, "R5", 2,
            written="Inklusiv-Druck Mosel",
        ),
        wish("Lebenswerk Werkstätten gGmbH", "Stahlbau Obermüller GmbH & Co. KG", LIST, "R7", 1),
        wish("Lebenswerk Werkstätten gGmbH", "Landkreis Obersaar", LIST, "R7", 2),
        wish("Inklusiv Druck Mosel gGmbH", "Landkreis Obersaar", LIST, "R8", 1, written="LANDKREIS OBERSAAR"),
        wish("Inklusiv Druck Mosel gGmbH", "Stadt Römerbrück", LIST, "R8", 2),
        wish("Landkreis Obersaar", "Lebenswerk Werkstätten gGmbH", LIST, "R9", 1),
        wish("Stadt Römerbrück", "Inklusiv Druck Mosel gGmbH", LIST, "R10", 1),
    ],
    columns=columns(
        LIST, 4, A=None, B="organisation", C="kind", D="first_name", E="last_name", F="email", G="phone", H=None,
        I="postal_code", J="city", K="country", L="languages", M="offers", N="needs", O="labels", P="arrives",
        Q="leaves", R="wishes", S="consent", T=None,
    ),
    errors=[warning("health-data", LIST, "T4")],
)

TWO = "Anmeldung 2026"
TWO_ROWS: Rows = [
    ["Runde Tische Inklusion · Anmeldestand"],
    [],
    [
        "Organisation", None, None, None, "Kontaktperson", None, None, None, "Anwesenheit", None, "Wunschpartner",
        None, None, "intern", "Einwilligung\nDatenschutz",
    ],
    [
        "Name", "Art", "PLZ", "Ort", "Vorname", "Name", "E-Mail", "Sprachen", "von", "bis", "1.", "2.", "3.", "Notiz",
        None,
    ],
    [
        "Holzwerk Eiffelbach AG", "Auftraggeber", 54595, "Eiffelbach", "Rainer", "Quint", "quint@eiffelbach.example",
        "DE", None, "16:00", "Grünwerk Inklusiv", "Wäscherei am Tor", None, "VIP", "Ja",
    ],
    [
        None, None, None, None, "Heike", "Nauert", "nauert@eiffelbach.example", "DE, FR", "15 Uhr", None, None, None,
        None, None, "Ja",
    ],
    [
        "Grünwerk Inklusiv gGmbH", "Inklusionsfirma", 54552, "Daunbach", "Volker", "Engel", "engel@gruenwerk.example",
        "Deutsch", None, None, "Holzwerk Eiffelbach", "Verbandsgemeinde Daunbach", None, None, "Ja",
    ],
    [
        "Abgesagt Service UG", "Lieferant", 54550, "Daunbach", "Otto", "Weg", "weg@abgesagt.example", "DE", None,
        None, "Holzwerk Eiffelbach", None, None, "hat am 2.3. abgesagt", "Ja",
    ],
    [
        "Wäscherei am Tor", "Werkstatt", 54550, "Daunbach", "Ilse", "Paulus", "paulus@waeschereiamtor.example",
        "Deutsch, Englisch", None, "17 Uhr", "Verbandsgemeinde Daunbach", None, "Holzwerk Eiffelbach", None, "Ja",
    ],
    [
        "Verbandsgemeinde Daunbach", "Gemeinde", 54550, "Daunbach", "Gisela", "Reuter", "reuter@vg-daunbach.example",
        "DE/FR", "14:30", "16:45", "Wäscherei am Tor", "Grünwerk Inklusiv", None, None, "Ja",
    ],
    ["Gesamt", None, None, None, 5, None, None, None, None, None, None, None, None, None, 5],
]
ARCHIVE_ROWS: Rows = [
    ["Organisation", "Art", "Vorname", "Nachname", "E-Mail"],
    ["Altfirma 2024 GmbH", "Einkäufer", "Alt", "Bekannt", "alt@altfirma.example"],
]

TWO_LINES = Book(
    name="de-zweizeilig.xlsx",
    sheets=[
        Sheet(
            TWO, TWO_ROWS,
            merged=("A1:O1", "A3:D3", "E3:H3", "I3:J3", "K3:M3", "O3:O4", "A5:A6", "B5:B6", "C5:C6", "D5:D6"),
            hidden_rows=(8,), hidden_columns=("N",),
        ),
        Sheet("Archiv 2024", ARCHIVE_ROWS, is_hidden=True),
    ],
    organisations=[
        organisation(
            "Holzwerk Eiffelbach AG",
            delegate(
                TWO, 5, "Rainer", "Quint", email="quint@eiffelbach.example", languages=["de"], arrives=None,
                leaves="16:00",
            ),
            delegate(
                TWO, 6, "Heike", "Nauert", email="nauert@eiffelbach.example", languages=["de", "fr"], arrives="15:00",
                leaves=None,
            ),
            kind="buyer",
            postal_code="54595",
            city="Eiffelbach",
        ),
        organisation(
            "Grünwerk Inklusiv gGmbH", delegate(TWO, 7, "Volker", "Engel", languages=["de"], consent=True),
            kind="social-enterprise", structure_type="inklusionsbetrieb",
        ),
        organisation(
            "Wäscherei am Tor", delegate(TWO, 9, "Ilse", "Paulus", languages=["de", "en"], leaves="17:00"),
            kind="social-enterprise",
        ),
        organisation(
            "Verbandsgemeinde Daunbach",
            delegate(TWO, 10, "Gisela", "Reuter", languages=["de", "fr"], arrives="14:30", leaves="16:45"),
            kind="local-authority", city="Daunbach",
        ),
    ],
    wishes=[
        wish("Holzwerk Eiffelbach AG", "Grünwerk Inklusiv gGmbH", TWO, "K5", 1),
        wish("Holzwerk Eiffelbach AG", "Wäscherei am Tor", TWO, "L5", 2),
        wish("Grünwerk Inklusiv gGmbH", "Holzwerk Eiffelbach AG", TWO, "K7", 1),
        wish("Grünwerk Inklusiv gGmbH", "Verbandsgemeinde Daunbach", TWO, "L7", 2),
        wish("Wäscherei am Tor", "Verbandsgemeinde Daunbach", TWO, "K9", 1),
        wish("Wäscherei am Tor", "Holzwerk Eiffelbach AG", TWO, "M9", 3),
        wish("Verbandsgemeinde Daunbach", "Wäscherei am Tor", TWO, "K10", 1),
        wish("Verbandsgemeinde Daunbach", "Grünwerk Inklusiv gGmbH", TWO, "L10", 2),
    ],
    columns=columns(
        TWO, 4, A="organisation", B="kind", C="postal_code", D="city", E="first_name", F="last_name", G="email",
        H="languages", I="arrives", J="leaves", K="wishes", L="wishes", M="wishes", O="consent",
    ),
    errors=[warning("hidden-rows", TWO), warning("hidden-columns", TWO), warning("hidden-sheet", "Archiv 2024")],
)
