"""Replanning by hand: meetings that a sheet moves, adds or removes become a draft, if no rule is in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.stamp import Stamp
from app.errors import Conflict, Fault, Faulty
from app.languages import sentences
from app.matching.queries import value_of_pair
from app.schedules.breaches import Breach
from app.schedules.copying import copy
from app.schedules.draft import Draft
from app.schedules.editing import state_of
from app.schedules.judging import breaches
from app.schedules.keeping import States, keep, meetings_only, states_of, version_of
from app.schedules.keys import FIRST, delegate_id, slot_id, table_id
from app.schedules.places import Judged, Wanted, best_change
from app.schedules.refusing import Told, told_of
from app.schedules.solving import identities_of
from app.schedules.standing import Pair, Standing, standing_of
from scheduler import Meeting, MeetingId

DEED = "replan"


class Unchanged(Conflict):
    """What was sent is what is there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A meeting that a sheet has elsewhere or with other people; `slot` None: no longer. Read at a sheet and cell.

    `meeting` is its identity; None: a new one of the organisations `sides`, the smaller key first. `delegates` are
    those who are asked for, in the order of the sides, else whoever attends now or is free.
    """

    meeting: int | None
    slot: int | None
    table: int | None
    sheet: str
    cell: str | None
    sides: tuple[int, int] | None = None
    delegates: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new draft, how much differs, and the rules that were broken on purpose."""

    version: models.Version
    moved: int
    added: int
    removed: int
    told: tuple[Told, ...]


def base_of(session: Session, event: models.Event, stamp: Stamp, lang: str) -> models.Version:
    """Return the version that a planning was written from. Raises Conflict where something was changed since."""
    _ = sentences(lang).gettext
    if stamp.event != event.slug:
        raise Conflict(_("The planning is of another event, “{slug}”.").format(slug=stamp.event))
    version = version_of(session, event, stamp.number)
    newest = session.scalar(select(func.max(models.Version.number)).where(models.Version.event_id == event.id))
    if newest != version.number:
        text = _("The planning is of version {n}, and version {newest} has been made since; export that one.")
        raise Conflict(text.format(n=version.number, newest=newest))
    if version.revision != stamp.revision:
        text = _("Version {n} has been edited since the planning was written; export it again.")
        raise Conflict(text.format(n=version.number))
    return version


def replan(
    session: Session,
    version: models.Version,
    moves: Sequence[Moved],
    now: datetime,
    lang: str,
    *,
    is_forced: bool = False,
) -> Replanned:
    """Make the next draft from a version, with these meetings elsewhere: one edit, which can be undone.

    Raises Unchanged, or Faulty with every rule that would be broken, at the cell that breaks it.
    """
    if not moves:
        raise Unchanged(
            sentences(lang).gettext("Nothing in the planning differs from version {n}.").format(n=version.number)
        )
    event = session.get_one(models.Event, version.event_id)
    pairs = _pairs(session, event, version, moves)
    standing = standing_of(session, version, pairs)
    named = {pair.name: one for pair, one in zip(pairs, moves, strict=True)}
    judged = _judged(standing, named)
    told = told_of(session, event, standing, judged.breaches, lang)
    if not is_forced or not all(one.can_be_forced for one in told):
        _refuse(standing, judged, told, named, lang)
    draft = copy(session, version, now)
    _keep(session, draft, standing, judged, {pair.name: pair for pair in pairs}, now)
    removed, added = sum(one.slot is None for one in moves), sum(one.meeting is None for one in moves)
    return Replanned(draft, len(moves) - removed - added, added, removed, told)


def _keep(
    session: Session,
    draft: models.Version,
    standing: Standing,
    judged: Judged,
    pairs: Mapping[MeetingId, Pair],
    now: datetime,
) -> None:
    """Write what was judged into a draft, as one edit."""
    new = {name: _key(pairs[name]) for name in judged.changes if name not in standing.identity_of}
    made = identities_of(session, draft.event_id, new.values(), now) if new else {}
    identity_of = {**standing.identity_of, **{name: made[key] for name, key in new.items()}}
    before = states_of(session, draft, [identity_of[name] for name in judged.changes])
    after: States = {}
    for name, row in judged.changes.items():
        was = before[str(identity_of[name])]
        state = None if row is None else state_of(standing.draft, judged, row, pairs[name].value, was)
        after[str(identity_of[name])] = state
    keep(session, draft, DEED, meetings_only(before), meetings_only(after), now)


