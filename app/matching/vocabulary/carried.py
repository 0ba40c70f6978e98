"""The vocabulary that the project carries: divisions, groups and well-known finer codes in four languages."""

import csv
from functools import cache
from importlib.resources import files

from app.matching.vocabulary.codes import padded
from app.matching.vocabulary.index import Entry, Vocabulary
from app.matching.vocabulary.wording import LANGUAGES


def carried_entries() -> tuple[Entry, ...]:
    """One entry for each code of `data/LANG.csv`: code without closing zeros, name, phrases between semicolons."""
    names: dict[str, dict[str, str]] = {}
    phrases: dict[str, dict[str, tuple[str, ...]]] = {}
    for lang in LANGUAGES:
        text = files(__package__).joinpath("data", f"{lang}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            code = padded(row["code"])
            names.setdefault(code, {})[lang] = row["name"].strip()
            listed = tuple(phrase.strip() for phrase in row["phrases"].split(";") if phrase.strip())
            phrases.setdefault(code, {})[lang] = listed
    return tuple(Entry(code, names[code], phrases[code]) for code in sorted(names))


@cache
def carried_vocabulary() -> Vocabulary:
    """The vocabulary without the official list; made once for each process."""
    return Vocabulary(carried_entries())
