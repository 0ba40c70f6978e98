"""Three more books: a table far from the corner with numbered wishes, a tab-separated one, a matrix by references."""

# The rows of a table stay rows:
# fmt: off

from datetime import date, time

from expecting import Book, columns, delegate, label, offer, organisation, refusal, wish
from writing import Row, Rows, Sheet

FAR, ASKED = "Inscrits au 12.05", "Demandes de RDV"
GAP: Row = [None, None]
FAR_ROWS: Rows = [
    [], [], [*GAP, "Speed-meeting achats inclusifs"], [], [*GAP, "Nombre d'inscrits :", 5], [],
    [
        *GAP, "Entreprise / structure", "Vous êtes", "Civilité", "Prénom", "Nom", "Email", "Tél", "Dépt", "Pays",
        "Activité",
        "Vous proposez", "Vous cherchez", "Langue", "Heure d’arrivée", "Heure de départ", "Priorités de rencontre",
    ],
    [],
    [
        *GAP, "S.A.R.L. Dupont & Fils", "Entreprise acheteuse", "M.", "Guy", "Dupont", "guy@dupont.example",
        "0353010501", "88",
        "F", "Menuiserie", None, "nettoyage de vitres", "Fr", None, "17h15",
        "1. ESAT St Nicolas\n2. Sainte-Barbe Propreté",
    ],
    [
        *GAP, "ESAT Saint-Nicolas", "ESAT", "Mme", "Odile", "Maire", "odile@stnicolas.example", "03 53 01 05 02",
        "54", "France",
        "Sous-traitance", "vitrerie ; câblage", None, "Français", "14h 45",
        None, "Dupont et Fils, Métropole du Sillon",
    ],
    [],
    [
        *GAP, "Ste-Barbe Propreté", "EI (entreprise d'insertion)", "Mme", "Aude", "Lang", "aude@barbe.example",
        "+33353010503",
        "57", "France", None, "nettoyage", None, "français-allemand",
        None, None, "1) Métropole du Sillon 2) Dupont & Fils",
    ],
    [
        *GAP, "Métropole du Sillon", "Collectivité locale", "M", "Jean-Paul", "de La Tour",
        "jp.delatour@sillon.example", None,
        "57", "France", None, None, "nettoyage - blanchisserie", "FR, DE, EN", None, None, "-",
    ],
    [
        *GAP, "Les Fils d'Ariane", "Association (SIAE)", "Mme", "Ariane", "Fil", "ariane@fils.example", None, "54",
        "France", None,
        "couture", None, "Français", None, None, "néant",
    ],
    [],
    [*GAP, "Total", None, None, None, 5],
]
ASKED_ROWS: Rows = [
    ["Demandeur", "Souhaite rencontrer", "Priorité", "Commentaires"],
    ["Métropole du Sillon", "ste barbe propreté", 1, None],
    ["Métropole du Sillon", "ESAT SAINT NICOLAS", 2, "marché réservé"],
    ["Les fils d'Ariane", "Dupont et fils", None, "rideaux"],
]
DUPONT, NICOLAS, BARBE, SILLON, ARIANE = (
    "S.A.R.L. Dupont & Fils", "ESAT Saint-Nicolas", "Ste-Barbe Propreté", "Métropole du Sillon", "Les Fils d'Ariane",
)
FAR_BOOK = Book(
    name="fr-au-loin.xlsx",
    sheets=[Sheet(FAR, FAR_ROWS, merged=("C3:J3",)), Sheet(ASKED, ASKED_ROWS)],
    organisations=[
        organisation(
            DUPONT, delegate(FAR, 9, "Guy", "Dupont", phone="+33353010501", languages=["fr"], leaves="17:15"),
            kind="buyer", country="FR", needs=[offer("nettoyage de vitres")],
        ),
        organisation(
            NICOLAS, delegate(FAR, 10, "Odile", "Maire", arrives="14:45"), kind="social-enterprise",
            structure_type="ESAT",
            offers=[offer("vitrerie"), offer("câblage")],
        ),
        organisation(
            BARBE, delegate(FAR, 12, "Aude", "Lang", languages=["fr", "de"]), kind="social-enterprise",
            structure_type="EI",
        ),
        organisation(SILLON, delegate(FAR, 13, "Jean-Paul", "de La Tour", languages=["fr", "de",
            "en"]), kind="local-authority"),
        organisation(ARIANE, delegate(FAR, 14, "Ariane", "Fil"), kind="social-enterprise"),
    ],
    wishes=[
        wish(DUPONT, NICOLAS, FAR, "R9", 1),
        wish(DUPONT, BARBE, FAR, "R9", 2),
        wish(NICOLAS, DUPONT, FAR, "R10", 1, written="Dupont et Fils"),
        wish(NICOLAS, SILLON, FAR, "R10", 2),
        wish(BARBE, SILLON, FAR, "R12", 1),
        wish(BARBE, DUPONT, FAR, "R12", 2),
        wish(SILLON, BARBE, ASKED, "B2", 1),
        wish(SILLON, NICOLAS, ASKED, "B3", 2, note="marché réservé"),
        wish(ARIANE, DUPONT, ASKED, "B4", None, note="rideaux"),
    ],
    columns=[
        *columns(FAR, 7, C="organisation", D="kind", F="first_name", G="last_name", H="email", I="phone", K="country"),
        *columns(FAR, 7, M="offers", N="needs", O="languages", P="arrives", Q="leaves", R="wishes"),
        *columns(ASKED, 1, A="from", B="to", C="rank", D="note"),
    ],
    errors=[],
)

