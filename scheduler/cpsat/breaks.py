"""Breaks in the exact model: runs of meetings are counted, and who has no break meets in one block."""

from itertools import pairwise

from ortools.sat.python.cp_model import IntVar, LinearExpr

from scheduler.cpsat.model import Model, total


def breaks_of(model: Model, p: int) -> LinearExpr:
    """The breaks of a participant over all days: ordered literals, the k-th true where there are k or more."""
    if p not in model.breaks:
        model.breaks[p] = total(_breaks_in(model, p, day) for day in model.grid.days)
    return model.breaks[p]


def most_breaks(model: Model) -> int:
    """What the rule on fairness leaves to anybody, where somebody has no break for certain."""
    spread, meetings_of = model.grid.problem.rules.max_break_spread, model.grid.meetings_of
    if spread is None or min((len(meetings) for meetings in meetings_of), default=0) > 1:
        return model.grid.slot_count
    return spread


def _breaks_in(model: Model, p: int, day: tuple[int, ...]) -> LinearExpr:
    """One less than the runs of busy slots, and none on a day without a meeting."""
    cp, busy = model.cp, [model.busy(p, t) for t in day]
    starts = _starts(model, busy)
    possible = min(len(starts), (len(day) + 1) // 2, len(model.grid.meetings_of[p])) - 1
    if possible < 1:
        return total([])
    ordered = [cp.new_bool_var("") for _ in range(min(possible, most_breaks(model)))]
    for fewer, more in pairwise(ordered):
        cp.add_implication(more, fewer)
    is_here: IntVar | int = 1
    if not model.busy_count(p) or len(model.grid.days) > 1:
        is_here = cp.new_bool_var("")
        cp.add_max_equality(is_here, [literal for literal in busy if literal is not None])
    cp.add(total(starts) - is_here == total(ordered))
    _add_blocks(model, p, busy, ordered)
    return total(ordered)


def _starts(model: Model, busy: list[IntVar | None]) -> list[IntVar]:
    """A literal for each slot in which a run may start: busy now, and not just before."""
    cp, starts = model.cp, []
    for before, now in pairwise([None, *busy]):
        if now is not None and before is None:
            starts.append(now)
        elif now is not None and before is not None:
            start = cp.new_bool_var("")
            cp.add_implication(start, now)
            cp.add_implication(start, before.negated())
            cp.add_bool_or([start, now.negated(), before])
            starts.append(start)
    return starts


def _add_blocks(model: Model, p: int, busy: list[IntVar | None], ordered: list[IntVar]) -> None:
    """Where the number of busy slots is known: a literal for each start of the one block, or a break."""
    length = model.busy_count(p)
    if length is None or len(model.grid.days) > 1:
        return
    cp, starts = model.cp, []
    for start in range(len(busy) - length + 1):
        block = busy[start : start + length]
        if any(literal is None for literal in block):
            continue
        is_start = cp.new_bool_var("")
        outside = [literal.negated() for literal in busy[:start] + busy[start + length :] if literal is not None]
        cp.add_bool_and([*(literal for literal in block if literal is not None), *outside]).only_enforce_if(is_start)
        starts.append(is_start)
    cp.add_exactly_one([*starts, *ordered[:1]])
