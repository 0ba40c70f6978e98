"""Reading a version of the timetable as agendas."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda, Edition, Happening, Interpreter, Table
from app.agendas.cast import (
    Cast,
    Places,
    entries_of,
    is_of,
    items_of,
    meetings_where,
    partners_in,
    programme_of,
    registered_items,
)
from app.agendas.fullness import Full, Fullness
from app.events.slots import moment_of


@dataclass(frozen=True, slots=True)
class Agendas:
    """Everybody's agenda in one version, in the order of registration.

    `tables` and `interpreters` are those that there are, and those that were withdrawn while the version holds them.
    """

    happening: Happening
    organisations: tuple[Agenda, ...]
    delegates: tuple[Agenda, ...]
    tables: tuple[Table, ...]
    interpreters: tuple[Interpreter, ...]
    edition: Edition


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """A wish that the version does not hold; `reason` is the engine's, or `refused` or `not-allowed`."""

    source: str
    target: str
    rank: int | None
    stars: int | None
    note: str | None
    is_mutual: bool
    reason: str
    full: Full | None = None


@dataclass(frozen=True, slots=True)
class WishTally:
    """How many wishes of a rank there were, or with so many stars, and how many are met; both None: without either."""

    rank: int | None
    stars: int | None
    wished: int
    met: int


def agendas_of(session: Session, version: models.Version) -> Agendas:
    """Return the agendas of everybody who comes, also of those who have no meeting."""
    event = session.get_one(models.Event, version.event_id)
    happening = happening_of(event)
    cast = Cast(session, event)
    meetings = meetings_where(session, models.Meeting.version_id == version.id)
    entries = entries_of(meetings, cast, Places(session, meetings))
    items, happens = registered_items(session, event.id), items_of(session, event)
    organisations, delegates = [], []
    for row in cast.organisations.values():
        own = entries.get(row.id, [])
        people = [one for one in row.delegates if not one.is_withdrawn or any(e.own.key == one.id for e in own)]
        if (row.is_withdrawn and not own) or not people:
            continue
        party, registered = cast.parties[row.id], {one.id: items.get(one.id, set()) for one in people}
        programme = programme_of(happens, row, set().union(*registered.values()))
        organisations.append(Agenda(happening, party, None, tuple(own), programme))
        for one in people:
            mine = tuple(entry for entry in own if entry.own.key == one.id)
            programme = programme_of(happens, row, registered[one.id])
            delegates.append(Agenda(happening, party, cast.people[one.id], mine, programme, one.arrives))
    held = [entry for row in entries.values() for entry in row]
    return Agendas(
        happening,
        tuple(organisations),
        tuple(delegates),
        _tables(event, {entry.table for entry in held}),
        _interpreters(event, {entry.interpreter for entry in held}),
        edition_of(session, version),
    )


def edition_of(session: Session, version: models.Version) -> Edition:
    """Return which state of the timetable a version shows; a draft is as old as its last edit."""
    edited_at = session.scalar(select(func.max(models.Edit.made_at)).where(models.Edit.version_id == version.id))
    changed_at = version.published_at or edited_at or version.created_at
    return Edition(version.number, version.revision, version.published_at is not None, changed_at)


def agenda_of(
    session: Session, event: models.Event, version: models.Version | None, organisation_id: int, delegate_id: int | None
) -> Agenda:
    """Return the agenda of one organisation or of one delegate of it, reading no more than it needs.

    Without a version it holds no meetings: nothing is published yet.
    """
    return Extract(session, event, version, {organisation_id}).agenda(organisation_id, delegate_id)


class Extract:
    """What the agendas of some organisations and of their delegates are made of, read by a few questions for all.

    Without a version they hold no meetings: nothing is published yet.
    """

    def __init__(
        self, session: Session, event: models.Event, version: models.Version | None, organisations: Collection[int]
    ) -> None:
        held = (models.Meeting.version_id == version.id, _is_in(event), is_of(*organisations)) if version else None
        meetings = meetings_where(session, *held) if held else []
        self._happening = happening_of(event)
        self.cast = Cast(session, event, organisations, partners_in(meetings))
        self._entries = entries_of(meetings, self.cast, Places(session, meetings), organisations)
        self.programme = items_of(session, event)
        self._registered = registered_items(session, event.id, organisations)

    def agenda(self, organisation_id: int, delegate_id: int | None) -> Agenda:
        """Return the agenda of one of these organisations or of one delegate of it."""
        row = self.cast.organisations[organisation_id]
        people = [one for one in row.delegates if delegate_id in (None, one.id)]
        registered = set[int]().union(*(self._registered.get(one.id, ()) for one in people))
        return Agenda(
            self._happening,
            self.cast.parties[organisation_id],
            None if delegate_id is None else self.cast.people[delegate_id],
            tuple(e for e in self._entries.get(organisation_id, ()) if delegate_id in (None, e.own.key)),
            programme_of(self.programme, row, registered),
            None if delegate_id is None else people[0].arrives,
        )


