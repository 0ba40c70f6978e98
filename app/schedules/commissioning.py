"""Asking for a timetable, and what becomes of it: the problem is posed now, and a worker finds it in the job."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, models
from app.audit import HOST, record
from app.errors import Invalid
from app.jobs import Finish, Kind, Queue, Stop, Work, enqueue
from app.languages import sentences
from app.schedules.conflicts import conflict_in_words
from app.schedules.keeping import version_of
from app.schedules.pins import Pinned
from app.schedules.posing import Posed, pose, pose_from
from app.schedules.protocol import NoTimetable, Order
from app.schedules.searching import free_cores, search
from app.schedules.solving import store_version
from scheduler import (
    Limits,
    Meeting,
    MeetingId,
    ParticipantId,
    Progress,
    Result,
    Schedule,
    Status,
    TableId,
    Term,
    problem_from_json,
    problem_to_json,
    result_from_json,
    result_to_json,
    score,
)

SECONDS_TO_TELL = 2
"""What a search may keep of its time to tell what it found; one that leaves more ended by itself."""
NOTHING_TO_PLAN = "There is no meeting to plan: nobody wishes to meet anybody, and nothing is suggested."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: how long to search, from which version to start, and in whose language.

    `from_version` None: from the newest one, if there is one; `is_fresh`: from none at all, and no pin is kept.
    """

    seconds: float
    seed: int = 1
    from_version: int | None = None
    is_fresh: bool = False
    lang: str = "en"


def pose_wanted(session: Session, event: models.Event, wanted: Wanted) -> models.JobFacts:
    """Return all that a worker needs, read from the event as it stands. Raises Invalid, NotFound."""
    version = None if wanted.is_fresh else _start(session, event, wanted.from_version)
    posed = pose(session, event) if version is None else pose_from(session, version)
    if not posed.problem.meetings:
        raise Invalid(NOTHING_TO_PLAN)
    problem = problem_to_json(posed.problem)
    start = None if posed.previous is None else Result(posed.problem.name, Status.FEASIBLE, posed.previous)
    return {
        "problem": problem,
        "digest": _digest(problem),
        "previous": None if start is None else result_to_json(start),
        "base": None if posed.base is None else list(posed.base),
        "pins": [
            [str(name) for name in sorted(names)]
            for names in (posed.pins.meetings, posed.pins.participants, posed.pins.tables)
        ],
        "seconds": wanted.seconds,
        "seed": wanted.seed,
        "lang": wanted.lang,
    }


def ask_to_solve(
    session: Session, event: models.Event, payload: models.JobFacts, caller_name: str, now: datetime
) -> models.Job:
    """Put the search for a timetable into the queue. Raises Limited when too many wait already."""
    job = enqueue(session, SOLVE, payload, host_id=event.host_id, event_id=event.id, asked_by=caller_name, now=now)
    record(session, caller_name, "ask-to-solve", event_id=event.id, subject=f"job:{job.id}", now=now)
    return job


def _start(session: Session, event: models.Event, number: int | None) -> models.Version | None:
    """The version to start from; the newest where none is named."""
    if number is not None:
        return version_of(session, event, number)
    newest = models.Version.number.desc()
    return session.scalar(select(models.Version).where(models.Version.event_id == event.id).order_by(newest).limit(1))


def _no_timetable(session: Session, work: Work, asked: "_Asked", answer: NoTimetable) -> models.JobFacts:
    """Why there is none: in the engine's words and paths, and each rule in those of the event."""
    event = session.get_one(models.Event, work.event_id)
    rules = conflict_in_words(session, event, asked.posed.problem, answer.paths, asked.lang)
    return {"status": answer.status.value, "text": answer.text, "paths": [*answer.paths], "rules": [*rules]}


def _digest(problem: str) -> str:
    return hashlib.sha256(problem.encode()).hexdigest()


def _solve(work: Work) -> Finish:
    """Search, and return how to keep what was found. It is a new draft in any case: nothing is laid over edits."""
    asked = _Asked.of(work.payload)
    cores = work.settings.solver_cores or free_cores()
    order = Order(asked.posed.problem, asked.posed.previous, Limits(asked.seconds, cores, asked.seed), asked.lang)
    answer = search(order, work.settings.solver_memory_mb, lambda news: work.tell(_told(news)), work.stop)
    if isinstance(answer, NoTimetable):
        return lambda session, _now: _no_timetable(session, work, asked, answer)
    ended, text = _ended(answer, asked, is_stopped=work.stop() is Stop.CANCELLED)
    has_changed = _has_changed(work, asked)

    def finish(session: Session, now: datetime) -> models.JobFacts:
        event = session.get_one(models.Event, work.event_id)
        kept = _still_there(session, event, asked.posed, answer)
        version = store_version(session, event, asked.posed, kept, asked.problem_json, now)
        session.info[HOST] = work.host_id
        record(session, work.name, "make-version", event_id=event.id, subject=f"version:{version.number}", now=now)
        return {
            "status": kept.status.value,
            "version": version.number,
            "score": _figures(kept.score),
            "bound": _figures(kept.bounds),
            "proved": [term.value for term in kept.proved],
            "meetings": len(kept.schedule.meetings),
            "not_held": len(kept.not_held),
            "is_outdated": has_changed,
            "ended": ended,
            "text": text,
        }

    return finish