TABBED = "en-delegates"
TABBED_ROWS: Rows = [
    ["Ref", "Organisation name", "Org type", "Given name", "Family name", "E-mail", "Country", "Languages",
    "Can offer",
     "Looking for", "Available from", "Available until", "Wish 1", "Wish 2", "Wish 3", "Do not match", "", ""],
    ["7", "Ostrava Works", "social enterprise", "Jana", "Nováková", "jana@ostrava.example", "Czechia",
    "Czech, English",
     'packing, "kitting"', "", "10am", "", "12", "Green Borough Council", "", "", "", ""],
    ["12", "Café Équitable Ltd.", "buyer", "Tim", "O'Neil", "tim@cafe.example", "United Kingdom", "English", "",
    "packing;tea",
     "", "3.30pm", "7", "", "ostrava works", "", "", ""],
    ["30", "Green Borough Council", "Public body", "Nia", "Llwyd", "nia@green.example", "UK", "English; Welsh",
    "", "tea", "11:00",
     "15:00", "Cafe Equitable", "", "", "7", "", ""],
]
TABBED_BOOK = Book(
    name=f"{TABBED}.tsv",
    sheets=[Sheet(TABBED, TABBED_ROWS)],
    encoding="utf-16-be",
    delimiter="\t",
    organisations=[
        organisation(
            "Ostrava Works",
            delegate(TABBED, 2, "Jana", "Nováková", languages=["cs", "en"], arrives="10:00", leaves=None),
            reference="7", kind="social-enterprise", country="CZ",
        ),
        organisation(
            "Café Équitable Ltd.", delegate(TABBED, 3, "Tim", "O'Neil", arrives=None, leaves="15:30"),
            reference="12", kind="buyer", country="GB", needs=[offer("packing"), offer("tea")],
        ),
        organisation(
            "Green Borough Council",
            delegate(TABBED, 4, "Nia", "Llwyd", languages=["en", "cy"], arrives="11:00", leaves="15:00"),
            reference="30", kind="local-authority", country="GB",
        ),
    ],
    wishes=[
        wish("Ostrava Works", "Café Équitable Ltd.", TABBED, "M2", 1, written="12"),
        wish("Ostrava Works", "Green Borough Council", TABBED, "N2", 2),
        wish("Café Équitable Ltd.", "Ostrava Works", TABBED, "M3", 1, written="7"),
        wish("Café Équitable Ltd.", "Ostrava Works", TABBED, "O3", 3),
        wish("Green Borough Council", "Café Équitable Ltd.", TABBED, "M4", 1),
        refusal("Green Borough Council", "Ostrava Works", TABBED, "P4"),
    ],
    columns=columns(TABBED, 1, A="reference", B="organisation", C="kind", M="wishes", N="wishes", P="refuses"),
    errors=[],
)

