"""Every meeting that is not held has the first true reason, and the place that one move would free is really free."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.check import Rule, score, violations
from scheduler.explain import MOST_TEXTS, Explanation, explained
from scheduler.judging.reasons import Vacancies
from scheduler.pipeline import draft
from scheduler.problem import Candidate, Problem, Rules, Term
from scheduler.schedule import Meeting, NotHeld, Place, Reason, Schedule, Status
from tests.scheduler.builders import candidate, held, interpreter, participant, problem, schedule, tables
from tests.scheduler.strategies import problems, schedules
from tests.scheduler.varied import varied


def valid(problem: Problem, rows: Schedule) -> Schedule:
    """As many of the rows, from the first on, as break no rule together."""
    kept: tuple[Meeting, ...] = ()
    for row in rows.meetings:
        if not violations(problem, Schedule((*kept, row))):
            kept = (*kept, row)
    return Schedule(kept)


def everywhere(problem: Problem, one: Candidate) -> Iterator[Meeting]:
    """Every row that the meeting could have in a schedule."""
    people = {side.id: side.delegates for side in problem.participants}
    for slot in problem.slots:
        for table in (None, *(table.id for table in problem.tables)):
            for first in people[one.between[0]]:
                for second in people[one.between[1]]:
                    for who in (None, *(who.id for who in problem.interpreters)):
                        yield Meeting(one.id, slot.id, table, (first.id, second.id), who)


STAGES: dict[Reason, set[Rule]] = {
    Reason.NO_COMMON_SLOT: {Rule.SLOTS, Rule.FIXED_SLOT, Rule.DELEGATES, Rule.DELEGATE_TWICE},
    Reason.NO_INTERPRETER: {Rule.LANGUAGES, Rule.INTERPRETER_TWICE},
    Reason.NO_TABLE: {Rule.FIXED_TABLE, Rule.ONLINE, Rule.HOME_TABLE, Rule.TABLE_TWICE},
    Reason.ORDER: {Rule.AFTER},
    Reason.RULE: {Rule.MAX_BREAK_SPREAD, Rule.MAX_CONSECUTIVE, Rule.MAX_IDLE_SLOTS},
}


def stages(problem: Problem, rows: Schedule, row: Meeting) -> set[Reason]:
    """Which of the reasons keep a row out of a schedule: the judge's word, sorted by reason."""
    found = set()
    for violation in violations(problem, Schedule((*rows.meetings, row))):
        field = violation.path.rpartition(".")[2]
        by_field = {"delegates": Reason.NO_COMMON_SLOT, "interpreter": Reason.NO_INTERPRETER, "table": Reason.NO_TABLE}
        found |= {reason for reason, rules in STAGES.items() if violation.rule in rules}
        found |= {by_field[field]} if violation.rule is Rule.UNAVAILABLE else set()
    return found


def first_reason(problem: Problem, rows: Schedule, one: Candidate) -> Reason | None:
    """The reason by trying every place; None where the meeting could be held."""
    for side in one.between:
        who = next(p for p in problem.participants if p.id == side)
        mine = [row for row in rows.meetings if side in next(m.between for m in problem.meetings if m.id == row.id)]
        busy = {(row.slot, name) for row in rows.meetings for name in row.delegates}
        is_free = any(
            (s.id, d.id) not in busy and s.id not in d.unavailable for s in problem.slots for d in who.delegates
        )
        if not is_free or (who.max_meetings is not None and len(mine) >= who.max_meetings):
            return Reason.PARTICIPANT_FULL
    found = [stages(problem, rows, row) for row in everywhere(problem, one)]
    order = list(STAGES)
    for k, reason in enumerate(order):
        if not any(not kept & set(order[: k + 1]) for kept in found):
            return reason
    return None


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_the_reason_is_the_first_that_trying_every_place_gives(data: st.DataObject) -> None:
    of = data.draw(problems(most_slots=4, most_meetings=6))
    of = replace(of, meetings=tuple(replace(one, required=False) for one in of.meetings))
    rows = valid(of, data.draw(schedules(of)))
    candidates = {one.id: one for one in of.meetings}
    for status in (Status.OPTIMAL, Status.FEASIBLE):
        vacancies = Vacancies(of, rows)
        explanation = Explanation(of, rows, status)
        for row in explained(of, rows, status):
            assert explanation.row(row.id, is_brief=True) == NotHeld(row.id, row.reason)
            truth = first_reason(of, rows, candidates[row.id])
            judged = vacancies.reason(candidates[row.id], status, of.objective)
            if truth is not None:
                assert (row.reason, judged) == (truth, truth)
            elif judged is not None:
                assert row.reason is judged
            else:
                assert row.reason in (Reason.OUTWEIGHED, Reason.TIME_RAN_OUT)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_meeting_is_outweighed_where_holding_it_makes_the_schedule_worse(data: st.DataObject) -> None:
    of = data.draw(problems(most_slots=4, most_meetings=6, terms=tuple(Term)))
    of = replace(of, meetings=tuple(replace(one, required=False) for one in of.meetings))
    rows, before = valid(of, data.draw(schedules(of))), data.draw(schedules(of))
    candidates = {one.id: one for one in of.meetings}

    def cost(schedule: Schedule) -> list[int]:
        figures = score(of, schedule, before)
        return [-figures[term] if term.is_maximised else figures[term] for term in of.objective]

    for row in explained(of, rows, Status.FEASIBLE, before):
        if row.reason in (Reason.OUTWEIGHED, Reason.TIME_RAN_OUT):
            tried = [Schedule((*rows.meetings, where)) for where in everywhere(of, candidates[row.id])]
            best = min(cost(schedule) for schedule in tried if not violations(of, schedule))
            assert (row.reason is Reason.OUTWEIGHED) == (best > cost(rows))


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_the_nearest_place_is_free_once_its_moves_are_made(data: st.DataObject) -> None:
    of = data.draw(problems(most_slots=4, most_meetings=7))
    of = replace(of, meetings=tuple(replace(one, required=False) for one in of.meetings))
    rows = valid(of, data.draw(schedules(of)))
    assume(rows.meetings)
    candidates = {one.id: one for one in of.meetings}
    for row in explained(of, rows, Status.FEASIBLE):
        if row.nearest is not None:
            assert is_free(of, rows, candidates[row.id], row.nearest)


