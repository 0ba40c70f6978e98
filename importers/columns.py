"""What a header means: a field, and how sure that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from importers.composed import composed, is_negated
from importers.numbering import asked, without_code, without_number
from importers.text import fold
from importers.words import listed, table

CERTAIN = 0.86
"""From here on a header is taken; below it is reported with its candidates."""

_WORTH_NAMING, _CLEARLY_AHEAD = 0.55, 0.04
LIST_FIELDS = frozenset({"from", "to", "rank", "stars", "note"})
"""Fields of a list of wishes."""

_OF_TIMES = frozenset({"arrives", "leaves", "present", "from", "to"})
"""In the names of these a small word says it all: `anwesend von`, `anwesend bis`."""

LONGEST_HEADER = 1_000
"""Longer than any question or consent of a form; what stands after it is not looked at."""

IGNORED = "-"
"""A header settled to this is left out without a word."""

_NUMBER_IN_BRACKETS = re.compile(r"[(\[]\s*(?:n[°ºo.]*|nr\.?|#)?\s*\d{1,2}\s*[)\]]")
_ENDINGS = re.compile(r"(?<=\w)\((?:s|e|es|n|en|in|innen)\)")

_FILLERS = listed("fillers")
_HEALTH = listed("health")
_OF_ORGANISATION = listed("of_organisation")
_OF_PERSON = listed("of_person")
_WHOLE_NAMES = listed("whole_names")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a header may mean: fields with their certainty, and the number in it (`wish 2`)."""

    fields: Mapping[str, float] = field(default_factory=dict)
    ordinal: int | None = None

    def best(self, allowed: frozenset[str] | None = None) -> tuple[str | None, float]:
        """The likeliest field (of those allowed), with its certainty."""
        choices = [(sure, name) for name, sure in self.fields.items() if allowed is None or name in allowed]
        if not choices:
            return None, 0.0
        sure, name = max(choices, key=lambda choice: choice[0])
        return name, sure

    def candidates(self, allowed: frozenset[str] | None = None) -> tuple[str, ...]:
        """The fields worth naming to the organiser, likeliest first."""
        named = [(sure, name) for name, sure in self.fields.items() if sure >= _WORTH_NAMING]
        named = [choice for choice in named if allowed is None or choice[1] in allowed]
        return tuple(name for _, name in sorted(named, key=lambda choice: -choice[0])[:3])


@cache
def _phrases() -> Mapping[str, frozenset[str]]:
    """Every folded phrase with the fields that it may mean."""
    found: dict[str, set[str]] = {}
    for name, languages in table("headers").items():
        for phrases in languages.values():
            for phrase in phrases:
                found.setdefault(fold(phrase), set()).add(name)
        found.setdefault(fold(name), set()).add(name)
    return {phrase: frozenset(names) for phrase, names in found.items() if phrase}


@cache
def _bare_phrases() -> Mapping[str, frozenset[str]]:
    """The same without filler words: `ce que vous cherchez` stays, `adresse de messagerie` loses its `de`."""
    found: dict[str, frozenset[str]] = {}
    for phrase, names in _phrases().items():
        bare = _without(phrase, _FILLERS)
        kept = names - _OF_TIMES if bare != phrase else names
        if bare and kept:
            found[bare] = found.get(bare, frozenset()) | kept
    return found


def fields() -> frozenset[str]:
    """Every field that a header can be settled to."""
    return frozenset(table("headers"))


@cache
def guess(header: str) -> Guess:
    """What a header means, by its words alone. The sheet around it decides between the meanings that remain."""
    sure = quick_guess(header)
    if sure.best()[1] >= CERTAIN:
        return sure
    header = without_code(header[:LONGEST_HEADER])
    phrase, ordinal = without_number(fold(_without_brackets(header)) or fold(header))
    near = _nearest(phrase, _without(phrase, _FILLERS))
    for name, certainty in sure.fields.items():
        near[name] = max(near.get(name, 0.0), certainty)
    return Guess(near, sure.ordinal if sure.ordinal is not None else ordinal)


