"""A reading as lines for people: what was understood, and every fault."""

import json
from collections.abc import Iterator

from importers.codec import as_json as reading_as_json
from importers.messages import reader_language
from importers.rows import Reading, Severity

_COUNTS = {
    "en": "{organisations} organisations, {delegates} delegates, {wishes} wishes",
    "fr": "{organisations} organisations, {delegates} délégués, {wishes} souhaits",
    "de": "{organisations} Organisationen, {delegates} Delegierte, {wishes} Wünsche",
    "es": "{organisations} organizaciones, {delegates} delegados, {wishes} deseos",
}
_LEFT_OUT = {"en": "left out", "fr": "laissée de côté", "de": "bleibt außen vor", "es": "se deja fuera"}
_FAULTS = {
    "en": "{errors} errors, {warnings} warnings",
    "fr": "{errors} erreurs, {warnings} avertissements",
    "de": "{errors} Fehler, {warnings} Warnungen",
    "es": "{errors} errores, {warnings} avisos",
}
_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!"}


def told(reading: Reading, lang: str, *, as_json: bool) -> str:
    """A reading as it is printed: for programs as JSON, for people as lines in their language."""
    if as_json:
        return json.dumps(reading_as_json(reading), ensure_ascii=False, indent=2)
    return "\n".join(_lines(reading, lang))


def _lines(reading: Reading, lang: str) -> Iterator[str]:
    """Counts, then for each column which field it was taken for and how sure that is, then the faults."""
    lang = reader_language(lang)
    if reading.event is not None and reading.event.name:
        yield reading.event.name
    yield _COUNTS[lang].format(
        organisations=len(reading.organisations),
        delegates=sum(len(row.delegates) for row in reading.organisations),
        wishes=len(reading.wishes),
    )
    for column in reading.columns:
        meaning = column.field or _LEFT_OUT[lang]
        yield f"  {column.sheet}, {column.cell}: {column.header} → {meaning} ({column.certainty:.0%})"
    for error in sorted(reading.errors, key=lambda fault: fault.severity is Severity.WARNING):
        yield f"{_MARKS[error.severity]} {error.message}"
    errors = sum(1 for error in reading.errors if error.severity is Severity.ERROR)
    yield _FAULTS[lang].format(errors=errors, warnings=len(reading.errors) - errors)
