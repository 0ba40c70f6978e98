"""The kind of an organisation and its type of structure, in the organisers' words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from importers.cells import Misread, text_of
from importers.rows import LabelRow
from importers.sheets import Value
from importers.text import fold
from importers.words import listed, words_of_kinds

SOCIAL = "social-enterprise"
_NEAR = 87
_ARTICLES = listed("articles")
_IN_HEADINGS = _ARTICLES | listed("in_headings")
_PLAIN = listed("plain_companies")
_MOST_WORDS = 4
_BETWEEN_KINDS = re.compile(r"[()\[\]/,;:+&\n–—]|\s-\s|\s-|-\s|\bet\b|\bund\b|\band\b")
_LABELS_OF_SOCIAL_ENTERPRISES = listed("labels_of_social_enterprises")


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind, and the type of structure where the words name one."""

    kind: str | None = None
    structure_type: str | None = None
    is_plain: bool = field(default=False, compare=False)
    """The words only say that it is a company of some sort: another word may say more."""


class Kinds:
    """The kinds that an event knows and the words for them: those of the house, or its own (identifier → word).

    What the house says for a kind counts for an event's own one with the same identifier too.
    """

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = dict(own or {})
        self._meanings = {**_meanings_of_own(self._own)}
        for shape, meaning in _meanings_of_house().items():
            known = meaning if self.has(meaning.kind) else KindFound(None, meaning.structure_type)
            if known.kind or known.structure_type:
                self._meanings.setdefault(shape, known)
        self.of = lru_cache(maxsize=4_096, typed=True)(self._of)

    def has(self, kind: str | None) -> bool:
        """Whether the event knows a kind of the house."""
        return not self._own or kind in self._own

    def _of(self, value: Value) -> KindFound | Misread | None:
        """What the words in a cell say; several kinds in one cell are a fault, a structure beside its kind is not."""
        text = text_of(value)
        if text is None:
            return None
        pieces = [piece for piece in _BETWEEN_KINDS.split(text) if fold(piece)]
        if not self._names_structure_beside(text, pieces):
            whole = self._meaning(text) or self._meaning(_without_article(text))
            if whole:
                return whole
        found = [meaning for piece in pieces if (meaning := self._meaning(piece))]
        if not found:
            found = self._of_words(text)
        if not found:
            found = [meaning for word in re.split(r"[\s/,;()]+", text) if (meaning := self._abbreviation(word))]
        return self._combined(text, found) if found else self.unknown(text)

    def _names_structure_beside(self, text: str, pieces: list[str]) -> bool:
        """`Social enterprise (SIS)` says more than the words that it is nearly spelled like."""
        if len(pieces) < 2 or self._exact(text):
            return False
        return any((found := self._exact(piece)) and found.structure_type for piece in pieces)

    def _exact(self, text: str) -> KindFound | None:
        phrase, known = fold(text), self._meanings
        return known.get(phrase) or known.get(_singular(phrase)) or known.get(phrase.replace(" ", ""))

    def named(self, text: str) -> KindFound | None:
        """The kind that a heading names, letter for letter: `Les acheteurs`, `Acheteurs / Einkäufer`."""
        words = " ".join(word for word in fold(text).split() if word not in _IN_HEADINGS)
        whole = self._exact(text) or (self._exact(words) if words else None)
        found = {self._exact(piece) for piece in re.split(r"[/|–—]| - ", text) if fold(piece)}
        return whole or (found.pop() if len(found) == 1 else None)

    def of_title(self, title: str) -> KindFound | None:
        """What the name of a sheet tells of those in it, if anything: `Acheteurs`, `Einkäufer 2019`, `ESS`."""
        plain = re.sub(r"[\d_]+", " ", title)
        pieces = (piece for piece in re.split(r"[-()/,_ ]\s*", plain) if len(piece) > 2)
        return self._meaning(plain) or next((meaning for piece in pieces if (meaning := self._meaning(piece))), None)

    def unknown(self, text: str) -> Misread:
        """The fault of a text that is none of them, with those that come near."""
        near = process.extract(fold(text), self._meanings.keys(), scorer=fuzz.WRatio, limit=6, score_cutoff=60)
        found = (self._meanings[word] for word, _, _ in near)
        if self._own:
            return self._misread("unknown-kind", text, [each.kind for each in found if each.kind])
        return self._misread("unknown-kind", text, [each.structure_type or each.kind or "" for each in found])

    def _misread(self, code: str, text: str, names: Iterable[str]) -> Misread:
        near = list(dict.fromkeys(names))[:3]
        if not self._own:
            return Misread(code, text, tuple(near))
        words = tuple(self._own.get(name, name) for name in near)
        return Misread(code, text, words, {"kinds": ", ".join(self._own.values())})

    def _combined(self, text: str, found: list[KindFound]) -> KindFound | Misread:
        structures = list(dict.fromkeys(each.structure_type for each in found if each.structure_type))
        kinds = list(dict.fromkeys(each.kind for each in found if each.kind))
        is_plain = all(each.is_plain for each in found if each.kind == "company")
        if "company" in kinds and (SOCIAL in kinds or (is_plain and len(kinds) > 1)):
            kinds.remove("company")
        if len(kinds) > 1 or len(structures) > 1:
            return self._misread("contradicting-kind", text, kinds if len(kinds) > 1 else structures)
        return KindFound(kinds[0] if kinds else None, structures[0] if structures else None)

    def _meaning(self, text: str) -> KindFound | None:
        phrase, known = fold(text), self._meanings
        direct = self._exact(text)
        if direct or len(phrase) < 5:
            return direct
        near = process.extract(
            phrase, [word for word in known if len(word) >= 5], scorer=fuzz.ratio, limit=5, score_cutoff=_NEAR
        )
        meanings = {known[word] for word, score, _ in near if score >= near[0][1] - 4}
        return meanings.pop() if len(meanings) == 1 else None

    def _of_words(self, text: str) -> list[KindFound]:
        """The meanings of a few words when each of them has one: `azienda acquirente`."""
        words = [word for word in fold(text).split() if word not in _ARTICLES]
        found = [self._meanings.get(word) or self._meanings.get(_singular(word)) for word in words]
        known = [meaning for meaning in found if meaning is not None]
        return known if len(known) == len(found) <= _MOST_WORDS else []

    def _abbreviation(self, word: str) -> KindFound | None:
        """Single words inside a longer text count only as abbreviations in capitals: `Association, ESAT`."""
        return self._meanings.get(fold(word)) if word.isupper() and len(word) >= 2 else None


