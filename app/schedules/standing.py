"""A draft as it stands in the database, read for one edit: all of its meetings, and all about those it touches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from app import models
from app.errors import Invalid
from app.schedules.breaches import Bar
from app.schedules.draft import Between, Draft, Frame
from app.schedules.keys import delegate_id, interpreter_id, meeting_id, participant_id, slot_id, table_id
from app.schedules.stage import Stage
from scheduler import Candidate, Meeting, MeetingId, Participant


@dataclass(frozen=True, slots=True)
class Pair:
    """A meeting by its two organisations, the smaller key first, and its ordinal; `value` is what it is worth."""

    one: int
    other: int
    ordinal: int
    value: int

    @property
    def name(self) -> MeetingId:
        return meeting_id(self.one, self.other, self.ordinal)


@dataclass(frozen=True, slots=True)
class Standing:
    """The draft, and which meetings of the event its names stand for."""

    draft: Draft
    identity_of: Mapping[MeetingId, int]
    name_of: Mapping[int, MeetingId]


def standing_of(session: Session, version: models.Version, pairs: Iterable[Pair]) -> Standing:
    """Return a draft in which the meetings of these pairs can be judged."""
    event = session.get_one(models.Event, version.event_id)
    stage = Stage(session, event)
    touched = list(pairs)
    frame = _frame(session, stage, touched)
    rows, identity_of = _rows(session, version, frame)
    name_of = {identity: name for name, identity in identity_of.items()}
    return Standing(Draft(frame, rows), identity_of, name_of)


def _frame(session: Session, stage: Stage, pairs: list[Pair]) -> Frame:
    people = _organisations(session, stage.event, {key for pair in pairs for key in (pair.one, pair.other)})
    candidates: dict[MeetingId, Candidate] = {}
    bars: dict[MeetingId, list[Bar]] = defaultdict(list)
    for pair in pairs:
        one, other = people[pair.one], people[pair.other]
        candidates[pair.name] = stage.candidate(one, other, pair.value, pair.ordinal)
        bars[pair.name] += [Bar.GONE for side in (one, other) if not _comes(side)][:1]
        bars[pair.name] += [Bar.REFUSED] if _refuses(session, pair) else []
        bars[pair.name] += [] if stage.allows(one, other) else [Bar.KINDS]
    return Frame(
        stage.slots,
        {one.id: one for one in stage.tables},
        {one.id: one for one in stage.interpreters},
        {participant_id(key): _participant(stage, one) for key, one in people.items()},
        candidates,
        _comers_count(session, stage.event) if stage.rules.max_break_spread is not None else 0,
        stage.rules,
        bars,
    )


def _participant(stage: Stage, organisation: models.Organisation) -> Participant:
    found = stage.participant(organisation)
    return found if not organisation.is_withdrawn else Participant(found.id, ())


def _organisations(session: Session, event: models.Event, keys: set[int]) -> dict[int, models.Organisation]:
    rows = session.scalars(
        select(models.Organisation)
        .where(models.Organisation.event_id == event.id, models.Organisation.id.in_(keys))
        .options(selectinload(models.Organisation.delegates))
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in rows}
    for key in sorted(keys - found.keys()):
        raise Invalid("There is no organisation {organisation} in this event.", organisation=key)
    return found


def _comes(organisation: models.Organisation) -> bool:
    return not organisation.is_withdrawn and any(not one.is_withdrawn for one in organisation.delegates)


def _refuses(session: Session, pair: Pair) -> bool:
    wish = models.Wish
    either = or_(
        (wish.source_id == pair.one) & (wish.target_id == pair.other),
        (wish.source_id == pair.other) & (wish.target_id == pair.one),
    )
    return session.scalar(select(wish.id).where(wish.refuses, either).limit(1)) is not None


def _comers_count(session: Session, event: models.Event) -> int:
    somebody = exists().where(
        models.Delegate.organisation_id == models.Organisation.id, models.Delegate.is_withdrawn.is_(False)
    )
    comers = select(func.count(models.Organisation.id)).where(
        models.Organisation.event_id == event.id, models.Organisation.is_withdrawn.is_(False), somebody
    )
    return session.scalar(comers) or 0


def _rows(
    session: Session, version: models.Version, frame: Frame
) -> tuple[list[tuple[Meeting, Between]], dict[MeetingId, int]]:
    """Every meeting of the version in a slot that there still is; and all identities."""
    meeting, identity = models.Meeting, models.MeetingIdentity
    one, other = aliased(models.Attendance), aliased(models.Attendance)
    found = session.execute(
        select(
            meeting.identity_id,
            identity.organisation_a_id,
            identity.organisation_b_id,
            identity.ordinal,
            meeting.slot_id,
            meeting.table_id,
            meeting.interpreter_id,
            one.delegate_id,
            other.delegate_id,
        )
        .join(identity, identity.id == meeting.identity_id)
        .join(one, (one.meeting_id == meeting.id) & (one.side == 0))
        .join(other, (other.meeting_id == meeting.id) & (other.side == 1))
        .where(meeting.version_id == version.id)
    )
    known = {slot.id for slot in frame.slots}
    rows: list[tuple[Meeting, Between]] = []
    identity_of: dict[MeetingId, int] = {}
    for key, a, b, ordinal, slot, table, interpreter, first, second in found:
        name = meeting_id(a, b, ordinal)
        identity_of[name] = key
        if (at := slot_id(slot)) in known:
            row = Meeting(
                name,
                at,
                None if table is None else table_id(table),
                (delegate_id(first), delegate_id(second)),
                None if interpreter is None else interpreter_id(interpreter),
            )
            rows.append((row, (participant_id(a), participant_id(b))))
    return rows, identity_of
