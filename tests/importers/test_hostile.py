"""Files that hurt careless readers: each gets one clear sentence, and the process that asked lives on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from importers import Severity, read_workbooks
from tests.importers import hostile

ROOT = Path(__file__).resolve().parents[2]
# In an interpreter of its own: what children cost is kept for all that a process ever had.
COST_OF_READING = """
import resource, sys
from pathlib import Path
from importers import read_workbooks
read_workbooks([Path(sys.argv[1])])
cost = resource.getrusage(resource.RUSAGE_CHILDREN)
print(cost.ru_utime + cost.ru_stime, cost.ru_maxrss)
"""
Make = Callable[[Path], None]
FIRST_LOOK = [
    ("bombe.xlsx", hostile.bomb(hostile.SHEET, 300), "file-unpacks-too-large"),
    ("bombe.xlsx", hostile.bomb("xl/sharedStrings.xml"), "file-unpacks-too-large"),
    ("bombe.xlsx", hostile.bomb("xl/styles.xml"), "file-unpacks-too-large"),
    ("bombe.xlsx", hostile.bomb("xl/media/image1.png"), "file-unpacks-too-large"),
    ("entites.xlsx", hostile.entities, "file-unsafe"),
    ("externe.xlsx", hostile.external_entity, "file-unsafe"),
    ("double.xlsx", hostile.duplicate_part, "file-unsafe"),
    ("chemin.xlsx", hostile.path_out_of_the_archive, "file-unsafe"),
    ("parties.xlsx", hostile.too_many_parts, "file-unsafe"),
    ("secret.xlsx", hostile.password, "file-encrypted"),
    ("secret.xlsx", hostile.encrypted_zip, "file-encrypted"),
    ("coupe.xlsx", hostile.truncated, "file-broken"),
    ("sans-classeur.xlsx", hostile.missing_book, "file-broken"),
    ("image.xlsx", hostile.picture, "file-not-a-spreadsheet"),
    ("programme.csv", hostile.program, "file-not-a-spreadsheet"),
    ("bruit.csv", hostile.noise, "file-not-a-spreadsheet"),
    ("page.xls", hostile.web_page, "file-not-a-spreadsheet"),
    ("lettre.xlsx", hostile.word_document, "file-not-a-spreadsheet"),
    ("vide.xlsx", hostile.empty, "file-empty"),
    ("doctype.ods", hostile.ods_with_doctype, "file-unsafe"),
    ("repete.ods", hostile.ods_repeated, "cell-too-far"),
    ("coupe.xls", hostile.old_but_cut, "file-broken"),
    ("cercle.xls", hostile.old_going_in_circles, "file-broken"),
    ("dehors.xls", hostile.old_leading_out_of_the_file, "file-broken"),
    ("tables.xls", hostile.old_with_a_table_of_tables_in_a_circle, "file-broken"),
    ("secteurs.xls", hostile.old_with_lying_sectors, "file-broken"),
    ("taille.xls", hostile.old_with_a_lying_size, "file-broken"),
    ("ailleurs.xls", hostile.old_with_a_sheet_far_away, "file-broken"),
    ("longueur.xls", hostile.old_with_a_lying_record, "file-broken"),
    ("lettre.xls", hostile.old_word_document, "file-not-a-spreadsheet"),
    ("secret.xls", hostile.old_with_a_password, "file-encrypted"),
    ("loin.xls", hostile.old_with_a_far_cell, "cell-too-far"),
    ("fusion.xls", hostile.old_with_a_huge_merge, "merge-too-large"),
]
LATER = [
    ("loin.xlsx", hostile.far_cell, "cell-too-far"),
    ("fusion.xlsx", hostile.huge_merge, "merge-too-large"),
    ("sans-feuille.xlsx", hostile.missing_sheet, "file-broken"),
    ("xml.xlsx", hostile.broken_xml, "file-broken"),
    ("indice.xlsx", hostile.wrong_string_index, "file-broken"),
    ("desordre.xlsx", hostile.rows_twice, "cells-lost"),
    ("ancien.xls", hostile.broken_old_excel, "file-broken"),
    ("deux-fois.xls", hostile.old_with_a_cell_twice, "cells-lost"),
    ("guillemet.csv", hostile.open_quote, "open-quote"),
]


@pytest.mark.parametrize(
    ("name", "make", "code"), [*FIRST_LOOK, *LATER], ids=lambda each: getattr(each, "__name__", each)
)
def test_a_hostile_file_gets_one_clear_sentence(tmp_path: Path, name: str, make: Make, code: str) -> None:
    make(tmp_path / name)
    reading = read_workbooks([tmp_path / name])
    assert [(fault.code, fault.severity) for fault in reading.errors] == [(code, Severity.ERROR)]
    assert any(place in reading.errors[0].message for place in (name, "Sheet", "Inscrits"))
    assert reading.organisations == ()


@pytest.mark.parametrize("count", [100_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_a_million_blank_cells_are_read_within_the_limits_or_refused(tmp_path: Path, count: int) -> None:
    hostile.blank_cells(tmp_path / "blanc.xlsx", count)
    reading = read_workbooks([tmp_path / "blanc.xlsx"])
    assert not reading.organisations
    assert [fault.code for fault in reading.errors] == ["nothing-recognised"]


def test_a_good_file_beside_a_hostile_one_is_read_all_the_same(tmp_path: Path) -> None:
    hostile.wrong_string_index(tmp_path / "mauvais.xlsx")
    hostile.packed(tmp_path / "bon.xlsx", hostile.parts_of_a_book())
    reading = read_workbooks([tmp_path / "mauvais.xlsx", tmp_path / "bon.xlsx"])
    assert [row.organisation for row in reading.organisations] == ["Atelier du Fil"]
    assert [fault.code for fault in reading.errors] == ["file-broken"]


def test_a_table_of_strings_that_lies_about_its_length_costs_nothing(tmp_path: Path) -> None:
    hostile.old_with_a_million_strings(tmp_path / "textes.xls")
    reading = read_workbooks([tmp_path / "textes.xls"])
    assert len(reading.organisations) == 38


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "make"), [each[:2] for each in FIRST_LOOK], ids=lambda each: getattr(each, "__name__", each)
)
def test_what_the_first_look_refuses_costs_little(tmp_path: Path, name: str, make: Make) -> None:
    make(tmp_path / name)
    run = subprocess.run(
        [sys.executable, "-c", COST_OF_READING, tmp_path / name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    processor_seconds, kibibytes = run.stdout.split()
    assert float(processor_seconds) < 5
    assert int(kibibytes) < 512 << 10


def test_endless_headers_and_a_cell_without_end_are_cheap_to_read(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    question = "quel est votre nom ou prénom ? " * 400
    path.write_text(";".join(["Organisation", "Nom", *[f"{question}{n}" for n in range(20)]]) + "\nFil;Roux\n")
    assert [row.organisation for row in read_workbooks([path]).organisations] == ["Fil"]
    path.write_bytes(b"Organisation;Nom\n" + b"A\0" * 200_000)
    assert [error.code for error in read_workbooks([path]).errors] == ["file-broken"]
