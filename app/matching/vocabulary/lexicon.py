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
from app.matching.vocabulary.wording import head_of, light, stem, stop_words, tokens, weak_words

_WEAK = 0.15
_OTHER_FORM = 0.85
_PART_OF_UNKNOWN = 0.7
_SIMILAR_FROM = 0.8
_SLIP = 0.88
_BEFORE_HEAD = 0.8
_COMPOUND = 1.5
_SHORTEST_FUZZY = 5
_SHORTEST_PREFIX = 6
_SHARED_PREFIX = 0.65
_HEAD = 1.4
_GROUP_KNOWS = 0.4
_WHOLE = 0.95
_SAYS_LITTLE = 0.4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that stands for a code; the weight tells carried words (1) from official names (less)."""

    text: str
    code: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is compared: what all its forms share, the form itself, and how sure it is that it is meant."""

    stem: str
    light: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a piece of text fits a code: `of_phrase` is the share of the best phrase that stands in the text, `of_text`
    the share of the text that the code's group knows; `score` orders the codes of one text. All from 0 to 1 or so."""

    code: str
    group: str
    score: float
    of_phrase: float
    of_text: float


@dataclass(frozen=True, slots=True)
class _Term:
    code: str
    group: str
    size: float
    weight: float
    word_count: int


@dataclass(frozen=True, slots=True)
class _Asked:
    form: Form
    weight: float
    is_weak: bool


