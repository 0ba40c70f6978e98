"""Texts are answered with their codes, for people and for programs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from app import db, models
from app.matching.loading import vocabulary_of
from app.matching.vocabulary import CodeMatch, Vocabulary, carried_vocabulary

_CERTAIN = 0.5


def vocabulary_at(database_url: str) -> Vocabulary:
    """The vocabulary with the list that was loaded into this database; without a database the carried one."""
    url = db.address_of(database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    if is_file and not Path(str(url.database)).exists():
        return carried_vocabulary()
    engine = db.create_engine_of(database_url)
    try:
        if not inspect(engine).has_table(models.OfficialCode.__tablename__):
            return carried_vocabulary()
        with db.reading(engine) as session:
            return vocabulary_of(session)
    except OperationalError:  # a database that does not answer is as good as none here
        return carried_vocabulary()
    finally:
        engine.dispose()


def answers(
    texts: Iterable[str], vocabulary: Vocabulary, lang: str | None = None, *, is_json: bool = False
) -> Iterator[str]:
    """For each text what to print: with JSON a list on one line, otherwise the text and a line for each code."""
    for text in texts:
        matches = vocabulary.find(text, lang)
        yield json.dumps([_shown(match) for match in matches], ensure_ascii=False) if is_json else _told(text, matches)


def _shown(match: CodeMatch) -> dict[str, str | float]:
    return {"code": match.code, "name": match.name, "certainty": match.certainty}


def _told(text: str, matches: Iterable[CodeMatch]) -> str:
    lines = [f"  {match.code}  {match.certainty:4.0%}  {match.name}" for match in matches]
    is_certain = any(match.certainty >= _CERTAIN for match in matches)
    if not lines:
        lines = ["  no code found"]
    elif not is_certain:
        lines.append("  none is certain: please choose")
    return "\n".join([text.strip(), *lines])
