"""What happens on the day, as the desk says it, and who or what is therefore not there, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import models
from app.errors import Invalid, NotFound
from app.matching.queries import delegates_of
from app.schedules.stage import Stage


class What(StrEnum):
    """What happened: to an organisation or a delegate, to a table, to an interpreter."""

    LEFT = "left"
    CAME = "came"
    LATE = "late"
    LEAVES = "leaves"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. `at`: until when somebody is late, from when on they leave or a table is lost.

    None: from now on.
    """

    what: What
    organisation: int | None = None
    delegate: int | None = None
    table: int | None = None
    interpreter: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody or something that is not there between two moments; None: for the rest of the event."""

    since: datetime
    until: datetime | None
    delegate: int | None = None
    table: int | None = None
    interpreter: int | None = None

    def row(self, event_id: int) -> models.Absence:
        return models.Absence(
            event_id=event_id,
            delegate_id=self.delegate,
            table_id=self.table,
            interpreter_id=self.interpreter,
            since=self.since,
            until=self.until,
        )


@dataclass(frozen=True, slots=True)
class Consequences:
    """Who is away, who is there after all, and the organisations to whom it happened."""

    away: tuple[Away, ...]
    back: frozenset[int]
    named: frozenset[int]

    def on(self, stage: Stage) -> Stage:
        """Return the stage as it is after what happened."""
        for delegate in self.back:
            stage.welcome(delegate)
        for one in self.away:
            stage.send_away(one.row(stage.event.id))
        return stage


def consequences(session: Session, event: models.Event, happened: Sequence[Happening], now: datetime) -> Consequences:
    """Return what follows. Raises NotFound and Invalid where it is about nobody and nothing of this event."""
    away: list[Away] = []
    back: set[int] = set()
    named: set[int] = set()
    for one in happened:
        people = _people(session, event, one)
        named |= {person.organisation_id for person in people}
        if one.what is What.CAME:
            back |= {person.id for person in people}
            continue
        since, until = _span(event, one, now)
        away += [Away(since, until, delegate=person.id) for person in people]
        away += _things(session, event, one, since)
    return Consequences(tuple(away), frozenset(back), frozenset(named))


def _people(session: Session, event: models.Event, one: Happening) -> list[models.Delegate]:
    if one.delegate is not None:
        person = session.get(models.Delegate, one.delegate)
        if person is None or person.event_id != event.id or person.is_withdrawn:
            raise NotFound("There is no delegate {delegate} in this event.", delegate=one.delegate)
        return [person]
    if one.organisation is not None:
        organisation = session.get(models.Organisation, one.organisation)
        if organisation is None or organisation.event_id != event.id or organisation.is_withdrawn:
            raise NotFound("There is no organisation {organisation} in this event.", organisation=one.organisation)
        return delegates_of(organisation)
    return []


def _things(session: Session, event: models.Event, one: Happening, since: datetime) -> Iterable[Away]:
    if one.table is not None:
        table = session.get(models.Table, one.table)
        if table is None or table.event_id != event.id or table.is_withdrawn:
            raise NotFound("There is no table {table} in this event.", table=one.table)
        return [Away(since, None, table=table.id)]
    if one.interpreter is not None:
        interpreter = session.get(models.Interpreter, one.interpreter)
        if interpreter is None or interpreter.event_id != event.id or interpreter.is_withdrawn:
            raise NotFound("There is no interpreter {interpreter} in this event.", interpreter=one.interpreter)
        return [Away(since, None, interpreter=interpreter.id)]
    return []


def _span(event: models.Event, one: Happening, now: datetime) -> tuple[datetime, datetime | None]:
    """From when until when somebody or something is not there. Who is late or leaves is so on that day only."""
    if one.what in (What.LEFT, What.LOST):
        return one.at or now, None
    if one.at is None:
        raise Invalid("Say until when somebody is late, or when they leave.")
    day = [slot for slot in event.slots if slot.day == one.at.astimezone(ZoneInfo(event.time_zone)).date()]
    if not day:
        raise Invalid("On that day there are no meetings.")
    begins, ends = min(slot.starts_at for slot in day), max(slot.ends_at for slot in day)
    since, until = (begins, one.at) if one.what is What.LATE else (one.at, ends)
    if since >= until:
        raise Invalid("That is no time of the event's meetings.")
    return since, until
