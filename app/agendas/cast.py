"""Who and what stands in agendas, read from the database: all of an event, or what some organisations need."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, lazyload, selectinload

from app import models
from app.agendas.agenda import Entry, Item, Origin, Party, Person
from app.matching.profile import COMPANY
from app.schedules.availability import attends


class Cast:
    """Everybody of an event, by key; `around` leaves all out but some organisations and `partners`, those they meet."""

    def __init__(
        self,
        session: Session,
        event: models.Event,
        around: Collection[int] | None = None,
        partners: Collection[int] = (),
    ) -> None:
        rows = (
            select(models.Organisation)
            .where(models.Organisation.event_id == event.id)
            .order_by(models.Organisation.position, models.Organisation.id)
            .options(selectinload(models.Organisation.delegates), selectinload(models.Organisation.provisions))
        )
        wishes = select(models.Wish).where(models.Wish.event_id == event.id).order_by(models.Wish.id)
        if around is not None:
            rows = rows.where(models.Organisation.id.in_({*around, *partners}))
            wishes = wishes.where(or_(models.Wish.source_id.in_(around), models.Wish.target_id.in_(around)))
        self.organisations = {row.id: row for row in session.scalars(rows)}
        self.parties = {key: _party(row) for key, row in self.organisations.items()}
        self.people = {one.id: _person(one) for row in self.organisations.values() for one in row.delegates}
        self.wishes = list(session.scalars(wishes))
        self.wished = {(wish.source_id, wish.target_id) for wish in self.wishes if not wish.refuses}

    def origin(self, own: int, other: int) -> Origin:
        """Return who wished that `own` meets `other`, as `own` sees it."""
        is_own, is_theirs = (own, other) in self.wished, (other, own) in self.wished
        if is_own and is_theirs:
            return Origin.MUTUAL
        if is_own:
            return Origin.OWN_WISH
        return Origin.THEIR_WISH if is_theirs else Origin.SUGGESTED


class Places:
    """The slots, tables and interpreters that these meetings use, by key."""

    def __init__(self, session: Session, meetings: Iterable[models.Meeting]) -> None:
        used = list(meetings)
        slots = _keys(one.slot_id for one in used)
        tables = _keys(one.table_id for one in used)
        interpreters = _keys(one.interpreter_id for one in used)
        self.slots = {row.id: row for row in session.scalars(select(models.Slot).where(models.Slot.id.in_(slots)))}
        self.tables = {row.id: row for row in session.scalars(select(models.Table).where(models.Table.id.in_(tables)))}
        wanted = select(models.Interpreter).where(models.Interpreter.id.in_(interpreters))
        self.interpreters = {row.id: row.name for row in session.scalars(wanted)} if interpreters else {}


def _keys(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def meetings_where(session: Session, *conditions: ColumnElement[bool]) -> list[models.Meeting]:
    """Return meetings with what they are and who attends them; conditions may speak of their identity too."""
    return list(
        session.scalars(
            select(models.Meeting)
            .join(models.MeetingIdentity, models.MeetingIdentity.id == models.Meeting.identity_id)
            .where(*conditions)
            .options(selectinload(models.Meeting.identity), selectinload(models.Meeting.attendances))
        )
    )


def is_of(*organisations: int) -> ColumnElement[bool]:
    """The condition that a meeting is one of these organisations'."""
    identity = models.MeetingIdentity
    return or_(identity.organisation_a_id.in_(organisations), identity.organisation_b_id.in_(organisations))


def partners_in(meetings: Iterable[models.Meeting]) -> set[int]:
    """Return the organisations of these meetings."""
    return {key for one in meetings for key in (one.identity.organisation_a_id, one.identity.organisation_b_id)}


def entries_of(
    meetings: Iterable[models.Meeting], cast: Cast, places: Places, own: Collection[int] | None = None
) -> Mapping[int, list[Entry]]:
    """Return the meetings of each organisation, or of `own` alone, as each side sees them, in time order."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: (places.slots[one.slot_id].starts_at, one.id)):
        sides = (meeting.identity.organisation_a_id, meeting.identity.organisation_b_id)
        for side, organisation in enumerate(sides):
            if own is None or organisation in own:
                found[organisation].append(_entry(meeting, side, cast, places))
    return found


def _entry(meeting: models.Meeting, own: int, cast: Cast, places: Places) -> Entry:
    identity, slot = meeting.identity, places.slots[meeting.slot_id]
    table = places.tables[meeting.table_id] if meeting.table_id else None
    people = [cast.people[one.delegate_id] for one in meeting.attendances]
    sides = (identity.organisation_a_id, identity.organisation_b_id)
    return Entry(
        identity.uid,
        identity.sequence,
        identity.changed_at,
        slot.starts_at,
        slot.starts_at + timedelta(minutes=slot.minutes),
        table.name if table else None,
        table.hall if table else None,
        people[own],
        cast.parties[sides[1 - own]],
        people[1 - own],
        (meeting.languages[0], meeting.languages[1]) if meeting.languages else None,
        places.interpreters[meeting.interpreter_id] if meeting.interpreter_id else None,
        cast.origin(sides[own], sides[1 - own]),
    )


def registered_items(
    session: Session, event_id: int, organisations: Collection[int] | None = None
) -> Mapping[int, set[int]]:
    """Return for each delegate, of an event or of some organisations, the items that they have registered for."""
    registration = models.ProgrammeRegistration
    asked = (
        select(registration.delegate_id, registration.item_id)
        .join(models.Delegate, models.Delegate.id == registration.delegate_id)
        .where(models.Delegate.event_id == event_id)
    )
    if organisations is not None:
        asked = asked.where(models.Delegate.organisation_id.in_(organisations))
    found: dict[int, set[int]] = defaultdict(set)
    for delegate, item in session.execute(asked):
        found[delegate].add(item)
    return found


def items_of(session: Session, event: models.Event) -> list[models.ProgrammeItem]:
    """Return the programme of an event, without everybody who has registered for it."""
    item = models.ProgrammeItem
    asked = select(item).where(item.event_id == event.id).order_by(item.starts_at, item.id)
    return list(session.scalars(asked.options(lazyload(item.registered))))


def programme_of(
    programme: Iterable[models.ProgrammeItem], row: models.Organisation, registered: Collection[int]
) -> tuple[Item, ...]:
    """Return what of the programme an organisation attends, and what somebody of it has registered for."""
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
        for item in programme
        if attends(item, row.kind) or item.id in registered
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
