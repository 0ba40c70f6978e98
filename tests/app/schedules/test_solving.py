"""The engine is asked, the judge has the last word, and what was planned before stays where it is as good."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.errors import Infeasible
from app.schedules.posing import pose
from app.schedules.queries import last_schedule
from app.schedules.solving import solve_judged, store_version
from scheduler import (
    Candidate,
    Delegate,
    DelegateId,
    Limits,
    Meeting,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Schedule,
    Slot,
    SlotId,
    Status,
    Table,
    TableId,
    Term,
    problem_to_json,
)
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation

LIMITS = Limits(seconds=20, workers=1)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def a_problem(*meetings: Candidate, slots: int = 2) -> Problem:
    """Three organisations of one delegate each, one table."""
    return Problem(
        "small",
        tuple(Slot(SlotId(f"s{number}"), "2026-06-06") for number in range(slots)),
        (Table(TableId("t1")),),
        tuple(Participant(ParticipantId(name), (Delegate(DelegateId(f"{name}.1")),)) for name in ("a", "b", "c")),
        meetings,
    )


def a_meeting(one: str, other: str, *, required: bool = False) -> Candidate:
    return Candidate(MeetingId(one + other), (ParticipantId(one), ParticipantId(other)), required=required)


def at_table(pair: str, slot: str) -> Meeting:
    one, other = (DelegateId(f"{name}.1") for name in pair)
    return Meeting(MeetingId(pair), SlotId(slot), TableId("t1"), (one, other))


def test_a_plan_that_is_as_good_stays() -> None:
    problem = a_problem(a_meeting("a", "b"), a_meeting("a", "c"))
    straight, upside_down = (
        Schedule(tuple(at_table(pair, slot) for pair, slot in zip(("ab", "ac"), slots, strict=True)))
        for slots in (("s0", "s1"), ("s1", "s0"))
    )

    assert solve_judged(problem, LIMITS, previous=upside_down).schedule == upside_down
    assert solve_judged(problem, LIMITS, previous=straight).schedule == straight


def test_what_was_planned_before_is_no_goal() -> None:
    problem = a_problem(a_meeting("a", "b"))

    result = solve_judged(problem, LIMITS, previous=Schedule((at_table("ab", "s0"),)))

    assert Term.CHANGES not in result.score
    assert result.status is Status.OPTIMAL


def test_a_shorter_walk_is_not_worth_another_time_for_everybody() -> None:
    tables = Table(TableId("t1")), Table(TableId("t2"))
    problem = replace(a_problem(a_meeting("a", "b"), a_meeting("a", "c")), tables=tables)
    walking = Schedule((at_table("ab", "s0"), replace(at_table("ac", "s1"), table=TableId("t2"))))

    result = solve_judged(problem, LIMITS, previous=walking)

    assert (result.schedule, result.score[Term.MOVES], result.bounds[Term.MOVES]) == (walking, 1, 0)
    assert (result.status, Term.MOVES in result.proved) == (Status.FEASIBLE, False)


def test_a_plan_that_can_be_better_becomes_better() -> None:
    problem = a_problem(a_meeting("a", "b"), a_meeting("a", "c"))

    assert len(solve_judged(problem, LIMITS, previous=Schedule()).schedule.meetings) == 2


def test_what_cannot_be_planned_is_said() -> None:
    problem = a_problem(a_meeting("a", "b", required=True), a_meeting("a", "c", required=True), slots=1)

    with pytest.raises(Infeasible):
        solve_judged(problem, LIMITS)


def test_what_cannot_be_planned_is_said_in_the_language_of_the_organiser() -> None:
    cramped = a_problem(a_meeting("a", "b", required=True), a_meeting("a", "c", required=True), slots=1)

    with pytest.raises(Infeasible, match="Kein Zeitplan hält alle Regeln ein") as refusal:
        solve_judged(cramped, LIMITS, lang="de")
    assert refusal.value.paths


def test_a_version_can_be_read_back_as_it_was_planned(session: Session) -> None:
    event = an_event(session, interpreters=[("de", "fr")])
    ville = an_organisation(session, event, "Ville", a_delegate("Anne", languages=["fr"]))
    werk = an_organisation(session, event, "Werk", a_delegate("Jo", languages=["de"]), a_delegate("Ute"))
    far = an_organisation(session, event, "Far", a_delegate("Fa", online=True))
    a_wish(session, ville, werk)
    a_wish(session, far, werk)
    posed = pose(session, event)
    assert last_schedule(session, event, posed.problem) is None

    result = solve_judged(posed.problem, LIMITS)
    store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)

    assert len(result.schedule.meetings) == 2
    assert last_schedule(session, event, posed.problem) == result.schedule


def test_what_is_no_longer_there_is_not_read_back(session: Session) -> None:
    event = an_event(session, slots=1)
    ville, werk = an_organisation(session, event, "Ville"), an_organisation(session, event, "Werk")
    a_wish(session, ville, werk)
    posed = pose(session, event)
    store_version(session, event, posed, solve_judged(posed.problem, LIMITS), "{}", NOON)
    session.query(models.Delegate).filter_by(organisation_id=werk.id).one().is_withdrawn = True
    an_organisation(session, event, "Neu")
    session.flush()
    session.expire_all()

    assert last_schedule(session, event, pose(session, event).problem) == Schedule()
