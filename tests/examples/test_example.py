"""The example: its script gives what is committed, and it holds what the README promises."""

import csv
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from rapidfuzz import process
from rapidfuzz.distance import OSA

EXAMPLE = Path(__file__).parents[2] / "examples" / "mont-saint-martin"
BOOK = EXAMPLE / "mont-saint-martin.xlsx"
SHEETS = ("Inscriptions FR-BE-LU", "Anmeldungen DE")
FORMS = re.findall(r"\w+", "s a r l i c sas sa ag gmbh ggmbh kg co sarl sprl asbl vog eg les")
ORGANISATION = {"Inscriptions FR-BE-LU": "Nom de la structure*", "Anmeldungen DE": "Firma / Organisation"}


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(BOOK)


@pytest.fixture(scope="module")
def cast() -> list[dict[str, str]]:
    with (EXAMPLE / "cast.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def registrations(book: Workbook) -> Iterator[dict[str, object]]:
    """Every row with a person in it, by header."""
    for title in SHEETS:
        rows = list(book[title].iter_rows(values_only=True))
        top = next(line for line, row in enumerate(rows) if ORGANISATION[title] in row)
        for row in rows[top + 1 :]:
            cells = {str(header): value for header, value in zip(rows[top], row, strict=True) if header}
            if "@" in str(cells.get("Courriel *") or cells.get("E-Mail-Adresse")):
                yield {**cells, "organisation": cells[ORGANISATION[title]]}


def core(name: object) -> str:
    """What is left of a name without case, accents, punctuation, legal form."""
    spelled = unicodedata.normalize("NFD", str(name).lower().replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in spelled if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in FORMS)


def wishes(book: Workbook) -> Iterator[tuple[str, str]]:
    """Every wish and refusal as written: who, whom."""
    for row in registrations(book):
        for header, value in row.items():
            if value and re.match(r"(Souhait n°|Wunsch )\d|Ne souhaite pas|möchte nicht", header):
                yield str(row["organisation"]), str(value)
    for source, target, *_ in book["Wünsche (Mail)"].iter_rows(min_row=4, max_col=2, values_only=True):
        yield str(source), str(target)


def test_the_script_gives_the_committed_workbook_cell_by_cell(tmp_path: Path, book: Workbook) -> None:
    again = tmp_path / "again.xlsx"
    subprocess.run([sys.executable, str(EXAMPLE / "make_workbook.py"), str(again)], check=True, capture_output=True)
    made = openpyxl.load_workbook(again)
    assert made.sheetnames == book.sheetnames
    for sheet in book:
        assert [*made[sheet.title].iter_rows(values_only=True)] == [*sheet.iter_rows(values_only=True)]
        assert made[sheet.title].merged_cells.ranges == sheet.merged_cells.ranges


def test_93_organisations_from_four_countries_send_148_people(book: Workbook, cast: list[dict[str, str]]) -> None:
    rows = list(registrations(book))
    named = {guest["name"] for guest in cast}
    also = {guest["also"]: guest["name"] for guest in cast if guest["also"]}
    assert (len(rows), len(named)) == (148, 93)
    assert {also.get(str(row["organisation"]), str(row["organisation"])) for row in rows} == named
    assert {guest["country"] for guest in cast} == {"FR", "BE", "LU", "DE"}


def test_some_organisations_are_spelled_in_two_ways(book: Workbook, cast: list[dict[str, str]]) -> None:
    spelled = {str(row["organisation"]) for row in registrations(book)}
    assert {guest["also"] for guest in cast if guest["also"]} <= spelled


def test_every_wish_is_for_somebody_in_particular(book: Workbook, cast: list[dict[str, str]]) -> None:
    cores = [core(guest["name"]) for guest in cast]
    for source, target in wishes(book):
        for name in (source, target):
            slips, next_slips = sorted(OSA.distance(core(name), other) for other in cores)[:2]
            assert slips <= 1, name
            assert next_slips >= 5, name


def test_the_wishes_name_more_than_800_different_pairs(book: Workbook, cast: list[dict[str, str]]) -> None:
    cores = {guest["name"]: core(guest["name"]) for guest in cast}
    meant = {name: process.extract(core(name), cores, limit=1)[0][2] for pair in wishes(book) for name in pair}
    assert len({frozenset((meant[source], meant[target])) for source, target in wishes(book)}) > 800
