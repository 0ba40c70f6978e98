"""The vocabulary as a database has it: the carried one, with the official list where that was loaded."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.matching.vocabulary import Entry, Vocabulary, carried_entries, carried_vocabulary


def vocabulary_of(session: Session) -> Vocabulary:
    """The carried vocabulary, with the official list where it was loaded."""
    rows = session.execute(
        select(models.OfficialCode.code, models.OfficialCode.names).order_by(models.OfficialCode.code)
    ).all()
    if not rows:
        return carried_vocabulary()
    return _with_official(tuple((code, tuple(sorted(names.items()))) for code, names in rows))


@lru_cache(maxsize=2)  # it takes seconds to build, and the list changes once in years
def _with_official(rows: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> Vocabulary:
    official = (Entry(code, dict(names), is_official=True) for code, names in rows)
    return Vocabulary((*carried_entries(), *official))
