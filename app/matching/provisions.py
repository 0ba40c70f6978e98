"""From what people write to what matching reads: texts to codes, names of labels to the registry, labels asked for."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from app.matching.labels import KNOWN_LABELS, label_code
from app.matching.profile import HeldLabel, Provision
from app.matching.vocabulary import Vocabulary

CERTAIN = 0.5
"""Codes that the vocabulary finds with less certainty are asked for, not used."""

LIKELY = 0.3
"""What a part of a list means with less certainty than this has no say in the list."""

AS_GOOD = 0.95
"""Besides the best code, those are kept that are nearly as certain: the others are mostly its neighbours in words."""

_LOOKED_AT = 8
_PARTS = re.compile(r"[;\n•]|,(?!\d)| / ")


def coded(text: str, codes: Sequence[str], vocabulary: Vocabulary) -> Provision:
    """Return an offer or need with its codes: those written beside it, else those its text means with certainty.

    A list ("ménage, repassage; petits travaux") is read part by part, and where a part may mean several things the rest
    of the list decides: "taille" is a size, and among gardeners' words it is pruning.
    """
    return Provision(text, tuple(codes) or _meant(text, vocabulary))


@lru_cache(maxsize=65536)
def _meant(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) > 1:
        return _meant_by_list(parts, vocabulary)
    found = [match for match in vocabulary.find(text) if match.certainty >= CERTAIN]
    return tuple(match.code for match in found if match.certainty >= AS_GOOD * found[0].certainty)


def _meant_by_list(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return for each part the one of its codes that all parts together support most."""
    found = [
        {match.code: match.certainty for match in vocabulary.find(part, limit=_LOOKED_AT) if match.certainty >= LIKELY}
        for part in parts
    ]
    support: dict[str, float] = {}
    for codes in found:
        for code, certainty in codes.items():
            support[code] = support.get(code, 0.0) + certainty
    chosen = [max(codes, key=lambda code: (support[code], code)) for codes in found if codes]
    return tuple(dict.fromkeys(code for code in chosen if support[code] >= CERTAIN))


def held_label(written: str, valid_from: date | None = None, valid_until: date | None = None) -> HeldLabel:
    """Return a label as somebody says they hold it, under its code in the registry."""
    return HeldLabel(label_code(written), valid_from, valid_until)


def labels_asked(needs: Iterable[str]) -> frozenset[str]:
    """Return the labels of the registry that the texts of needs name ("nettoyage, fournisseur ISO 14001")."""
    known = {label.code for label in KNOWN_LABELS}
    return frozenset(code for text in needs if (code := label_code(text)) in known)
