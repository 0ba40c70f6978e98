"""The hard rules as constraints, one function and one sentence each; check.py states them again in other words."""

from collections.abc import Callable

from scheduler.cpsat.breaks import breaks_of, most_breaks
from scheduler.cpsat.model import Model, total
from scheduler.cpsat.terms import idle_of


def required_meetings_are_held(model: Model) -> None:
    for one, held in zip(model.grid.problem.meetings, model.held, strict=True):
        if one.required:
            model.cp.add(held == 1)


def a_delegate_is_in_one_meeting_a_slot(model: Model) -> None:
    for (c, _), literals in list(model.attending.items()):
        size = model.crews[c].size
        if size == 1:
            model.cp.add_at_most_one(literals)
        elif len(literals) > size:
            model.cp.add(total(literals) <= size)


def an_interpreter_is_in_one_meeting_a_slot(model: Model) -> None:
    for (g, _), literals in model.interpreting.items():
        if len(literals) > len(model.grid.pools[g].members):
            model.cp.add(total(literals) <= len(model.grid.pools[g].members))


def a_table_takes_one_meeting_a_slot(model: Model) -> None:
    for literals in model.taking.values():
        model.cp.add_at_most_one(literals)
    for t, table_count in enumerate(model.grid.table_count):
        meetings = model.at_tables(t)
        if len(meetings) > table_count:
            model.cp.add(total(meetings) <= table_count)


def nobody_exceeds_their_ceiling(model: Model) -> None:
    for p, one in enumerate(model.grid.problem.participants):
        if one.max_meetings is not None and one.max_meetings < len(model.grid.meetings_of[p]):
            model.cp.add(model.count(p) <= one.max_meetings)


def a_meeting_comes_after_those_it_names(model: Model) -> None:
    """Where both are held: for no slot is the later one up to it and the earlier one from it on."""
    for m, one in enumerate(model.grid.problem.meetings):
        for earlier in {model.grid.meeting[id_] for id_ in one.after}:
            for t in range(model.grid.slot_count):
                late = [here for s, here in model.at[m].items() if s <= t]
                early = [here for s, here in model.at[earlier].items() if s >= t]
                if earlier == m:
                    model.cp.add(model.held[m] == 0)
                elif late and early:
                    model.cp.add_at_most_one([*late, *early])


def breaks_differ_by_little(model: Model) -> None:
    spread = model.grid.problem.rules.max_break_spread
    if spread is None:
        return
    people = range(len(model.grid.problem.participants))
    most = most_breaks(model)
    least = 0 if most == spread else model.cp.new_int_var(0, most, "")
    for p in people:
        breaks = breaks_of(model, p)
        model.cp.add(breaks >= least)
        model.cp.add(breaks <= least + spread)


def nobody_meets_too_long_without_a_rest(model: Model) -> None:
    longest = model.grid.problem.rules.max_consecutive
    if longest is None:
        return
    for window in model.grid.windows(longest + 1):
        for c in range(len(model.crews)):
            literals = [literal for t in window for literal in model.attending.get((c, t), ())]
            if len(literals) > longest:
                model.cp.add(total(literals) <= longest)


def nobody_waits_too_long_in_a_day(model: Model) -> None:
    longest = model.grid.problem.rules.max_idle_slots
    if longest is None:
        return
    for p in range(len(model.grid.problem.participants)):
        for day in model.grid.days:
            idle = idle_of(model, [model.busy(p, t) for t in day])
            if len(idle) > longest:
                model.cp.add(total(idle) <= longest)


Rule = Callable[[Model], None]


def every_meeting_keeps_two_busy(model: Model) -> None:
    """Follows from the others; the solver does not see by itself that busy participants come in twos."""
    grid = model.grid
    people = range(len(grid.problem.participants))
    for t in range(grid.slot_count):
        single = [model.busy(p, t) for p in people if grid.seats[p][t] == 1]
        several = [here for p in people if grid.seats[p][t] > 1 for here in model.of_participant(p, t)]
        busy = [*(literal for literal in single if literal is not None), *several]
        online = [at[t] for one, at in zip(grid.problem.meetings, model.at, strict=True) if one.online and t in at]
        seated = model.cp.new_int_var(0, min(len(busy) // 2, grid.table_count[t]), "")
        model.cp.add(total(model.at_tables(t)) == seated)
        model.cp.add(total(busy) == 2 * total([seated, *online]))


def the_busy_slots_are_counted(model: Model) -> None:
    """Follows from the others where a participant holds a known number of meetings, one at a time."""
    for p in range(len(model.grid.problem.participants)):
        length = model.busy_count(p)
        if length is not None:
            busy = (model.busy(p, t) for t in range(model.grid.slot_count))
            model.cp.add(total(literal for literal in busy if literal is not None) == length)


RULES: tuple[Rule, ...] = (
    required_meetings_are_held,
    a_delegate_is_in_one_meeting_a_slot,
    an_interpreter_is_in_one_meeting_a_slot,
    a_table_takes_one_meeting_a_slot,
    nobody_exceeds_their_ceiling,
    a_meeting_comes_after_those_it_names,
    breaks_differ_by_little,
    nobody_meets_too_long_without_a_rest,
    nobody_waits_too_long_in_a_day,
    every_meeting_keeps_two_busy,
    the_busy_slots_are_counted,
)
