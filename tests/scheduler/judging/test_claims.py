"""What an answer says of itself is believed only where it is so."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from scheduler.judging.claims import false_claims, is_path
from scheduler.problem import Term
from scheduler.schedule import Conflict, NotHeld, Reason, Result, Schedule, Status
from tests.scheduler.builders import candidate, participant, problem, schedule

OF = problem(
    candidate("m1", "a b", 5),
    candidate("m2", "a c", 3),
    candidate("m3", "b c", 1),
    slot_count=2,
    with_=[participant("a", floor=3)],
)
GOOD = Result(
    "a problem",
    Status.FEASIBLE,
    schedule("m1 s1 t1 a.1 b.1", "m2 s2 t1 a.1 c.1"),
    {Term.SHORTFALL: 1, Term.VALUE: 8, Term.BREAKS: 0, Term.MOVES: 0, Term.IDLE: 0},
    {Term.SHORTFALL: 1, Term.VALUE: 9, Term.BREAKS: 0, Term.MOVES: 0},
    (Term.SHORTFALL, Term.BREAKS, Term.MOVES),
    (NotHeld(candidate("m3", "b c").id, Reason.NO_COMMON_SLOT, "Any sentence."),),
)
ROW = GOOD.not_held[0]
NOTHING = replace(GOOD, schedule=Schedule(), score={}, bounds={}, proved=())


def test_a_true_answer_is_believed() -> None:
    assert false_claims(OF, GOOD) == []


@pytest.mark.parametrize(
    ("lie", "paths"),
    [
        ({"problem": "another"}, ["problem"]),
        ({"seconds": -1.0}, ["seconds"]),
        ({"score": {**GOOD.score, Term.VALUE: 7}}, ["score.value"]),
        ({"score": {**GOOD.score, Term.IDLE: 1}}, ["score.idle"]),
        ({"score": {k: v for k, v in GOOD.score.items() if k is not Term.MOVES}}, ["score.moves", "proved"]),
        ({"score": {**GOOD.score, Term.CHANGES: 0}}, ["score.changes"]),
        ({"bounds": {**GOOD.bounds, Term.VALUE: 7}}, ["bounds.value"]),
        ({"bounds": {**GOOD.bounds, Term.SHORTFALL: 2}}, ["bounds.shortfall", "proved"]),
        ({"bounds": {k: v for k, v in GOOD.bounds.items() if k is not Term.MOVES}}, ["bounds.moves", "proved"]),
        ({"bounds": {**GOOD.bounds, Term.IDLE: 0}}, ["bounds.idle"]),
        ({"proved": (Term.SHORTFALL, Term.VALUE, Term.BREAKS, Term.MOVES)}, ["proved"]),
        ({"proved": (Term.BREAKS, Term.SHORTFALL, Term.MOVES)}, ["proved"]),
        ({"status": Status.OPTIMAL}, ["status"]),
        ({"not_held": ()}, ["not_held"]),
        ({"not_held": (ROW, ROW)}, ["not_held[1].id"]),
        ({"not_held": (replace(ROW, id=candidate("m9", "b c").id), ROW)}, ["not_held[0].id"]),
        ({"not_held": (replace(ROW, id=candidate("m1", "a b").id), ROW)}, ["not_held[0].id"]),
        ({"not_held": (replace(ROW, reason=Reason.OUTWEIGHED),)}, ["not_held[0].reason"]),
        ({"not_held": (replace(ROW, reason=Reason.NO_TABLE),)}, ["not_held[0].reason"]),
        ({"schedule": Schedule(GOOD.schedule.meetings[::-1])}, ["meetings[1].id"]),
        ({"conflict": Conflict("Why not.", ("tables",), True)}, ["conflict"]),
    ],
)
def test_a_lie_is_found_where_it_stands(lie: Mapping[str, object], paths: list[str]) -> None:
    told = replace(GOOD, **lie)  # type: ignore[arg-type]  # one field of an answer, of its type

    assert [fault.path for fault in false_claims(OF, told)] == paths


def test_an_optimal_answer_proves_every_term() -> None:
    best = replace(
        GOOD, status=Status.OPTIMAL, bounds={**GOOD.bounds, Term.VALUE: 8}, proved=OF.objective, not_held=(ROW,)
    )

    assert false_claims(OF, best) == []
    assert [f.path for f in false_claims(OF, replace(best, status=Status.FEASIBLE))] == ["status"]


def test_changes_are_compared_with_the_schedule_before() -> None:
    before = schedule("m1 s1 t1 a.1 b.1", "m3 s2 t2 b.1 c.1")
    told = replace(GOOD, score={**GOOD.score, Term.CHANGES: 1})

    assert false_claims(OF, told, before) == []
    assert [f.path for f in false_claims(OF, told, schedule())] == ["score.changes"]


def test_time_does_not_run_out_on_an_optimum() -> None:
    of = problem(candidate("m1", "a b"), objective=(Term.BREAKS,))
    rows = (NotHeld(of.meetings[0].id, Reason.TIME_RAN_OUT),)
    told = Result("a problem", Status.OPTIMAL, score={Term.BREAKS: 0}, bounds={Term.BREAKS: 0}, proved=(Term.BREAKS,))

    assert [f.path for f in false_claims(of, replace(told, not_held=rows))] == ["not_held[0].reason"]
    assert false_claims(of, replace(told, not_held=(replace(rows[0], reason=Reason.OUTWEIGHED),))) == []


def test_an_answer_without_a_schedule_says_so_consistently() -> None:
    of = replace(OF, meetings=tuple(replace(one, required=True) for one in OF.meetings))
    rows = tuple(NotHeld(one.id, Reason.OUTWEIGHED) for one in of.meetings)
    told = replace(
        NOTHING,
        status=Status.INFEASIBLE,
        not_held=rows,
        conflict=Conflict("They do not fit.", ("meetings[*].required", "slots"), True),
    )
    late = replace(
        told, status=Status.UNKNOWN, conflict=None, not_held=tuple(replace(r, reason=Reason.TIME_RAN_OUT) for r in rows)
    )

    assert (false_claims(of, told), false_claims(of, late)) == ([], [])
    assert [f.path for f in false_claims(of, replace(told, conflict=None))] == ["conflict"]
    assert [f.path for f in false_claims(of, replace(told, conflict=Conflict("", (), True)))] == ["conflict.paths"]
    assert [f.path for f in false_claims(of, replace(told, proved=(Term.VALUE,)))] == ["proved"]


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("tables", True),
        ("slots", True),
        ("meetings[2].required", True),
        ("meetings[3].required", False),
        ("meetings[*].required", True),
        ("meetings[*].colour", False),
        ("participants[0].delegates", True),
        ("participants[0].delegates[0].unavailable", True),
        ("rules.max_idle_slots", True),
        ("rules[0]", False),
        ("planets", False),
        ("objective[1]", True),
        ("", False),
    ],
)
def test_a_path_of_a_conflict_leads_somewhere(path: str, is_there: bool) -> None:
    assert is_path(OF, path) is is_there
