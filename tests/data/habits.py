"""What forms and old programs write: a French one with boxes to tick, an Italian list, an old German book by kinds."""

# The rows of a table stay rows:
# fmt: off

from datetime import time

from expecting import Book, columns, delegate, fault, offer, organisation, warning, wish
from writing import Rows, Sheet

ANSWERS = "Réponses au formulaire 1"
ANSWERS_ROWS: Rows = [
    [
        "Horodateur", "Votre structure", "Vous êtes…", "Votre nom et prénom", "Votre adresse e-mail",
        "Ville (code postal)",
        "Langues parlées [Français]", "Langues parlées [Allemand]", "Langues parlées [Anglais]",
        "Vos 3 souhaits de rendez-vous", "J'accepte que mes coordonnées soient transmises aux participants",
        "Avez-vous un régime alimentaire particulier ?", "Nombre max de RDV", "Nb de RDV souhaités",
    ],
    [
        "2026/04/01 9:12:33 AM UTC+2", "Atelier Défi", "une structure de l'ESS", "Martin Claire",
        "c.martin@defi.example",
        "Nancy (54000)", "x", None, "x", "Grand Bazar, Ville de Belmont", "Oui", "sans gluten", 6, 4,
    ],
    [
        "2026/04/01 9:15:00 AM UTC+2", "Grand Bazar", "une entreprise acheteuse", "DUBOIS Marc",
        "m.dubois@bazar.example",
        "54000 Nancy", "x", None, None, "atelier defi", "Non", None, None, None,
    ],
    [
        "2026/04/02 8:00:00 AM UTC+2", "Ville de Belmont", "une collectivité", "Léa Petit", "l.petit@belmont.example",
        "Belmont", "x", "x", "x", None, "oui", "non", "8 max", None,
    ],
    ["Total : 3 structures"],
]
TICKED = Book(
    name="fr-cases.xlsm",
    sheets=[Sheet(ANSWERS, ANSWERS_ROWS)],
    organisations=[
        organisation(
            "Atelier Défi",
            delegate(ANSWERS, 2, "Claire", "Martin", languages=["fr", "en"], consent=True),
            kind="social-enterprise", postal_code="54000", city="Nancy", max_meetings=6, accessibility=None,
        ),
        organisation(
            "Grand Bazar",
            delegate(ANSWERS, 3, "Marc", "DUBOIS", languages=["fr"], consent=False),
            kind="buyer", postal_code="54000", city="Nancy", max_meetings=None,
        ),
        organisation(
            "Ville de Belmont",
            delegate(ANSWERS, 4, "Léa", "Petit", languages=["fr", "de", "en"], consent=True),
            kind="local-authority", postal_code=None, city="Belmont", max_meetings=8,
        ),
    ],
    wishes=[
        wish("Atelier Défi", "Grand Bazar", ANSWERS, "J2", 1),
        wish("Atelier Défi", "Ville de Belmont", ANSWERS, "J2", 2),
        wish("Grand Bazar", "Atelier Défi", ANSWERS, "J3", 1),
    ],
    columns=columns(
        ANSWERS, 1, A=None, B="organisation", C="kind", D="full_name", E="email", F="city", G="languages",
        H="languages",
        I="languages", J="wishes", K="consent", L=None, M="max_meetings", N=None,
    ),
    errors=[warning("health-data", ANSWERS, "L1"), warning("uncertain-header", ANSWERS, "N1")],
)

ELENCO = "Elenco"
ELENCO_ROWS: Rows = [
    [
        "Ragione sociale", "Tipo di ente", "Cognome e nome", "Email", "Telefono cellulare", "Nazione", "CAP", "Comune",
        "Servizi offerti", "Cosa cercate?", "Lingue", "Presente dalle ore", "Presente alle ore", "Preferenza 1",
        "Preferenza 2",
    ],
    [
        "Cooperativa Sociale Arcobaleno ONLUS", "cooperativa sociale di tipo B", "Rossi Maria", "info@arco.example",
        "347 1234567", "Italia", "10121", "Torino", "pulizie uffici, manutenzione del verde", None,
        "italiano e francese",
        "9.30", "17.00", "Comune di Belvedere", "Dolciaria Alba",
    ],
    [
        "Comune di Belvedere", "ente pubblico", "Bianchi Luca", "luca@belvedere.example", "+39 0125 410100", "Italia",
        "10015", "Belvedere", None, "mensa scolastica; traslochi", "italiano", time(10, 0), None,
        "Cooperativa Sociale Arcobaleno", None,
    ],
    [
        "Dolciaria Alba S.p.A.", "azienda acquirente", "Verdi Anna", "a.verdi@dolciaria.example", None, "ITALIA",
        "12051",
        "Alba", None, "imballaggi", "ITA/ENG", "ore 15", "tutto il giorno", None, None,
    ],
    ["Totale", 3],
]
ITALIAN_LIST = Book(
    name="it-elenco.ods",
    sheets=[Sheet(ELENCO, ELENCO_ROWS)],
    organisations=[
        organisation(
            "Cooperativa Sociale Arcobaleno ONLUS",
            delegate(
                ELENCO, 2, "Maria", "Rossi", phone="+393471234567", languages=["it", "fr"], arrives="09:30",
                leaves="17:00",
            ),
            kind="social-enterprise", structure_type="cooperativa-sociale", country="IT", postal_code="10121",
            offers=[offer("pulizie uffici"), offer("manutenzione del verde")], needs=[],
        ),
        organisation(
            "Comune di Belvedere",
            delegate(ELENCO, 3, "Luca", "Bianchi", phone="+390125410100", languages=["it"], arrives="10:00",
             leaves=None),
            kind="local-authority", needs=[offer("mensa scolastica"), offer("traslochi")],
        ),
        organisation(
            "Dolciaria Alba S.p.A.",
            delegate(ELENCO, 4, "Anna", "Verdi", phone=None, languages=["it", "en"], arrives="15:00", leaves=None),
            kind="buyer", needs=[offer("imballaggi")],
        ),
    ],
    wishes=[
        wish("Cooperativa Sociale Arcobaleno ONLUS", "Comune di Belvedere", ELENCO, "N2", 1),
        wish("Cooperativa Sociale Arcobaleno ONLUS", "Dolciaria Alba S.p.A.", ELENCO, "O2", 2),
        wish("Comune di Belvedere", "Cooperativa Sociale Arcobaleno ONLUS", ELENCO, "N3", 1),
    ],
    columns=columns(
        ELENCO, 1, A="organisation", B="kind", C="full_name", D="email", E="phone", F="country", G="postal_code",
        H="city",
        I="offers", J="needs", K="languages", L="arrives", M="leaves", N="wishes", O="wishes",
    ),
    errors=[],
)

