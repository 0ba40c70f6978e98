"""Separators of text files: those between columns, and not those within a cell."""

import pytest

from importers.delimited import separator_of

NAMES_OF_TEN = ",".join(f"Organisation {number}" for number in range(10))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        (f"Organisation;Souhaits\nA;{NAMES_OF_TEN}\nB;{NAMES_OF_TEN}\nC;{NAMES_OF_TEN}\n", ";"),
        ("Inscriptions, version 2\n\nOrganisation;Prix\nA;1,5\nB;2,5\nC;0,5\n", ";"),
        ("Nom, prénom;Société\nRoy, Anne;A\nBon, Luc;B\n", ";"),
        ("Organisation,Langues\nA,fr;de;nl\nB,de;fr;nl\nC,fr;de;en\n", ","),
        ("Organisation\tVille\nA\tParis, France\nB\tMetz, France\n", "\t"),
        ('Organisation,Souhaits\nA,"B;C;D"\nB,"A;C;D"\n', ","),
        ("Organisation,Pays,Ville\nA,FR\nB,DE,Trier\nC\nD,LU,Esch\n", ","),
        ("Organisation\nA\nB\n", ";"),
    ],
)
def test_a_list_within_a_cell_is_not_taken_for_columns(text: str, separator: str) -> None:
    assert separator_of(text) == separator
