"""Solving: the engine is asked, the judge has the last word, and a version keeps the answer."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app import models
from app.clock import seconds
from app.errors import Infeasible, Unfinished
from app.languages import Language, sentences
from app.schedules.keys import FIRST, key_of, meeting_id
from app.schedules.pins import Pinned
from app.schedules.posing import Posed
from scheduler import (
    NAME,
    Candidate,
    Limits,
    Meeting,
    MeetingId,
    NotHeld,
    Problem,
    Progress,
    Reason,
    Result,
    Schedule,
    Status,
    Term,
    explained,
    nothing_collected,
    score,
    solve,
    violations,
)

PairKey = tuple[int, int, int]
"""The two organisations, the smaller key first, and the ordinal."""


def solve_judged(
    problem: Problem,
    limits: Limits,
    *,
    previous: Schedule | None = None,
    watch: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    lang: str = "en",
) -> Result:
    """Return a timetable in which the judge finds nothing wrong. The search starts from the one before, and where
    it finds none that is better, that one stays: nobody is sent elsewhere for nothing.

    Raises Infeasible with the reason where there is none, Unfinished where the time did not suffice to find one.
    """
    _ = sentences(lang).gettext
    result = solve(problem, limits, clock=seconds, previous=previous, watch=watch, should_stop=should_stop)
    if result.status is Status.INFEASIBLE:
        raise Infeasible(_conflict_text(result, lang), result.conflict.paths if result.conflict else ())
    if result.status is Status.UNKNOWN:
        text = _("No timetable was found in {seconds} seconds; more time may bring one.")
        raise Unfinished(text.format(seconds=f"{result.seconds:.0f}"))
    broken = violations(problem, result.schedule)
    assert not broken, f"the engine broke its word: {broken[:5]}"
    kept = result if previous is None else _kept(problem, previous, result)
    return kept if Term.CHANGES in problem.objective else _without_changes(kept)


def at_hand(problem: Problem, progress: Progress) -> Result:
    """Return what a search has at hand that has no time to say more: no proof, nor why the others are not held."""
    schedule = progress.schedule or Schedule()
    held = {row.id for row in schedule.meetings}
    with nothing_collected():
        not_held = tuple(NotHeld(one.id, Reason.TIME_RAN_OUT) for one in problem.meetings if one.id not in held)
    return Result(
        problem.name,
        Status.FEASIBLE,
        schedule,
        {term: progress.figures[term] for term in problem.objective},
        not_held=not_held,
        seconds=progress.seconds,
        engine=NAME,
    )


def _conflict_text(result: Result, lang: str) -> str:
    """Why there is no timetable: the engine says it in English, others read that there is none and see the rules."""
    _ = sentences(lang).gettext
    said = _("No timetable keeps all rules; these cannot hold together.")
    return result.conflict.text if result.conflict is not None and lang == Language.ENGLISH else said


def _kept(problem: Problem, previous: Schedule, result: Result) -> Result:
    """Return the result with the schedule before, unless the new one is better in more than walking.

    A shorter walk for a few is not worth another time and table for everybody.
    """
    if previous == result.schedule or violations(problem, previous):
        return result
    figures = score(problem, previous, previous)
    if any(figures[term] != result.score[term] for term in problem.objective if term is not Term.MOVES):
        return result
    proved = tuple(term for term in result.proved if figures[term] == result.score[term])
    status = Status.OPTIMAL if len(proved) == len(problem.objective) else Status.FEASIBLE
    rows = explained(problem, previous, status)
    return replace(result, schedule=previous, score=figures, proved=proved, status=status, not_held=rows)


def _without_changes(result: Result) -> Result:
    """The plan before was a start and no goal: how far the new one is from it is no part of how good it is."""
    return replace(result, score={term: figure for term, figure in result.score.items() if term is not Term.CHANGES})


def store_version(
    session: Session, event: models.Event, posed: Posed, result: Result, problem_json: str, now: datetime
) -> models.Version:
    """Store a result as the event's next version, a draft, with the pins of the version that it was made from.

    Its score says in how many meetings it differs from that.
    """
    base_number, base_revision = posed.base or (None, None)
    version = models.Version(
        event_id=event.id,
        number=next_number(session, event.id),
        created_at=now,
        status=result.status.value,
        problem=problem_json,
        score={term.value: figure for term, figure in result.score.items()} | _changes(posed, result),
        bounds={term.value: figure for term, figure in result.bounds.items()},
        proved=[term.value for term in result.proved],
        seconds=result.seconds,
        engine=result.engine,
        base_number=base_number,
        base_revision=base_revision,
    )
    session.add(version)
    session.flush()
    candidates = {one.id: one for one in posed.problem.meetings}
    _store_meetings(session, version, candidates, result.schedule.meetings, posed.pins, now)
    _store_not_held(session, version, candidates, result)
    _store_pins(session, version, posed.pins)
    return version


def next_number(session: Session, event_id: int) -> int:
    """Return the number of the event's next version, and hold the event so that nobody else takes it."""
    session.execute(select(models.Event.id).where(models.Event.id == event_id).with_for_update(key_share=True))
    newest = session.scalar(select(func.max(models.Version.number)).where(models.Version.event_id == event_id))
    return (newest or 0) + 1


