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

AS_GOOD = 0.95
"""Besides the best code, those are kept that are nearly as certain: the others are mostly its neighbours in words."""

_LOOKED_AT, _MOST = 8, 3
_PARTS = re.compile(r"[;\n•]|,(?!\d)| / ")


def coded(text: str, codes: Sequence[str], vocabulary: Vocabulary) -> Provision:
    """Return an offer or need with its codes: those written beside it, else those its text means with certainty.

    In a list ("ménage, repassage; petits travaux") the best code of each part counts as well, where the whole says it
    too: a part alone has too little around it ("taille" is pruning in a list of gardeners' words).
    """
    return Provision(text, tuple(codes) or _meant(text, vocabulary))


@lru_cache(maxsize=65536)
def _meant(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    meant = [match for match in vocabulary.find(text, limit=_LOOKED_AT) if match.certainty >= CERTAIN]
    if not meant:
        return ()
    found = [match.code for match in meant[:_MOST] if match.certainty >= AS_GOOD * meant[0].certainty]
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) > 1:
        best = [match.code for part in parts for match in vocabulary.find(part, limit=1)]
        found += [code for code in best if code in {match.code for match in meant}]
    return tuple(dict.fromkeys(found))


def held_label(written: str, valid_from: date | None = None, valid_until: date | None = None) -> HeldLabel:
    """Return a label as somebody says they hold it, under its code in the registry."""
    return HeldLabel(label_code(written), valid_from, valid_until)


def labels_asked(needs: Iterable[str]) -> frozenset[str]:
    """Return the labels of the registry that the texts of needs name ("nettoyage, fournisseur ISO 14001")."""
    known = {label.code for label in KNOWN_LABELS}
    return frozenset(code for text in needs if (code := label_code(text)) in known)
