"""A Spanish export in UTF-16 with tabs, and an Italian list in the old Excel format."""

# The rows of a table stay rows:
# fmt: off

from datetime import time

from expecting import Book, columns, delegate, label, offer, organisation, refusal, wish
from writing import Rows, Sheet

JORNADA = "es-jornada-utf16"
JORNADA_ROWS: Rows = [
    [
        "Marca temporal", "Nombre de la entidad*", "Tipo de entidad", "Nombre", "Apellidos", "Correo electrónico",
        "Teléfono móvil", "País", "Código postal", "Localidad", "Idiomas que habla", "¿Qué ofrece?", "¿Qué necesita?",
        "Sellos y certificaciones", "Hora de llegada", "Hora de salida", "Preferencia nº 1", "Preferencia nº 2",
        "No desea reunirse con", "Acepta la política de privacidad",
    ],
    [
        "12/02/2026 10:11:12", "Metalúrgica Ibarzábal, S.A.", "Empresa compradora", "Begoña", "Ibarzábal Peña",
        "bego@ibarzabal.example", "600 000 101", "España", "01080", "Gaztelu", "castellano, euskera, inglés", "",
        "limpieza de oficinas (90919200-4); ropa de trabajo", "ISO 9001 hasta 2027", "a las 10:30", "",
        "Lavandería Ametz", "Huerta Sonia", "", "Sí",
    ],
    [
        "12/02/2026 11:00:00", "Lavandería Ametz S.Coop.", "Empresa social", "Íñigo", "Múgica", "inigo@ametz.example",
        "+34 910 000 102", "ESPAÑA", "20180", "Oiarbide", "español y francés", "lavandería\nalquiler de ropa", "", "",
        "", "13 h", "Metalurgica Ibarzabal", "Ayuntamiento de Gaztelu", "Huerta Soñía", "si",
    ],
    [
        "13/02/2026 9:30:30", "Ayuntamiento de Gaztelu", "Ayuntamiento", "Mª Ángeles", "Núñez",
        "nunez@gaztelu.example", "0034 910 000 103", "ES", "01080", "Gaztelu", "español", "", "jardinería; catering",
        "", "", "", "HUERTA SOÑÍA", "", "", "SÍ",
    ],
    [
        "14/02/2026 16:45:00", "Huerta Soñía", "cooperativa social", "Joan", "Ferrer i Puig", "joan@huerta.example",
        "600000104", "España", "08690", "Santa Coloma del Riu", "catalán, español, FR", "verduras ecológicas",
        "transporte", "CCPAE desde 2015", "9:45", "12:15", "Ayuntamiento de Gaztelu", "Lavanderia Ametz", "", "x",
    ],
    [
        "15/02/2026 8:00:00", "Suministros Olmedo SL", "proveedor", "Fermín", "Olmedo", "fermin@olmedo.example",
        "910000105", "España", "47410", "Olmedilla", "español; portugués", "material de oficina 30192000-1", "", "",
        "", "", "Metalúrgica Ibarzábal", "", "", "no",
    ],
]
SPANISH = Book(
    name=f"{JORNADA}.csv",
    sheets=[Sheet(JORNADA, JORNADA_ROWS)],
    encoding="utf-16",
    delimiter="\t",
    organisations=[
        organisation(
            "Metalúrgica Ibarzábal, S.A.",
            delegate(
                JORNADA, 2, "Begoña", "Ibarzábal Peña", email="bego@ibarzabal.example", phone="+34600000101",
                languages=["es", "eu", "en"], arrives="10:30", leaves=None, consent=True,
            ),
            kind="buyer",
            country="ES",
            postal_code="01080",
            city="Gaztelu",
            offers=[],
            needs=[offer(None, "90919200"), offer("ropa de trabajo")],
            labels=[label("ISO 9001", None, "2027-12-31")],
        ),
        organisation(
            "Lavandería Ametz S.Coop.",
            delegate(
                JORNADA, 3, "Íñigo", "Múgica", phone="+34910000102", languages=["es", "fr"], leaves="13:00",
                consent=True,
            ),
            kind="social-enterprise",
            offers=[offer("lavandería"), offer("alquiler de ropa")],
        ),
        organisation(
            "Ayuntamiento de Gaztelu",
            delegate(JORNADA, 4, "Mª Ángeles", "Núñez", phone="+34910000103", languages=["es"], consent=True),
            kind="local-authority", country="ES", needs=[offer("jardinería"), offer("catering")],
        ),
        organisation(
            "Huerta Soñía",
            delegate(
                JORNADA, 5, "Joan", "Ferrer i Puig", languages=["ca", "es", "fr"], arrives="09:45", leaves="12:15",
                consent=True,
            ),
            kind="social-enterprise",
            postal_code="08690",
            labels=[label("CCPAE", "2015-01-01")],
        ),
        organisation(
            "Suministros Olmedo SL", delegate(JORNADA, 6, "Fermín", "Olmedo", languages=["es", "pt"], consent=False),
            kind="company", offers=[offer(None, "30192000")],
        ),
    ],
    wishes=[
        wish("Metalúrgica Ibarzábal, S.A.", "Lavandería Ametz S.Coop.", JORNADA, "Q2", 1),
        wish("Metalúrgica Ibarzábal, S.A.", "Huerta Soñía", JORNADA, "R2", 2, written="Huerta Sonia"),
        wish("Lavandería Ametz S.Coop.", "Metalúrgica Ibarzábal, S.A.", JORNADA, "Q3", 1),
        wish("Lavandería Ametz S.Coop.", "Ayuntamiento de Gaztelu", JORNADA, "R3", 2),
        refusal("Lavandería Ametz S.Coop.", "Huerta Soñía", JORNADA, "S3"),
        wish("Ayuntamiento de Gaztelu", "Huerta Soñía", JORNADA, "Q4", 1),
        wish("Huerta Soñía", "Ayuntamiento de Gaztelu", JORNADA, "Q5", 1),
        wish("Huerta Soñía", "Lavandería Ametz S.Coop.", JORNADA, "R5", 2),
        wish("Suministros Olmedo SL", "Metalúrgica Ibarzábal, S.A.", JORNADA, "Q6", 1),
    ],
    columns=columns(
        JORNADA, 1, A=None, B="organisation", C="kind", D="first_name", E="last_name", F="email", G="phone",
        H="country", I="postal_code", J="city", K="languages", L="offers", M="needs", N="labels", O="arrives",
        P="leaves", Q="wishes", R="wishes", S="refuses", T="consent",
    ),
    errors=[],
)

