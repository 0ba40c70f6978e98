"""Labels: who issues them, what they cover, how long they hold, and whether one that somebody says to hold counts."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.matching.labels_known import KNOWN_LABELS, Label, Scope
from app.matching.profile import HeldLabel

__all__ = [
    "KNOWN_LABELS",
    "Label",
    "Scope",
    "Standing",
    "Wave",
    "known_label",
    "label_code",
    "last_day",
    "shown",
    "standing",
    "valid",
]


class Standing(StrEnum):
    """Whether a label counts on a day. Without any date it is taken at the holder's word, and shown as such."""

    VALID = "valid"
    UNDATED = "undated"
    NOT_YET = "not-yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Wave:
    """Several organisations or territories that receive a label on one date."""

    name: str
    label: str
    day: date
    holders: tuple[str, ...]
    valid_until: date | None = None
    evidence_link: str | None = None
    verified_by: str | None = None

    def held(self) -> dict[str, HeldLabel]:
        """Return for each holder the label as they hold it from that day."""
        label = HeldLabel(self.label, self.day, self.valid_until, self.evidence_link, self.verified_by)
        return dict.fromkeys(self.holders, label)


def label_code(written: str) -> str:
    """Return the registry's code of a label in the organisers' words, or `other:` and the words of an unknown one.

    Case, accents and punctuation do not matter; the year in "ESUS (2024)" or "ISO 14001:2015" is left out.
    """
    words = _words(written)
    padded = f" {words} "
    for known, code in _BY_WORDS:
        if f" {known} " in padded:
            return code
    return f"other:{words}"


def known_label(code: str) -> Label | None:
    """Return the label of the registry with this code, or None for one that it does not hold."""
    return _BY_CODE.get(code)


def last_day(held: HeldLabel) -> date | None:
    """Return the last day a label holds: what is said, else its usual length from the first day, else None."""
    if held.valid_until is not None:
        return held.valid_until
    label = _BY_CODE.get(held.code)
    if held.valid_from is None or label is None or label.usual_years is None:
        return None
    return _years_after(held.valid_from, label.usual_years) - timedelta(days=1)


def standing(held: HeldLabel, day: date) -> Standing:
    """Return whether a label counts on a day. The first and the last day count."""
    until = last_day(held)
    if until is not None and day > until:
        return Standing.EXPIRED
    if held.valid_from is not None and day < held.valid_from:
        return Standing.NOT_YET
    return Standing.UNDATED if until is None and held.valid_from is None else Standing.VALID


def valid(labels: Iterable[HeldLabel], day: date) -> frozenset[str]:
    """Return the codes of those labels that count on a day."""
    return frozenset(held.code for held in labels if standing(held, day) in (Standing.VALID, Standing.UNDATED))


def shown(labels: Iterable[HeldLabel], day: date) -> tuple[tuple[HeldLabel, Standing], ...]:
    """Return every label with its standing, those that count first, to be shown as they are."""
    order = list(Standing)
    judged = [(held, standing(held, day)) for held in labels]
    return tuple(sorted(judged, key=lambda pair: (order.index(pair[1]), pair[0].code)))


def _words(written: str) -> str:
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


_BY_CODE = {label.code: label for label in KNOWN_LABELS}
_BY_WORDS = sorted(
    ((_words(name), label.code) for label in KNOWN_LABELS for name in (label.name, *label.other_names)),
    key=lambda pair: (-len(pair[0]), pair),
)
"""Longest names first, so that "agrément ESAT" is not taken for a shorter name inside it."""
