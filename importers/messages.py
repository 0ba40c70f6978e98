"""The sentences that tell an organiser what is wrong, in French, German, English and Spanish (words/messages.toml)."""

from collections.abc import Mapping
from functools import cache

from importers.rows import CellError, Severity
from importers.words import shown_kinds, table

LANGUAGES = ("en", "fr", "de", "es")
_COLON = {"fr": " :", "en": ":", "de": ":", "es": ":"}
_EXPECTED = {"en": "Expected", "fr": "Attendu", "de": "Erwartet", "es": "Se espera"}
_NEAREST = {"en": "Nearest", "fr": "Le plus proche", "de": "Am nächsten", "es": "Lo más parecido"}


def reader_language(lang: str) -> str:
    """The language of the sentences for a reader of `de-AT` or `pt`: English where there are none in theirs."""
    short = lang.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def _named(code: str, candidates: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """The candidates as a reader knows them: kinds by their word, those without one in this language not at all."""
    if code not in {"unknown-kind", "contradicting-kind"}:
        return candidates
    words = shown_kinds(lang)
    return tuple(words[name] for name in candidates if name in words)


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
    named = _named(code, candidates, lang)
    if named:
        parts.append(f"{_NEAREST[lang]}{colon} {', '.join(named)}.")
    if hint:
        parts.append(hint)
    severity = codes()[code]
    return CellError(
        code, severity, sheet, cell, read, expected or None, hint or None, " ".join(parts), candidates, dict(parameters)
    )
