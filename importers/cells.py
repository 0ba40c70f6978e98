"""What the values in cells mean: yes or no, numbers, addresses, lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from importers.sheets import Value, as_text
from importers.text import clean, fold, one_line, says_nothing
from importers.words import listed


@dataclass(frozen=True, slots=True)
class Misread:
    """A value that cannot be understood: the code of the fault, what was read, and what comes near."""

    code: str
    read: str
    candidates: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)


_YES = listed("yes")
_NO = listed("no")
_MARKS = frozenset("✓✔☑✅☒•●✗✘☐❌×✕√")
_ONLINE = listed("online")
_ON_SITE = listed("on_site")


def text_of(value: Value) -> str | None:
    """The text of a cell, None when it says nothing."""
    text = as_text(value)
    return None if says_nothing(text) else text


def line_of(value: Value) -> str | None:
    """The same in one line."""
    text = text_of(value)
    return None if text is None else one_line(text)


@lru_cache(maxsize=4_096, typed=True)
def yes_or_no(value: Value) -> bool | Misread | None:
    """True, False, None for an empty cell."""
    if isinstance(value, bool):
        return value
    text = as_text(value)
    if not text:
        return None
    word = fold(text) or (text if all(mark in _MARKS for mark in text) else "")
    if text[0] in _MARKS or text in {"×", "√"}:
        word = {"×": "x", "✕": "✗", "√": "✓"}.get(text[0], text[0])
    if word in _YES or (word.split(" ")[0] in {"oui", "ja", "yes", "si", "j"} and word not in _NO):
        return True
    if word in _NO or word.split(" ")[0] in {"non", "nein", "no", "nee"}:
        return False
    if says_nothing(text):
        return None
    return Misread("not-a-yes-or-no", text)


def is_online(value: Value) -> bool | Misread | None:
    """As `yes_or_no`, also by the words for being there or joining from afar."""
    word = fold(as_text(value))
    if word in _ON_SITE:
        return False
    if word in _ONLINE:
        return True
    return yes_or_no(value)


def whole_number(value: Value, least: int = 0) -> int | Misread | None:
    """A whole number from `least` up; `max. 10`, `10 RDV` and 10.0 are 10."""
    text = text_of(value)
    if text is None:
        return None
    number: int | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, float):
        number = int(value) if value.is_integer() else None
    elif isinstance(value, str):
        found = re.fullmatch(r"[^\d\-−,.]*[.:]?\s*(\d{1,6})(?:[.,]0+)?\s*[^\d\-−]*", text)
        number = int(found[1]) if found else None
    if number is None or number < least:
        return Misread("not-a-number", text, parameters={"least": str(least)})
    return number


_NO_ADDRESS = frozenset({"anonymous", "anonym", "anonyme", "anonimo", "anoniem"})
"""What form tools write where nobody has signed in."""

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+\.[^\W\d_]{2,}")


def emails_in(text: str) -> list[str]:
    return _EMAIL.findall(text)


def email(value: Value) -> str | Misread | None:
    """One address; of several the first is taken and the rest said."""
    text = text_of(value)
    if text is None or fold(text) in _NO_ADDRESS:
        return None
    found = [address.removeprefix("mailto:").strip(".") for address in emails_in(text.replace("mailto:", ""))]
    if not found:
        return Misread("not-an-email", text)
    rest = _EMAIL.sub("", text.replace("mailto:", ""))
    if len(found) == 1 and not _is_name_around(rest) and fold(rest):
        return Misread("not-an-email", text, (found[0],))
    local, _, domain = found[0].rpartition("@")
    if ".." in found[0] or local.startswith(".") or domain.startswith((".", "-")):
        return Misread("not-an-email", text)
    return f"{local}@{domain.lower()}"


def _is_name_around(rest: str) -> bool:
    return "<" in rest and ">" in rest


def table_name(value: Value) -> str | None:
    """`Table 12`, `Tisch Nr. 12` and 12 are the table 12; other names stay."""
    text = line_of(value)
    if text is None:
        return None
    found = re.fullmatch(
        r"(?:table|tisch|mesa|tafel|tavolo|t)?\s*(?:n[°ºo.]*|nr\.?|no\.?|#)?\s*0*(\d+)", text, re.IGNORECASE
    )
    return found[1] if found else text


def parts_of(text: str, separators: str = r"[\n;|]") -> list[str]:
    """The pieces between separators outside of brackets, without bullets and numbering."""
    pieces: list[str] = []
    depth = start = 0
    for position, mark in enumerate(text):
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and re.match(separators, mark):
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    bare = (re.sub(r"^\s*(?:[-–•*·▪►o]\s+|\d{1,2}\s*[.)]\s+)", "", clean(piece)).strip(" ,;") for piece in pieces)
    return [piece for piece in bare if piece]


def goals(value: Value) -> tuple[int, ...] | Misread:
    """Numbers of sustainable development goals: `8, 12`, `ODD 8 - Travail décent`; 8.12 is a mistyped `8,12`."""
    text = text_of(value)
    if text is None:
        return ()
    numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d)\.0\b", "", text))]
    if not numbers or any(not 1 <= number <= 17 for number in numbers):
        return Misread("not-a-goal", text)
    return tuple(sorted(set(numbers)))
