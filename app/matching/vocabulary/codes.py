"""Codes of the Common Procurement Vocabulary: how they nest, and how they stand in a text."""

import re
from collections.abc import Collection

_WRITTEN_OUT = re.compile(r"(?<![\d.,])(\d{8})(?:\s?-\s?\d(?!\d))?(?![\d.,]*\d)")
_WRITTEN_APART = re.compile(r"(?<!\d)(\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2})\s?-\s?\d(?!\d)")
_ANNOUNCED = re.compile(r"\b(?:cpv|codes?|nr\.?|n°)[\s:°#.-]*(\d[\d .]*\d)(?:-\d)?\b(?![-\d])", re.IGNORECASE)


def padded(digits: str) -> str:
    """The eight digits of a code written without its closing zeros."""
    return digits.ljust(8, "0")


def division(code: str) -> str:
    """The division of a code: two significant digits."""
    return padded(code[:2])


def group(code: str) -> str:
    """The group of a code (three significant digits), or its division when it is no finer than that."""
    return padded(code[:3])


def depth(code: str) -> int:
    """How many digits of the code are significant, at least two."""
    return max(2, len(code.rstrip("0")))


def codes_in(text: str, known_groups: Collection[str]) -> tuple[str, ...]:
    """The codes that a text names by their numbers, in its order; numbers of no known group are no codes."""
    found: dict[str, int] = {}
    for pattern in (_WRITTEN_OUT, _WRITTEN_APART, _ANNOUNCED):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match[1])
            if 2 <= len(digits) <= 8 and group(padded(digits)) in known_groups:
                found.setdefault(padded(digits), match.start())
    return tuple(sorted(found, key=lambda code: (found[code], code)))


def without_codes(text: str) -> str:
    """The text with the codes that it names taken out."""
    for pattern in (_ANNOUNCED, _WRITTEN_APART, _WRITTEN_OUT):
        text = pattern.sub(" ", text)
    return text
