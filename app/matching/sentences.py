"""Reasons as sentences, in French, German, English and Spanish. One template for each code and language."""

import re
from collections.abc import Callable, Mapping

from app.languages import known
from app.matching.labels import known_label
from app.matching.reasons import Reason
from app.matching.sentences_known import NATURES, SENTENCES

LANGUAGES = ("fr", "de", "en", "es")
COUNTRY = re.compile("[A-Z]{2}")
"""A country by its code, as it stands for a place where no city was said."""

NameOfCode = Callable[[str, str], str]
"""The name of a CPV code in a language; the vocabulary's `name`."""


def sentence(reason: Reason, lang: str, name_of_code: NameOfCode) -> str:
    """Return a reason as a sentence. A language that is not spoken here is answered in English."""
    spoken = lang if lang in LANGUAGES else "en"
    words = {name: _word(name, value, spoken, name_of_code) for name, value in reason.parameters.items()}
    return SENTENCES[reason.code][spoken].format_map(words)


def sentences(reasons: tuple[Reason, ...], lang: str, name_of_code: NameOfCode) -> tuple[str, ...]:
    """Return all of them, in the same order."""
    return tuple(sentence(reason, lang, name_of_code) for reason in reasons)


def _word(name: str, value: str, lang: str, name_of_code: NameOfCode) -> str:
    """Return a parameter as a reader writes it: names for codes of languages, countries, CPV and labels."""
    if name in ("need", "offer"):
        return f"{name_of_code(value, lang)} ({value})"
    if name in ("languages", "others"):
        return _listed(value, known(lang).languages)
    if name in ("country", "other") or (name == "place" and COUNTRY.fullmatch(value)):
        return _listed(value, known(lang).territories)
    if name == "natures":
        return _listed(value, NATURES[lang])
    if name == "labels":
        return ", ".join(_label(code) for code in value.split(","))
    return value


def _listed(codes: str, names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes.split(","))


def _label(code: str) -> str:
    label = known_label(code)
    return label.name if label else code.removeprefix("other:")
