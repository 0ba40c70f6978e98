"""Names of organisations: when two spellings are the same, nearly the same, or not."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from importers.cells import emails_in
from importers.text import fold, fold_german
from importers.words import listed, words_of_kinds

_LEGAL_FORMS = listed("legal_forms")
_SAINTS = {"st": "saint", "ste": "sainte", "skt": "saint", "sankt": "saint", "sts": "saints", "sint": "saint"}
_COMPANY = re.compile(r"\b[Ss][Tt][éÉ](?=\W)")
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")
_KIN = listed("kin")
_NO_FORMS = frozenset({"co", "societe", "association", "gemeinnutzige", "gemeinnuetzige", "gesellschaft", "societa"})
_SAME_FORM = {
    "cooperativa": "coop",
    "cooperative": "coop",
    "scoop": "coop",
    "scop": "coop",
    "asbl": "vzw",
    "ggmbh": "gmbh",
}
_SMALL_WORDS = listed("small_words")
_NEAR_FOR_CANDIDATES = 76
_LONG_NAME = 8
_ALIKE = 72
_FEW = 300
_COMMON = 400
_LOOKED_AT = 24
_MOST_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name in the shapes in which it is compared."""

    folded: str
    bare: str
    forms: frozenset[str]
    whole: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.bare.split())


@cache
def key_of(name: str) -> NameKey:
    """The name without case, accents and punctuation; `bare` also without its legal form."""
    name = _COMPANY.sub("société", _BRACKETED.sub(_without_structure, name))
    folded = fold(name.replace("&", " und ").replace("+", " und "))
    words = _with_forms_joined(folded.split())
    bare = [word for word in words if word not in _LEGAL_FORMS]
    forms = frozenset(_SAME_FORM.get(word, word) for word in words if word in _LEGAL_FORMS) - _NO_FORMS
    bare = [
        "und" if word in {"et", "and", "y", "e", "en"} and 0 < place < len(bare) - 1 else word
        for place, word in enumerate(bare)
    ]
    bare = [_SAINTS.get(word, word) for word in bare]
    while len(bare) > 2 and bare[-2] == "und" and bare[-1] in _KIN:
        bare = bare[:-2]
    return NameKey(folded, " ".join(bare) or folded, forms if bare else frozenset(), tuple(words))


def _without_structure(bracketed: re.Match[str]) -> str:
    """A type of structure in brackets is no part of the name: `Ateliers du Pays Haut (ESAT)`."""
    return "" if fold(bracketed[1]) in _structures() else bracketed[0]


@cache
def _structures() -> frozenset[str]:
    return frozenset(
        fold(word) for group, name, words in words_of_kinds() if group == "structure" for word in (name, *words)
    )


def _with_forms_joined(words: list[str]) -> list[str]:
    """Single letters that together are legal forms become one word: `s a r l` is `sarl`, `e v` is `ev`."""
    joined: list[str] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and (len(words[end]) <= 2 or words[end] in {"coop", "rl", "mbh"}) and end - place < 7:
            end += 1
        while end - place > 1 and "".join(words[place:end]) not in _LEGAL_FORMS:
            end -= 1
        joined.append("".join(words[place : max(end, place + 1)]))
        place = max(end, place + 1)
    return joined


@cache
def _german_key(name: str) -> str:
    return key_of(fold_german(name)).bare


def is_same_name(one: str, other: str) -> bool:
    """Equal but for case, accents, punctuation and legal form; two different legal forms are two organisations."""
    first, second = key_of(one), key_of(other)
    if first.forms and second.forms and not first.forms & second.forms:
        return False
    return (
        first.bare == second.bare
        or first.bare.replace(" ", "") == second.bare.replace(" ", "")
        or _german_key(one) == _german_key(other)
    )


def is_misspelled(written: str, meant: str) -> bool:
    """Whether the first is the second with a slip of the pen or a small word more or less."""
    first, second = key_of(written), key_of(meant)
    likeness = max(
        fuzz.token_sort_ratio(first.bare, second.bare, score_cutoff=_ALIKE),
        fuzz.token_sort_ratio(first.folded, second.folded, score_cutoff=_ALIKE),
        fuzz.ratio(first.bare, second.bare, score_cutoff=_ALIKE),
    )
    if not likeness:
        return False
    if _is_slip(first.words, second.words) or _is_slip(first.whole, second.whole):
        return True
    return _is_slip(tuple(_german_key(written).split()), tuple(_german_key(meant).split()))


