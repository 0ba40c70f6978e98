"""What came of an import, as programs read it: the same in an answer and on a job."""

from app import models
from app.errors import Fault
from app.registrations.importing import Counts
from app.wishes.receiving import Outcome

Json = models.JobFacts


def told(outcome: Outcome) -> Json:
    """Return the outcome as plain values: counts, what was understood, and warnings."""
    imported = outcome.imported
    return {
        "dry_run": outcome.is_rehearsal,
        "event": outcome.slug,
        "event_created": imported.is_created,
        "event_changed": imported.is_event_changed,
        "counts": {what: _counts(one) for what, one in imported.counts.items()},
        "columns": [
            {
                "sheet": one.sheet,
                "cell": one.cell,
                "header": one.header,
                "field": one.field,
                "certainty": one.certainty,
            }
            for one in (*outcome.reading.settings, *outcome.reading.columns)
        ],
        "warnings": [_row(fault) for fault in imported.warnings],
    }


def _counts(one: Counts) -> Json:
    return {"created": one.created, "updated": one.updated, "unchanged": one.unchanged, "gone": one.gone}


def _row(fault: Fault) -> Json:
    return {name: [*value] if isinstance(value, list) else value for name, value in fault.as_row().items()}
