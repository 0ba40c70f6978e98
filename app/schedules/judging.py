"""Judging one change of a draft: every rule that it would break, told from the rows it touches.

The engine's judge reads whole timetables and has the last word; a property test holds the two against each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.schedules.breaches import Breach
from app.schedules.draft import Changes, Draft, Person
from scheduler import (
    Candidate,
    Delegate,
    Interpreter,
    InterpreterId,
    Meeting,
    MeetingId,
    ParticipantId,
    Rule,
    SlotId,
    Table,
    TableId,
)


def breaches(draft: Draft, changes: Changes) -> list[Breach]:
    """Return what the draft would break after these changes, but not what it breaks already and no worse."""
    touched = _Touched.by(draft, changes)
    worst: dict[tuple[str | None, ...], int] = {}
    for found in _breaches(draft, touched):
        worst[found.about] = max(found.count, worst.get(found.about, 0))
    with draft.changed(changes):
        after = list(_breaches(draft, touched))
    return [one for one in after if not one.can_be_forced or one.count > worst.get(one.about, -1)]


def rules_broken(draft: Draft, changes: Changes, name: MeetingId) -> set[str]:
    """Return the rules that a meeting, or somebody in it, breaks after these changes, whoever began."""
    touched, sides = _Touched.by(draft, changes), draft.between[name]
    with draft.changed(changes):
        return {one.rule.value for one in _breaches(draft, touched) if name in one.meetings or one.participant in sides}


@dataclass(slots=True)
class _Touched:
    """What changes may make better or worse: rows where they were and where they will be."""

    meetings: list[MeetingId]
    people: dict[Person, set[SlotId]] = field(default_factory=dict)
    tables: dict[tuple[SlotId, TableId], None] = field(default_factory=dict)
    interpreters: dict[tuple[SlotId, InterpreterId], None] = field(default_factory=dict)
    participants: dict[ParticipantId, None] = field(default_factory=dict)

    @classmethod
    def by(cls, draft: Draft, changes: Changes) -> "_Touched":
        touched = cls(list(changes))
        for name, after in changes.items():
            for participant in draft.between[name]:
                touched.participants[participant] = None
            for row in (draft.row_of.get(name), after):
                if row is not None:
                    touched._note(draft, row)
        return touched

    def _note(self, draft: Draft, row: Meeting) -> None:
        for person in draft.people(row):
            self.people.setdefault(person, set()).add(row.slot)
        if row.table is not None:
            self.tables[row.slot, row.table] = None
        if row.interpreter is not None:
            self.interpreters[row.slot, row.interpreter] = None


def _breaches(draft: Draft, touched: _Touched) -> Iterator[Breach]:
    for name in touched.meetings:
        yield from _of_one_meeting(draft, name)
    for person, slots in touched.people.items():
        for slot in slots:
            yield from _of_person(draft, person, slot)
    for slot, table in touched.tables:
        yield from _of_table(draft, slot, table)
    for slot, interpreter in touched.interpreters:
        yield from _of_interpreter(draft, slot, interpreter)
    for participant in touched.participants:
        yield from _ceiling(draft, participant)
        yield from _long_waits(draft, participant)
    for person in touched.people:
        yield from _long_runs(draft, person)
    yield from _orders(draft, touched.meetings)
    yield from _unfair_breaks(draft)


def _of_one_meeting(draft: Draft, name: MeetingId) -> Iterator[Breach]:
    """What a meeting breaks by itself, whatever else is held."""
    candidate, row = draft.frame.candidates[name], draft.row_of.get(name)
    if row is None:
        if candidate.required:
            yield Breach(Rule.REQUIRED, (name,))
        return
    for bar in draft.frame.bars.get(name, ()):
        yield Breach(bar, (name,))
    if candidate.slots is not None and row.slot not in candidate.slots:
        yield Breach(Rule.SLOTS, (name,), row.slot)
    if candidate.fixed_slot not in (None, row.slot):
        yield Breach(Rule.FIXED_SLOT, (name,), candidate.fixed_slot)
    if candidate.fixed_table not in (None, row.table):
        yield Breach(Rule.FIXED_TABLE, (name,), table=candidate.fixed_table)
    if candidate.online == (row.table is not None):
        yield Breach(Rule.ONLINE, (name,), table=row.table)
    yield from _home(draft, candidate, row)
    for side, allowed in enumerate(candidate.delegates or ()):
        if row.delegates[side] not in allowed:
            who = candidate.between[side]
            yield Breach(Rule.DELEGATES, (name,), participant=who, delegate=row.delegates[side])
    yield from _languages(draft, candidate, row)


def _home(draft: Draft, candidate: Candidate, row: Meeting) -> Iterator[Breach]:
    if row.table is None or candidate.fixed_table is not None:
        return
    sides = (draft.frame.participants[side] for side in candidate.between)
    host = next((side for side in sides if side.home_tables), None)
    if host is not None and row.table not in host.home_tables:
        yield Breach(Rule.HOME_TABLE, (row.id,), table=host.home_tables[0], participant=host.id)


def _languages(draft: Draft, candidate: Candidate, row: Meeting) -> Iterator[Breach]:
    if (candidate.languages is None) != (row.interpreter is None):
        yield Breach(Rule.LANGUAGES, (row.id,), interpreter=row.interpreter)
    elif candidate.languages is not None and row.interpreter is not None:
        spoken = draft.frame.interpreters[row.interpreter].languages
        for language in candidate.languages:
            if language not in spoken:
                yield Breach(Rule.LANGUAGES, (row.id,), interpreter=row.interpreter, language=language)


def _of_person(draft: Draft, person: Person, slot: SlotId) -> Iterator[Breach]:
    participant, delegate = person
    people = draft.frame.participants[participant].delegates
    whose = next((one for one in people if one.id == delegate), None)
    about = Breach(Rule.DELEGATE_TWICE, slot=slot, participant=participant, delegate=delegate)
    yield from _clashes(about, draft.of_person[person].get(slot, []), whose)


def _of_table(draft: Draft, slot: SlotId, table: TableId) -> Iterator[Breach]:
    about = Breach(Rule.TABLE_TWICE, slot=slot, table=table)
    yield from _clashes(about, draft.at_table.get((slot, table), []), draft.frame.tables.get(table))


def _of_interpreter(draft: Draft, slot: SlotId, interpreter: InterpreterId) -> Iterator[Breach]:
    about = Breach(Rule.INTERPRETER_TWICE, slot=slot, interpreter=interpreter)
    yield from _clashes(
        about, draft.of_interpreter[interpreter].get(slot, []), draft.frame.interpreters.get(interpreter)
    )


def _clashes(about: Breach, held: list[MeetingId], whose: Delegate | Table | Interpreter | None) -> Iterator[Breach]:
    """Where somebody or a table is in two meetings of a slot, or is not there at all; None is no longer there."""
    for name in held[1:]:
        yield replace(about, meetings=(held[0], name))
    if whose is None or about.slot in whose.unavailable:
        for name in held:
            yield replace(about, rule=Rule.UNAVAILABLE, meetings=(name,))


def _ceiling(draft: Draft, participant: ParticipantId) -> Iterator[Breach]:
    most, held = draft.frame.participants[participant].max_meetings, draft.of_participant[participant]
    if most is not None and len(held) > most:
        yield Breach(Rule.MAX_MEETINGS, tuple(held), participant=participant, count=len(held), limit=most)


def _orders(draft: Draft, names: Iterable[MeetingId]) -> Iterator[Breach]:
    told = set()
    for name in names:
        pairs = [(before, name) for before in draft.earlier.get(name, ())]
        pairs += [(name, after) for after in draft.later.get(name, ())]
        for before, after in pairs:
            if (before, after) in told or before not in draft.row_of or after not in draft.row_of:
                continue
            told.add((before, after))
            if draft.at[draft.row_of[before].slot] >= draft.at[draft.row_of[after].slot]:
                yield Breach(Rule.AFTER, (before, after))


def _long_runs(draft: Draft, person: Person) -> Iterator[Breach]:
    limit = draft.frame.rules.max_consecutive
    if limit is None:
        return
    held = draft.of_person[person]
    for run in draft.runs(draft.busy_person(person)):
        if len(run) > limit:
            names = tuple(name for at in run for name in held[draft.frame.slots[at].id])
            participant, delegate = person
            yield Breach(
                Rule.MAX_CONSECUTIVE,
                names,
                draft.frame.slots[run[0]].id,
                participant=participant,
                delegate=delegate,
                day=draft.days[run[0]],
                count=len(run),
                limit=limit,
            )


def _long_waits(draft: Draft, participant: ParticipantId) -> Iterator[Breach]:
    limit = draft.frame.rules.max_idle_slots
    if limit is None:
        return
    idle: dict[str, int] = {}
    for day, length in draft.waits(draft.busy(participant)):
        idle[day] = idle.get(day, 0) + length
    for day, length in idle.items():
        if length > limit:
            yield Breach(Rule.MAX_IDLE_SLOTS, participant=participant, day=day, count=length, limit=limit)


def _unfair_breaks(draft: Draft) -> Iterator[Breach]:
    """Those without a meeting have no breaks, and count."""
    limit = draft.frame.rules.max_break_spread
    counts = [count for count, having in draft.break_counts.items() if having > 0]
    if limit is not None and counts and max(counts) - min(counts) > limit:
        yield Breach(Rule.MAX_BREAK_SPREAD, count=max(counts) - min(counts), limit=limit)