def _is_slip(written: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    rest, other = list(written), list(meant)
    for word in written:
        if word in other:
            other.remove(word)
            rest.remove(word)
    rest = [word for word in rest if word not in _SMALL_WORDS]
    other = [word for word in other if word not in _SMALL_WORDS]
    if not rest and not other:
        return True
    if re.sub(r"\D", "", " ".join(rest)) != re.sub(r"\D", "", " ".join(other)):
        return False
    is_long = len("".join(meant)) >= _LONG_NAME
    if len(rest) == len(other):
        return all(_is_slip_of_word(one, two, is_long) for one, two in zip(rest, other, strict=True))
    return _is_slip_of_word("".join(rest), "".join(other), is_long)


def _is_slip_of_word(written: str, meant: str, is_long: bool) -> bool:
    """One mistake in a short word, two in a long one; tiny words count only within a longer name."""
    shorter = min(len(written), len(meant))
    if shorter < (3 if is_long else 4):
        return False
    return OSA.distance(written, meant) <= (1 if shorter < 8 else 2)


@dataclass(frozen=True, slots=True)
class Named:
    """What a written name was found to be: one organisation, or the candidates."""

    name: str | None
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False


class Directory:
    """Everybody who can be named: by name, reference or the e-mail of a delegate."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._known: set[str] = set()
        self._bare: list[str] = []
        self._index: dict[str, list[int]] = {}
        self._asked = 0
        self._exact: dict[str, list[str]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._found: dict[str, Named] = {}

    def add(self, name: str, spellings: Iterable[str] = (), aliases: Iterable[str] = ()) -> None:
        """`spellings` are other ways in which the name stands in its own rows; `aliases` references and e-mails."""
        if name not in self._known:
            self._known.add(name)
            for piece in _pieces_of(name):
                self._index.setdefault(piece, []).append(len(self._names))
            self._names.append(name)
            self._bare.append(key_of(name).bare)
        for spelling in (name, *spellings):
            self._note(self._exact, spelling, name)
        for alias in aliases:
            self._aliases.setdefault(alias.strip().casefold(), set()).add(name)
        self._found.clear()

    def add_known(self, name: str, aliases: Iterable[str] = ()) -> None:
        """Somebody of an earlier import; the same name in this file is the same organisation."""
        same = self._with_same_key(name)
        if len(same) == 1 and is_same_name(name, same[0]):
            self.add(same[0], (name,), aliases)
        else:
            self.add(name, (), aliases)

    @staticmethod
    def _note(exact: dict[str, list[str]], spelling: str, name: str) -> None:
        for shape in {key_of(spelling).bare, key_of(spelling).bare.replace(" ", ""), _german_key(spelling)}:
            names = exact.setdefault(shape, [])
            if name not in names:
                names.append(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)

    def find(self, written: str) -> Named:
        """The organisation that is meant. A name, then a reference or e-mail, then a slip of the pen."""
        if written not in self._found:
            self._found[written] = self._find(written)
        return self._found[written]

    def _find(self, written: str) -> Named:
        same = self._with_same_key(written)
        if len(same) > 1:
            same = self._settled_by_form(written, same)
        if len(same) == 1:
            return Named(same[0])
        by_alias = self._by_alias(written)
        if len(by_alias) == 1:
            return Named(by_alias[0])
        if same or by_alias:
            return Named(None, tuple(same or by_alias), is_ambiguous=True)
        near = [name for name in self._nearby(written) if is_misspelled(written, name)]
        if len(near) == 1:
            return Named(near[0])
        if near:
            return Named(None, tuple(near), is_ambiguous=True)
        return Named(None, self._candidates(written))

    def _with_same_key(self, written: str) -> list[str]:
        key = key_of(written)
        found: list[str] = []
        for shape in (key.bare, key.bare.replace(" ", ""), _german_key(written)):
            found += [name for name in self._exact.get(shape, ()) if name not in found]
        return found

    def _settled_by_form(self, written: str, same: list[str]) -> list[str]:
        """`Müller GmbH` and `Müller SARL` differ by their legal form alone: then it counts."""
        key = key_of(written)
        literal = [name for name in same if key_of(name).folded == key.folded]
        if len(literal) == 1:
            return literal
        agreeing = [name for name in same if key.forms and key_of(name).forms == key.forms]
        return agreeing if len(agreeing) == 1 else same

    def _by_alias(self, written: str) -> list[str]:
        words = [written.strip().casefold(), *(address.casefold() for address in emails_in(written))]
        return sorted({name for word in words for name in self._aliases.get(word, ())})

    def slips_of(self, written: str) -> list[str]:
        """All names that may be the same with a slip of the pen, or differ by their legal form alone."""
        return [name for name in self._nearby(written) if is_misspelled(written, name)]

    def _nearby(self, written: str) -> list[str]:
        """Names worth a closer look: those that share the start or end of a word that few names have."""
        if len(self._names) <= _FEW:
            return self._names
        counted: Counter[int] = Counter()
        for places in sorted((self._index.get(piece, []) for piece in _pieces_of(written)), key=len):
            if counted and counted.total() + len(places) > _COMMON:
                break
            counted.update(places[:_COMMON])
        return [self._names[place] for place, _ in counted.most_common(_LOOKED_AT)]

    def _candidates(self, written: str) -> tuple[str, ...]:
        """The nearest names, to help; not for the thousandth unknown name of a file."""
        self._asked += 1
        if self._asked > _MOST_CANDIDATES:
            return ()
        near = process.extract(
            key_of(written).bare, self._bare, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR_FOR_CANDIDATES
        )
        return tuple(self._names[place] for _, _, place in near)


def _pieces_of(name: str) -> set[str]:
    """The starts and ends of the words of a name, by which a misspelled one is still found."""
    words = {*key_of(name).whole, *_german_key(name).split()}
    return {piece for word in words if word not in _SMALL_WORDS for piece in (f"{word[:3]}-", f"-{word[-3:]}")}
