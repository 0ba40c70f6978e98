"""Two books that must be refused, each fault by sheet and cell: a small French one and a German one full of them."""

# The rows of a table stay rows:
# fmt: off

from expecting import Book, delegate, fault, organisation, warning
from writing import Rows, Sheet

REGISTERED, WISHED, EVENT = "Inscriptions", "Souhaits", "Événement"
REGISTERED_ROWS: Rows = [
    ["Organisation", "Type", "Prénom", "Nom", "E-mail", "Langues", "Arrivée", "Souhait 1"],
    [
        "Menuiserie Vauthier", "acheteur", "Paul", "Vauthier", "paul@vauthier.example", "français", "14h30",
        "ESAT Les Ormes",
    ],
    [
        "ESAT Les Ormes", "ESAT", "Julie", "Henry", "julie@ormes.example", "français", "après le déjeuner",
        "Menuiserie Vautier",
    ],
    ["Garage Poirot", "mécène", "Luc", "Poirot", "luc@poirot.example", "français", None, "Menuiserie Vauthier"],
    [
        "Ville d'Arches-sur-Vire", "commune", "Anne", "Bon", "anne@arches.example", "FR", None,
        "Brasserie des Quatre Fils Aymon",
    ],
]
WISHED_ROWS: Rows = [
    ["De", "Vers", "Rang"], ["ESAT Les Ormes", "Ville d'Arches-sur-Vire", 2], ["Fantômas & Cie", "Garage Poirot", 1],
    ["Garage Poirot", "ESAT Les Ormes", "bof"],
]
EVENT_ROWS: Rows = [
    ["Nom", "Convention cassée"], ["Date", "31/02/2026"], ["Fuseau horaire", "Europe/Mont-Saint-Martin"],
    ["Horaire des rendez-vous", "17h30-14h30"], ["Durée d'un rendez-vous (minutes)", 12], ["Nombre de tables", 4],
]
BROKEN = Book(
    name="broken/convention.xlsx",
    sheets=[Sheet(REGISTERED, REGISTERED_ROWS), Sheet(WISHED, WISHED_ROWS), Sheet(EVENT, EVENT_ROWS)],
    organisations=[
        organisation("Menuiserie Vauthier", delegate(REGISTERED, 2, "Paul", "Vauthier",
            arrives="14:30"), kind="buyer"),
        organisation("ESAT Les Ormes", delegate(REGISTERED, 3, "Julie", "Henry", arrives=None), structure_type="ESAT"),
        organisation("Garage Poirot", delegate(REGISTERED, 4, "Luc", "Poirot"), kind=None),
        organisation("Ville d'Arches-sur-Vire", delegate(REGISTERED, 5, "Anne", "Bon"), kind="local-authority"),
    ],
    wishes=None,
    columns=[],
    errors=[
        fault("not-a-time", REGISTERED, "G3", read="après le déjeuner"),
        fault("unknown-kind", REGISTERED, "B4", read="mécène"),
        fault("unknown-organisation", REGISTERED, "H5", read="Brasserie des Quatre Fils Aymon"),
        fault("unknown-organisation", WISHED, "A3", read="Fantômas & Cie"),
        fault("not-a-rank", WISHED, "C4", read="bof"), fault("not-a-date", EVENT, "B2", read="31/02/2026"),
        fault("unknown-time-zone", EVENT, "B3", read="Europe/Mont-Saint-Martin"),
        fault("ends-before-it-starts", EVENT, "B4", read="17h30-14h30"),
    ],
)

