"""A person: the delegates of a host's events who are one, and the words by which they are found in any text."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app import models
from app.errors import NotFound

SHORTEST_NAME = 5
"""Letters. What is shorter stands in too many other words to be looked for."""


@dataclass(frozen=True)
class Person:
    """Somebody, known to a host as these delegates; `words` say who they are: addresses, numbers, full names."""

    host_id: int
    delegates: tuple[int, ...]
    events: tuple[int, ...]
    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words in a text, whatever their case and the blanks inside."""
        each = (r"\s+".join(map(re.escape, word.split())) for word in self.words)
        return re.compile("|".join(each) or r"(?!)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        return self.pattern.search(text) is not None

    def may_be_in(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a part of a word is in a text of the database, plain or as JSON writes it; `is_in` says for certain.

        Not every database finds É where é is looked for, hence each case.
        """
        longest = {max(word.split(), key=len) for word in self.words}
        cased = {change(part) for part in longest for change in (str, str.lower, str.upper, str.title)}
        written = {form for part in cased for form in (part, json.dumps(part)[1:-1])}
        return or_(*(column.contains(form, autoescape=True) for form in sorted(written)))


def person_of_delegate(session: Session, event: models.Event, delegate_id: int) -> Person:
    """Return who a delegate is: with an e-mail address, the same person in every event of the host."""
    row = session.get(models.Delegate, delegate_id)
    if row is None or row.event_id != event.id:
        raise NotFound("There is no delegate {delegate} in this event.", delegate=delegate_id)
    if row.email is None:
        return person_of(event.host_id, [row])
    return person_of_address(session, event.host_id, row.email)


def person_of_address(session: Session, host_id: int, email: str) -> Person:
    """Return who a host knows by this e-mail address. Raises NotFound where nobody is."""
    rows = session.scalars(
        select(models.Delegate)
        .join(models.Event, models.Event.id == models.Delegate.event_id)
        .where(models.Event.host_id == host_id, func.lower(models.Delegate.email) == email.lower())
        .order_by(models.Delegate.id)
    ).all()
    if not rows:
        raise NotFound("Nobody is known by this e-mail address.")
    return person_of(host_id, rows)


def person_of(host_id: int, rows: Iterable[models.Delegate]) -> Person:
    """Return the person that these delegates are."""
    rows = list(rows)
    words = {word for row in rows for word in (row.email, row.phone) if word}
    words |= {row.name for row in rows if row.first_name and row.last_name and len(row.name) >= SHORTEST_NAME}
    return Person(
        host_id,
        tuple(row.id for row in rows),
        tuple(sorted({row.event_id for row in rows})),
        tuple(sorted(words)),
    )