def is_free(of: Problem, rows: Schedule, one: Candidate, place: Place) -> bool:
    """Whether somebody can hold the meeting in the place after the moves, no rule broken."""
    moved = {row.id: row for row in place.moves}
    after = tuple(moved.get(row.id, row) for row in rows.meetings)
    there = [row for row in everywhere(of, one) if (row.slot, row.table) == (place.slot, place.table)]
    return any(not violations(of, Schedule((*after, row))) for row in there)


PAIR = candidate("m1", "a b")


def explain(of: Problem, *rows: str, status: Status = Status.FEASIBLE) -> NotHeld:
    (found,) = explained(of, schedule(*rows), status)
    return found


@pytest.mark.parametrize(
    ("of", "rows", "reason", "text", "nearest"),
    [
        (
            problem(PAIR, candidate("m2", "a c"), with_=[participant("a", ceiling=1)]),
            "m2 s1 t1 a.1 c.1",
            Reason.PARTICIPANT_FULL,
            "a has 1 meeting, and 1 is their ceiling.",
            None,
        ),
        (
            problem(PAIR, candidate("m2", "a c"), with_=[participant("a", "s2 s3")]),
            "m2 s1 t1 a.1 c.1",
            Reason.PARTICIPANT_FULL,
            "a has 1 meeting and 1 delegate, of whom nobody is free in any slot.",
            None,
        ),
        (
            problem(PAIR, candidate("m2", "a c"), with_=[participant("b", "s2 s3")]),
            "m2 s1 t1 a.1 c.1",
            Reason.NO_COMMON_SLOT,
            "a and b have no free slot in common: of the 3 slots in which they may meet, a is free in 2 and b in 1.",
            Place(held("m s1 t1 a b").slot, held("m s1 t1 a b").table, (held("m2 s2 t1 a.1 c.1"),)),
        ),
        (
            problem(
                candidate("m1", "a b", delegates=("a.1", "b.1")),
                candidate("m2", "a c"),
                with_=[participant("a", "s2 s3", "")],
            ),
            "m2 s1 t1 a.1 c.1",
            Reason.NO_COMMON_SLOT,
            (
                "a and b have no free slot in common: of the 3 slots in which they may meet, "
                "whoever of a may attend is free in 0 and whoever of b may attend in 3."
            ),
            Place(held("m s1 t1 a b").slot, held("m s1 t1 a b").table, (held("m2 s1 t2 a.2 c.1"),)),
        ),
        (
            problem(candidate("m1", "a b", fixed_slot="s1", slots="s2"), candidate("m2", "c d")),
            "m2 s1 t1 c.1 d.1",
            Reason.NO_COMMON_SLOT,
            "There is no slot in which a and b may meet.",
            None,
        ),
        (
            problem(
                candidate("m1", "a b", languages="de fr", fixed_slot="s1"),
                candidate("m2", "c d", languages="de fr", slots="s1 s2"),
                interpreters=[interpreter("i1", "de fr")],
            ),
            "m2 s1 t1 c.1 d.1 i1",
            Reason.NO_INTERPRETER,
            "a and b are both free in s1, but none of the 1 interpreter for de and fr is.",
            Place(held("m s1 t1 a b").slot, held("m s1 t1 a b").table, (held("m2 s2 t1 c.1 d.1 i1"),)),
        ),
        (
            problem(PAIR, candidate("m2", "c d"), slot_count=2, places=tables(1, t1="s2")),
            "m2 s1 t1 c.1 d.1",
            Reason.NO_TABLE,
            "a and b are both free in s1, s2, but none of the 1 table is.",
            None,
        ),
        (
            problem(candidate("m1", "a b", after="m2"), candidate("m2", "c d"), slot_count=2),
            "m2 s2 t1 c.1 d.1",
            Reason.ORDER,
            "a and b are both free in s1, s2, but it has to come after m2 in s2.",
            Place(held("m s2 t1 a b").slot, held("m s2 t1 a b").table, (held("m2 s1 t1 c.1 d.1"),)),
        ),
        (
            problem(PAIR, candidate("m2", "a c"), slot_count=2, rules=Rules(max_consecutive=1)),
            "m2 s1 t1 a.1 c.1",
            Reason.RULE,
            "a and b are both free in s2, but it would break max_consecutive 1.",
            None,
        ),
        (
            problem(PAIR),
            "",
            Reason.TIME_RAN_OUT,
            "It could be held in s1; the time ran out before that was tried.",
            Place(held("m s1 t1 a b").slot, held("m s1 t1 a b").table),
        ),
        (
            problem(
                PAIR, candidate("m2", "a c"), slot_count=3, with_=[participant("b", "s1 s2")], objective=(Term.BREAKS,)
            ),
            "m2 s1 t1 a.1 c.1",
            Reason.OUTWEIGHED,
            "It could be held in s3, but the schedule would be worse by what counts here (breaks).",
            Place(held("m s3 t1 a b").slot, held("m s3 t1 a b").table),
        ),
    ],
)
def test_each_reason_has_its_sentence_and_its_way_out(
    of: Problem, rows: str, reason: Reason, text: str, nearest: Place | None
) -> None:
    assert explain(of, *filter(None, [rows])) == NotHeld(PAIR.id, reason, text, nearest)


