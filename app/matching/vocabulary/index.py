"""The vocabulary: free text in several languages finds its procurement codes, with a certainty."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from app.matching.vocabulary.codes import codes_in, depth, division, group, padded, without_codes
from app.matching.vocabulary.lexicon import Fit, Lexicon, Phrase
from app.matching.vocabulary.wording import LANGUAGES, tokens

_OFFICIAL_WEIGHT = 0.85
_ITEMS = re.compile(r"[\n\r;,•·|/+&()\[\]:]|\s[-–—]\s|\.\s|\.$")
_AND = re.compile(r"(?<![-–])\s(?:et|und|and|y|e|ou|oder|or|sowie|u\.)\s", re.IGNORECASE)
_LONGEST_WHOLE = 9
_LOOK_ELSEWHERE = re.compile(r"\s*(?:voir|cf|siehe|s\.|see|ver|consultar|v\.)\s", re.IGNORECASE)
_LIKELY_ENOUGH = 0.5
_ANY_LANGUAGE = 0.5
_HINT = 0.4
_HEARSAY = 0.4
_JOINED = 0.95
_RIVAL = 0.93
_CANDIDATES = 30
_NEARLY = 0.65


@dataclass(frozen=True, slots=True)
class Entry:
    """A code (eight digits) with its name and everyday phrases by language (ISO 639-1)."""

    code: str
    names: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_official: bool = False


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A code that a text may mean. `certainty` is from 0 to 1; below one half somebody should be asked."""

    code: str
    name: str
    certainty: float


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    certainty: float
    score: float

    def rank(self) -> tuple[float, float]:
        return self.certainty, self.score


