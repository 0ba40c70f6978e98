"""The kind of an organisation and its type of structure, in the organisers' words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from importers.cells import Misread, text_of
from importers.rows import LabelRow
from importers.sheets import Value
from importers.text import fold
from importers.words import listed, words_of_kinds

SOCIAL = "social-enterprise"
_NEAR = 88
_LABELS_OF_SOCIAL_ENTERPRISES = listed("labels_of_social_enterprises")


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind, and the type of structure where the words name one."""

    kind: str | None = None
    structure_type: str | None = None


@cache
def _meanings() -> Mapping[str, KindFound]:
    found: dict[str, KindFound] = {}
    for group, identifier, words in words_of_kinds():
        meaning = KindFound(identifier) if group == "kind" else KindFound(SOCIAL, identifier)
        for word in (identifier, *words):
            for shape in (fold(word), _singular(fold(word))):
                found.setdefault(shape, meaning)
    return found


def _singular(phrase: str) -> str:
    return " ".join(word[:-1] if len(word) > 4 and word.endswith(("s", "x")) else word for word in phrase.split())


@lru_cache(maxsize=4_096, typed=True)
def kind_of(value: Value) -> KindFound | Misread | None:
    """What the words in a cell say; several kinds in one cell are a fault, a structure beside its kind is not."""
    text = text_of(value)
    if text is None:
        return None
    whole = _meaning(text)
    if whole:
        return whole
    pieces = [
        piece for piece in re.split(r"[()\[\]/,;:+&\n–—]|\s-\s|\s-|-\s|\bet\b|\bund\b|\band\b", text) if fold(piece)
    ]
    found = [meaning for piece in pieces if (meaning := _meaning(piece))]
    if not found:
        found = [meaning for word in re.split(r"[\s/,;()]+", text) if (meaning := _abbreviation(word))]
    if not found:
        return Misread("unknown-kind", text, _candidates(text))
    return _combined(text, found)


def kind_of_title(title: str) -> KindFound | None:
    """What the name of a sheet tells of those in it, if anything: `Acheteurs`, `Einkäufer 2019`, `ESS`."""
    plain = re.sub(r"[\d_]+", " ", title)
    return _meaning(plain) or next(
        (meaning for piece in re.split(r"[-()/,_ ]\s*", plain) if len(piece) > 2 and (meaning := _meaning(piece))), None
    )


def _combined(text: str, found: list[KindFound]) -> KindFound | Misread:
    structures = list(dict.fromkeys(each.structure_type for each in found if each.structure_type))
    kinds = list(dict.fromkeys(each.kind for each in found if each.kind))
    if SOCIAL in kinds and "company" in kinds:
        kinds.remove("company")
    if len(kinds) != 1 or len(structures) > 1:
        return Misread("contradicting-kind", text, tuple(kinds) if len(kinds) > 1 else tuple(structures))
    return KindFound(kinds[0], structures[0] if structures else None)


def _meaning(text: str) -> KindFound | None:
    phrase = fold(text)
    known = _meanings()
    direct = known.get(phrase) or known.get(_singular(phrase)) or known.get(phrase.replace(" ", ""))
    if direct or len(phrase) < 5:
        return direct
    near = process.extract(
        phrase, [word for word in known if len(word) >= 5], scorer=fuzz.ratio, limit=5, score_cutoff=_NEAR
    )
    meanings = {known[word] for word, score, _ in near if score >= near[0][1] - 4}
    return meanings.pop() if len(meanings) == 1 else None


def _abbreviation(word: str) -> KindFound | None:
    """Single words inside a longer text count only as abbreviations in capitals: `Association, ESAT`."""
    return _meanings().get(fold(word)) if word.isupper() and len(word) >= 2 else None


def _candidates(text: str) -> tuple[str, ...]:
    near = process.extract(fold(text), _meanings().keys(), scorer=fuzz.WRatio, limit=6, score_cutoff=60)
    names = (_meanings()[word] for word, _, _ in near)
    return tuple(dict.fromkeys(each.structure_type or each.kind or "" for each in names))[:3]


def is_social_by_label(labels: Iterable[LabelRow]) -> bool:
    """Whether a label is one that only social enterprises hold."""
    return any(
        set(fold(label.name).split()) & _LABELS_OF_SOCIAL_ENTERPRISES
        or fold(label.name) in _LABELS_OF_SOCIAL_ENTERPRISES
        for label in labels
    )