def _is_in(event: models.Event) -> ColumnElement[bool]:
    """The condition that a meeting is one of this event's: by it those of an organisation are found at once."""
    return models.MeetingIdentity.event_id == event.id


def _tables(event: models.Event, used: set[str | None]) -> tuple[Table, ...]:
    return tuple(Table(row.name, row.hall) for row in event.tables if not row.is_withdrawn or row.name in used)


def _interpreters(event: models.Event, used: set[str | None]) -> tuple[Interpreter, ...]:
    rows = [row for row in event.interpreters if not row.is_withdrawn or row.name in used]
    return tuple(Interpreter(row.name, tuple(row.languages)) for row in rows)


def happening_of(event: models.Event) -> Happening:
    """Return what all agendas of an event share."""
    return Happening(event.name, event.venue, ZoneInfo(event.time_zone), tuple(event.languages))


def unmet_wishes(session: Session, version: models.Version) -> list[UnmetWish]:
    """Return every wish that is not met, the dearest first, with the reason."""
    cast = Cast(session, session.get_one(models.Event, version.event_id))
    held, reasons = _held_pairs(session, version), _reasons(session, version)
    fullness = Fullness(session, version)
    refused = {frozenset((row.source_id, row.target_id)) for row in cast.wishes if row.refuses}
    unmet = []
    for row in cast.wishes:
        pair = frozenset((row.source_id, row.target_id))
        source, target = cast.organisations[row.source_id], cast.organisations[row.target_id]
        if row.refuses or pair in held or source.is_withdrawn or target.is_withdrawn:
            continue
        reason = "refused" if pair in refused else reasons.get(pair, "not-allowed")
        is_mutual = (row.target_id, row.source_id) in cast.wished
        full = fullness.of(source) or fullness.of(target)
        unmet.append(UnmetWish(source.name, target.name, row.rank, row.stars, row.note, is_mutual, reason, full))
    return sorted(unmet, key=lambda one: (one.rank or 10_000, -(one.stars or 0), one.source, one.target))


def wish_tallies(session: Session, version: models.Version) -> list[WishTally]:
    """Return for each rank, then for each number of stars, how many wishes there were and how many are met.

    Refusals are no wishes, nor do those count of whom or for whom nobody comes any more.
    """
    held = _held_pairs(session, version)
    gone = select(models.Organisation.id).where(
        models.Organisation.event_id == version.event_id, models.Organisation.is_withdrawn.is_(True)
    )
    wishes = session.scalars(
        select(models.Wish).where(
            models.Wish.event_id == version.event_id,
            models.Wish.refuses.is_(False),
            models.Wish.source_id.not_in(gone),
            models.Wish.target_id.not_in(gone),
        )
    )
    counts: dict[tuple[int | None, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for row in wishes:
        found = counts[row.rank, row.stars if row.rank is None else None]
        found[0] += 1
        found[1] += frozenset((row.source_id, row.target_id)) in held
    ordered = sorted(counts, key=lambda one: (one[0] is None, one[0] or 0, one[1] is None, -(one[1] or 0)))
    return [WishTally(rank, stars, *counts[rank, stars]) for rank, stars in ordered]


def _held_pairs(session: Session, version: models.Version) -> set[frozenset[int]]:
    rows = session.execute(
        select(models.MeetingIdentity.organisation_a_id, models.MeetingIdentity.organisation_b_id)
        .join(models.Meeting, models.Meeting.identity_id == models.MeetingIdentity.id)
        .where(models.Meeting.version_id == version.id)
    )
    return {frozenset((a, b)) for a, b in rows}


def _reasons(session: Session, version: models.Version) -> dict[frozenset[int], str]:
    rows = session.scalars(select(models.NotHeld).where(models.NotHeld.version_id == version.id))
    return {frozenset((row.organisation_a_id, row.organisation_b_id)): row.reason for row in rows}


def meeting_minutes(event: models.Event) -> int:
    """Return how long meetings are held: the sessions put end to end."""
    zone = ZoneInfo(event.time_zone)
    total = timedelta()
    for part in event.sessions:
        start = moment_of(part.day, part.starts_at, zone)
        total += moment_of(part.day, part.ends_at, zone, after=start) - start
    return int(total.total_seconds() // 60)


def has_minimums(session: Session, event: models.Event) -> bool:
    """Whether somebody should have at least so many meetings."""
    own = select(models.Organisation.id).where(
        models.Organisation.event_id == event.id, models.Organisation.min_meetings > 0
    )
    return any(event.min_meetings.values()) or session.scalar(own.limit(1)) is not None
