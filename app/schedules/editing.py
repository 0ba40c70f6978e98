"""Editing a draft: a meeting is moved, added or removed, two change places. Every rule that it would break is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Invalid, NotFound
from app.matching.queries import value_of_pair
from app.schedules.asked import Asked, first_place, wanted_of
from app.schedules.draft import Draft
from app.schedules.judging import breaches, rules_broken
from app.schedules.keeping import States, keep, meetings_only, states_of
from app.schedules.keys import FIRST, key_of
from app.schedules.places import Judged, Wanted, best_change
from app.schedules.refusing import Near, Told, allowed
from app.schedules.solving import identities_of
from app.schedules.standing import Pair, Standing, standing_of
from scheduler import Meeting


@dataclass(frozen=True, slots=True)
class Asking:
    """What holds for each edit: whether rules may be broken on purpose, the reader's language, the time."""

    now: datetime
    is_forced: bool = False
    lang: str = "en"


def move(session: Session, version: models.Version, meeting: int, asked: Asked, asking: Asking) -> tuple[Told, ...]:
    """Hold a meeting elsewhere. Returns the rules that were broken on purpose; raises NotFound, Invalid, Breaking."""
    standing = standing_of(session, version, _pairs(session, version, [meeting]))
    name = standing.name_of[meeting]
    wanted = wanted_of(standing.draft, asked, standing.draft.row_of.get(name))
    judged = best_change(standing.draft, {name: wanted})
    return _do(session, version, "move", standing, judged, asking, Near(name, wanted))


def swap(session: Session, version: models.Version, one: int, other: int, asking: Asking) -> tuple[Told, ...]:
    """Let two meetings change their times and tables. Raises NotFound, Invalid, Breaking."""
    if one == other:
        raise Invalid("Two different meetings change places.")
    standing = standing_of(session, version, _pairs(session, version, [one, other]))
    first, second = standing.name_of[one], standing.name_of[other]
    rows = standing.draft.row_of
    if first not in rows or second not in rows:
        raise Conflict("One of the two is in a slot that there is no longer; move it.")
    wanted = {
        first: Wanted(rows[second].slot, rows[second].table),
        second: Wanted(rows[first].slot, rows[first].table),
    }
    judged = best_change(standing.draft, wanted)
    return _do(session, version, "swap", standing, judged, asking, Near(first, wanted[first]))


def add(
    session: Session, version: models.Version, sides: tuple[int, int], asked: Asked, asking: Asking
) -> tuple[int, tuple[Told, ...]]:
    """Hold a meeting of a pair; where no slot or table is asked for, in the first that breaks nothing.

    Returns the meeting and the rules that were broken on purpose. Raises Invalid, Conflict, Breaking.
    """
    one, other = sorted(sides)
    if one == other:
        raise Invalid("An organisation cannot meet itself.")
    event = session.get_one(models.Event, version.event_id)
    pair = Pair(one, other, FIRST, value_of_pair(session, event, one, other))
    standing = standing_of(session, version, [pair])
    if pair.name in standing.identity_of:
        raise Conflict("The two meet in this version already.")
    wanted = first_place(standing.draft, pair.name, asked)
    judged = best_change(standing.draft, {pair.name: wanted})
    near = Near(pair.name, wanted)
    told = allowed(session, event, standing, judged, near, asking.lang, is_forced=asking.is_forced)
    identity = identities_of(session, event.id, [(one, other, FIRST)], asking.now)[one, other, FIRST]
    row = judged.changes[pair.name]
    assert row is not None, "it is to be held"
    states: States = {str(identity): state_of(standing.draft, judged, row, pair.value)}
    keep(session, version, "add", meetings_only({str(identity): None}), meetings_only(states), asking.now)
    return identity, told


def remove(session: Session, version: models.Version, meeting: int, asking: Asking) -> tuple[Told, ...]:
    """Hold a meeting no longer. Raises NotFound, Breaking."""
    standing = standing_of(session, version, _pairs(session, version, [meeting]))
    changes = {standing.name_of[meeting]: None}
    judged = Judged(changes, tuple(breaches(standing.draft, changes)))
    return _do(session, version, "remove", standing, judged, asking, None)


def _pairs(session: Session, version: models.Version, meetings: Iterable[int]) -> list[Pair]:
    """The pairs of meetings that the version holds. Raises NotFound."""
    meeting, identity = models.Meeting, models.MeetingIdentity
    wanted = list(meetings)
    rows = session.execute(
        select(identity.id, identity.organisation_a_id, identity.organisation_b_id, identity.ordinal, meeting.value)
        .join(meeting, meeting.identity_id == identity.id)
        .where(meeting.version_id == version.id, identity.id.in_(wanted))
    )
    found = {row[0]: Pair(*row[1:]) for row in rows}
    for key in wanted:
        if key not in found:
            raise NotFound("Version {number} has no meeting {meeting}.", number=version.number, meeting=key)
    return [found[key] for key in wanted]


def _do(
    session: Session,
    version: models.Version,
    deed: str,
    standing: Standing,
    judged: Judged,
    asking: Asking,
    near: Near | None,
) -> tuple[Told, ...]:
    """Change the draft, if that may be; what changes nothing is no edit."""
    event = session.get_one(models.Event, version.event_id)
    told = allowed(session, event, standing, judged, near, asking.lang, is_forced=asking.is_forced)
    identities = {name: standing.identity_of[name] for name in judged.changes}
    before = states_of(session, version, identities.values())
    after: States = {}
    for name, row in judged.changes.items():
        was = before[str(identities[name])]
        assert was is not None, "it was held"
        state = None if row is None else state_of(standing.draft, judged, row, was["value"], was)
        after[str(identities[name])] = state
    if after != before:
        keep(session, version, deed, meetings_only(before), meetings_only(after), asking.now)
    return told


def state_of(draft: Draft, judged: Judged, row: Meeting, value: int, was: models.State | None = None) -> models.State:
    """Return a meeting as it will be. It is marked with what is broken on purpose, now or before."""
    languages = draft.frame.candidates[row.id].languages
    return models.State(
        slot=key_of(row.slot),
        table=None if row.table is None else key_of(row.table),
        interpreter=None if row.interpreter is None else key_of(row.interpreter),
        delegates=[key_of(one) for one in row.delegates],
        languages=None if languages is None else list(languages),
        value=value,
        is_pinned=was["is_pinned"] if was is not None else False,
        forced=_marks(draft, judged, row, was["forced"] if was is not None else None),
    )


def _marks(draft: Draft, judged: Judged, row: Meeting, marks: Sequence[str] | None) -> list[str] | None:
    now = {one.rule.value for one in judged.breaches}
    still = {rule for rule in rules_broken(draft, judged.changes, row.id) if rule in (marks or ())}
    return sorted(now | still) or None
