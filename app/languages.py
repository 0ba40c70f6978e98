"""The languages that Ronde speaks: sentences from `locales/`, dates and names of countries from CLDR."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


class Language(StrEnum):
    """A language that Ronde speaks. English stands in the code itself; each other one has a catalogue."""

    FRENCH = "fr"
    GERMAN = "de"
    ENGLISH = "en"
    SPANISH = "es"


SPOKEN = tuple(language.value for language in Language)


LOCALES = Path(__file__).resolve().parent / "locales"
MOST_WANTED = 20
"""So many languages of a header are looked at."""


def spoken_first(languages: Iterable[str]) -> str:
    """Return the first of these languages that Ronde speaks, else English."""
    return next((lang for lang in languages if lang in SPOKEN), Language.ENGLISH.value)


def wanted_in(header: str) -> str:
    """Return the language that an Accept-Language wants most, of those that Ronde speaks (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(",")[:MOST_WANTED]:
        tag, _, weight = part.partition(";")
        wanted.append((-_quality(weight), tag.strip().partition("-")[0].lower()))
    return spoken_first(tag for quality, tag in sorted(wanted, key=lambda each: each[0]) if quality < 0)


def _quality(weight: str) -> float:
    name, _, number = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, float(number))
    except ValueError:
        return 0.0


def as_written(lang: str) -> str:
    """Return the locale of CLDR by which dates and lists are written: in English the day comes before the month."""
    return "en_GB" if lang == Language.ENGLISH else lang


@cache
def known(lang: str) -> Locale:
    """Return what CLDR knows of a language, looked up once."""
    return Locale(lang)


@cache
def sentences(lang: str) -> NullTranslations:
    """Return the sentences of a language, for `.gettext(…)` and `.ngettext(…)`; an unknown one gets English."""
    path = LOCALES / lang / "LC_MESSAGES" / "ronde.po"
    if lang not in SPOKEN or not path.exists():
        return NullTranslations()
    with path.open("rb") as written:
        catalogue = read_po(written, locale=lang, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
