"""The phrases of one language, and how well a piece of text fits each of them."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.matching.vocabulary.codes import group
from app.matching.vocabulary.compounds import Compounds
from app.matching.vocabulary.wording import singular, stem, stop_words, tokens, weak_stems

_WEAK = 0.15
_OTHER_FORM = 0.92
_PART_OF_UNKNOWN = 0.7
_SIMILAR_FROM = 0.8
_SHORTEST_FUZZY = 5
_SHORTEST_PREFIX = 6
_SHARED_PREFIX = 0.7
_HEAD = 1.4
_HEAD_STANDS_FIRST = ("fr", "es")
_PREPOSITIONS = {
    "fr": frozenset(),
    "es": frozenset(),
    "de": frozenset(["von", "der", "des", "fur", "im", "in", "am", "mit", "zur", "zum", "aus", "bei", "an"]),
    "en": frozenset(["of", "for", "in", "at", "to", "with", "on", "from"]),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that stands for a code; the weight tells carried words (1) from official names (less)."""

    text: str
    code: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as the lexicon knows it: stems with how sure each is (0 to 1); none: unknown."""

    stems: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a piece of text fits a code: the share of the best phrase found in the text and of the text known to the
    code's group, and a score that only orders codes of one text."""

    code: str
    score: float
    of_phrase: float
    of_text: float


@dataclass(frozen=True, slots=True)
class _Term:
    code: str
    stems: frozenset[str]
    size: float
    weight: float


_UNKNOWN = Word(())


