"""Twelve workbooks as organisers send them: what is understood of each is what stands beside it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
BOOKS = sorted(path for path in DATA.rglob("*") if path.suffix in {".xlsx", ".xlsm", ".ods", ".xls", ".csv"})


def content(path: Path) -> dict[str, bytes]:
    """What is in a file; of an archive, what is in its parts, whatever they were packed with."""
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_script_gives_the_committed_books(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(DATA / "make_books.py"), str(tmp_path)], check=True, capture_output=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    kept = [*BOOKS, *DATA.rglob("*.expected.json")]
    assert made == sorted(path.relative_to(DATA) for path in kept)
    for name in made:
        assert content(tmp_path / name) == content(DATA / name), name


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_every_book_has_its_expected_reading(book: Path) -> None:
    expected = json.loads(book.with_name(f"{book.stem}.expected.json").read_text(encoding="utf-8"))
    assert set(expected) == {"event", "organisations", "wishes", "columns", "errors"}
    assert expected["organisations"]
