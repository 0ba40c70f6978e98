"""Names of files that were sent in: as they may stand in a folder and in a sentence."""

import pytest

from app.wishes.receiving import plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Inscriptions été.xlsx", "Inscriptions été.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anne\\liste.csv", "liste.csv"),
        ("a\nb\x00c\u202e.csv", "a bc.csv"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        (".htaccess", "htaccess"),
        ("é" * 300 + ".csv", "é" * 58 + ".csv"),
    ],
)
def test_no_name_leads_out_of_the_folder_or_breaks_a_line(name: str, plain: str) -> None:
    assert plain_name(name) == plain
