"""Workbooks as organisers send them: what is understood of each is what stands beside it."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importers import as_json, read_workbooks
from tests.data.comparing import differences

DATA = Path(__file__).parents[1] / "data"
SPOILS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a setting of the event": lambda said: said["event"].update(meeting_minutes=15),
    "an organisation too many": lambda said: said["organisations"].append({"organisation": "Niemand", "delegates": []}),
    "a delegate less": lambda said: said["organisations"][0]["delegates"].pop(),
    "another language": lambda said: said["organisations"][0]["delegates"][0].update(languages=["fr"]),
    "a wish less": lambda said: said["wishes"].pop(),
    "another rank": lambda said: said["wishes"][0].update(rank=7),
    "another field for a column": lambda said: said["columns"][0].update(field="table"),
    "a warning less": lambda said: said["errors"].pop(),
    "an error that nobody expects": lambda said: said["errors"].append(
        {"code": "not-a-date", "severity": "error", "sheet": "Veranstaltung", "cell": "B2", "read": "6.6."}
    ),
}
BOOKS = sorted(
    path for path in DATA.rglob("*") if path.with_name(f"{path.stem}.expected.json").exists() and path.suffix != ".json"
)


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


def expected_of(book: Path) -> dict[str, Any]:
    return json.loads(book.with_name(f"{book.stem}.expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_reading_as_expected_has_no_differences(book: Path) -> None:
    expected = expected_of(book)
    assert differences(expected, expected) == []


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_book_is_understood_as_an_organiser_would(book: Path) -> None:
    assert differences(expected_of(book), as_json(read_workbooks([book]))) == []


def test_a_reading_that_differs_in_one_thing_is_noticed() -> None:
    for part, spoil in SPOILS.items():
        said = expected_of(DATA / "fr-de-referenzen.xlsx")
        spoil(said)
        assert len(differences(expected_of(DATA / "fr-de-referenzen.xlsx"), said)) == 1, part
