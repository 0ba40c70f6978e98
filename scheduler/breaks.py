"""Breaks in the exact model: returns after a pause are counted, and who has none meets in one block."""

from itertools import pairwise

from ortools.sat.python.cp_model import IntVar, LinearExpr

from scheduler.model import Model, total


def breaks_of(model: Model, p: int) -> LinearExpr:
    """The breaks of a participant over all days: ordered literals, the k-th true where there are k or more."""
    if p not in model.breaks:
        model.breaks[p] = total(_breaks_in(model, p, day) for day in model.grid.days)
    return model.breaks[p]


def _breaks_in(model: Model, p: int, day: tuple[int, ...]) -> LinearExpr:
    cp = model.cp
    busy = [model.busy(p, t) for t in day]
    returns = _returns(model, busy)
    most = min(len(returns), (len(day) - 1) // 2, len(model.grid.meetings_of[p]) - 1)
    if most < 1:
        return total([])
    ordered = [cp.new_bool_var("") for _ in range(most)]
    for fewer, more in pairwise(ordered):
        cp.add_implication(more, fewer)
    cp.add(total(returns) == total(ordered))
    _add_blocks(model, p, busy, ordered[0])
    return total(ordered)


def _returns(model: Model, busy: list[IntVar | None]) -> list[IntVar]:
    """A literal for each slot in which a pause may end: busy now, not just before, and busy earlier."""
    cp, returns = model.cp, []
    begun = model.reached(busy)
    for earlier, before, now in zip([None, None, *begun], [None, *busy], busy, strict=False):
        if now is None or earlier is None:
            continue
        back = cp.new_bool_var("")
        reasons = [now, earlier] if before is None else [now, earlier, before.negated()]
        for reason in reasons:
            cp.add_implication(back, reason)
        cp.add_bool_or([back, *(reason.negated() for reason in reasons)])
        returns.append(back)
    return returns


def _add_blocks(model: Model, p: int, busy: list[IntVar | None], is_broken: IntVar) -> None:
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
    cp.add_exactly_one([*starts, is_broken])
