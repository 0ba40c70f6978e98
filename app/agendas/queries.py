"""Reading a version of the timetable as agendas."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.agendas.agenda import Agenda, Entry, Happening, Interpreter, Item, Origin, Party, Person, Table
from app.agendas.fullness import Full, Fullness
from app.events.slots import moment_of
from app.matching.profile import COMPANY
from app.schedules.availability import attends


@dataclass(frozen=True, slots=True)
class Agendas:
    """Everybody's agenda in one version, in the order of registration; its number, and when it was made or published.

    `tables` and `interpreters` are those that there are, and those that were withdrawn while the version holds them.
    """

    happening: Happening
    organisations: tuple[Agenda, ...]
    delegates: tuple[Agenda, ...]
    tables: tuple[Table, ...]
    interpreters: tuple[Interpreter, ...]
    number: int
    changed_at: datetime


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
    """How many wishes of a rank there were (None: without a rank), and how many are met."""

    rank: int | None
    wished: int
    met: int


def agendas_of(session: Session, version: models.Version) -> Agendas:
    """Return the agendas of everybody who comes, also of those who have no meeting."""
    event = session.get_one(models.Event, version.event_id)
    happening = Happening(event.name, event.venue, ZoneInfo(event.time_zone), tuple(event.languages))
    cast = _Cast(session, event)
    entries = _entries(session, version, event, cast)
    organisations, delegates = [], []
    for row in cast.organisations.values():
        own = entries.get(row.id, [])
        people = [one for one in row.delegates if not one.is_withdrawn or any(e.own.key == one.id for e in own)]
        if (row.is_withdrawn and not own) or not people:
            continue
        party, programme = cast.parties[row.id], _programme(event, row)
        organisations.append(Agenda(happening, party, None, tuple(own), programme))
        for one in people:
            mine = tuple(entry for entry in own if entry.own.key == one.id)
            delegates.append(Agenda(happening, party, cast.people[one.id], mine, programme, one.arrives))
    held = [entry for row in entries.values() for entry in row]
    return Agendas(
        happening,
        tuple(organisations),
        tuple(delegates),
        _tables(event, {entry.table for entry in held}),
        _interpreters(event, {entry.interpreter for entry in held}),
        version.number,
        version.published_at or version.created_at,
    )


def unmet_wishes(session: Session, version: models.Version) -> list[UnmetWish]:
    """Return every wish that is not met, the dearest first, with the reason."""
    cast = _Cast(session, session.get_one(models.Event, version.event_id))
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
    """Return for each rank how many wishes there were and how many are met; refusals are no wishes."""
    held = _held_pairs(session, version)
    wishes = session.scalars(
        select(models.Wish).where(models.Wish.event_id == version.event_id, models.Wish.refuses.is_(False))
    )
    counts: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for row in wishes:
        counts[row.rank][0] += 1
        counts[row.rank][1] += frozenset((row.source_id, row.target_id)) in held
    ranks = sorted(counts, key=lambda rank: (rank is None, rank or 0))
    return [WishTally(rank, *counts[rank]) for rank in ranks]


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


class _Cast:
    """Everybody of an event, by key."""

    def __init__(self, session: Session, event: models.Event) -> None:
        rows = session.scalars(
            select(models.Organisation)
            .where(models.Organisation.event_id == event.id)
            .order_by(models.Organisation.position, models.Organisation.id)
            .options(selectinload(models.Organisation.delegates), selectinload(models.Organisation.provisions))
        )
        self.organisations = {row.id: row for row in rows}
        self.parties = {key: _party(row) for key, row in self.organisations.items()}
        self.people = {one.id: _person(one) for row in self.organisations.values() for one in row.delegates}
        wishes = select(models.Wish).where(models.Wish.event_id == event.id).order_by(models.Wish.id)
        self.wishes = list(session.scalars(wishes))
        self.wished = {(wish.source_id, wish.target_id) for wish in self.wishes if not wish.refuses}

    def origin(self, own: int, other: int) -> Origin:
        is_own, is_theirs = (own, other) in self.wished, (other, own) in self.wished
        if is_own and is_theirs:
            return Origin.MUTUAL
        if is_own:
            return Origin.OWN_WISH
        return Origin.THEIR_WISH if is_theirs else Origin.SUGGESTED


def _entries(session: Session, version: models.Version, event: models.Event, cast: _Cast) -> Mapping[int, list[Entry]]:
    """Return the meetings of each organisation, as each side sees them, in time order."""
    slots = {slot.id: slot for slot in event.slots}
    tables = {table.id: table for table in event.tables}
    interpreters = {one.id: one.name for one in event.interpreters}
    meetings = session.scalars(
        select(models.Meeting)
        .where(models.Meeting.version_id == version.id)
        .options(selectinload(models.Meeting.identity), selectinload(models.Meeting.attendances))
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: (slots[one.slot_id].starts_at, one.id)):
        identity, slot = meeting.identity, slots[meeting.slot_id]
        table = tables[meeting.table_id] if meeting.table_id else None
        people = [cast.people[one.delegate_id] for one in meeting.attendances]
        sides = (identity.organisation_a_id, identity.organisation_b_id)
        for own, other in ((0, 1), (1, 0)):
            entry = Entry(
                identity.uid,
                identity.sequence,
                identity.changed_at,
                slot.starts_at,
                slot.starts_at + timedelta(minutes=slot.minutes),
                table.name if table else None,
                table.hall if table else None,
                people[own],
                cast.parties[sides[other]],
                people[other],
                (meeting.languages[0], meeting.languages[1]) if meeting.languages else None,
                interpreters[meeting.interpreter_id] if meeting.interpreter_id else None,
                cast.origin(sides[own], sides[other]),
            )
            found[sides[own]].append(entry)
    return found


def _tables(event: models.Event, used: set[str | None]) -> tuple[Table, ...]:
    return tuple(Table(row.name, row.hall) for row in event.tables if not row.is_withdrawn or row.name in used)


def _interpreters(event: models.Event, used: set[str | None]) -> tuple[Interpreter, ...]:
    rows = [row for row in event.interpreters if not row.is_withdrawn or row.name in used]
    return tuple(Interpreter(row.name, tuple(row.languages)) for row in rows)


def _programme(event: models.Event, row: models.Organisation) -> tuple[Item, ...]:
    return tuple(
        Item(
            item.uid,
            item.sequence,
            item.changed_at,
            item.title,
            item.starts_at,
            item.ends_at,
            item.room,
            item.online_link,
        )
        for item in event.programme
        if attends(item, row.kind)
    )


def _person(row: models.Delegate) -> Person:
    """A delegate as others see them: who does not consent keeps their e-mail address and telephone number."""
    is_open = row.consent is not False
    return Person(
        row.id,
        row.name,
        row.function,
        row.email if is_open else None,
        row.phone if is_open else None,
        tuple(row.languages),
        " ".join(part for part in (row.last_name, row.first_name) if part),
    )


def _party(row: models.Organisation) -> Party:
    return Party(
        row.id,
        row.name,
        row.kind or COMPANY,
        row.structure_type,
        row.country,
        row.city,
        row.website,
        _texts(row.provisions, is_need=False),
        _texts(row.provisions, is_need=True),
    )


def _texts(provisions: Iterable[models.Provision], *, is_need: bool) -> tuple[str, ...]:
    return tuple(one.text for one in provisions if one.is_need == is_need)
