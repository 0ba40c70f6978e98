"""Two books of several sheets: kinds told by the sheets' names in strict OOXML,
and bilingual headers with references."""

# The rows of a table stay rows:
# fmt: off

from datetime import date, time

from expecting import Book, columns, delegate, label, organisation, refusal, warning, wish
from writing import Row, Rows, Sheet

BUYERS, SOCIAL, PUBLIC, STARS = "Acheteurs", "Structures ESS", "Collectivités", "Vœux"
PEOPLE_HEADERS: Row = ["Structure", "Prénom", "Nom", "Courriel", "Département", "Langue(s)", "Disponible à partir de"]
BUYER_ROWS: Rows = [
    ["Inscriptions – acheteurs"], PEOPLE_HEADERS,
    ["Fromagerie Haut-Doubs", "Élise", "Monnier", "elise@hautdoubs.example", "25", "français", None],
    ["Horlogerie Vuillet SA", "Marc", "Vuillet", "marc@vuillet.example", "25", "FR/DE", time(10, 15)],
]
SOCIAL_ROWS: Rows = [
    ["Inscriptions – structures de l'ESS"],
    [*PEOPLE_HEADERS, "Type (EI, AI, ACI, ETTI, EA, ESAT)"],
    ["Défi Jura", "Salomé", "Perrin", "salome@defijura.example", "39", "français", None, "ACI"],
    [
        "Jura Emballages Adaptés", "Théo", "Girod", "theo@jea.example", "39", "français, anglais", "10h30",
        "Entreprise adaptée",
    ],
    ["Coopérative Les Sapins", "Lou", "Cattin", "lou@sapins.example", "25", "français", None, None],
]
PUBLIC_ROWS: Rows = [
    ["Inscriptions – collectivités"], PEOPLE_HEADERS,
    ["Grand Lons Agglomération", "Irène", "Bailly", "irene@grandlons.example", "39", "français", None],
]
STAR_ROWS: Rows = [
    ["Qui ?", "Souhaite rencontrer", "Étoiles (1 à 5)", "Commentaire"],
    ["Fromagerie Haut Doubs", "Jura Emballages Adaptes", 5, "cartons isothermes"],
    ["Fromagerie Haut-Doubs", "Défi Jura", "***", None], ["horlogerie vuillet", "JURA EMBALLAGES ADAPTÉS", "4", None],
    ["Défi Jura", "Grand Lons Agglomération", "★★★★", "espaces verts du parc"],
    ["Coopérative Les Sapins", "Horlogerie Vuillet", "non", "déjà fournisseur"],
    ["Grand Lons Aglomération", "Cooperative Les Sapins", 2, None],
]
STRICT = Book(
    name="fr-strict.xlsx",
    sheets=[
        Sheet(BUYERS, BUYER_ROWS, formats={"G4": "hh:mm"}), Sheet(SOCIAL, SOCIAL_ROWS), Sheet(PUBLIC, PUBLIC_ROWS),
        Sheet(STARS, STAR_ROWS),
    ],
    organisations=[
        organisation("Fromagerie Haut-Doubs", delegate(BUYERS, 3, "Élise", "Monnier", languages=["fr"]), kind="buyer"),
        organisation(
            "Horlogerie Vuillet SA", delegate(BUYERS, 4, "Marc", "Vuillet", languages=["fr", "de"], arrives="10:15"),
            kind="buyer",
        ),
        organisation(
            "Défi Jura", delegate(SOCIAL, 3, "Salomé", "Perrin"), kind="social-enterprise", structure_type="ACI",
        ),
        organisation(
            "Jura Emballages Adaptés", delegate(SOCIAL, 4, "Théo", "Girod", languages=["fr", "en"], arrives="10:30"),
            kind="social-enterprise", structure_type="EA",
        ),
        organisation(
            "Coopérative Les Sapins", delegate(SOCIAL, 5, "Lou", "Cattin"), kind="social-enterprise",
            structure_type=None,
        ),
        organisation("Grand Lons Agglomération", delegate(PUBLIC, 3, "Irène", "Bailly"), kind="local-authority"),
    ],
    wishes=[
        wish("Fromagerie Haut-Doubs", "Jura Emballages Adaptés", STARS, "B2",
            None, stars=5, note="cartons isothermes"),
        wish("Fromagerie Haut-Doubs", "Défi Jura", STARS, "B3", None, stars=3, note=None),
        wish("Horlogerie Vuillet SA", "Jura Emballages Adaptés", STARS, "B4", None, stars=4),
        wish("Défi Jura", "Grand Lons Agglomération", STARS, "B5", None, stars=4, note="espaces verts du parc"),
        refusal("Coopérative Les Sapins", "Horlogerie Vuillet SA", STARS, "B6", note="déjà fournisseur"),
        wish("Grand Lons Agglomération", "Coopérative Les Sapins", STARS, "B7", None, stars=2),
    ],
    columns=[
        *columns(BUYERS, 2, A="organisation", B="first_name", C="last_name", D="email", F="languages", G="arrives"),
        *columns(STARS, 1, A="from", B="to", C="stars", D="note"),
    ],
    errors=[],
)

