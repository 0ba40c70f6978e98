"""A reading as lines for people: what was understood, and every fault."""

import json
from collections.abc import Iterator

from importers.codec import as_json as reading_as_json
from importers.messages import reader_language
from importers.rows import Reading, Severity

_COUNTED = {
    "en": {
        "organisations": ("organisation", "organisations"),
        "delegates": ("delegate", "delegates"),
        "wishes": ("wish", "wishes"),
        "errors": ("error", "errors"),
        "warnings": ("warning", "warnings"),
    },
    "fr": {
        "organisations": ("organisation", "organisations"),
        "delegates": ("délégué", "délégués"),
        "wishes": ("souhait", "souhaits"),
        "errors": ("erreur", "erreurs"),
        "warnings": ("avertissement", "avertissements"),
    },
    "de": {
        "organisations": ("Organisation", "Organisationen"),
        "delegates": ("Delegierte", "Delegierte"),
        "wishes": ("Wunsch", "Wünsche"),
        "errors": ("Fehler", "Fehler"),
        "warnings": ("Warnung", "Warnungen"),
    },
    "es": {
        "organisations": ("organización", "organizaciones"),
        "delegates": ("delegado", "delegados"),
        "wishes": ("deseo", "deseos"),
        "errors": ("error", "errores"),
        "warnings": ("aviso", "avisos"),
    },
}
_LEFT_OUT = {"en": "left out", "fr": "laissée de côté", "de": "bleibt außen vor", "es": "se deja fuera"}
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
    people = sum(len(row.delegates) for row in reading.organisations)
    yield _counted(lang, organisations=len(reading.organisations), delegates=people, wishes=len(reading.wishes))
    for column in (*reading.settings, *reading.columns):
        meaning = f"{column.field} ({column.certainty:.0%})" if column.field else _LEFT_OUT[lang]
        yield f"  {column.sheet}, {column.cell}: {column.header} → {meaning}"
    for error in sorted(reading.errors, key=lambda fault: fault.severity is Severity.WARNING):
        yield f"{_MARKS[error.severity]} {error.message}"
    errors = sum(1 for error in reading.errors if error.severity is Severity.ERROR)
    yield _counted(lang, errors=errors, warnings=len(reading.errors) - errors)


def _counted(lang: str, **counts: int) -> str:
    """`1 error, 0 warnings`; in French nought is one of them too, elsewhere it is many."""
    words = _COUNTED[lang]
    return ", ".join(
        f"{count} {words[name][0 if count == 1 or (count == 0 and lang == 'fr') else 1]}"
        for name, count in counts.items()
    )
