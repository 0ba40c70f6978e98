"""Where a meeting could be held, and by whom: the people who are free, and the nearest places that break nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from app.schedules.breaches import Breach
from app.schedules.draft import Changes, Draft
from app.schedules.judging import breaches
from scheduler import Candidate, DelegateId, InterpreterId, Meeting, MeetingId, SlotId, TableId

MOST_ALTERNATIVES = 5
MOST_SEATINGS = 64
"""So many ways to choose who attends are tried."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where somebody wants a meeting. None: as it is, or whoever and whatever is free."""

    slot: SlotId
    table: TableId | None = None
    delegates: tuple[DelegateId | None, DelegateId | None] = (None, None)
    interpreter: InterpreterId | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Changes, with what they would break."""

    changes: Changes
    breaches: tuple[Breach, ...]


def best_change(draft: Draft, wanted: dict[MeetingId, Wanted]) -> Judged:
    """Return the way to hold these meetings where they are wanted that breaks least: nothing, if there is one."""
    best: Judged | None = None
    for rows in _seatings(draft, wanted):
        changes = {row.id: row for row in rows}
        found = Judged(changes, tuple(breaches(draft, changes)))
        if best is None or weight(found) < weight(best):
            best = found
        if not best.breaches:
            break
    assert best is not None, "somebody is always chosen"
    return best


def weight(judged: Judged) -> tuple[int, int]:
    """Return how bad a change is: what can never be counts before what can be forced."""
    return sum(not one.can_be_forced for one in judged.breaches), len(judged.breaches)


def _seatings(draft: Draft, wanted: dict[MeetingId, Wanted]) -> Iterator[tuple[Meeting, ...]]:
    """The ways to choose who attends, those who attend now first; chosen as if the meetings were not held."""
    was = {name: draft.row_of.get(name) for name in wanted}
    with draft.changed(dict.fromkeys(wanted)):
        ways = [list(_ways(draft, name, one, was[name])) for name, one in wanted.items()]
    yield from islice(product(*ways), MOST_SEATINGS)


def _ways(draft: Draft, name: MeetingId, wanted: Wanted, was: Meeting | None) -> Iterator[Meeting]:
    candidate = draft.frame.candidates[name]
    sides = [_who(draft, candidate, side, wanted, was) for side in (0, 1)]
    interpreter = _interpreter(draft, candidate, wanted, was)
    for one, other in product(*sides):
        yield Meeting(name, wanted.slot, wanted.table, (one, other), interpreter)


def _who(draft: Draft, candidate: Candidate, side: int, wanted: Wanted, was: Meeting | None) -> Sequence[DelegateId]:
    """Those of a side who may attend and are free, who attends now first; if nobody is, one to name as busy."""
    asked = wanted.delegates[side]
    if asked is not None:
        return [asked]
    participant = draft.frame.participants[candidate.between[side]]
    allowed = candidate.delegates[side] if candidate.delegates is not None else None
    able = [one for one in participant.delegates if allowed is None or one.id in allowed] or [*participant.delegates]
    now = was.delegates[side] if was is not None else None
    able.sort(key=lambda one: one.id != now)
    free = [
        one.id
        for one in able
        if wanted.slot not in one.unavailable and wanted.slot not in draft.of_person[participant.id, one.id]
    ]
    return free or [one.id for one in able[:1]] or ([now] if now is not None else [])


def _interpreter(draft: Draft, candidate: Candidate, wanted: Wanted, was: Meeting | None) -> InterpreterId | None:
    """The one asked for, else one who is free and speaks both languages, who interprets now first."""
    if wanted.interpreter is not None:
        return wanted.interpreter
    if candidate.languages is None:
        return None
    now = was.interpreter if was is not None else None
    able = [one for one in draft.frame.interpreters.values() if one.languages.issuperset(candidate.languages)]
    able.sort(key=lambda one: one.id != now)
    free = (
        one.id for one in able if wanted.slot not in one.unavailable and wanted.slot not in draft.of_interpreter[one.id]
    )
    return next(free, able[0].id if able else None)


def alternatives(
    draft: Draft, name: MeetingId, near: SlotId, prefer: Sequence[TableId | None] = (), wanted: Wanted | None = None
) -> list[Meeting]:
    """Return up to five places in which a meeting breaks nothing, nearest in time to `near` first.

    Each slot is named once before further tables of a slot are. `wanted` says who is to attend, if that was said.
    """
    found: list[Meeting] = []
    further: list[tuple[SlotId, TableId | None]] = []
    nearest = _by_nearness(draft, near)
    for slot in nearest:
        tables = list(islice(_free_tables(draft, name, slot, prefer), MOST_ALTERNATIVES))
        row = _clean(draft, name, slot, tables[0], wanted) if tables else None
        if row is not None:
            found.append(row)
            further += [(slot, table) for table in tables[1:]]
        if len(found) == MOST_ALTERNATIVES:
            return found
    for slot, table in further[: MOST_ALTERNATIVES - len(found)]:
        row = _clean(draft, name, slot, table, wanted)
        found += [row] if row is not None else []
    return sorted(found, key=lambda row: nearest.index(row.slot))


def _clean(draft: Draft, name: MeetingId, slot: SlotId, table: TableId | None, wanted: Wanted | None) -> Meeting | None:
    delegates, interpreter = (wanted.delegates, wanted.interpreter) if wanted is not None else ((None, None), None)
    judged = best_change(draft, {name: Wanted(slot, table, delegates, interpreter)})
    return None if judged.breaches else judged.changes[name]


def _by_nearness(draft: Draft, near: SlotId) -> list[SlotId]:
    """The slots by how far they are from one of them, in time where that is known; of two as near the earlier."""
    slots = draft.frame.slots
    here = slots[draft.at[near]]

    def far(position: int) -> tuple[float, int]:
        slot = slots[position]
        if slot.start is not None and here.start is not None:
            return abs((slot.start - here.start).total_seconds()), position
        return abs(position - draft.at[near]), position

    return [slots[position].id for position in sorted(range(len(slots)), key=far)]


def _free_tables(
    draft: Draft, name: MeetingId, slot: SlotId, prefer: Sequence[TableId | None]
) -> Iterator[TableId | None]:
    """The tables that the meeting might have in a slot: those preferred, then in their order; None online."""
    candidate, now = draft.frame.candidates[name], draft.row_of.get(name)
    if candidate.online:
        if now is None or now.slot != slot:
            yield None
        return
    for table in _tables(draft, candidate, prefer):
        held = draft.at_table.get((slot, table), ())
        is_free = all(one == name for one in held) and slot not in draft.frame.tables[table].unavailable
        is_where_it_is = now is not None and (now.slot, now.table) == (slot, table)
        if is_free and not is_where_it_is:
            yield table


def _tables(draft: Draft, candidate: Candidate, prefer: Sequence[TableId | None]) -> Iterable[TableId]:
    known = draft.frame.tables
    if candidate.fixed_table is not None:
        return [candidate.fixed_table]
    sides = (draft.frame.participants[side] for side in candidate.between)
    homes = next((side.home_tables for side in sides if side.home_tables), ())
    if homes:
        return homes
    return dict.fromkeys([*(table for table in prefer if table is not None and table in known), *known])
