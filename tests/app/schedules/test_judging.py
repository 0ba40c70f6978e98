"""What an edit would break is what the engine's judge finds in the timetable that would come of it."""

from copy import deepcopy
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.schedules.draft import Draft
from app.schedules.judging import breaches
from app.schedules.places import MOST_ALTERNATIVES, Wanted, alternatives, best_change
from scheduler import Meeting, Problem, Schedule
from tests.app.schedules.drawing import changes_of, clean_drafts, draft_of, schedule_of, told_by_judge

THOROUGHLY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@THOROUGHLY
@given(clean_drafts(), st.data())
def test_every_rule_that_an_edit_would_break_is_named_and_no_other(
    drawn: tuple[Problem, Draft], data: st.DataObject
) -> None:
    problem, draft = drawn
    changes = data.draw(changes_of(problem, draft))

    found = breaches(draft, changes)

    with draft.changed(changes):
        expected = told_by_judge(problem, schedule_of(problem, draft), changes)
        is_crowded = any(len(held) > 2 for held in every_cell(draft))
    if not is_crowded:  # of three in one place the judge names the first twice, whoever that is
        assert sorted((one.rule.value, tuple(sorted(one.meetings))) for one in found) == expected


def every_cell(draft: Draft) -> list[list[str]]:
    by_slot = [*draft.of_person.values(), *draft.of_interpreter.values()]
    return [*map(list, draft.at_table.values()), *(list(held) for cells in by_slot for held in cells.values())]


@THOROUGHLY
@given(clean_drafts(), st.data())
def test_looking_changes_nothing(drawn: tuple[Problem, Draft], data: st.DataObject) -> None:
    problem, draft = drawn
    before = schedule_of(problem, draft)
    breaks = deepcopy(+draft.break_counts)

    breaches(draft, data.draw(changes_of(problem, draft)))

    fresh = draft_of(problem, before)
    assert schedule_of(problem, draft) == before
    assert (+draft.break_counts, breaks) == (+fresh.break_counts, +fresh.break_counts)
    assert {key: sorted(held) for key, held in draft.at_table.items() if held} == {
        key: sorted(held) for key, held in fresh.at_table.items()
    }


@THOROUGHLY
@given(clean_drafts(), st.data())
def test_every_alternative_breaks_nothing_and_the_nearest_come_first(
    drawn: tuple[Problem, Draft], data: st.DataObject
) -> None:
    problem, draft = drawn
    name = data.draw(st.sampled_from([one.id for one in problem.meetings]))
    near = data.draw(st.sampled_from(problem.slots)).id

    found = alternatives(draft, name, near)

    assert len(found) <= MOST_ALTERNATIVES
    assert len({(row.slot, row.table) for row in found}) == len(found)
    for row in found:
        assert not breaches(draft, {name: row})
        assert not best_change(draft, {name: Wanted(row.slot, row.table)}).breaches
    far = [abs(draft.at[row.slot] - draft.at[near]) for row in found]
    assert far == sorted(far)
    free = {(row.slot, row.table) for row in every_place(problem, draft, name) if not breaches(draft, {name: row})}
    assert len(found) == min(MOST_ALTERNATIVES, len(free))


def every_place(problem: Problem, draft: Draft, name: str) -> list[Meeting]:
    """Wherever a meeting could be but where it is, with anybody."""
    candidate = next(one for one in problem.meetings if one.id == name)
    people = {one.id: [delegate.id for delegate in one.delegates] for one in problem.participants}
    now = draft.row_of.get(candidate.id)
    return [
        Meeting(candidate.id, slot.id, table, (one, other), interpreter)
        for slot, table, one, other, interpreter in product(
            problem.slots,
            [None, *(table.id for table in problem.tables)],
            people[candidate.between[0]],
            people[candidate.between[1]],
            [None, *(one.id for one in problem.interpreters)],
        )
        if now is None or (now.slot, now.table) != (slot.id, table)
    ]


@THOROUGHLY
@given(clean_drafts(), st.data())
def test_who_attends_is_chosen_so_that_nothing_breaks_if_that_can_be(
    drawn: tuple[Problem, Draft], data: st.DataObject
) -> None:
    problem, draft = drawn
    held = sorted(draft.row_of)
    if len(held) < 2:
        return
    one, other = data.draw(st.permutations(held))[:2]
    first, second = draft.row_of[one], draft.row_of[other]
    wanted = {one: Wanted(second.slot, second.table), other: Wanted(first.slot, first.table)}

    found = best_change(draft, wanted)

    seats = [every_seat(problem, name, at.slot, at.table) for name, at in ((one, second), (other, first))]
    is_possible = any(not breaches(draft, {row.id: row for row in rows}) for rows in product(*seats))
    assert (not found.breaches) == is_possible


def every_seat(problem: Problem, name: str, slot: str, table: str | None) -> list[Meeting]:
    return [
        row
        for row in every_place(problem, draft_of(problem, Schedule()), name)
        if (row.slot, row.table) == (slot, table)
    ]