GUESTS, LIST, EVENT = "Teilnehmer - Participants", "Wünsche - Souhaits", "Veranstaltung"
GUEST_ROWS: Rows = [
    [
        "Référence / Referenz", "Organisation / Firma", "Type / Art", "Prénom / Vorname", "Nom / Nachname",
        "Courriel / E-Mail", "Pays / Land", "Langues / Sprachen", "Nicht verfügbar / Indisponible", "Tisch / Table",
        "Min. RDV", "Max. RDV", "ODD / SDG", "Labels / Gütesiegel", "Barrierefreiheit / Accessibilité",
        "Einwilligung / Consentement",
    ],
    [
        "D-01", "Möbelhaus Ostrand GmbH", "Einkäufer", "Frank", "Weyand", "weyand@ostrand.example", "Deutschland",
        "DE", "15:00-15:30; 16:15-16:45", None, 2, 10, "8, 12", None, None, "ja",
    ],
    [
        "D-01", "Möbelhaus Ostrand GmbH", None, "Elke", "Kiefer", "kiefer@ostrand.example", "Deutschland", "DE, FR",
        "14h-14h30", None, None, None, None, None, "Rollstuhl", "oui",
    ],
    [
        "F-07", "Vosges Atelier Bois", "EA", "Pascal", "Noirot", "contact@vosgesbois.example", "France", "FR, DE",
        None, 4, 4, None, "ODD 8; ODD 15", "PEFC (valable jusqu'au 30/09/2027)", None, "oui",
    ],
    [
        "F-09", "Commune de Raon-la-Source", "mairie", "Céline", "Ferry", "ferry@raonlasource.example", "France",
        "français", None, None, None, 6, "11.", None, None, "ja",
    ],
    [
        "D-12", "Stadtgut Hirsau", "WfbM", "Sabine", "Dörr", "doerr@hirsau.example", "DE", "Deutsch", "ab 16:30",
        "12", None, None, None, "Bioland seit 2011", None, "ja",
    ],
]
LIST_ROWS: Rows = [
    ["De / Von", "À / An", "Rang", "Remarque / Bemerkung"], ["D-01", "F-07", 1, "Rahmenvertrag"],
    ["D-01", "doerr@hirsau.example", "2", None], ["contact@vosgesbois.example", "Moebelhaus Ostrand", 1.0, None],
    ["F-09", "D-12", "n° 1", "cantine"], ["F-09", "Vosges Atelier Bois", "2e", None],
    ["Stadtgut Hirsau", "F-09", "nein", "zu weit"],
]
EVENT_ROWS: Rows = [
    ["Name der Veranstaltung", "Deutsch-französischer Einkaufstag"], ["Datum", date(2026, 6, 6)],
    ["Ort", "Straßwinkel, Haus der Begegnung"], ["Zeitzone", "Europe/Berlin"], ["Beginn der Gespräche", time(14, 0)],
    ["Ende der Gespräche", time(17, 0)], ["Dauer eines Gesprächs (Minuten)", "20 Min."],
    ["Pause zwischen Gesprächen", 5], ["Anzahl Tische", 12], ["Sprachen", "Deutsch / Französisch"],
]
OSTRAND, HIRSAU, VOSGES, RAON = (
    "Möbelhaus Ostrand GmbH", "Stadtgut Hirsau", "Vosges Atelier Bois", "Commune de Raon-la-Source",
)
REFERENCES = Book(
    name="fr-de-referenzen.xlsx",
    sheets=[Sheet(GUESTS, GUEST_ROWS), Sheet(LIST, LIST_ROWS), Sheet(EVENT, EVENT_ROWS)],
    organisations=[
        organisation(
            OSTRAND,
            delegate(
                GUESTS, 2, "Frank", "Weyand", languages=["de"], unavailable=[["15:00", "15:30"], ["16:15", "16:45"]],
                consent=True,
            ),
            delegate(
                GUESTS, 3, "Elke", "Kiefer", languages=["de", "fr"], unavailable=[["14:00", "14:30"]], consent=True
            ),
            reference="D-01",
            kind="buyer",
            country="DE",
            min_meetings=2,
            max_meetings=10,
            sdgs=[8, 12],
            table=None,
            accessibility=None,
        ),
        organisation(
            VOSGES, delegate(GUESTS, 4, "Pascal", "Noirot", languages=["fr", "de"]), reference="F-07",
            kind="social-enterprise", structure_type="EA", table="4", min_meetings=4, max_meetings=None, sdgs=[8, 15],
            labels=[label("PEFC", None, "2027-09-30")],
        ),
        organisation(
            RAON, delegate(GUESTS, 5, "Céline", "Ferry", languages=["fr"], consent=True), reference="F-09",
            kind="local-authority", max_meetings=6, sdgs=[11],
        ),
        organisation(
            HIRSAU, delegate(GUESTS, 6, "Sabine", "Dörr"), reference="D-12", kind="social-enterprise",
            structure_type="wfbm", table="12", labels=[label("Bioland", "2011-01-01")],
        ),
    ],
    wishes=[
        wish(OSTRAND, VOSGES, LIST, "B2", 1, written="F-07", note="Rahmenvertrag", stars=None),
        wish(OSTRAND, HIRSAU, LIST, "B3", 2, written="doerr@hirsau.example"),
        wish(VOSGES, OSTRAND, LIST, "B4", 1, written="Moebelhaus Ostrand"),
        wish(RAON, HIRSAU, LIST, "B5", 1, note="cantine"), wish(RAON, VOSGES, LIST, "B6", 2),
        refusal(HIRSAU, RAON, LIST, "B7", note="zu weit"),
    ],
    columns=[
        *columns(
            GUESTS, 1, A="reference", B="organisation", C="kind", D="first_name", E="last_name", F="email",
            G="country", H="languages", I="unavailable", J="table", K="min_meetings", L="max_meetings", M="sdgs",
            N="labels", P="consent",
        ),
        *columns(LIST, 1, A="from", B="to", C="rank", D="note"),
    ],
    errors=[warning("health-data", GUESTS, "O1")],
    event={
        "name": "Deutsch-französischer Einkaufstag", "dates": ["2026-06-06"],
        "venue": "Straßwinkel, Haus der Begegnung", "time_zone": "Europe/Berlin",
        "sessions": [{"date": "2026-06-06", "start": "14:00", "end": "17:00"}], "meeting_minutes": 20,
        "changeover_minutes": 5, "languages": ["de", "fr"],
    },
)