class Lexicon:
    """An index over phrases. Same phrases, same answers."""

    def __init__(self, lang: str, phrases: Iterable[Phrase]) -> None:
        self.lang = lang
        listed = tuple(phrases)
        self._surfaces: dict[str, set[str]] = defaultdict(set)
        words = {token for phrase in listed for token in tokens(phrase.text)} - stop_words(lang)
        self._compounds = Compounds(words if lang == "de" else (), lambda word: stem(word, lang))
        self._weak = weak_stems(lang)
        self._groups_of: dict[str, set[str]] = defaultdict(set)
        drafts = [(phrase, self._stems_of_phrase(phrase.text)) for phrase in listed]
        for phrase, stems in drafts:
            for known in stems:
                self._groups_of[known].add(group(phrase.code))
        group_count = len({group(phrase.code) for phrase in listed}) or 1
        self._idf = {
            known: math.log(1 + group_count / len(groups)) * (_WEAK if known in self._weak else 1.0)
            for known, groups in self._groups_of.items()
        }
        self._unknown = math.log(1 + group_count / 4)
        self._terms: list[_Term] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        for phrase, stems in drafts:
            self._add(phrase, frozenset(stems))
        self._sorted_words = sorted(word for word in words if len(word) >= _SHORTEST_FUZZY)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted_words:
            self._by_initial[word[0]].append(word)
        self.word = lru_cache(maxsize=200_000)(self._word)
        self.similar = lru_cache(maxsize=200_000)(self._similar)

    def _stems_of_phrase(self, text: str) -> tuple[str, ...]:
        kept: list[str] = []
        for token in tokens(text):
            if token not in stop_words(self.lang):
                kept.extend(self._own_stems(token))
                self._surfaces[stem(token, self.lang)].add(singular(token, self.lang))
        return tuple(dict.fromkeys(kept))

    def _own_stems(self, token: str) -> tuple[str, ...]:
        whole = stem(token, self.lang)
        parts = self._compounds.parts(token) if self.lang == "de" else ()
        return (whole, *(part for part in parts if part != whole))

    def _add(self, phrase: Phrase, stems: frozenset[str]) -> None:
        size = sum(self._idf[known] for known in stems)
        if size > 0:
            for known in stems:
                self._postings[known].append(len(self._terms))
            self._terms.append(_Term(phrase.code, stems, size, phrase.weight))

    def _word(self, token: str) -> Word:
        whole = stem(token, self.lang)
        if whole in self._groups_of:
            sure = 1.0 if singular(token, self.lang) in self._surfaces.get(whole, ()) else _OTHER_FORM
            return Word(tuple((known, sure) for known in self._own_stems(token) if known in self._groups_of))
        if whole in self._weak or self.lang != "de":
            return _UNKNOWN
        parts = self._compounds.parts(token)
        if parts:
            return Word(tuple((part, _OTHER_FORM) for part in dict.fromkeys(parts)))
        part = self._compounds.known_end(token) or self._compounds.known_beginning(token)
        return Word(((part, _PART_OF_UNKNOWN),)) if part in self._groups_of else _UNKNOWN

    def _similar(self, token: str) -> Word:
        """A word that is spelled much like an unknown one: a slip of the pen, or another form of it."""
        if len(token) < _SHORTEST_FUZZY or not token.isalpha() or stem(token, self.lang) in self._weak:
            return _UNKNOWN
        found = process.extractOne(
            token, self._by_initial.get(token[0], ()), scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR_FROM
        )
        if found:
            return Word(tuple((known, float(found[1]) ** 2) for known in self._own_stems(found[0])))
        at = bisect_left(self._sorted_words, token)
        for near in self._sorted_words[max(0, at - 1) : at + 1]:
            shared = _shared_prefix(token, near)
            if shared >= _SHORTEST_PREFIX and shared >= _SHARED_PREFIX * max(len(token), len(near)):
                return Word(((stem(near, self.lang), _PART_OF_UNKNOWN),))
        return _UNKNOWN

    def is_weak(self, token: str) -> bool:
        """Whether the word says little: grammar, or a word of needs and offers of every kind."""
        return token in stop_words(self.lang) or stem(token, self.lang) in self._weak

    def fits(self, written: Sequence[str], words: Sequence[Word]) -> list[Fit]:
        """The codes that a piece of text fits, in no order. `written` are its tokens, `words` what each is known as."""
        weights = self._weights(written, words)
        total = sum(weight for _, _, weight in weights)
        if not total:
            return []
        sure: dict[str, float] = {}
        heavy: dict[str, float] = {}
        for known, how_sure, weight in weights:
            if known and how_sure > sure.get(known, 0.0):
                sure[known], heavy[known] = how_sure, weight
        found: dict[int, float] = defaultdict(float)
        asked: dict[int, float] = defaultdict(float)
        known_to: dict[str, float] = defaultdict(float)
        for known, how_sure in sure.items():
            for index in self._postings[known]:
                found[index] += self._idf[known] * how_sure
                asked[index] += heavy[known] * how_sure
            for of_group in self._groups_of[known]:
                known_to[of_group] += heavy[known] * how_sure
        best: dict[str, Fit] = {}
        for index, matched in found.items():
            term = self._terms[index]
            of_text = known_to[group(term.code)] / total
            near = term.weight * math.sqrt(matched * asked[index] / (term.size * total))
            fit = Fit(term.code, near + 0.4 * of_text, matched / term.size * term.weight, of_text)
            if term.code not in best or fit.score > best[term.code].score:
                best[term.code] = fit
        return list(best.values())

    def _weights(self, written: Sequence[str], words: Sequence[Word]) -> list[tuple[str, float, float]]:
        """(stem or nothing, how sure, weight in the text) for each word that says something; the head weighs more."""
        head = self._head(written, words)
        weights: list[tuple[str, float, float]] = []
        for place, (token, word) in enumerate(zip(written, words, strict=True)):
            if token in stop_words(self.lang):
                continue
            more = _HEAD if place == head else 1.0
            if word.stems:
                weights.extend((known, how_sure, self._idf[known] * more) for known, how_sure in word.stems)
            else:
                weak = stem(token, self.lang) in self._weak
                weights.append(("", 0.0, self._unknown * (_WEAK if weak else more)))
        return weights

    def _head(self, written: Sequence[str], words: Sequence[Word]) -> int:
        """The place of the word that the others qualify: the first in French and Spanish, else the last before a
        preposition."""
        strong = [place for place, word in enumerate(words) if word.stems and not self.is_weak(written[place])]
        if not strong:
            return -1
        if self.lang in _HEAD_STANDS_FIRST:
            return strong[0]
        ends = [place for place, token in enumerate(written) if token in _PREPOSITIONS[self.lang] and place > strong[0]]
        return max(place for place in strong if not ends or place < ends[0])


def _shared_prefix(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
