"""The sentences that tell an organiser what is wrong, in French, German, English and Spanish (words/messages.toml)."""

from collections.abc import Mapping
from functools import cache

from importers.rows import CellError, Severity
from importers.words import table

LANGUAGES = ("en", "fr", "de", "es")
_COLON = {"fr": " :", "en": ":", "de": ":", "es": ":"}
_EXPECTED = {"en": "Expected", "fr": "Attendu", "de": "Erwartet", "es": "Se espera"}
_NEAREST = {"en": "Nearest", "fr": "Le plus proche", "de": "Am nächsten", "es": "Lo más parecido"}


def reader_language(lang: str) -> str:
    """The language of the sentences for a reader of `de-AT` or `pt`: English where there are none in theirs."""
    short = lang.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


@cache
def codes() -> Mapping[str, Severity]:
    """Every code of a fault with its severity, in the order of words/messages.toml."""
    return {code: Severity(str(entry["severity"])) for code, entry in table("messages").items()}


@cache
def sentences(code: str, lang: str) -> tuple[str, str, str]:
    """What is wrong, what is expected, what to do; the last two may be empty."""
    entry = table("messages")[code]
    says, expected, hint = list(entry.get(lang, entry["en"]))
    return says, expected, hint


def told(
    code: str,
    lang: str,
    sheet: str,
    cell: str | None,
    read: str | None,
    candidates: tuple[str, ...],
    parameters: Mapping[str, str],
) -> CellError:
    """The fault as a sentence: where, what was read, what is expected, what to do."""
    lang = reader_language(lang)
    quoted = {"read": read or "", "sheet": sheet, **parameters}
    says, expected, hint = (sentence.format_map(quoted) for sentence in sentences(code, lang))
    colon = _COLON[lang]
    where = f"{sheet}, {cell}" if cell else sheet
    parts = [f"{where}{colon} {says}" if where else says]
    if expected:
        parts.append(f"{_EXPECTED[lang]}{colon} {expected}.")
    if candidates:
        parts.append(f"{_NEAREST[lang]}{colon} {', '.join(candidates)}.")
    if hint:
        parts.append(hint)
    severity = codes()[code]
    return CellError(
        code, severity, sheet, cell, read, expected or None, hint or None, " ".join(parts), candidates, dict(parameters)
    )