INGESCHREVEN, KRUISJES, AVOND = "Deelnemers", "Kruisjeslijst", "Evenement"
DEELNEMER_ROWS: Rows = [
    ["Referentie", "Bedrijf of organisatie", "Type", "Voornaam", "Naam", "E-mail", "Taal", "Labels"],
    ["K1", "Ziekenhuis Sint-Lucas", "inkoper", "Bart", "De Wever-Claes", "bart@lucas.example", "Nederlands", None],
    ["K2", "Drukkerij Onder Ons", "beschutte werkplaats", "An", "Peeters", "an@onderons.example", "NL+FR",
        "FSC sinds 2020"],
    ["K3", "Gemeente Polderdorp", "lokaal bestuur", "Cis", "Aerts", "cis@polderdorp.example", "Nederlands", None],
]
KRUIS_ROWS: Rows = [
    ["wie?", "K1", "K2", "K3", "Totaal"],
    ["K1", None, "X", None, 1],
    ["K2", "x", None, "neen", 1],
    ["K3", None, "✓", None, 1],
    ["Totaal", 1, 2, 0, 3],
]
AVOND_ROWS: Rows = [
    ["Naam evenement", "Kruispunt 2026"],
    ["Datum", date(2026, 10, 8)],
    ["Locatie", "Oude Melkerij"],
    ["Tijdzone", "Europe/Brussels"],
    ["Start gesprekken", time(18, 0)],
    ["Einde gesprekken", "20u30"],
    ["Duur van een gesprek (min)", 10],
    ["Aantal tafels", "6 tafels"],
]
CROSSES_BOOK = Book(
    name="nl-kruisjes.xlsx",
    sheets=[Sheet(INGESCHREVEN, DEELNEMER_ROWS), Sheet(KRUISJES, KRUIS_ROWS), Sheet(AVOND, AVOND_ROWS)],
    organisations=[
        organisation("Ziekenhuis Sint-Lucas", delegate(INGESCHREVEN, 2, "Bart", "De Wever-Claes"), reference="K1",
            kind="buyer"),
        organisation(
            "Drukkerij Onder Ons", delegate(INGESCHREVEN, 3, "An", "Peeters", languages=["nl", "fr"]), reference="K2",
            kind="social-enterprise", labels=[label("FSC", "2020-01-01")],
        ),
        organisation("Gemeente Polderdorp", delegate(INGESCHREVEN, 4, "Cis", "Aerts"), reference="K3",
            kind="local-authority"),
    ],
    wishes=[
        wish("Ziekenhuis Sint-Lucas", "Drukkerij Onder Ons", KRUISJES, "C2", None),
        wish("Drukkerij Onder Ons", "Ziekenhuis Sint-Lucas", KRUISJES, "B3", None),
        refusal("Drukkerij Onder Ons", "Gemeente Polderdorp", KRUISJES, "D3"),
        wish("Gemeente Polderdorp", "Drukkerij Onder Ons", KRUISJES, "C4", None),
    ],
    columns=columns(INGESCHREVEN, 1, B="organisation", C="kind", D="first_name", E="last_name", F="email",
        G="languages"),
    errors=[],
    event={
        "name": "Kruispunt 2026", "dates": ["2026-10-08"], "venue": "Oude Melkerij", "time_zone": "Europe/Brussels",
        "sessions": [{"date": "2026-10-08", "start": "18:00", "end": "20:30"}], "meeting_minutes": 10,
    },
)