class Lexicon:
    """An index over phrases. Same phrases, same answers."""

    def __init__(self, lang: str, phrases: Iterable[Phrase]) -> None:
        self.lang = lang
        listed = tuple(phrases)
        words = {token for phrase in listed for token in tokens(phrase.text)} - stop_words(lang)
        self._compounds = Compounds(words if lang == "de" else (), lambda word: stem(word, lang))
        self._groups_of: dict[str, set[str]] = defaultdict(set)
        self._groups_of_light: dict[str, set[str]] = defaultdict(set)
        drafts = [(phrase, self._forms_of_phrase(phrase.text)) for phrase in listed]
        for phrase, forms in drafts:
            for form in forms:
                self._groups_of[form.stem].add(group(phrase.code))
                self._groups_of_light[form.light].add(group(phrase.code))
        self._group_count = len({group(phrase.code) for phrase in listed}) or 1
        self._terms: list[_Term] = []
        self._postings: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
        for phrase, forms in drafts:
            self._add(phrase, forms)
        self._words_of_stem: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            self._words_of_stem[stem(word, lang)].append(word)
        self._sorted_words = sorted(word for word in words if len(word) >= _SHORTEST_FUZZY)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted_words:
            self._by_initial[word[0]].append(word)
        self.forms = lru_cache(maxsize=100_000)(self._forms)
        self.similar = lru_cache(maxsize=100_000)(self._similar)

    def _forms_of_phrase(self, text: str) -> tuple[Form, ...]:
        kept = (form for token in tokens(text) if token not in stop_words(self.lang) for form in self._own_forms(token))
        return tuple({form.stem: form for form in kept}.values())

    def _own_forms(self, token: str, sure: float = 1.0) -> list[Form]:
        """The word, and the parts of a compound."""
        parts = self._compounds.parts(token)
        return [Form(stem(part, self.lang), light(part, self.lang), sure) for part in (token, *parts)]

    def _rarity(self, form: Form) -> float:
        groups = self._groups_of_light.get(form.light) or self._groups_of.get(form.stem)
        rarity = math.log(1 + self._group_count / (len(groups) if groups else 4))
        return rarity * _WEAK if form.light in weak_words(self.lang) else rarity

    def _add(self, phrase: Phrase, forms: Sequence[Form]) -> None:
        if not forms:
            return
        weights = [self._rarity(form) for form in forms]
        for form, weight in zip(forms, weights, strict=True):
            self._postings[form.stem].append((len(self._terms), form.light, weight))
        self._terms.append(_Term(phrase.code, group(phrase.code), sum(weights), phrase.weight, len(forms)))

    def _forms(self, token: str) -> tuple[Form, ...]:
        """The word as the lexicon knows it; nothing when it does not."""
        whole = stem(token, self.lang)
        if whole in self._groups_of:
            meant = token if light(token, self.lang) in self._groups_of_light else self._slip(token, whole)
            return tuple(form for form in self._own_forms(meant) if form.stem in self._groups_of)
        parts = () if self.is_weak(token) else self._compounds.parts(token)
        return tuple(
            Form(stem(part, self.lang), light(part, self.lang), _BEFORE_HEAD if place < len(parts) else 1.0)
            for place, part in enumerate(dict.fromkeys(parts), start=1)
        )

    def _slip(self, token: str, whole: str) -> str:
        """The known word of the same stem that differs by a slip of the pen only; else the word as it is."""
        near = self._words_of_stem.get(whole, ())
        found = process.extractOne(token, near, scorer=OSA.normalized_similarity, score_cutoff=_SLIP)
        return found[0] if found else token

    def _similar(self, token: str) -> tuple[Form, ...]:
        """A word much like an unknown one: a slip of the pen, another form of it, or a part of it."""
        if len(token) < _SHORTEST_FUZZY or not token.isalpha():
            return ()
        found = process.extractOne(
            token, self._by_initial.get(token[0], ()), scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR_FROM
        )
        if found:
            return tuple(self._own_forms(found[0], float(found[1]) ** 2))
        at = bisect_left(self._sorted_words, token)
        for near in self._sorted_words[max(0, at - 1) : at + 1]:
            shared = _shared_prefix(token, near)
            if shared >= _SHORTEST_PREFIX and shared >= _SHARED_PREFIX * max(len(token), len(near)):
                return (Form(stem(near, self.lang), light(near, self.lang), _PART_OF_UNKNOWN),)
        part = self._compounds.known_end(token) or self._compounds.known_beginning(token)
        return (Form(stem(part, self.lang), light(part, self.lang), _PART_OF_UNKNOWN),) if part else ()

    def is_weak(self, token: str) -> bool:
        """Whether the word says little: grammar, or a word of needs and offers of every kind."""
        return token in stop_words(self.lang) or light(token, self.lang) in weak_words(self.lang)

    def fits(self, written: Sequence[str], known: Sequence[tuple[Form, ...]]) -> list[Fit]:
        """The codes that a piece of text fits, in no order. `written` are its tokens, `known` what each is known as."""
        asked, total = self._asked(written, known)
        found: dict[int, float] = defaultdict(float)
        used: dict[int, float] = defaultdict(float)
        known_to: dict[str, float] = defaultdict(float)
        for word in asked:
            form = word.form
            for index, as_written, weight in self._postings[form.stem]:
                if word.is_weak and as_written != form.light:
                    continue
                sure = form.sure if as_written == form.light else form.sure * _OTHER_FORM
                found[index] += weight * sure
                used[index] += word.weight * sure
            for of_group in self._groups_of[form.stem]:
                known_to[of_group] += word.weight * form.sure
        best: dict[str, tuple[float, int]] = {}
        for index, matched in found.items():
            term = self._terms[index]
            near = term.weight * math.sqrt(matched * used[index] / (term.size * total))
            if term.code not in best or near > best[term.code][0]:
                best[term.code] = near, index
        says_little = all(word.is_weak for word in asked)
        return [
            self._fit(index, near, found[index], known_to[self._terms[index].group] / total, says_little)
            for near, index in best.values()
        ]

    def _fit(self, index: int, near: float, matched: float, of_text: float, says_little: bool) -> Fit:
        term = self._terms[index]
        of_phrase = matched / term.size * term.weight
        if says_little and (term.word_count == 1 or of_phrase < _WHOLE):
            of_phrase *= _SAYS_LITTLE
        return Fit(term.code, term.group, near + _GROUP_KNOWS * of_text, of_phrase, of_text)

    def _asked(self, written: Sequence[str], known: Sequence[tuple[Form, ...]]) -> tuple[list[_Asked], float]:
        """Each known word once, with its weight (the head weighs more), and the weight of the whole text."""
        head = head_of(
            written, [bool(forms) and not self.is_weak(t) for t, forms in zip(written, known, strict=True)], self.lang
        )
        total = 0.0
        asked: dict[str, _Asked] = {}
        for place, (token, forms) in enumerate(zip(written, known, strict=True)):
            if token in stop_words(self.lang):
                continue
            more = _HEAD if place == head else 1.0
            share = more if len(forms) < 2 else more * _COMPOUND / len(forms)
            for form in forms:
                word = _Asked(form, self._rarity(form) * share, form.light in weak_words(self.lang))
                total += word.weight
                held = asked.get(form.stem)
                if held is None or word.weight * form.sure > held.weight * held.form.sure:
                    asked[form.stem] = word
            if not forms:
                total += self._rarity(Form(token, light(token, self.lang))) * more
        return list(asked.values()), total


def _shared_prefix(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