BUYERS, SOCIAL, WISHED = "Käufer", "Inklusionsbetriebe 2026", "Terminwünsche"
OF_BOTH = ["Unternehmen", "Name", "Vorname", "Mail", "Telefon", "PLZ Ort"]
OLD_GERMAN = Book(
    name="de-alt.xls",
    sheets=[
        Sheet(BUYERS, [
            [*OF_BOTH, "Was kaufen Sie?", "Uhrzeit von", "Uhrzeit bis"],
            [
                "Bohrwerk Süd AG", "Schäfer", "Uwe", "u.schaefer@bohrwerk.example", 711811000, "70469 Stuttgart",
                "Kantinenbetrieb, Grünpflege", time(9, 30), time(12, 0),
            ],
            ["Amt für Umwelt", "Weiß", "Ute", "u.weiss@amt.example", "+49 (0)30 1234567", "D-10115 Berlin", None,
             "ganztägig"],
        ]),
        Sheet(SOCIAL, [
            [*OF_BOTH, "Leistungen", "Uhrzeit von", "Uhrzeit bis"],
            [
                "mosaik gGmbH", "Lindner", "Eva", "eva@mosaik.example", "030 9990000", "10119", "Catering; Gartenbau",
                "9:30 Uhr", "12.00 Uhr",
            ],
        ]),
        Sheet(WISHED, [
            ["Von", "An", "Rang", "Bewertung (1 bis 5)"],
            ["Bohrwerk Süd", "Mosaik", "1.", 5], ["mosaik gGmbH", "Bohrwerk Sued AG", 2, None],
            ["Amt für Umwelt", "Mosaic", None, "★★★"], ["mosaik", "Robert Bohrwerk", None, None],
        ]),
    ],
    organisations=[
        organisation(
            "Bohrwerk Süd AG",
            delegate(BUYERS, 2, "Uwe", "Schäfer", phone="711811000", arrives="09:30", leaves="12:00"),
            kind="buyer", postal_code="70469", city="Stuttgart", needs=[offer("Kantinenbetrieb"), offer("Grünpflege")],
        ),
        organisation(
            "Amt für Umwelt", delegate(BUYERS, 3, "Ute", "Weiß", phone="+49301234567", arrives=None, leaves=None),
            kind="buyer", postal_code="10115", city="Berlin",
        ),
        organisation(
            "mosaik gGmbH", delegate(SOCIAL, 2, "Eva", "Lindner", phone="030 9990000", arrives="09:30", leaves="12:00"),
            kind="social-enterprise", structure_type="inklusionsbetrieb", postal_code="10119", city=None,
            offers=[offer("Catering"), offer("Gartenbau")],
        ),
    ],
    wishes=[
        wish("Bohrwerk Süd AG", "mosaik gGmbH", WISHED, "B2", 1, stars=5),
        wish("mosaik gGmbH", "Bohrwerk Süd AG", WISHED, "B3", 2),
        wish("Amt für Umwelt", "mosaik gGmbH", WISHED, "B4", None, stars=3),
    ],
    columns=[
        *columns(
            BUYERS, 1, A="organisation", B="last_name", C="first_name", D="email", E="phone", F="postal_city",
            G="needs",
            H="arrives", I="leaves",
        ),
        *columns(
            SOCIAL, 1, A="organisation", B="last_name", C="first_name", D="email", E="phone", F="postal_city",
            G="offers",
            H="arrives", I="leaves",
        ),
        *columns(WISHED, 1, A="from", B="to", C="rank", D="stars"),
    ],
    errors=[fault("unknown-organisation", WISHED, "B5", read="Robert Bohrwerk"), warning("unlikely-phone", BUYERS,
     "E2")],
)