@cache
def _meanings_of_house() -> Mapping[str, KindFound]:
    found: dict[str, KindFound] = {}
    for group, identifier, words in words_of_kinds():
        meaning = KindFound(identifier) if group == "kind" else KindFound(SOCIAL, identifier)
        for word in (identifier, *words):
            for shape in (fold(word), _singular(fold(word))):
                found.setdefault(shape, replace(meaning, is_plain=shape in _PLAIN))
    return found


def _meanings_of_own(own: Mapping[str, str]) -> Mapping[str, KindFound]:
    """The words of an event's own kinds; `Exposant / Aussteller` are two."""
    found: dict[str, KindFound] = {}
    for identifier, word in own.items():
        for text in (identifier, word, *re.split(r"[/|;]", word)):
            for shape in (fold(text), _singular(fold(text))):
                if shape:
                    found.setdefault(shape, KindFound(identifier))
    return found


def _without_article(text: str) -> str:
    first, _, rest = fold(text).partition(" ")
    return rest if first in _ARTICLES else text


def _singular(phrase: str) -> str:
    return " ".join(word[:-1] if len(word) > 4 and word.endswith(("s", "x")) else word for word in phrase.split())


_HOUSE = Kinds()


def kind_of(value: Value) -> KindFound | Misread | None:
    """What the words in a cell say, by the kinds of the house."""
    return _HOUSE.of(value)


def is_social_by_label(labels: Iterable[LabelRow]) -> bool:
    """Whether a label is one that only social enterprises hold."""
    return any(
        set(fold(label.name).split()) & _LABELS_OF_SOCIAL_ENTERPRISES
        or fold(label.name) in _LABELS_OF_SOCIAL_ENTERPRISES
        for label in labels
    )
