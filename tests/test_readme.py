"""What the README promises is there: its commands, its map of the tree, its glossary, its pictures."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_command_that_it_shows_is_one_of_ours() -> None:
    shown = set(re.findall(r"^ronde (\w+)", README, re.MULTILINE))
    verdict = subprocess.run(
        [sys.executable, "-m", "app", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {command for command in shown if not re.search(rf"\b{command}\b", verdict.stdout)} == set()


def test_every_target_of_make_that_it_shows_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make (\w+)", README, re.MULTILINE)) <= targets


def test_every_place_of_the_map_exists() -> None:
    places = re.findall(r"^(\w+)/ ", section("Where things are"), re.MULTILINE)
    slices = re.findall(r"\b(\w+)/", section("Where things are").split("scheduler/")[0].split("app/")[1])
    assert [place for place in places if not (ROOT / place).is_dir()] == []
    assert [place for place in slices if not (ROOT / "app" / place).is_dir()] == []


def test_every_word_of_the_glossary_stands_in_the_code() -> None:
    words = {
        word for row in section("Words").splitlines() if row.startswith("|") for word in re.findall(r"`([\w-]+)`", row)
    }
    code = "\n".join(
        path.read_text(encoding="utf-8") for folder in ("app", "scheduler") for path in (ROOT / folder).rglob("*.py")
    )
    assert {word for word in words if not re.search(rf"\b{word}\b", code)} == set()


def test_no_word_of_the_glossary_stands_in_two_rows() -> None:
    words = re.findall(r"\| `(\w+)`[^|]*\|$", section("Words"), re.MULTILINE)
    assert sorted(words) == sorted(set(words))


def test_every_picture_and_page_that_it_links_to_is_there() -> None:
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert [target for target in linked if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    assert [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or f"def {name}" not in (ROOT / file).read_text(encoding="utf-8")
    ] == []
