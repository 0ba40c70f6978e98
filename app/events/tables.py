"""Which table is meant by what somebody wrote: `Tisch 12`, `T12` and `12` are the same unless a name says otherwise."""

import re
from collections.abc import Iterable

from app import models


def table_named(tables: Iterable[models.Table], written: str) -> models.Table | None:
    """Return the table of that name, else the only one with that number, else None."""
    here = [table for table in tables if not table.is_withdrawn]
    exact = [table for table in here if table.name.casefold().strip() == written.casefold().strip()]
    if exact:
        return exact[0]
    number = _number(written)
    numbered = [table for table in here if number is not None and _number(table.name) == number]
    return numbered[0] if len(numbered) == 1 else None


def _number(name: str) -> int | None:
    """The number of a name that is a number, perhaps after a word or letter; `A12 bis` has none."""
    found = re.fullmatch(
        r"\s*(?:(?:table|tisch|mesa|tafel|tavolo|stand|t)\b\.?\s*|t|n[°o]\s*|#\s*)?0*(\d{1,6})\s*", name, re.I
    )
    return int(found[1]) if found else None
