"""Counting: arguments that a problem is infeasible, told with figures, such as more meetings than places."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scheduler.explain import explained
from scheduler.explaining.board import Board, Slots, bits
from scheduler.explaining.crowding import crowd
from scheduler.explaining.relaxing import DELEGATES, REQUIRED, Part
from scheduler.explaining.sentences import counted, listed
from scheduler.faults import quoted
from scheduler.problem import ParticipantId, Problem, Slot, SlotId, TableId
from scheduler.schedule import Reason, Schedule, Status

_MOST_NAMED = 40  # meetings of one participant that are named one by one
_MOST_LISTED = 12  # meetings or slots that a sentence tells by name


@dataclass(frozen=True, slots=True)
class Argument:
    """A sentence, and either the rules that it shows to be in conflict, minimal, or the meetings it is about."""

    sentence: str
    parts: tuple[Part, ...] = ()
    meetings: frozenset[int] = frozenset()


def arguments(problem: Problem) -> Iterator[Argument]:
    """Every argument that applies, the simplest first. None applies to a problem that has a schedule."""
    required = [m for m, one in enumerate(problem.meetings) if one.required]
    if not required:
        return
    yield from _unholdable(problem, required)
    yield from _crowded_agendas(problem, required)
    yield from _few_pairs(problem, required)
    yield from _few_tables(problem, required)
    yield from _few_interpreters(problem, required)
    yield from _long_chains(problem, required)
    yield from _same_place(problem, required)
    yield from _crowded_slots(problem, required)


def _unholdable(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Meetings that could not be held if they were the only ones."""
    wanted = {problem.meetings[m].id: m for m in required}
    for row in explained(problem, Schedule(), Status.INFEASIBLE, only=wanted):
        if row.reason is not Reason.OUTWEIGHED:
            why = f": {row.text}" if row.text is not None else "."
            yield Argument(
                f"Meeting {quoted(row.id)} is required and cannot be held{why}", meetings=frozenset((wanted[row.id],))
            )


