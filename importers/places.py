"""Countries and languages as people write them, in six languages, by CLDR's names."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

from importers.cells import Misread, text_of
from importers.sheets import Value
from importers.text import fold
from importers.words import listed, mapped

READ_IN = ("fr", "de", "en", "es", "nl", "it")
_NEAR = 84
_CERTAINLY = 90
_PLATES = mapped("places", "plates")
_OTHER_COUNTRIES = mapped("places", "countries")
_SINGLE_LANGUAGES = mapped("places", "language-codes")
_OTHER_LANGUAGES = mapped("places", "languages")
_LANGUAGE_OF_FLAG = mapped("places", "language-of-flag")
_REGIONS = frozenset(["AT", "CH", "BE", "GB", "US", "BR", "MX", "CA", "PT"])
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


@cache
def _countries() -> Mapping[str, str]:
    """Folded names in six languages and in the country's own, with codes of two letters."""
    found: dict[str, str] = {}
    for lang in READ_IN:
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:
                found.setdefault(fold(name), code)
                found.setdefault(fold(re.sub(r"\([^)]*\)", "", name)), code)
    return found | dict(_OTHER_COUNTRIES)


@cache
def _country_codes() -> Mapping[str, str]:
    """Codes of two and three letters, and number plates, in capitals."""
    known = set(_countries().values())
    longer = {alias: codes[0] for alias, codes in get_global("territory_aliases").items() if len(alias) == 3}
    found = {alias: code for alias, code in longer.items() if alias.isalpha() and code in known}
    return found | {code: code for code in known} | dict(_PLATES)


@cache
def _languages() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for lang in READ_IN:
        for code, name in Locale(lang).languages.items():
            if len(code) == 2:
                found.setdefault(fold(name), code)
    return dict(mapped("places", "languages-own")) | found | dict(_OTHER_LANGUAGES)


@cache
def _language_codes() -> Mapping[str, str]:
    known = set(_languages().values())
    longer = get_global("language_aliases")
    found = {alias: code for alias, code in longer.items() if len(alias) == 3 and code in known}
    return found | {code: code for code in known}


@lru_cache(maxsize=4_096, typed=True)
def country(value: Value) -> str | Misread | None:
    """The code of two letters of a country's name, code, number plate or flag."""
    text = text_of(value)
    if text is None:
        return None
    if isinstance(value, str):
        found = _country(text)
        if found:
            return found
    return Misread("unknown-country", text, _nearest(fold(text), _countries()))


def _country(text: str) -> str | None:
    flag = _FLAG.search(text)
    if flag:
        return _country_codes().get(_letters_of(flag[0]))
    code = text.replace(".", "").strip().upper()
    if code in _country_codes():
        return _country_codes()[code]
    name = fold(text)
    if name in _countries():
        return _countries()[name]
    pieces = [piece.strip() for piece in re.split(r"[()\[\]/,;–—\n]| - ", text) if piece.strip()]
    if len(pieces) > 1:
        found = {_country(piece) for piece in pieces}
        return found.pop() if len(found) == 1 else None
    return _certain_misspelling(name, _countries())


def country_named(text: str) -> str | None:
    """The code of a country whose whole name this is, without a slip of the pen."""
    return _countries().get(fold(text))


def _letters_of(flag: str) -> str:
    return "".join(chr(ord(mark) - 0x1F1E6 + 65) for mark in flag)


def _certain_misspelling(name: str, known: Mapping[str, str]) -> str | None:
    """A name that is misspelled a little and near to one meaning only."""
    if len(name) < 5:
        return None
    found = process.extract(name, known.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=_NEAR)
    meanings = {known[near] for near, score, _ in found if score >= found[0][1] - 4}
    if found and found[0][1] >= _CERTAINLY - (3 if len(name) < 10 else 0) and len(meanings) == 1:
        return meanings.pop()
    return None


def _nearest(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    found = process.extract(name, known.keys(), scorer=fuzz.ratio, limit=4, score_cutoff=70)
    return tuple(dict.fromkeys(known[near] for near, _, _ in found))[:3]


@lru_cache(maxsize=4_096, typed=True)
def languages(value: Value) -> tuple[str, ...] | Misread:
    """The ISO 639-1 codes of all languages in a list of names, codes or flags, as written in order."""
    text = text_of(value)
    if text is None:
        return ()
    found: list[str] = []
    flags = [_LANGUAGE_OF_FLAG.get(_letters_of(flag)) for flag in _FLAG.findall(text)]
    rest = _FLAG.sub(" ", re.sub(r"\([^)]*\)", " ", text))
    unknown = [text] if None in flags else []
    found += [code for code in flags if code]
    for piece in re.split(r"[,;/\n+&|•·]|\b(?:et|und|and|y|e)\b|\bu\.|\ben\b(?= [A-Za-zé]{4})|(?<=\w) - (?=\w)", rest):
        if not fold(piece):
            continue
        codes = _languages_of_piece(piece)
        if codes is None:
            unknown.append(piece.strip())
        else:
            found += codes
    if unknown:
        return Misread("unknown-language", unknown[0], _nearest(fold(unknown[0]), _languages()))
    return tuple(dict.fromkeys(found))


def _languages_of_piece(piece: str) -> list[str] | None:
    whole = _language(piece)
    if whole:
        return [whole]
    before = piece.split(":")[0]
    if before != piece and (only := _language(before)):
        return [only]
    words = re.split(r"[\s\-–.:]+", piece.strip())
    known = [_language(word) for word in words if fold(word)]
    if len(known) > 1 and all(known):
        return [code for code in known if code]
    levels = [word for word in words if fold(word) not in _LEVELS and not re.fullmatch(r"[ABCabc][12][+]?", word)]
    if levels and len(levels) < len(words):
        return _languages_of_piece(" ".join(levels))
    return None


_LEVELS = listed("levels")


def _language(text: str) -> str | None:
    code = text.strip(" .:-").upper()
    if code in _SINGLE_LANGUAGES:
        return _SINGLE_LANGUAGES[code]
    if code.lower() in _language_codes():
        return _language_codes()[code.lower()]
    located = re.fullmatch(r"([A-Z]{2})[-_]([A-Z]{2})", code)
    if located and (located[1] == located[2] or located[2] in _REGIONS):
        return _language_codes().get(located[1].lower())
    name = fold(text)
    return _languages().get(name) or _certain_misspelling(name, _languages())