def _ended(result: Result, asked: "_Asked", *, is_stopped: bool) -> tuple[str, str]:
    """Why a search ended when it did, in a word and in a sentence."""
    _ = sentences(asked.lang).gettext
    if result.status is Status.OPTIMAL:
        return "proved", _("This timetable is proved to be the best.")
    if is_stopped:
        return "stopped", _("The search was stopped; this is the best that it had.")
    if asked.seconds - result.seconds > max(SECONDS_TO_TELL, asked.seconds / 10):
        return "exhausted", _("The search ended before its time: it knew nothing more to try, and has no proof.")
    return "time", _("The time of the search is over; more of it may bring a better timetable.")


SOLVE = Kind("solve", Queue.SEARCHES, _solve)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The payload, read."""

    posed: Posed
    problem_json: str
    digest: str
    seconds: float
    seed: int
    lang: str

    @classmethod
    def of(cls, payload: models.JobFacts) -> "_Asked":
        match payload:
            case {
                "problem": str(problem),
                "digest": str(digest),
                "previous": (str() | None) as previous,
                "base": base,
                "pins": [list(meetings), list(participants), list(tables)],
                "seconds": (int() | float()) as seconds,
                "seed": int(seed),
                "lang": str(lang),
            }:
                posed = Posed(
                    problem_from_json(problem),
                    {},
                    None if previous is None else result_from_json(previous).schedule,
                    _base(base),
                    Pinned(
                        frozenset(MeetingId(str(name)) for name in meetings),
                        frozenset(ParticipantId(str(name)) for name in participants),
                        frozenset(TableId(str(name)) for name in tables),
                    ),
                )
                return cls(posed, problem, digest, seconds, seed, lang)
        raise AssertionError("a job that was written by another version of this program")


def _base(written: models.Json) -> tuple[int, int] | None:
    match written:
        case [int(number), int(revision)]:
            return number, revision
    return None


def _told(news: Progress) -> models.JobFacts:
    return {
        "seconds": round(news.seconds, 1),
        "score": None if news.score is None else _figures(news.score),
        "bound": _figures(news.bounds),
    }


def _figures(figures: Mapping[Term, int]) -> models.JobFacts:
    return {term.value: figure for term, figure in figures.items()}


def _has_changed(work: Work, asked: _Asked) -> bool:
    """Whether the event, or the draft it was started from, is another one than when it was asked."""
    with db.reading(work.engine) as session:
        event = session.get(models.Event, work.event_id)
        if event is None or asked.posed.base is None:
            return event is None or _digest(problem_to_json(pose(session, event).problem)) != asked.digest
        number, revision = asked.posed.base
        version = version_of(session, event, number)
        return (
            version.revision != revision
            or _digest(problem_to_json(pose_from(session, version).problem)) != asked.digest
        )


def _still_there(session: Session, event: models.Event, posed: Posed, result: Result) -> Result:
    """Return the result without what was deleted meanwhile: a version holds only what there is."""
    known = _names_in(session, event)
    between = {one.id: one.between for one in posed.problem.meetings}
    if known.issuperset(name for pair in between.values() for name in pair) and all(
        known.issuperset(_names_of(row)) for row in result.schedule.meetings
    ):
        return result
    there = {name for name, pair in between.items() if known.issuperset(pair)}
    rows = (row for row in result.schedule.meetings if row.id in there and known.issuperset(_names_of(row)))
    schedule = Schedule(tuple(rows))
    not_held = tuple(row for row in result.not_held if row.id in there)
    figures = {term: figure for term, figure in score(posed.problem, schedule).items() if term in result.score}
    return replace(
        result, status=Status.FEASIBLE, schedule=schedule, score=figures, bounds={}, proved=(), not_held=not_held
    )


def _names_of(row: Meeting) -> set[str]:
    return {name for name in (row.slot, row.table, row.interpreter, *row.delegates) if name is not None}


def _names_in(session: Session, event: models.Event) -> set[str]:
    """Return the engine's ids of all that the event has."""
    columns = {
        "s": models.Slot.id,
        "t": models.Table.id,
        "i": models.Interpreter.id,
        "d": models.Delegate.id,
        "o": models.Organisation.id,
    }
    return {
        f"{letter}{key}"
        for letter, column in columns.items()
        for key in session.scalars(select(column).where(column.class_.event_id == event.id))
    }