@cache
def quick_guess(header: str) -> Guess:
    """The same without looking for misspellings: fast enough for every text near the top of a sheet."""
    header = without_code(header[:LONGEST_HEADER])
    whole = _look_up(header)
    if whole.best()[1] >= CERTAIN:
        return whole
    shortened = _without_brackets(header)
    shorter = _look_up(shortened) if fold(shortened) and fold(shortened) != fold(header) else Guess()
    ordinal = whole.ordinal if _NUMBER_IN_BRACKETS.search(header) else None
    question = asked(header)
    found = (
        whole,
        _scaled(shorter, 0.98, ordinal),
        _of_pieces(header),
        _of_pieces(shortened),
        _scaled(_look_up(question), 0.97, ordinal) if question else Guess(),
    )
    return max(found, key=lambda each: each.best()[1])


def is_exact(text: str) -> bool:
    """Whether a text is, letter for letter but for case and accents, a phrase of the vocabulary."""
    return fold(text) in _phrases()


def _without_brackets(header: str) -> str:
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|\*", " ", _ENDINGS.sub("", header))


def _of_pieces(header: str) -> Guess:
    """Bilingual headers (`Organisation / Firma`), or a header with an explanation under it."""
    pieces = [piece for piece in re.split(r"\n|/|\||–|—| · |•| - |:|\?", header) if fold(piece)]
    if len(pieces) < 2:
        return Guess()
    found = [_look_up(piece) for piece in pieces]
    known = [each for each in found if each.best()[1] >= CERTAIN]
    if not known:
        return Guess()
    shared = set.intersection(*(_compatible(each) for each in known))
    ordinal = next((each.ordinal for each in found if each.ordinal is not None), None)
    if shared and len(known) * 2 > len(pieces):
        return Guess(dict.fromkeys({"name"} if "name" in shared else shared, 0.97), ordinal)
    if shared and found[0] in known:
        return Guess(dict.fromkeys(shared, 0.9), ordinal)
    if shared:
        return Guess(dict.fromkeys(shared, 0.7), ordinal)
    return Guess({name: 0.6 for each in known for name in each.fields}, ordinal)


def _compatible(found: Guess) -> set[str]:
    """The certain meanings; `Nom` agrees with any kind of name beside it (`Nom / Nachname`)."""
    names = {name for name, sure in found.fields.items() if sure >= CERTAIN}
    return names | {"last_name", "first_name", "full_name", "organisation"} if "name" in names else names


def _look_up(header: str) -> Guess:
    phrase = fold(_ENDINGS.sub("", header))
    if phrase in _phrases():
        return Guess(dict.fromkeys(_phrases()[phrase], 1.0))
    phrase, ordinal = without_number(phrase)
    if not phrase:
        return Guess({}, ordinal)
    if phrase in _phrases():
        return Guess(dict.fromkeys(_phrases()[phrase], 1.0), ordinal)
    bare = _without(phrase, _FILLERS)
    if bare in _bare_phrases():
        return Guess(dict.fromkeys(_bare_phrases()[bare], 0.96), ordinal)
    both = _of_both(phrase)
    if both:
        return Guess(dict.fromkeys(both, 0.94), ordinal)
    parts = composed(bare, phrase)
    if parts:
        return Guess(parts, ordinal)
    qualified = _qualified(bare)
    if qualified:
        return Guess(dict.fromkeys(qualified, 0.92), ordinal)
    if any(stem in phrase for stem in _HEALTH):
        return Guess({"accessibility": 0.9})
    return Guess(dict.fromkeys(_mostly(bare), 0.88), ordinal)


def _of_both(phrase: str) -> frozenset[str]:
    """`Siegel und Zertifikate`: parts that mean the same field."""
    parts = [part for part in re.split(r" (?:et|und|and|y|e|en|ou|oder|or|o|of) ", phrase) if part]
    found = [_phrases().get(part, frozenset()) for part in parts]
    return frozenset.intersection(*found) if len(found) > 1 else frozenset()


