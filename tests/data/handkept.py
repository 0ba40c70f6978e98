"""A list that several people kept by hand: headings, idem, a legend, who has cancelled, boxes, ranks in words."""

# The rows of a table stay rows:
# fmt: off

from expecting import Book, columns, delegate, organisation, warning, wish
from writing import Rows, Sheet

LIST, WISHES = "Suivi", "Demandes"
LIST_ROWS: Rows = [
    ["Rencontres du Val – liste de suivi"],
    ["Légende :", "vert = confirmé", "rouge = annulé"],
    [],
    ["Structure", "Sigle", "Délégué 1", None, None, "Délégué 2", None, None,
        "Statut", "Parle français", "Parle allemand"],
    [None, None, "Nom", "Prénom", "Mél", "Nom", "Prénom", "Mél"],
    ["ACHETEURS (2)"],
    ["Office du Val fleuri", "OVF", "Roux", "Anne", "roux@ovf.example", "Blanc", "Luc", "blanc@ovf.example",
        "Confirmé", "x", "x"],
    ["Métaux Lorrains", None, "Petit", "Jo", "jo@metaux.example", None, None, None, "Annulé", "x", None],
    ["Structures ESS"],
    ["Atelier Perché", None, "Noir", "Eva", "eva@perche.example", None, None, None, "confirmé", "x", None],
    ["idem", None, "Vert", "Ali", "ali@perche.example", None, None, None, '"', "x", "x"],
    ["Mis à jour le 20/05/2026"],
]
WISHES_ROWS: Rows = [
    ["Demandeur", "Souhaite rencontrer", "Priorité"],
    ["Atelier Perché", "OVF", "haute"],
    ["OVF", "atelier perche", "Moyenne"],
]
BY_SEVERAL = Book(
    name="fr-suivi.xlsx",
    sheets=[Sheet(LIST, LIST_ROWS), Sheet(WISHES, WISHES_ROWS)],
    organisations=[
        organisation(
            "Office du Val fleuri",
            delegate(LIST, 7, "Anne", "Roux", email="roux@ovf.example", languages=["fr", "de"]),
            delegate(LIST, 7, "Luc", "Blanc", email="blanc@ovf.example"),
            kind="buyer",
        ),
        organisation(
            "Atelier Perché",
            delegate(LIST, 10, "Eva", "Noir", email="eva@perche.example", languages=["fr"]),
            delegate(LIST, 11, "Ali", "Vert", email="ali@perche.example", languages=["fr", "de"]),
            kind="social-enterprise",
        ),
    ],
    wishes=[
        wish("Atelier Perché", "Office du Val fleuri", WISHES, "B2", 1),
        wish("Office du Val fleuri", "Atelier Perché", WISHES, "B3", 2),
    ],
    columns=columns(LIST, 5, A="organisation", I="status", J="languages", K="languages"),
    errors=[warning("cancelled", LIST, "I8")],
)