class Vocabulary:
    """Finds the codes of texts. Built once; it never changes, and the same text has always the same answer."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        phrases: dict[str, list[Phrase]] = {lang: [] for lang in LANGUAGES}  # in this order: the first wins a tie
        self._names: dict[str, dict[str, str]] = {}
        for entry in entries:
            names = self._names.setdefault(entry.code, {})
            weight = _OFFICIAL_WEIGHT if entry.is_official else 1.0
            for lang, name in entry.names.items():
                names.setdefault(lang, name)
            for lang, name in entry.names.items():
                texts = (*entry.phrases.get(lang, ()), name)
                phrases.setdefault(lang, []).extend(Phrase(text, entry.code, weight) for text in texts)
        self._groups = frozenset(group(code) for code in self._names)
        self._lexicons = {lang: Lexicon(lang, of_lang) for lang, of_lang in phrases.items()}
        self._places = {lang: place for place, lang in enumerate(self._lexicons)}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that has a name, in order."""
        return tuple(sorted(self._names))

    def name(self, code: str, lang: str = "en") -> str:
        """The name of a code; of its nearest known ancestor when it has none; English when there is none in `lang`."""
        for digits in range(8, 1, -1):
            names = self._names.get(padded(code[:digits]))
            if names:
                return names.get(lang) or names.get("en") or next(iter(names.values()))
        return code

    def find(self, text: str, lang: str | None = None, limit: int = 3) -> list[CodeMatch]:
        """The codes of a text, best first, one for each group. `lang` is a hint, and the language of the names."""
        named = codes_in(text, self._groups)
        certain = dict.fromkeys(named, (1.0, 0.0))
        groups = {group(code) for code in named}
        written = tokens(without_codes(text)) if named else tokens(text)
        spoken = self._languages(written, lang)
        found = self._found(without_codes(text) if named else text, spoken)
        certain |= {code: sureness for code, sureness in found.items() if group(code) not in groups}
        in_lang = lang or max(spoken, key=lambda known: (spoken[known], -self._places[known]))
        order = {code: place for place, code in enumerate(named)}
        best = sorted(certain.items(), key=lambda item: (-item[1][0], order.get(item[0], 99), -item[1][1], item[0]))
        return [CodeMatch(code, self.name(code, in_lang), round(sure, 3)) for code, (sure, _) in best[:limit]]

    def _languages(self, written: list[str], lang: str | None) -> dict[str, float]:
        """How likely the text is in each language, the likeliest 1: by how many of its words are known there."""
        known = {
            candidate: _ANY_LANGUAGE
            + sum(1.0 for token in written if lexicon.is_weak(token) or lexicon.forms(token))
            + (_HINT if candidate == lang else 0.0)
            for candidate, lexicon in self._lexicons.items()
        }
        most = max(known.values())
        return {candidate: count / most for candidate, count in known.items()}

    def _found(self, text: str, spoken: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """The best code of each group, with certainty and score, over all pieces of the text and all languages."""
        best: dict[str, _Found] = {}
        for piece, trust in _pieces(text):
            fits = self._fits(tokens(piece), spoken)
            top = fits[0][0] if fits else 0.0
            rivals = {fit.group for score, fit in fits if score >= _RIVAL * top}
            of_piece: dict[str, _Found] = {}
            for score, fit in fits:
                found = _Found(fit.code, _certainty(fit, score / top, len(rivals)) * trust, score)
                of_piece[fit.group] = _finer(of_piece.get(fit.group), found)
            for found_group, found in of_piece.items():
                best[found_group] = max(best.get(found_group, found), found, key=_Found.rank)
        return _without_covered_divisions(best)

    def _fits(self, written: list[str], spoken: Mapping[str, float]) -> list[tuple[float, Fit]]:
        """The codes that a piece of text fits best, in any likely language, each with its score."""
        lexicons = [self._lexicons[lang] for lang, likely in spoken.items() if likely >= _LIKELY_ENOUGH]
        known = [[lexicon.forms(token) for token in written] for lexicon in lexicons]
        for place, token in enumerate(written):
            if not any(forms[place] for forms in known) and not self._is_weak(token):
                for forms, lexicon in zip(known, lexicons, strict=True):
                    forms[place] = lexicon.similar(token)
        fits = (
            (fit.score * (0.55 + 0.45 * spoken[lexicon.lang]), fit)
            for lexicon, forms in zip(lexicons, known, strict=True)
            for fit in lexicon.fits(written, forms)
        )
        return nsmallest(_CANDIDATES, fits, key=lambda scored: (-scored[0], -depth(scored[1].code), scored[1].code))

    def _is_weak(self, token: str) -> bool:
        return any(lexicon.is_weak(token) for lexicon in self._lexicons.values())


def _certainty(fit: Fit, of_best: float, rival_count: int) -> float:
    """How sure a code is: its phrase stands in the text, little of the text is left over, few others fit as well."""
    return min(0.99, fit.of_phrase * (0.5 + 0.5 * fit.of_text) * of_best / (1 + 0.12 * (rival_count - 1)))


def _pieces(text: str) -> Iterator[tuple[str, float]]:
    """The items of a list, the whole where it is short, and what “and” joins; each with how much it is to be trusted
    as a piece of its own."""
    items = [item for item in _ITEMS.split(text) if item and item.strip()]
    pieces = dict.fromkeys(items, 1.0)
    if len(items) > 1 and len(text.split()) <= _LONGEST_WHOLE:
        pieces[text] = 1.0
    for item in items:
        joined = _AND.split(item)
        pieces |= {part: _JOINED for part in joined if len(joined) > 1 and part.strip()}
    for piece, trust in pieces.items():
        yield piece, trust * (_HEARSAY if _LOOK_ELSEWHERE.match(piece) else 1.0)


def _finer(held: _Found | None, found: _Found) -> _Found:
    """The better of two codes of one group; a finer code that is nearly as good is preferred and shares its rank."""
    if held is None:
        return found
    best = max(held, found, key=_Found.rank)
    finest = max(held, found, key=lambda each: (depth(each.code), each.rank()))
    return _Found(finest.code, best.certainty, best.score) if finest.certainty >= _NEARLY * best.certainty else best


def _without_covered_divisions(best: Mapping[str, _Found]) -> dict[str, tuple[float, float]]:
    """Divisions are left out where one of their groups is as good."""
    finer: dict[str, float] = {}
    for found_group, found in best.items():
        if found_group != division(found_group):
            finer[division(found_group)] = max(found.certainty, finer.get(division(found_group), 0.0))
    return {
        found.code: (found.certainty, found.score)
        for found_group, found in best.items()
        if found_group != division(found_group) or found.certainty > finer.get(found_group, 0.0)
    }