def _changes(posed: Posed, result: Result) -> dict[str, int]:
    if posed.base is None or posed.previous is None:
        return {}
    now = {row.id: (row.slot, row.table) for row in result.schedule.meetings}
    changed = sum(now.get(was.id) != (was.slot, was.table) for was in posed.previous.meetings)
    return {Term.CHANGES.value: changed}


def _store_pins(session: Session, version: models.Version, pins: Pinned) -> None:
    session.add_all(models.Pin(version_id=version.id, organisation_id=key_of(one)) for one in sorted(pins.participants))
    session.add_all(models.Pin(version_id=version.id, table_id=key_of(one)) for one in sorted(pins.tables))
    session.flush()


def _store_meetings(
    session: Session,
    version: models.Version,
    candidates: Mapping[MeetingId, Candidate],
    meetings: Iterable[Meeting],
    pins: Pinned,
    now: datetime,
) -> None:
    held = list(meetings)
    if not held:
        return
    identities = identities_of(session, version.event_id, [pair_key(candidates[one.id]) for one in held], now)
    rows = [
        {
            "version_id": version.id,
            "identity_id": identities[pair_key(candidates[one.id])],
            "slot_id": key_of(one.slot),
            "table_id": key_of(one.table) if one.table else None,
            "interpreter_id": key_of(one.interpreter) if one.interpreter else None,
            "languages": list(languages) if (languages := candidates[one.id].languages) else None,
            "value": candidates[one.id].value,
            "is_pinned": one.id in pins.meetings,
        }
        for one in held
    ]
    ids = session.scalars(insert(models.Meeting).returning(models.Meeting.id, sort_by_parameter_order=True), rows)
    attendances = [
        {
            "meeting_id": meeting_id,
            "side": side,
            "version_id": version.id,
            "slot_id": key_of(one.slot),
            "delegate_id": key_of(delegate),
        }
        for meeting_id, one in zip(ids, held, strict=True)
        for side, delegate in enumerate(one.delegates)
    ]
    session.execute(insert(models.Attendance), attendances)


def identities_of(session: Session, event_id: int, wanted: Iterable[PairKey], now: datetime) -> dict[PairKey, int]:
    """Return the identity of each meeting, made at its first time and the same ever after."""
    known = _known_identities(session, event_id)
    new = [
        {
            "event_id": event_id,
            "organisation_a_id": a,
            "organisation_b_id": b,
            "ordinal": ordinal,
            "uid": str(uuid.uuid4()),
            "sequence": 0,
            "changed_at": now,
        }
        for a, b, ordinal in wanted
        if (a, b, ordinal) not in known
    ]
    if new:
        session.execute(insert(models.MeetingIdentity), new)
        known = _known_identities(session, event_id)
    return known


def _known_identities(session: Session, event_id: int) -> dict[PairKey, int]:
    one = models.MeetingIdentity
    columns = select(one.organisation_a_id, one.organisation_b_id, one.ordinal, one.id)
    return {(a, b, ordinal): key for a, b, ordinal, key in session.execute(columns.where(one.event_id == event_id))}


def pair_key(candidate: Candidate) -> PairKey:
    """The pair and the ordinal that an id names: `o3-o7`, `o3-o7-2`."""
    one, other = (key_of(side) for side in candidate.between)
    _, _, ordinal = candidate.id.removeprefix(meeting_id(one, other)).rpartition("-")
    return one, other, int(ordinal or FIRST)


def _store_not_held(
    session: Session, version: models.Version, candidates: Mapping[MeetingId, Candidate], result: Result
) -> None:
    rows = []
    for row in result.not_held:
        a, b, ordinal = pair_key(candidates[row.id])
        rows.append(
            {
                "version_id": version.id,
                "organisation_a_id": a,
                "organisation_b_id": b,
                "ordinal": ordinal,
                "reason": row.reason.value,
                "text": row.text,
            }
        )
    if rows:
        session.execute(insert(models.NotHeld), rows)
