"""Drafts in a database, put there meeting by meeting, and read back as the engine would see them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.schedules.posing import Posed, pose, pose_from
from app.schedules.solving import store_version
from scheduler import (
    Meeting,
    MeetingId,
    Problem,
    Result,
    Schedule,
    SlotId,
    Status,
    TableId,
    explained,
    problem_to_json,
    violations,
)
from tests.builders import NOON


def a_draft(session: Session, event: models.Event, rows: Iterable[tuple[str, int, int]] = ()) -> models.Version:
    """A draft that holds pairs of organisations, `A-B`, in the n-th slot, at the n-th table."""
    posed = pose(session, event)
    names = {row.name: row.id for row in session.execute(select(models.Organisation.name, models.Organisation.id))}
    held = []
    for pair, slot, table in rows:
        one, other = sorted(names[name] for name in pair.split("-"))
        held.append(_row(posed.problem, MeetingId(f"o{one}-o{other}"), slot, table))
    schedule = Schedule(tuple(held))
    not_held = explained(posed.problem, schedule, Status.FEASIBLE)
    result = Result(event.slug, Status.FEASIBLE, schedule, not_held=not_held)
    return store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)


def _row(problem: Problem, name: MeetingId, slot: int, table: int) -> Meeting:
    candidate = next(one for one in problem.meetings if one.id == name)
    people = {one.id: one.delegates for one in problem.participants}
    one, other = (people[side][0].id for side in candidate.between)
    able = [one.id for one in problem.interpreters if candidate.languages and one.languages >= set(candidate.languages)]
    place = None if candidate.online else problem.tables[table].id
    return Meeting(name, problem.slots[slot].id, place, (one, other), able[0] if able else None)


def held_by(session: Session, version: models.Version) -> tuple[Problem, Schedule]:
    """The problem of the event as it stands, without regard to pins, and what the version holds."""
    posed: Posed = pose_from(session, version)
    assert posed.previous is not None
    return posed.problem, posed.previous


def judged(session: Session, version: models.Version) -> list[tuple[str, tuple[str, ...]]]:
    """What the engine's judge finds in a version."""
    problem, schedule = held_by(session, version)
    return sorted((one.rule.value, tuple(sorted(one.meetings))) for one in violations(problem, schedule))


def key_of_meeting(session: Session, pair: str) -> int:
    """The key of the meeting of two organisations, `A-B`, across all versions."""
    one, other = sorted(
        session.scalars(select(models.Organisation.id).where(models.Organisation.name.in_(pair.split("-"))))
    )
    return session.scalars(
        select(models.MeetingIdentity.id).where(
            models.MeetingIdentity.organisation_a_id == one, models.MeetingIdentity.organisation_b_id == other
        )
    ).one()


def where_is(session: Session, version: models.Version, pair: str) -> tuple[SlotId, TableId | None] | None:
    """Slot and table of a meeting, None where it is not held."""
    _, schedule = held_by(session, version)
    one, other = sorted(
        session.scalars(select(models.Organisation.id).where(models.Organisation.name.in_(pair.split("-"))))
    )
    return next(((row.slot, row.table) for row in schedule.meetings if row.id == f"o{one}-o{other}"), None)
