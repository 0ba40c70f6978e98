"""From what people write to what matching reads: texts to codes, names of labels to the registry, labels asked for."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from app.matching.labels import KNOWN_LABELS, label_code
from app.matching.profile import HeldLabel, Provision
from app.matching.vocabulary import Vocabulary

CERTAIN = 0.5
"""Codes that the vocabulary finds with less certainty are asked for, not used."""

PART_CERTAIN = 0.7
"""A part of a list has less around it that could tell it apart, so more is asked of it."""

AS_GOOD = 0.95
"""Besides the best code, those are kept that are nearly as certain: the others are mostly its neighbours in words."""

_PARTS = re.compile(r"[;\n•]|,(?!\d)| / ")


def coded(text: str, codes: Sequence[str], vocabulary: Vocabulary) -> Provision:
    """Return an offer or need with its codes: those written beside it, else those its text means with certainty.

    A list ("ménage, repassage; petits travaux") is read part by part.
    """
    if codes:
        return Provision(text, tuple(codes))
    found = _certain(text, vocabulary, CERTAIN)
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) > 1:
        found += [code for part in parts for code in _certain(part, vocabulary, PART_CERTAIN)]
    return Provision(text, tuple(dict.fromkeys(found)))


def held_label(written: str, valid_from: date | None = None, valid_until: date | None = None) -> HeldLabel:
    """Return a label as somebody says they hold it, under its code in the registry."""
    return HeldLabel(label_code(written), valid_from, valid_until)


def labels_asked(needs: Iterable[str]) -> frozenset[str]:
    """Return the labels of the registry that the texts of needs name ("nettoyage, fournisseur ISO 14001")."""
    known = {label.code for label in KNOWN_LABELS}
    return frozenset(code for text in needs if (code := label_code(text)) in known)


def _certain(text: str, vocabulary: Vocabulary, least: float) -> list[str]:
    found = vocabulary.find(text)
    best = max((match.certainty for match in found), default=0.0)
    return [match.code for match in found if match.certainty >= max(least, AS_GOOD * best)]