LIST = "Anmeldungen"
LIST_ROWS: Rows = [
    ["Anmeldungen, ungeprüft"],
    [
        "Organisation", "Art", "Vorname", "Nachname", "E-Mail", "Telefon", "PLZ", "Land", "SIRET / HRB", "Sprachen",
        "Angebot", "Gütesiegel", "Anreise", "Abreise", "nicht verfügbar", "max. Termine", "Einwilligung", "Wunsch 1",
        "Wunsch 2", "nicht treffen", "Schuhgröße",
    ],
    [
        "Werkhof Lindental gGmbH", "WfbM", "Ute", "Lang", "ute.lang@lindental", "069 90009301", 66740, "Deutschland",
        None, "Deutsch", "Montage", None, "25:10", None, None, 6, "ja", "Autohaus Brenner", None, None, 39,
    ],
    [
        "Autohaus Brenner GmbH", "Einkäufer", "Kai", "Brenner", "kai@brenner.example", "069-90009302", 66740,
        "Schlaraffenland", None, "Deutsch", None, None, None, "16:00", None, "viele", "ja", "Werkhof Lindental",
        "Werkhof", None, None,
    ],
    [
        "Werkhof Lindenau e.V.", "Inklusionsbetrieb", "Ida", "Roth", "ida@lindenau.example", "112", 66111,
        "Deutschland", None, "Klingonisch", "Wäsche", None, "16:00", "15:00", None, None, "ja", "Autohaus Brenner",
        None, None, 41,
    ],
    [
        None, "Kommune", "Ole", "Busch", "ole@nirgends.example", None, 66111, "DE", None, "Deutsch", None, None, None,
        None, None, None, "ja", None, None, None, None,
    ],
    [
        "Atelier Nord SARL", "Lieferant", "Luc", "Ney", "luc@ateliernord.example", "+33 3 53 01 03 05", 54400,
        "Frankreich", "05433012100011", "FR", "Möbel (39130000-7)", None, None, None, "15:30-15:00", -3, "vielleicht",
        "Atelier Nord", None, "Autohaus Brenner", None,
    ],
    [
        "Stadt Lindental", "Kommune", "Eva", "Funk", "eva@stadt-lindental.example", None, 66740, "DE", None, "DE",
        None, "RAL bis 31.02.2027", None, None, "nachmittags", None, "ja", "Niemandsland AG", "Werkhof Lindenau",
        "Werkhof Lindenau e.V.", None,
    ],
    [
        "Presse Lindental", "Presse", "Jan", "Kuhn", "jan@presse.example", None, 66740, "DE", None, "DE", None, None,
        "#REF!", None, None, None, "ja", None, None, None, None,
    ],
]
FULL_OF_FAULTS = Book(
    name="de-fehler.xlsx",
    sheets=[Sheet(LIST, LIST_ROWS)],
    organisations=[
        organisation(
            "Werkhof Lindental gGmbH", delegate(LIST, 3, "Ute", "Lang", arrives=None), kind="social-enterprise",
            max_meetings=6
        ),
        organisation("Autohaus Brenner GmbH", delegate(LIST, 4, "Kai", "Brenner", leaves="16:00"), kind="buyer",
            country=None),
        organisation("Werkhof Lindenau e.V.", delegate(LIST, 5, "Ida", "Roth"), structure_type="inklusionsbetrieb"),
        organisation("Atelier Nord SARL", delegate(LIST, 7, "Luc", "Ney", consent=None), country="FR", kind="company"),
        organisation("Stadt Lindental", delegate(LIST, 8, "Eva", "Funk", languages=["de"]), kind="local-authority"),
        organisation("Presse Lindental", delegate(LIST, 9, "Jan", "Kuhn"), kind=None),
    ],
    wishes=None,
    columns=[],
    errors=[
        fault("not-an-email", LIST, "E3", read="ute.lang@lindental"), fault("not-a-time", LIST, "M3", read="25:10"),
        fault("unknown-country", LIST, "H4", read="Schlaraffenland"), fault("not-a-number", LIST, "P4", read="viele"),
        fault(None, LIST, "S4", read="Werkhof"),
        fault("unknown-language", LIST, "J5", read="Klingonisch"), fault("ends-before-it-starts", LIST),
        fault("missing-organisation", LIST, "A6"), fault("ends-before-it-starts", LIST, "O7", read="15:30-15:00"),
        fault("not-a-number", LIST, "P7", read="-3"), fault("not-a-yes-or-no", LIST, "Q7", read="vielleicht"),
        fault("not-a-date", LIST, "L8"), fault("not-a-time-range", LIST, "O8", read="nachmittags"),
        fault("unknown-organisation", LIST, "R8", read="Niemandsland AG"),
        fault("unknown-kind", LIST, "B9", read="Presse"), fault("formula-error", LIST, "M9", read="#REF!"),
        warning("check-digit", LIST, "I7"), warning(None, LIST, "K7"),
        warning("wish-for-itself", LIST, "R7"), warning("contradicting-wish", LIST),
        warning("unknown-header", LIST, "U2"),
    ],
)
