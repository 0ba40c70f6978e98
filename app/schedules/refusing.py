"""Refusing an edit: every rule that it would break, in sentences, and where the meeting could be instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict
from app.languages import sentences
from app.schedules.breaches import Breach
from app.schedules.keys import key_of
from app.schedules.places import Judged, Wanted, alternatives
from app.schedules.standing import Standing
from app.schedules.wording import Names, sentence
from scheduler import MeetingId


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that would be broken, in a sentence, and the meetings that break it."""

    rule: str
    sentence: str
    meetings: tuple[int, ...]
    can_be_forced: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """A place in which a meeting breaks nothing, and who would attend it."""

    meeting: int | None
    slot: int
    starts_at: datetime
    table: int | None
    table_name: str | None
    delegates: tuple[int, int]
    interpreter: int | None


class Breaking(Conflict):
    """An edit would break rules: each of them, and where the meeting could be instead."""

    def __init__(self, message: str, violations: Sequence[Told], alternatives: Sequence[Alternative]) -> None:
        super().__init__(message, {"violations": tuple(violations), "alternatives": tuple(alternatives)})
        self.violations = tuple(violations)
        self.alternatives = tuple(alternatives)


@dataclass(frozen=True, slots=True)
class Near:
    """The meeting for which other places are looked for, and where it was wanted."""

    meeting: MeetingId
    wanted: Wanted


def allowed(
    session: Session,
    event: models.Event,
    standing: Standing,
    judged: Judged,
    near: Near | None,
    lang: str,
    *,
    is_forced: bool,
) -> tuple[Told, ...]:
    """Return what is broken on purpose. Raises Breaking where that may not be, or nobody said so."""
    if not judged.breaches:
        return ()
    told = told_of(session, event, standing, judged.breaches, lang)
    if is_forced and all(one.can_be_forced for one in told):
        return told
    message = sentences(lang).gettext("This cannot be done.")
    offered = () if near is None else _alternatives(event, standing, near)
    raise Breaking(" ".join([message, *(one.sentence for one in told)]), told, offered)


def told_of(
    session: Session, event: models.Event, standing: Standing, found: Sequence[Breach], lang: str
) -> tuple[Told, ...]:
    names = Names(session, event, found, lang)
    identity_of = standing.identity_of
    return tuple(
        Told(
            one.rule.value,
            sentence(one, names),
            tuple(identity_of[name] for name in one.meetings if name in identity_of),
            one.can_be_forced,
        )
        for one in found
    )


def _alternatives(event: models.Event, standing: Standing, near: Near) -> list[Alternative]:
    draft, wanted = standing.draft, near.wanted
    now = draft.row_of.get(near.meeting)
    prefer = [wanted.table, now.table if now is not None else None]
    starts = {slot.id: slot.starts_at for slot in event.slots}
    names = {table.id: table.name for table in event.tables}
    return [
        Alternative(
            standing.identity_of.get(near.meeting),
            key_of(row.slot),
            starts[key_of(row.slot)],
            None if row.table is None else key_of(row.table),
            None if row.table is None else names[key_of(row.table)],
            (key_of(row.delegates[0]), key_of(row.delegates[1])),
            None if row.interpreter is None else key_of(row.interpreter),
        )
        for row in alternatives(draft, near.meeting, wanted.slot, prefer, wanted)
    ]