def _crowded_agendas(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Participants with more required meetings than they can have."""
    mine: dict[str, list[int]] = defaultdict(list)
    for m in required:
        for side in problem.meetings[m].between:
            mine[side].append(m)
    for p, one in enumerate(problem.participants):
        meetings, who = mine[one.id], quoted(one.id)
        if one.max_meetings is not None and len(meetings) > one.max_meetings:
            sentence = (
                f"{who} has {counted(len(meetings), 'required meeting')}, and {one.max_meetings} is their ceiling."
            )
            ceiling = Part("participants[*].max_meetings", p)
            yield Argument(sentence, (ceiling, *_requirements(meetings, one.max_meetings + 1)))
        places = sum(slot.id not in delegate.unavailable for delegate in one.delegates for slot in problem.slots)
        if len(meetings) > places:
            people = counted(len(one.delegates), "delegate")
            free, wanted = counted(places, "free slot"), counted(len(meetings), "required meeting")
            sentence = f"{who} has {people} with {free} together, and {wanted}."
            yield Argument(sentence, (Part(DELEGATES, p), Part("slots"), *_requirements(meetings, places + 1)))


def _requirements(meetings: list[int], count: int) -> list[Part]:
    """That so many of the meetings are required: one by one, or as a group if they are many."""
    return [Part(REQUIRED, m) for m in meetings[:count]] if count <= _MOST_NAMED else [Part(REQUIRED)]


def _few_pairs(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Fewer pairs of people than required meetings, over all slots."""
    count = Counter(side for m in required for side in problem.meetings[m].between)
    those = [one for one in problem.participants if count[one.id]]

    def pairs(slot: Slot) -> int:
        there = (min(count[one.id], sum(slot.id not in d.unavailable for d in one.delegates)) for one in those)
        return sum(there) // 2

    places = [pairs(slot) for slot in problem.slots]
    if sum(places) < len(required):
        sentence = _places(places, "pair can meet", "pairs can meet", len(required))
        yield Argument(sentence, (Part(DELEGATES), Part("slots"), Part(REQUIRED)))


def _places(places: list[int], one: str, many: str, meeting_count: int) -> str:
    """`46 pairs can meet at once and there are 12 slots: 552 places for 590 required meetings.`"""
    for_meetings = f"{sum(places)} places for {counted(meeting_count, 'required meeting')}."
    if len(set(places)) == 1:
        slots = "there is 1 slot" if len(places) == 1 else f"there are {len(places)} slots"
        return f"{places[0]} {one if places[0] == 1 else many} at once and {slots}: {for_meetings}"
    least, most = min(places, default=0), max(places, default=0)
    return f"Between {least} and {most} {many} at once in the {counted(len(places), 'slot')}: {for_meetings}"


def _few_tables(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Fewer tables than required meetings that take one, over all slots."""
    seated = [m for m in required if not problem.meetings[m].online]
    places = [sum(slot.id not in table.unavailable for table in problem.tables) for slot in problem.slots]
    if sum(places) < len(seated):
        sentence = _places(places, "table is free", "tables are free", len(seated))
        yield Argument(sentence, (Part("tables"), Part("slots"), Part(REQUIRED)))


def _few_interpreters(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Fewer interpreters of two languages than required meetings that need one, over all slots."""
    spoken: dict[frozenset[str], list[int]] = defaultdict(list)
    for m in required:
        spoken[frozenset(problem.meetings[m].languages or ())].append(m)
    for pair, meetings in spoken.items():
        able = [one for one in problem.interpreters if one.languages >= pair]
        places = [sum(slot.id not in one.unavailable for one in able) for slot in problem.slots]
        if pair and able and sum(places) < len(meetings):
            names = " and ".join(map(quoted, sorted(pair)))
            for_them = _places(places, "interpreter is free", "interpreters are free", len(meetings))
            chosen = meetings[: sum(places) + 1]
            needs = [Part("meetings[*].languages", m) for m in chosen] if len(chosen) <= _MOST_NAMED else []
            parts = (*(needs or [Part("meetings[*].languages")]), Part("interpreters"), Part("slots"))
            yield Argument(f"For {names}: {for_them}", (*parts, *_requirements(meetings, len(chosen))))


def _long_chains(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """More meetings that have to follow each other than slots, or meetings that go round in a circle."""
    ids = {problem.meetings[m].id: m for m in required}
    before = {m: [ids[name] for name in problem.meetings[m].after if name in ids] for m in required}
    chain: dict[int, tuple[int, ...]] = {}  # the longest that ends with a meeting
    for m in _in_order(before):
        chain[m] = (*max((chain[e] for e in before[m]), key=len, default=()), m)
        if len(chain[m]) > len(problem.slots):
            links = [Part("meetings[*].after", follower) for follower in chain[m][1:]]
            sentence = (
                f"{_names(problem, chain[m])} have to follow each other in {counted(len(problem.slots), 'slot')}."
            )
            yield Argument(sentence, (*links, Part("slots"), *(Part(REQUIRED, one) for one in chain[m])))
    circle = _circle(before, chain)
    if circle:
        sentence = f"{_names(problem, circle)} have to follow each other in a circle."
        yield Argument(sentence, meetings=frozenset(circle))


def _in_order(before: dict[int, list[int]]) -> Iterator[int]:
    """The meetings each after those that it has to follow; those in circles, and what follows them, not at all."""
    followers: dict[int, list[int]] = defaultdict(list)
    for m, earlier in before.items():
        for e in earlier:
            followers[e].append(m)
    waiting = {m: len(earlier) for m, earlier in before.items()}
    ready = deque(m for m in before if not waiting[m])
    while ready:
        m = ready.popleft()
        yield m
        for follower in followers[m]:
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)


def _circle(before: dict[int, list[int]], ordered: Collection[int]) -> list[int]:
    """Meetings that follow each other round, found by going back from one that has no place in the order."""
    path: list[int] = []
    here = next((m for m in before if m not in ordered), None)
    while here is not None and here not in path:
        path.append(here)
        here = next(e for e in before[here] if e not in ordered)
    return path[path.index(here) :] if here is not None else []


def _same_place(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Meetings that are fixed to one table in one slot, or to one slot with a participant who has too few delegates."""
    delegates = {one.id: one.delegates for one in problem.participants}
    at_table: dict[tuple[SlotId, TableId], list[int]] = defaultdict(list)
    with_side: dict[tuple[SlotId, ParticipantId], list[int]] = defaultdict(list)
    for m in required:
        one = problem.meetings[m]
        if one.fixed_slot is not None and one.fixed_table is not None:
            at_table[one.fixed_slot, one.fixed_table].append(m)
        for side in one.between if one.fixed_slot is not None else ():
            with_side[one.fixed_slot, side].append(m)  # type: ignore[index]  # not None by the line above
    for (slot, table), those in at_table.items():
        if len(those) > 1:
            sentence = f"{_names(problem, those)} are fixed to table {quoted(table)} in slot {quoted(slot)}."
            yield Argument(sentence, meetings=frozenset(those))
    for (slot, side), those in with_side.items():
        there = sum(slot not in delegate.unavailable for delegate in delegates[side])
        if len(those) > there:
            sentence = f"{_names(problem, those)} are fixed to slot {quoted(slot)}, when {quoted(side)} has"
            yield Argument(f"{sentence} {counted(there, 'delegate')}.", meetings=frozenset(those))


def _crowded_slots(problem: Problem, required: list[int]) -> Iterator[Argument]:
    """Meetings that fit only into slots in which their participant, their tables or their interpreters are too few."""
    board = Board(problem, Schedule())
    fits = {m: board.allowed(m) & board.free_slots(m, 0) & board.free_slots(m, 1) for m in required}
    for whose, meetings, room in _demands(board, required):
        found = crowd([fits[m] for m in meetings], room)
        if found is not None and found.slots:
            those = sorted(meetings[k] for k in found.meetings)
            subject = _names(problem, those) if len(those) <= _MOST_LISTED else counted(len(those), "required meeting")
            slots = [problem.slots[t].id for t in bits(found.slots)]
            where = listed(slots) if len(slots) <= _MOST_LISTED else counted(len(slots), "slot")
            places = counted(sum(room[t] for t in bits(found.slots)), "meeting")
            yield Argument(
                f"{subject} fit only into {where}, in which {whose} for {places}.", meetings=frozenset(those)
            )


def _demands(board: Board, required: list[int]) -> Iterator[tuple[str, list[int], list[int]]]:
    """What required meetings share: in words, those meetings, and how many of them it has room for in each slot."""
    problem, of_side, at_tables = board.problem, defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    of_pair = defaultdict[tuple[int, ...], list[int]](list)
    for m in required:
        for p in board.sides[m]:
            of_side[p].append(m)
        if not problem.meetings[m].online:
            at_tables[-1].append(m)
            if board.tables(m) != -1:
                at_tables[board.tables(m)].append(m)
        if problem.meetings[m].languages is not None:
            of_pair[tuple(board.able(m))].append(m)
    for p, meetings in of_side.items():
        there = _at_a_time(board.present[p], len(problem.slots))
        yield f"{quoted(problem.participants[p].id)} has delegates", meetings, there
    for tables, meetings in at_tables.items():
        names = [problem.tables[k].id for k in bits(tables)] if tables != -1 else []
        whose = f"{'tables' if len(names) > 1 else 'table'} {listed(names)}" if names else "the tables"
        room = [(free & tables).bit_count() for free in board.tables_at]
        yield f"{whose} {'has' if len(names) == 1 else 'have'} room", meetings, room
    for able, meetings in of_pair.items():
        yield "interpreters are there", meetings, _at_a_time([board.at_hand[i] for i in able], len(problem.slots))


def _at_a_time(present: Sequence[Slots], slot_count: int) -> list[int]:
    """How many are there in each slot."""
    return [sum(one >> t & 1 for one in present) for t in range(slot_count)]


def _names(problem: Problem, meetings: Sequence[int]) -> str:
    return f"{'Meetings' if len(meetings) > 1 else 'Meeting'} {listed(problem.meetings[m].id for m in meetings)}"
