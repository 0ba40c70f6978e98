"""The stage of an event: its slots, tables, interpreters and who comes, as the engine sees each of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.events.tables import table_named
from app.matching.profile import COMPANY
from app.matching.queries import delegates_of, policy_of_event
from app.schedules.availability import absences_of, attends, calendar_of, gaps_of, registered_items
from app.schedules.keys import delegate_id, interpreter_id, meeting_id, participant_id, slot_id, table_id
from app.schedules.understanding import Speaker, understanding
from scheduler import Candidate, Delegate, DelegateId, Interpreter, Participant, Rules, Slot, SlotId, Table

FOR_EVER = timedelta(days=36_500)


class Stage:
    """An event as it stands. Whoever is withdrawn is not on it; who is away on the day is, but not available."""

    def __init__(self, session: Session, event: models.Event) -> None:
        """Raises Invalid when the event's policy makes no sense."""
        self.event = event
        self.zone = ZoneInfo(event.time_zone)
        self._registered = registered_items(event)
        self.policy = policy_of_event(event)
        self._slots = [slot for slot in event.slots if not slot.is_withdrawn]
        self._calendar = calendar_of(self._slots, self.zone)
        self._away: dict[tuple[str, int], frozenset[int]] = defaultdict(frozenset)
        for row in session.scalars(select(models.Absence).where(models.Absence.event_id == event.id)):
            self.send_away(row)

    def send_away(self, row: models.Absence) -> None:
        """Let somebody, or a table, be away; also before that is stored."""
        until = row.until or row.since + FOR_EVER
        whose = _whose(row.delegate_id, row.table_id, row.interpreter_id)
        self._away[whose] |= self._calendar.slots_during(row.since, until)

    def welcome(self, delegate: int) -> None:
        """Let somebody who was thought to be away be there."""
        self._away.pop(("delegate", delegate), None)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(
            Slot(slot_id(one.id), one.day.isoformat(), _as_shown(one, self.zone), one.minutes, one.session)
            for one in self._slots
        )

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(
            Table(table_id(one.id), self._unavailable(one.unavailable, ("table", one.id)))
            for one in self.event.tables
            if not one.is_withdrawn
        )

    @cached_property
    def interpreters(self) -> tuple[Interpreter, ...]:
        return tuple(
            Interpreter(
                interpreter_id(one.id),
                frozenset(one.languages),
                self._unavailable(one.unavailable, ("interpreter", one.id)),
            )
            for one in self.event.interpreters
            if not one.is_withdrawn
        )

    @property
    def rules(self) -> Rules:
        return Rules(**self.event.rules)

    def participant(self, organisation: models.Organisation) -> Participant:
        """Return an organisation with its delegates, when they are there, and how many meetings it may have."""
        kind = organisation.kind or COMPANY
        home = table_named(self.event.tables, organisation.home_table) if organisation.home_table else None
        return Participant(
            participant_id(organisation.id),
            tuple(
                Delegate(delegate_id(one.id), self._absent(one, self._listening(one, organisation)))
                for one in delegates_of(organisation)
            ),
            kind,
            self.policy.floor(kind, organisation.min_meetings),
            self.policy.cap(kind, organisation.max_meetings),
            (table_id(home.id),) if home else (),
        )

    def _listening(self, person: models.Delegate, organisation: models.Organisation) -> frozenset[int]:
        """The slots in which somebody attends an item of the programme."""
        chosen = self._registered.get(person.id, frozenset())
        return frozenset[int]().union(
            *(
                self._calendar.slots_during(item.starts_at, item.ends_at)
                for item in self.event.programme
                if attends(item, organisation.kind) or item.id in chosen
            )
        )

    def candidate(self, one: models.Organisation, other: models.Organisation, value: int, ordinal: int) -> Candidate:
        """Return a meeting that may be held: who may attend, in which language, at a table or online.

        `one` has the smaller key.
        """
        is_online = _is_online(one) or _is_online(other)
        sides = _speakers(one, is_online=is_online), _speakers(other, is_online=is_online)
        way = understanding(*sides, [speaker.languages for speaker in self.interpreters])
        able = tuple(frozenset(DelegateId(name) for name in side) for side in way.delegates)
        everybody = tuple(frozenset(delegate_id(person.id) for person in delegates_of(side)) for side in (one, other))
        return Candidate(
            meeting_id(one.id, other.id, ordinal),
            (participant_id(one.id), participant_id(other.id)),
            value,
            delegates=None if able == everybody else (able[0], able[1]),
            languages=way.languages,
            online=is_online,
        )

    def allows(self, one: models.Organisation, other: models.Organisation) -> bool:
        """Whether the event's policy lets their kinds meet."""
        return self.policy.allows(one.kind or COMPANY, other.kind or COMPANY)

    def _absent(self, delegate: models.Delegate, busy: frozenset[int]) -> frozenset[SlotId]:
        away = busy | self._calendar.slots_in(absences_of(delegate)) | self._away["delegate", delegate.id]
        return _slot_ids(away)

    def _unavailable(self, intervals: models.Intervals, whose: tuple[str, int]) -> frozenset[SlotId]:
        return _slot_ids(self._calendar.slots_in(gaps_of(intervals)) | self._away[whose])


def _slot_ids(keys: Iterable[int]) -> frozenset[SlotId]:
    return frozenset(slot_id(key) for key in keys)


def _whose(delegate: int | None, table: int | None, interpreter: int | None) -> tuple[str, int]:
    if delegate is not None:
        return "delegate", delegate
    if table is not None:
        return "table", table
    assert interpreter is not None, "an absence is somebody's"
    return "interpreter", interpreter


def _as_shown(slot: models.Slot, zone: ZoneInfo) -> datetime:
    """The start as clocks show it, with its offset: two times of one zone would be compared without theirs."""
    local = slot.starts_at.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def _speakers(side: models.Organisation, *, is_online: bool) -> Sequence[Speaker]:
    """Who can attend: everybody online, those who are there at a table."""
    return [
        Speaker(delegate_id(one.id), frozenset(one.languages))
        for one in delegates_of(side)
        if is_online or not one.online
    ]


def _is_online(organisation: models.Organisation) -> bool:
    return all(one.online for one in delegates_of(organisation))
