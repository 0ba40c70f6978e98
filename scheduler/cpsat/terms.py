"""The terms of the objective as linear expressions over the exact model; check.py counts them again in other words."""

from collections import defaultdict
from itertools import pairwise

from ortools.sat.python.cp_model import IntVar, LinearExpr

from scheduler.cpsat.breaks import breaks_of
from scheduler.cpsat.model import Model, total
from scheduler.problem import Term


def shortfall(model: Model) -> LinearExpr:
    lacking = []
    for p, one in enumerate(model.grid.problem.participants):
        if one.min_meetings:
            possible = min(one.min_meetings, len(model.grid.meetings_of[p]))
            lack = model.cp.new_int_var(0, possible, "")
            model.cp.add(lack >= possible - model.count(p))
            lacking.append(lack + (one.min_meetings - possible))
    return total(lacking)


def value(model: Model) -> LinearExpr:
    meetings = zip(model.grid.problem.meetings, model.held, strict=True)
    return total(one.value * held for one, held in meetings)


def held(model: Model) -> LinearExpr:
    return total(model.held)


def breaks(model: Model) -> LinearExpr:
    return total(breaks_of(model, p) for p in range(len(model.grid.problem.participants)))


def idle(model: Model) -> LinearExpr:
    people = range(len(model.grid.problem.participants))
    return total(
        slot for p in people for day in model.grid.days for slot in idle_of(model, [model.busy(p, t) for t in day])
    )


def delegate_idle(model: Model) -> LinearExpr:
    crews = range(len(model.crews))
    return total(
        slot for c in crews for day in model.grid.days for slot in idle_of(model, [model.crew_busy(c, t) for t in day])
    )


def idle_of(model: Model, day: list[IntVar | None]) -> list[IntVar]:
    """Literals that must be true in the free slots between two busy ones (and may be true elsewhere)."""
    begun, pending = model.reached(day), model.reached(day[::-1])[::-1]
    waits = []
    for now, first, last in zip(day, begun, pending, strict=True):
        if first is None or last is None or first is now or last is now:
            continue
        wait = model.cp.new_bool_var("")
        model.cp.add_bool_or([wait, first.negated(), last.negated(), *([] if now is None else [now])])
        waits.append(wait)
    return waits


def moves(model: Model) -> LinearExpr:
    """Every delegate stands at one table in every slot, at their meeting's if they have one; steps are counted."""
    sitting: dict[tuple[int, int, int], list[tuple[IntVar, IntVar]]] = defaultdict(list)
    for (m, t), options in model.table_of.items():
        for side in range(2):
            for c, attends in model.crew_of[m, side, t]:
                for k, sits in options:
                    sitting[c, t, k].append((attends, sits))
    steps = []
    for c in range(len(model.crews)):
        for day in model.grid.days:
            steps += _steps_of(model, c, [t for t in day if any((c, t, k) in sitting for k in _tables(model))], sitting)
    return total(steps)


def _tables(model: Model) -> range:
    return range(len(model.grid.problem.tables))


def _steps_of(
    model: Model, c: int, slots: list[int], sitting: dict[tuple[int, int, int], list[tuple[IntVar, IntVar]]]
) -> list[IntVar]:
    cp, steps = model.cp, []
    standing: list[list[IntVar]] = []
    for t in slots:
        here = [cp.new_bool_var("") for _ in _tables(model)]
        cp.add_exactly_one(here)
        for k, stands in enumerate(here):
            for attends, sits in sitting.get((c, t, k), ()):
                cp.add_bool_or([stands, attends.negated(), sits.negated()])
        standing.append(here)
    for before, now in pairwise(standing):
        step = cp.new_bool_var("")
        for was, stands in zip(before, now, strict=True):
            cp.add_bool_or([step, was, stands.negated()])
        steps.append(step)
    return steps


def changes(model: Model) -> LinearExpr:
    return total([model.change_count, *(1 - kept for kept in model.kept.values())])


TERMS = {
    Term.SHORTFALL: shortfall,
    Term.VALUE: value,
    Term.HELD: held,
    Term.BREAKS: breaks,
    Term.IDLE: idle,
    Term.DELEGATE_IDLE: delegate_idle,
    Term.MOVES: moves,
    Term.CHANGES: changes,
}
