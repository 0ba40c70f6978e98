"""The labels of an organisation, as a file names them beside those that somebody verified."""

from collections.abc import Mapping
from datetime import date

from app import models

Dates = tuple[date | None, date | None]
"""The first and the last day on which a label is valid."""


def take_labels(organisation: models.Organisation, said: Mapping[str, Dates]) -> bool:
    """Take the labels that a file names, and say whether that changes anything; naming none says nothing.

    What was verified stays beside them; a verified label that is named with other dates is only said again.
    """
    held = {label.name: label for label in organisation.labels}
    kept = [label for label in organisation.labels if label.verified_by and label.name not in said]
    before = {label.name: (label.valid_from, label.valid_until) for label in held.values() if label not in kept}
    if not said or said == before:
        return False
    for name, (first, last) in said.items():
        if held.setdefault(name, models.Label(name=name)).take({"valid_from": first, "valid_until": last}):
            held[name].take({"verified_by": None, "verified_at": None})
    organisation.labels = [*kept, *(held[name] for name in said)]
    return True