def _qualified(bare: str) -> frozenset[str]:
    """`telephone participant` is a telephone number; `entreprise nom` the name of an organisation."""
    words = bare.split()
    rest = " ".join(word for word in words if not (_is_of(word, _OF_ORGANISATION) or _is_of(word, _OF_PERSON)))
    names = _bare_phrases().get(rest, frozenset()) if rest != bare else frozenset()
    if (names == {"name"} or rest in _WHOLE_NAMES) and any(_is_of(word, _OF_ORGANISATION) for word in words):
        return frozenset({"organisation"})
    return names


@cache
def _long_phrases() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Phrases of several words that mean one field, longest first, by their first word."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase, names in sorted(_bare_phrases().items(), key=lambda each: -len(each[0])):
        if " " in phrase and len(names) == 1 and len(phrase) >= 10:
            found.setdefault(phrase.split()[0], []).append((phrase, names))
    return {word: tuple(phrases) for word, phrases in found.items()}


@cache
def _fields_of_words() -> Mapping[str, frozenset[str]]:
    """For every word of the vocabulary the fields in whose phrases it stands."""
    found: dict[str, frozenset[str]] = {}
    for phrase, names in _bare_phrases().items():
        for word in phrase.split():
            found[word] = found.get(word, frozenset()) | names
    return found


def _agrees(bare: str, phrase: str, names: frozenset[str]) -> bool:
    """No other word of the header speaks for another field: `produits et services recherchés` is no offer."""
    rest = set(bare.split()) - set(phrase.split())
    telling = (word for word in rest if not _is_of(word, _OF_ORGANISATION) and not _is_of(word, _OF_PERSON))
    return all(_fields_of_words().get(word, names) & names for word in telling)


def _mostly(bare: str) -> frozenset[str]:
    """What the greater part of a long header says: `organisations que vous souhaitez rencontrer`."""
    padded = f" {bare} "
    inside = [
        (phrase, names)
        for word in dict.fromkeys(bare.split())
        for phrase, names in _long_phrases().get(word, ())
        if 2 * len(phrase) >= len(bare) and f" {phrase} " in padded
    ]
    for phrase, names in sorted(inside, key=lambda each: -len(each[0])):
        if _agrees(bare, phrase, names):
            return names
    return frozenset()


def _is_of(word: str, qualifiers: frozenset[str]) -> bool:
    return word in qualifiers or (len(word) > 4 and word.rstrip("sx") in qualifiers)


def _nearest(phrase: str, bare: str) -> dict[str, float]:
    """Misspelled headers, and those that contain a known phrase; the latter are never certain."""
    found: dict[str, float] = {}
    if len(phrase) >= 5:
        for known, score, _ in process.extract(phrase, _phrases().keys(), scorer=fuzz.ratio, limit=8, score_cutoff=75):
            is_opposite = _phrases()[known] & {"wishes", "refuses"} and is_negated(phrase) != is_negated(known)
            if len(known) >= 5 and not is_opposite:
                for name in _phrases()[known]:
                    found[name] = max(found.get(name, 0.0), round(score / 100 * 0.98, 2))
    ahead = sorted(found.values(), reverse=True)
    if len(ahead) > 1 and ahead[0] - ahead[1] < _CLEARLY_AHEAD:
        found = {name: min(sure, CERTAIN - 0.01) for name, sure in found.items()}
    words = bare.split()
    for known, names in _bare_phrases().items():
        part = known.split()
        if len(known) >= 3 and len(part) < len(words) and _contains(words, part):
            sure = round(0.5 + 0.3 * len(part) / len(words), 2)
            for name in names:
                found[name] = max(found.get(name, 0.0), sure)
    return found


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


def _without(phrase: str, unwanted: frozenset[str]) -> str:
    return " ".join(word for word in phrase.split() if word not in unwanted)


def _scaled(found: Guess, factor: float, ordinal: int | None) -> Guess:
    scaled = {name: round(sure * factor, 2) for name, sure in found.fields.items()}
    return Guess(scaled, found.ordinal if found.ordinal is not None else ordinal)
