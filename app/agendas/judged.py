"""What is true of a version as it stands now: the problem that it answers, its score, what of its proof still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.schedules.posing import pose_from
from app.schedules.queries import schedule_of
from scheduler import (
    NotHeld,
    Problem,
    Reason,
    Result,
    Schedule,
    Status,
    Term,
    explained,
    problem_from_json,
    score,
    violations,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """How good a version is, term by term, the best that each could be, and which are proved to be that."""

    score: Mapping[str, int]
    bounds: Mapping[str, int]
    proved: Sequence[str]


def proof_of(session: Session, version: models.Version) -> Proof:
    """Return how good a version is now. One that nobody edited is as good as it was found."""
    if version.base_number is None and version.revision == 0:
        return Proof(version.score, version.bounds, version.proved)
    standing = _Standing(session, version)
    return Proof(
        {term.value: figure for term, figure in standing.score.items()},
        {term.value: figure for term, figure in standing.bounds.items()},
        [term.value for term in standing.proved],
    )


def judged(session: Session, version: models.Version) -> tuple[Problem, Result]:
    """Return the problem and its answer, which the judge accepts unless an organiser broke a rule on purpose."""
    one = _Standing(session, version)
    status = Status.OPTIMAL if one.proved == one.problem.objective else Status.FEASIBLE
    is_whole = not violations(one.problem, one.schedule)
    return one.problem, Result(
        one.problem.name,
        status,
        one.schedule,
        one.score,
        one.bounds,
        one.proved,
        explained(one.problem, one.schedule, status) if is_whole else _unexplained(one.problem, one.schedule),
        seconds=version.seconds,
        engine=version.engine,
    )


class _Standing:
    """A version in the words of the engine.

    Where somebody who was not asked for has been put into it, its problem is that of the event today.
    """

    def __init__(self, session: Session, version: models.Version) -> None:
        self.problem = problem_from_json(version.problem.encode())
        self.schedule = schedule_of(session, version, self.problem)
        is_asked = len(self.schedule.meetings) == _held_count(session, version)
        if not is_asked:
            self.problem = pose_from(session, version).problem
            self.schedule = schedule_of(session, version, self.problem)
        self.score = score(self.problem, self.schedule)
        self.bounds = _bounds(self.problem, self.score, version if is_asked else None)
        self.proved = tuple(term for term in self.problem.objective if self.bounds[term] == self.score[term])


def _held_count(session: Session, version: models.Version) -> int:
    return session.scalar(select(func.count(models.Meeting.id)).where(models.Meeting.version_id == version.id)) or 0


def _bounds(problem: Problem, figures: Mapping[Term, int], version: models.Version | None) -> dict[Term, int]:
    """Return for each term a bound that holds: the one that was proved as long as the terms before are as they were.

    After the first that is not, only what is true of every timetable is said.
    """
    bounds: dict[Term, int] = {}
    is_as_it_was = version is not None
    for term in problem.objective:
        known = version.bounds.get(term) if version is not None and is_as_it_was else None
        bounds[term] = known if known is not None else _limit(problem, term)
        is_as_it_was = is_as_it_was and version is not None and version.score.get(term) == figures[term]
    return bounds


def _limit(problem: Problem, term: Term) -> int:
    """The best that could be if nothing stood in the way."""
    if term is Term.VALUE:
        return sum(one.value for one in problem.meetings)
    return len(problem.meetings) if term is Term.HELD else 0


def _unexplained(problem: Problem, schedule: Schedule) -> tuple[NotHeld, ...]:
    """Of a timetable that breaks rules no reason can be told."""
    held = {row.id for row in schedule.meetings}
    return tuple(NotHeld(one.id, Reason.OUTWEIGHED) for one in problem.meetings if one.id not in held)
