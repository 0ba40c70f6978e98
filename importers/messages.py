"""The sentences that tell an organiser what is wrong, in French, German, English and Spanish (words/messages.toml)."""

from collections.abc import Mapping
from functools import cache

from importers.rows import CellError, Severity
from importers.words import shown_kinds, table

LANGUAGES = ("en", "fr", "de", "es")
_COLON = {"fr": " :", "en": ":", "de": ":", "es": ":"}
_EXPECTED = {"en": "Expected", "fr": "Attendu", "de": "Erwartet", "es": "Se espera"}
_NEAREST = {"en": "Nearest", "fr": "Le plus proche", "de": "Am nächsten", "es": "Lo más parecido"}


_ON_THE_COMMAND_LINE = {"map": "--map", "hidden": "--with-hidden", "health": "--with-health-data"}
_OVER_HTTP = {"hidden": "with_hidden=true", "health": "with_health_data=true"}
_FIELD_OF_A_REQUEST = {
    "en": "form field “headers”",
    "fr": "champ de formulaire « headers »",
    "de": "Formularfeld „headers“",
    "es": "campo de formulario «headers»",
}


def _ways(lang: str, *, over_http: bool) -> Mapping[str, str]:
    """How a reader settles by hand what the readers did not know, where they are: in a request or on a command line."""
    return {**_OVER_HTTP, "map": _FIELD_OF_A_REQUEST[lang]} if over_http else _ON_THE_COMMAND_LINE


def reader_language(lang: str) -> str:
    """The language of the sentences for a reader of `de-AT` or `pt`: English where there are none in theirs."""
    short = lang.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def _named(code: str, candidates: tuple[str, ...], lang: str, *, are_words: bool) -> tuple[str, ...]:
    """The candidates as a reader knows them: kinds by their word, those without one in this language not at all."""
    if are_words or code not in {"unknown-kind", "contradicting-kind"}:
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
    *,
    over_http: bool = False,
) -> CellError:
    """The fault as a sentence: where, what was read, what is expected, what to do."""
    lang = reader_language(lang)
    quoted = {**_ways(lang, over_http=over_http), "read": read or "", "sheet": sheet, **parameters}
    says, expected, hint = (sentence.format_map(quoted) for sentence in sentences(code, lang))
    if code == "unknown-kind" and "kinds" in parameters:  # an event's own, in its own words
        expected, hint = parameters["kinds"], ""
    colon = _COLON[lang]
    where = f"{sheet}, {cell}" if cell else sheet
    parts = [f"{where}{colon} {says}" if where else says]
    if expected:
        parts.append(f"{_EXPECTED[lang]}{colon} {expected}.")
    named = _named(code, candidates, lang, are_words="kinds" in parameters)
    if named:
        parts.append(f"{_NEAREST[lang]}{colon} {', '.join(named)}.")
    if hint:
        parts.append(hint)
    severity = codes()[code]
    return CellError(
        code, severity, sheet, cell, read, expected or None, hint or None, " ".join(parts), candidates, dict(parameters)
    )
