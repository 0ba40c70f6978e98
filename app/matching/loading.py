"""The official list of codes is loaded into the database, and found there again."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault, Faulty
from app.matching.vocabulary import Entry, NotAListError, Vocabulary, carried_entries, carried_vocabulary, read_official


def load_official(session: Session, path: Path) -> int:
    """Put the list of a file in the place of the one that is there; return how many codes it has. Raises Faulty."""
    try:
        entries = read_official(path)
    except NotAListError as error:
        faults = [Fault("not-a-list", f"{fault.place}: {fault.message}") for fault in error.faults]
        raise Faulty(f"{path.name} is not a list of procurement codes.", faults) from error
    session.execute(delete(models.OfficialCode))
    session.add_all(models.OfficialCode(code=entry.code, names=dict(entry.names)) for entry in entries)
    session.flush()
    return len(entries)


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