def test_a_meeting_that_could_be_held_but_is_not_in_a_proved_optimum_is_outweighed() -> None:
    row = explain(problem(PAIR, objective=(Term.BREAKS,)), status=Status.OPTIMAL)

    assert (row.reason, row.text) == (
        Reason.OUTWEIGHED,
        "It could be held in s1, but no schedule with it is better by what counts here (breaks).",
    )


def test_above_twenty_thousand_rows_only_the_reasons_are_told() -> None:
    of = problem(*(candidate(f"m{k}", "a b") for k in range(MOST_TEXTS + 1)), with_=[participant("a", ceiling=0)])
    rows = explained(of, Schedule(), Status.OPTIMAL)

    assert {(row.reason, row.text, row.nearest) for row in rows} == {(Reason.PARTICIPANT_FULL, None, None)}


def test_thousands_of_tables_are_not_tried_one_by_one_where_waiting_counts_most() -> None:
    rest = [candidate(f"m{k}", f"a x{k}") for k in range(400)]
    of = problem(
        candidate("first", "a b"),
        candidate("last", "a b"),
        *rest,
        slot_count=40,
        places=4_000,
        with_=[participant("a", " ".join(f"s{t}" for t in range(2, 40, 2)))],
        objective=(Term.MOVES, Term.BREAKS, Term.VALUE),
    )

    rows = explained(of, schedule("first s1 t1 a.1 b.1", "last s3 t1 a.1 b.1"), Status.FEASIBLE)

    assert {row.reason for row in rows} == {Reason.OUTWEIGHED}


def test_where_the_time_is_over_nothing_is_compared_and_no_place_is_looked_for() -> None:
    of = problem(candidate("m1", "a b"), slot_count=2, objective=(Term.VALUE,))
    before = problem(candidate("m1", "a b"), slot_count=2, objective=(Term.MOVES, Term.BREAKS))

    for one in (of, before):
        (row,) = explained(one, Schedule(), Status.FEASIBLE, is_over=lambda: True)

        assert (row.reason, row.nearest) == (Reason.TIME_RAN_OUT, None)
        assert row.text == "It could be held in s1; the time ran out before that was tried."


@pytest.mark.parametrize("seed", range(12))
def test_reasons_are_the_same_where_there_are_too_many_for_texts(seed: int) -> None:
    of = varied(seed)
    found = draft(of, seed=1, clock=lambda: 0.0, deadline=60.0).schedule
    held = {row.id for row in found.meetings}
    explanation = Explanation(of, found, Status.FEASIBLE)
    for meeting in (one.id for one in of.meetings if one.id not in held):
        assert explanation.row(meeting, is_brief=True).reason == explanation.row(meeting).reason
