"""What somebody asks of a draft, by the keys of rows, in the words of the engine."""

from dataclasses import dataclass

from app.errors import Conflict, Invalid
from app.schedules.draft import Draft
from app.schedules.keys import delegate_id, interpreter_id, key_of, slot_id, table_id
from app.schedules.places import Wanted, alternatives, best_change, weight
from scheduler import DelegateId, InterpreterId, Meeting, MeetingId, SlotId, TableId


@dataclass(frozen=True, slots=True)
class Asked:
    """Where somebody wants a meeting, by the keys of rows. None: slot and table as they are, people who are free."""

    slot: int | None = None
    table: int | None = None
    delegates: tuple[int | None, int | None] = (None, None)
    interpreter: int | None = None


def wanted_of(draft: Draft, asked: Asked, now: Meeting | None) -> Wanted:
    """What was asked for, in the words of the engine. Raises Invalid where there is no such thing."""
    slot = slot_id(asked.slot) if asked.slot is not None else now.slot if now is not None else None
    if slot is None:
        raise Invalid("Say in which slot: where the meeting was there is none any longer.")
    if slot not in draft.at:
        raise Invalid("There is no slot {slot} in this event.", slot=asked.slot)
    table = table_id(asked.table) if asked.table is not None else now.table if now is not None else None
    if asked.table is not None and table not in draft.frame.tables:
        raise Invalid("There is no table {table} in this event.", table=asked.table)
    return Wanted(slot, table, _delegates(draft, asked), _interpreter(draft, asked))


def _delegates(draft: Draft, asked: Asked) -> tuple[DelegateId | None, DelegateId | None]:
    known = {one.id for participant in draft.frame.participants.values() for one in participant.delegates}
    one, other = (None if key is None else delegate_id(key) for key in asked.delegates)
    for who in (one, other):
        if who is not None and who not in known:
            raise Invalid("Delegate {delegate} is of neither organisation.", delegate=key_of(who))
    return one, other


def _interpreter(draft: Draft, asked: Asked) -> InterpreterId | None:
    if asked.interpreter is None:
        return None
    if (found := interpreter_id(asked.interpreter)) not in draft.frame.interpreters:
        raise Invalid("There is no interpreter {interpreter} in this event.", interpreter=asked.interpreter)
    return found


def first_place(draft: Draft, name: MeetingId, asked: Asked) -> Wanted:
    """Where a new meeting goes: what was not asked for is the first that breaks nothing, else what breaks least."""
    if not draft.frame.slots:
        raise Conflict("The event has no slots.")
    slot = slot_id(asked.slot) if asked.slot is not None else draft.frame.slots[0].id
    if slot not in draft.at:
        raise Invalid("There is no slot {slot} in this event.", slot=asked.slot)
    is_online = draft.frame.candidates[name].online
    if asked.slot is not None and (asked.table is not None or is_online):
        return wanted_of(draft, asked, None)
    people = Wanted(slot, None, _delegates(draft, asked), _interpreter(draft, asked))
    prefer = [table_id(asked.table)] if asked.table is not None else []
    for row in alternatives(draft, name, slot, prefer, people):
        if (asked.slot is None or row.slot == slot) and (asked.table is None or row.table == table_id(asked.table)):
            return Wanted(row.slot, row.table, people.delegates, people.interpreter)
    slots = [slot] if asked.slot is not None else [one.id for one in draft.frame.slots]
    ways = [
        Wanted(
            one,
            prefer[0] if prefer else _any_table(draft, one, is_online=is_online),
            people.delegates,
            people.interpreter,
        )
        for one in slots
    ]
    return min(ways, key=lambda way: weight(best_change(draft, {name: way})))


def _any_table(draft: Draft, slot: SlotId, *, is_online: bool) -> TableId | None:
    """A table that is free in the slot, else the first: so that only what is really in the way is named."""
    if is_online:
        return None
    tables = draft.frame.tables
    free = (one for one in tables if not draft.at_table.get((slot, one)) and slot not in tables[one].unavailable)
    return next(free, next(iter(tables), None))