ISCRITTI = "Iscritti"
ISCRITTI_ROWS: Rows = [
    ["INCONTRI D'AFFARI PER GLI ACQUISTI SOSTENIBILI"],
    ["Elenco aggiornato al 3 marzo 2026"],
    [],
    [
        "Azienda / Ente", "Tipologia", "Cognome", "Nome", None, "Indirizzo e-mail", "Cellulare", "Nazione", "CAP",
        "Città", "Partita IVA", "Lingue parlate", "Cosa offre", "Cosa cerca", "Arriva alle", "Parte alle",
        "Vorrebbe incontrare", "Consenso al trattamento dei dati",
    ],
    [
        "Officine Meccaniche Valsusa S.p.A.", "Acquirente", "D'Agostino", "Niccolò", None,
        "n.dagostino@valsusa.example", "011 550 0101", "Italia", 10121, "Torinese", 10000000017, "italiano, francese",
        None, "pulizia uffici; stampa di cataloghi",
        time(10, 30), None, "Coop. sociale Il Girasole; Città di Torinese",
        "sì",
    ],
    [
        "Cooperativa sociale Il Girasole", "Cooperativa sociale", "Però", "Maria Grazia", None,
        "mg.pero@girasole.example", "+39 06 5500 0102", "ITALIA", "00184", "Romanella", None, "IT/EN",
        "pulizia\nlavanderia (98310000-9)", None, None, time(16, 15), "Officine meccaniche Valsusa SpA", "SI",
    ],
    [
        "Città di Torinese", "Comune", "Bianchi", "Lucia", None, "lucia.bianchi@torinese.example", "0115500103", "IT",
        10121, "Torinese", None, "Italiano", None, "manutenzione del verde; mensa", "dalle 11", "alle 15.30",
        "Cooperativa Sociale «Il Girasole»", "x",
    ],
    [
        "Grafiche Ètoile srl", "fornitore", "Rossi", "Émile", None, "emile@etoile.example", "+39 320 000 0104",
        "Italia", 184, "Romanella", None, "italiano; tedesco", "stampa", None, None, None,
        "officine meccaniche valsusa", "no",
    ],
    [],
    ["Totale iscritti:", None, 4],
]
ITALIAN = Book(
    name="it-iscritti.xls",
    sheets=[Sheet(ISCRITTI, ISCRITTI_ROWS)],
    organisations=[
        organisation(
            "Officine Meccaniche Valsusa S.p.A.",
            delegate(
                ISCRITTI, 5, "Niccolò", "D'Agostino", email="n.dagostino@valsusa.example", phone="+390115500101",
                languages=["it", "fr"], arrives="10:30", leaves=None, consent=True,
            ),
            kind="buyer",
            country="IT",
            postal_code="10121",
            city="Torinese",
            needs=[offer("pulizia uffici"), offer("stampa di cataloghi")],
        ),
        organisation(
            "Cooperativa sociale Il Girasole",
            delegate(
                ISCRITTI, 6, "Maria Grazia", "Però", phone="+390655000102", languages=["it", "en"], leaves="16:15"
            ),
            kind="social-enterprise",
            postal_code="00184",
            offers=[offer("pulizia"), offer(None, "98310000")],
        ),
        organisation(
            "Città di Torinese",
            delegate(ISCRITTI, 7, "Lucia", "Bianchi", languages=["it"], arrives="11:00", leaves="15:30", consent=True),
            kind="local-authority", country="IT",
        ),
        organisation(
            "Grafiche Ètoile srl",
            delegate(ISCRITTI, 8, "Émile", "Rossi", phone="+393200000104", languages=["it", "de"], consent=False),
            kind="company", postal_code="00184",
        ),
    ],
    wishes=[
        wish("Officine Meccaniche Valsusa S.p.A.", "Cooperativa sociale Il Girasole", ISCRITTI, "Q5", 1),
        wish("Officine Meccaniche Valsusa S.p.A.", "Città di Torinese", ISCRITTI, "Q5", 2),
        wish("Cooperativa sociale Il Girasole", "Officine Meccaniche Valsusa S.p.A.", ISCRITTI, "Q6", 1),
        wish("Città di Torinese", "Cooperativa sociale Il Girasole", ISCRITTI, "Q7", 1),
        wish("Grafiche Ètoile srl", "Officine Meccaniche Valsusa S.p.A.", ISCRITTI, "Q8", 1),
    ],
    columns=columns(
        ISCRITTI, 4, A="organisation", B="kind", C="last_name", D="first_name", F="email", G="phone", H="country",
        I="postal_code", J="city", L="languages", M="offers", N="needs", O="arrives", P="leaves", Q="wishes",
        R="consent",
    ),
    errors=[],
)
