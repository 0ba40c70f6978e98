"""Repairing on the day: the smallest change that mends a timetable is proposed, and made the new draft if wanted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, NotFound
from app.matching.queries import comers_of
from app.schedules.differences import Difference, Kind, Spot
from app.schedules.happenings import Away, Consequences, Happening, consequences
from app.schedules.keeping import held_version, version_of
from app.schedules.keys import key_of, participant_id, slot_id
from app.schedules.mending import Mending, mending
from app.schedules.pins import Pinned
from app.schedules.posing import Posed, pose_beside
from app.schedules.solving import pair_key, store_version
from app.schedules.stage import Stage
from scheduler import (
    Meeting,
    MeetingId,
    Problem,
    Result,
    Schedule,
    Status,
    explained,
    problem_from_json,
    problem_to_json,
    result_from_json,
    result_to_json,
    score,
)

CHANGED = "Something has changed since this was proposed: ask for a new proposal."


@dataclass(frozen=True, slots=True)
class Case:
    """What a repair is about: the version as it stands, what happened, and what is asked of the search."""

    base: tuple[int, int]
    digest: str
    consequences: Consequences
    mending: Mending
    pins: Pinned


def case_of(
    session: Session, event: models.Event, version: models.Version, happened: Sequence[Happening], now: datetime
) -> Case:
    """Return the case: slots that have begun are over. Raises NotFound and Invalid."""
    posed = pose_beside(session, version)
    assert posed.previous is not None, "a version holds something, if only nothing"
    followed = consequences(session, event, happened, now)
    stage = followed.on(Stage(session, event))
    after = replace(
        posed.problem,
        tables=stage.tables,
        interpreters=stage.interpreters,
        participants=tuple(map(stage.participant, comers_of(session, event))),
    )
    past = frozenset(slot_id(slot.id) for slot in event.slots if slot.starts_at < now)
    named = frozenset(participant_id(key) for key in followed.named)
    kept = _all_pinned(posed.previous, posed)
    mended = mending(posed.problem, after, posed.previous, past, kept, named)
    return Case((version.number, version.revision), _digest(posed.problem), followed, mended, posed.pins)


def _all_pinned(schedule: Schedule, posed: Posed) -> Pinned:
    """Every meeting that a pin keeps, be it its own, its organisation's or its table's."""
    sides = {one.id: one.between for one in posed.problem.meetings}
    pins = posed.pins
    return Pinned(
        frozenset(
            row.id
            for row in schedule.meetings
            if row.id in pins.meetings or row.table in pins.tables or not pins.participants.isdisjoint(sides[row.id])
        )
    )


def _digest(problem: Problem) -> str:
    return hashlib.sha256(problem_to_json(problem).encode()).hexdigest()


def propose(
    session: Session, event: models.Event, case: Case, result: Result, happened: Sequence[Happening], now: datetime
) -> models.Repair:
    """Keep what was found as a proposal."""
    today, schedule = case.mending.today, result.schedule
    figures = {
        term: figure for term, figure in score(today, schedule, case.mending.base).items() if term in today.objective
    }
    found = replace(
        result,
        status=Status.FEASIBLE,
        score=figures,
        bounds={},
        proved=(),
        not_held=explained(today, schedule, Status.FEASIBLE),
    )
    changes = changes_of(today, case.mending.base, schedule)
    repair = models.Repair(
        event_id=event.id,
        base_number=case.base[0],
        base_revision=case.base[1],
        digest=case.digest,
        happened=[_told(one) for one in happened],
        absences=[_kept(one) for one in case.consequences.away],
        problem=problem_to_json(today),
        schedule=result_to_json(found),
        cost={**_cost(changes), "back": sorted(case.consequences.back)},
        changes=[_change_kept(one) for one in changes],
        created_at=now,
    )
    session.add(repair)
    session.flush()
    return repair


def apply(session: Session, event: models.Event, key: int, now: datetime) -> models.Version:
    """Make a proposal the event's next draft, exactly as it was proposed, and note who is away.

    Raises NotFound, or Conflict where it was applied already, or anything has changed since.
    """
    repair = repair_of(session, event, key, is_held=True)
    if repair.applied_number is not None:
        raise Conflict("This was applied already: see version {number}.", number=repair.applied_number)
    base = held_version(session, event, repair.base_number)
    posed = pose_beside(session, base)
    if (base.revision, _digest(posed.problem)) != (repair.base_revision, repair.digest):
        raise Conflict(CHANGED)
    problem, result = problem_from_json(repair.problem), result_from_json(repair.schedule)
    version = store_version(session, event, replace(posed, problem=problem), result, repair.problem, now)
    _note_absences(session, event, repair)
    repair.applied_number = version.number
    session.flush()
    return version


def repair_of(session: Session, event: models.Event, key: int, *, is_held: bool = False) -> models.Repair:
    """Return a proposal. Raises NotFound."""
    question = select(models.Repair).where(models.Repair.event_id == event.id, models.Repair.id == key)
    repair = session.scalar(question.with_for_update() if is_held else question)
    if repair is None:
        raise NotFound("There is no repair {repair}.", repair=key)
    return repair


def repaired_version(session: Session, event: models.Event, number: int | None) -> models.Version:
    """Return the version to mend: the one named, else the one in force, else the newest. Raises NotFound, Conflict."""
    if number is not None:
        return version_of(session, event, number)
    version = models.Version
    found = session.scalar(
        select(version)
        .where(version.event_id == event.id)
        .order_by(version.published_at.is_(None), version.number.desc())
        .limit(1)
    )
    if found is None:
        raise Conflict("There is no timetable yet that could be mended.")
    return found


def _note_absences(session: Session, event: models.Event, repair: models.Repair) -> None:
    back = repair.cost["back"]
    assert isinstance(back, list)
    absence = models.Absence
    session.execute(delete(absence).where(absence.event_id == event.id, absence.delegate_id.in_(back)))
    for one in repair.absences:
        since, until = one["since"], one["until"]
        session.add(
            absence(
                event_id=event.id,
                delegate_id=one["delegate"],
                table_id=one["table"],
                interpreter_id=one["interpreter"],
                since=datetime.fromisoformat(str(since)),
                until=None if until is None else datetime.fromisoformat(str(until)),
            )
        )
    session.flush()


def changes_of(problem: Problem, before: Schedule, after: Schedule) -> tuple[Difference, ...]:
    """Return what a repair changes; a meeting is known by its pair, since a new one has no identity yet."""
    pairs = {one.id: pair_key(one)[:2] for one in problem.meetings}
    old, new = _spots(before), _spots(after)
    names = [name for name in pairs if old.get(name) != new.get(name)]
    return tuple(Difference(0, pairs[name], old.get(name), new.get(name)) for name in names)


def _spots(schedule: Schedule) -> dict[MeetingId, Spot]:
    return {row.id: _spot(row) for row in schedule.meetings}


def _spot(row: Meeting) -> Spot:
    return Spot(
        key_of(row.slot),
        None if row.table is None else key_of(row.table),
        None if row.interpreter is None else key_of(row.interpreter),
        (key_of(row.delegates[0]), key_of(row.delegates[1])),
    )


def kept_changes(repair: models.Repair) -> tuple[Difference, ...]:
    """Return what a proposal changes, as it was when it was made."""
    return tuple(
        Difference(
            0,
            (one["organisations"][0], one["organisations"][1]),
            _spot_of(one["before"]),
            _spot_of(one["after"]),
        )
        for one in repair.changes
    )


def _spot_of(kept: models.SpotKept | None) -> Spot | None:
    if kept is None:
        return None
    return Spot(kept["slot"], kept["table"], kept["interpreter"], tuple(kept["delegates"]))


def _change_kept(one: Difference) -> models.ChangeKept:
    return {
        "organisations": [*one.organisations],
        "before": _spot_kept(one.before),
        "after": _spot_kept(one.after),
    }


def _spot_kept(spot: Spot | None) -> models.SpotKept | None:
    if spot is None:
        return None
    return {
        "slot": spot.slot,
        "table": spot.table,
        "interpreter": spot.interpreter,
        "delegates": [*spot.delegates],
    }


def _cost(changes: Sequence[Difference]) -> dict[str, int | list[int]]:
    counts: dict[str, int | list[int]] = {kind.value: sum(one.kind is kind for one in changes) for kind in Kind}
    counts["organisations"] = sorted({key for one in changes for key in one.organisations})
    counts["delegates"] = sorted({key for one in changes for key in one.delegates})
    return counts


def _told(one: Happening) -> dict[str, str | int | None]:
    return {
        "what": one.what.value,
        "organisation": one.organisation,
        "delegate": one.delegate,
        "table": one.table,
        "interpreter": one.interpreter,
        "at": None if one.at is None else one.at.isoformat(),
    }


def _kept(one: Away) -> dict[str, str | int | None]:
    return {
        "delegate": one.delegate,
        "table": one.table,
        "interpreter": one.interpreter,
        "since": one.since.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
    }