def _key(pair: Pair) -> tuple[int, int, int]:
    """What the identity of a meeting is made for."""
    return pair.one, pair.other, pair.ordinal


def _pairs(session: Session, event: models.Event, version: models.Version, moves: Sequence[Moved]) -> list[Pair]:
    """The pair of each move, in their order."""
    meeting, identity = models.Meeting, models.MeetingIdentity
    rows = session.execute(
        select(identity.id, identity.organisation_a_id, identity.organisation_b_id, identity.ordinal, meeting.value)
        .join(meeting, meeting.identity_id == identity.id)
        .where(meeting.version_id == version.id, identity.id.in_([one.meeting for one in moves]))
    )
    held = {row[0]: Pair(*row[1:]) for row in rows}
    return [
        held[one.meeting]
        if one.meeting is not None
        else Pair(*_sides(one), FIRST, value_of_pair(session, event, *_sides(one)))
        for one in moves
    ]


def _sides(moved: Moved) -> tuple[int, int]:
    assert moved.sides is not None, "a new meeting says who meets"
    return moved.sides


def _judged(standing: Standing, wanted: Mapping[MeetingId, Moved]) -> Judged:
    """What the moves would break all together: whoever changes places with somebody is in nobody's way."""
    draft = standing.draft
    was = {name: draft.row_of.get(name) for name in wanted}
    changes: dict[MeetingId, Meeting | None] = dict.fromkeys(wanted)
    with draft.changed(dict.fromkeys(wanted)):
        for name, one in wanted.items():
            if one.slot is not None:
                row = _row(draft, name, one, was[name])
                changes[name] = row
                draft.place(row)
        for name, placed in changes.items():
            if placed is not None:
                draft.remove(name)
    return Judged(changes, tuple(breaches(draft, changes)))


def _row(draft: Draft, name: MeetingId, moved: Moved, was: Meeting | None) -> Meeting:
    """Where a meeting goes, with who is asked for and the others of before if they can, else of the same two."""
    assert moved.slot is not None
    slot, table = slot_id(moved.slot), None if moved.table is None else table_id(moved.table)
    one, other = (None if key is None else delegate_id(key) for key in moved.delegates)
    if was is not None:
        people = (one or was.delegates[0], other or was.delegates[1])
        same = best_change(draft, {name: Wanted(slot, table, people, was.interpreter)})
        if not same.breaches and (row := same.changes[name]) is not None:
            return row
    row = best_change(draft, {name: Wanted(slot, table, (one, other))}).changes[name]
    assert row is not None
    return row


def _refuse(
    standing: Standing, judged: Judged, told: Sequence[Told], moves: Mapping[MeetingId, Moved], lang: str
) -> None:
    """Raise Faulty where something is broken, each rule at the cell of a meeting that breaks it."""
    faults = []
    for breach, one in zip(judged.breaches, told, strict=True):
        at = _culprit(standing, judged, breach, moves)
        where = ", ".join(part for part in (at.sheet, at.cell) if part)
        faults.append(Fault(one.rule, f"{where}: {one.sentence}", at.sheet, at.cell))
    if faults:
        raise Faulty(sentences(lang).gettext("The planning breaks rules; nothing was changed."), faults)


def _culprit(standing: Standing, judged: Judged, breach: Breach, moves: Mapping[MeetingId, Moved]) -> Moved:
    """The move that a breach is told at: of a meeting that it names, else of one whose people it is about."""
    named = [moves[name] for name in reversed(breach.meetings) if name in moves]
    about = [one for name, one in moves.items() if breach.participant in standing.draft.between[name]]
    placed = [
        one
        for name, one in moves.items()
        if (row := judged.changes[name]) is not None
        and (breach.slot, breach.table) in ((row.slot, row.table), (row.slot, None))
    ]
    return (named or about or placed or list(moves.values()))[0]
