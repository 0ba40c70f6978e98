"""The reasons why a meeting is not held, as sentences with names and figures."""

from collections.abc import Iterable, Sequence

from scheduler.explaining.board import Board
from scheduler.faults import quoted
from scheduler.schedule import Reason, Status


def sentence(board: Board, m: int, reason: Reason, status: Status, slots: Sequence[int]) -> str:
    """A plain sentence; `slots` are those in which the reason alone stands in the way of the meeting."""
    if reason is Reason.PARTICIPANT_FULL:
        return _fullness(board, m)
    if reason is Reason.NO_COMMON_SLOT:
        return _absence(board, m)
    if reason in (Reason.OUTWEIGHED, Reason.TIME_RAN_OUT):
        return _leftover(board, reason, status, slots)
    details = {Reason.NO_INTERPRETER: _silence, Reason.NO_TABLE: _crowd, Reason.ORDER: _order}
    detail = details[reason](board, m) if reason in details else _rule(board, m, slots)
    sides = " and ".join(quoted(one) for one in board.problem.meetings[m].between)
    return f"{sides} are both free in {_named(board, slots)}, but {detail}."


def _fullness(board: Board, m: int) -> str:
    for p in board.sides[m]:
        one, has = board.problem.participants[p], counted(board.counts[p], "meeting")
        if one.max_meetings is not None and board.counts[p] >= one.max_meetings:
            return f"{quoted(one.id)} has {has}, and {one.max_meetings} is their ceiling."
        if not any(here & ~busy for here, busy in zip(board.present[p], board.busy[p], strict=True)):
            who = counted(len(one.delegates), "delegate")
            return f"{quoted(one.id)} has {has} and {who}, of whom nobody is free in any slot."
    raise AssertionError("neither side is full")


def _absence(board: Board, m: int) -> str:
    one = board.problem.meetings[m]
    sides = [quoted(side) for side in one.between]
    if not board.allowed(m):
        return f"There is no slot in which {sides[0]} and {sides[1]} may meet."
    who = sides if one.delegates is None else [f"whoever of {side} may attend" for side in sides]
    free = [(board.allowed(m) & board.free_slots(m, side)).bit_count() for side in (0, 1)]
    slots = counted(board.allowed(m).bit_count(), "slot")
    return (
        f"{sides[0]} and {sides[1]} have no free slot in common: of the {slots} in which they may meet, "
        f"{who[0]} is free in {free[0]} and {who[1]} in {free[1]}."
    )


def _leftover(board: Board, reason: Reason, status: Status, slots: Sequence[int]) -> str:
    if status is Status.INFEASIBLE:
        return "No schedule holds all the meetings that are required, so none was made."
    if status is Status.UNKNOWN:
        return "The time ran out before a schedule was found."
    where = f"It could be held in {_named(board, slots)}"
    if reason is Reason.TIME_RAN_OUT:
        return f"{where}; the time ran out before that was tried."
    first = ", ".join(board.problem.objective)
    proof = "no schedule with it is better" if status is Status.OPTIMAL else "the schedule would be worse"
    return f"{where}, but {proof} by what counts here ({first})."


def _silence(board: Board, m: int) -> str:
    pair = " and ".join(quoted(one) for one in board.problem.meetings[m].languages or ())
    able = sum(1 for _ in board.able(m))
    return f"none of the {counted(able, 'interpreter')} for {pair} is" if able else f"nobody interprets between {pair}"


def _crowd(board: Board, m: int) -> str:
    one = board.problem.meetings[m]
    if one.online:
        return "an online meeting has no table, and this one is fixed to one"
    if one.fixed_table is not None:
        return f"table {quoted(one.fixed_table)}, to which it is fixed, is not"
    tables = board.tables(m)
    if tables >= 0:
        host = next(side for side in one.between if board.problem.participants[board.participant[side]].home_tables)
        homes = board.problem.participants[board.participant[host]].home_tables
        return f"the home of {quoted(host)}, {', '.join(map(quoted, homes))}, is not"
    return f"none of the {counted(len(board.problem.tables), 'table')} is"


def _order(board: Board, m: int) -> str:
    one = board.problem.meetings[m]
    if one.id in one.after:
        return "it would have to come after itself"
    names = [(name, board.stands.get(board.meeting[name])) for name in one.after]
    before = [f"after {quoted(name)} in {_named(board, [stand.slot])}" for name, stand in names if stand is not None]
    followers = [f for f in board.followers.get(m, ()) if f in board.stands]
    after = [
        f"before {quoted(board.problem.meetings[f].id)} in {_named(board, [board.stands[f].slot])}" for f in followers
    ]
    return "it has to come " + " and ".join([*before, *after])


def _rule(board: Board, m: int, slots: Sequence[int]) -> str:
    found = {rule for t in slots for rule in board.broken_rules(m, t)}
    if any(not board.free_people(m, side, t) for t in slots for side in (0, 1)):
        found.add("max_consecutive")
    rules = board.problem.rules
    limits = {
        "max_break_spread": rules.max_break_spread,
        "max_consecutive": rules.max_consecutive,
        "max_idle_slots": rules.max_idle_slots,
    }
    return "it would break " + " and ".join(f"{rule} {limit}" for rule, limit in limits.items() if rule in found)


def _named(board: Board, slots: Sequence[int]) -> str:
    """A few slots by name, more by their number."""
    names = ", ".join(quoted(board.problem.slots[t].id) for t in slots[:3])
    return names if len(slots) <= 3 else f"{names} and {len(slots) - 3} more"


def counted(count: int, noun: str) -> str:
    """`1 slot`, `2 slots`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    told = [quoted(name) for name in names]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)
