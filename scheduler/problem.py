"""The problem: who may meet whom, when, where and with which interpreter. Frozen, and consistent or refused."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from scheduler.faults import Fault, ProblemError, quoted

SlotId = NewType("SlotId", str)
TableId = NewType("TableId", str)
ParticipantId = NewType("ParticipantId", str)
DelegateId = NewType("DelegateId", str)
InterpreterId = NewType("InterpreterId", str)
MeetingId = NewType("MeetingId", str)


class Term(StrEnum):
    """A term of the objective, in the words of the file format."""

    SHORTFALL = "shortfall"
    VALUE = "value"
    HELD = "held"
    BREAKS = "breaks"
    IDLE = "idle"
    DELEGATE_IDLE = "delegate_idle"
    MOVES = "moves"
    CHANGES = "changes"

    @property
    def is_maximised(self) -> bool:
        return self in (Term.VALUE, Term.HELD)


DEFAULT_OBJECTIVE = (Term.SHORTFALL, Term.VALUE, Term.BREAKS, Term.MOVES)
REPAIR_OBJECTIVE = (Term.SHORTFALL, Term.CHANGES, Term.VALUE, Term.BREAKS, Term.MOVES)
"""What counts where a schedule is to be mended and nobody says otherwise: keep it before all that could be better."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One time for meetings; `start` and `minutes` are None where only the order is known."""

    id: SlotId
    day: str
    start: datetime | None = None
    minutes: int | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A place for one meeting in a slot."""

    id: TableId
    unavailable: frozenset[SlotId] = frozenset()


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person of a participant, in at most one meeting in a slot; the id is unique among the participant's only."""

    id: DelegateId
    unavailable: frozenset[SlotId] = frozenset()


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation that comes; `max_meetings` None means no limit."""

    id: ParticipantId
    delegates: tuple[Delegate, ...]
    kind: str | None = None
    min_meetings: int = 0
    max_meetings: int | None = None
    home_tables: tuple[TableId, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A person who carries a meeting between any two of their languages, one meeting in a slot."""

    id: InterpreterId
    languages: frozenset[str]
    unavailable: frozenset[SlotId] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meeting that may be held: `meetings[]` of the file. None means no restriction, no interpreter needed.

    An online meeting has no table, so that one with a fixed table cannot be held; nor one that is `after` itself.
    """

    id: MeetingId
    between: tuple[ParticipantId, ParticipantId]
    value: int = 1
    required: bool = False
    slots: frozenset[SlotId] | None = None
    fixed_slot: SlotId | None = None
    fixed_table: TableId | None = None
    after: tuple[MeetingId, ...] = ()
    delegates: tuple[frozenset[DelegateId], frozenset[DelegateId]] | None = None
    languages: tuple[str, str] | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules of comfort; None means no rule."""

    max_break_spread: int | None = None
    max_consecutive: int | None = None
    max_idle_slots: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that the engine knows. Slots are in time order. Raises ProblemError with all that is inconsistent.

    Consistent is not the same as satisfiable: a meeting fixed to a slot in which it may not be held, an online one
    with a fixed table, a cycle of `after`, a floor above the ceiling are problems that have an answer.
    """

    name: str
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Candidate, ...]
    interpreters: tuple[Interpreter, ...] = ()
    rules: Rules = field(default_factory=Rules)
    objective: tuple[Term, ...] = DEFAULT_OBJECTIVE

    def __post_init__(self) -> None:
        faults = list(inconsistencies(self))
        if faults:
            raise ProblemError(faults)


LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be referred to: ids of each list, and those of each participant's delegates."""

    slots: frozenset[SlotId]
    tables: frozenset[TableId]
    delegates: dict[ParticipantId, frozenset[DelegateId]]
    meetings: frozenset[MeetingId]


def inconsistencies(problem: Problem) -> Iterator[Fault]:
    """Every way in which the parts of a problem do not fit together, in the order of the file."""
    known = _Known(
        frozenset(slot.id for slot in problem.slots),
        frozenset(table.id for table in problem.tables),
        {p.id: frozenset(delegate.id for delegate in p.delegates) for p in problem.participants},
        frozenset(meeting.id for meeting in problem.meetings),
    )
    yield from _faults_of_slots(problem.slots)
    yield from _repeated([table.id for table in problem.tables], "tables", ".id")
    for i, table in enumerate(problem.tables):
        yield from _unknown_slots(table.unavailable, known, f"tables[{i}].unavailable")
    yield from _faults_of_participants(problem.participants, known)
    yield from _repeated([interpreter.id for interpreter in problem.interpreters], "interpreters", ".id")
    for i, interpreter in enumerate(problem.interpreters):
        yield from _unknown_slots(interpreter.unavailable, known, f"interpreters[{i}].unavailable")
    yield from _faults_of_meetings(problem.meetings, known)
    for name in ("max_break_spread", "max_consecutive", "max_idle_slots"):
        yield from _below(0, getattr(problem.rules, name), f"rules.{name}")
    yield from _repeated(problem.objective, "objective", "")


def _faults_of_slots(slots: Sequence[Slot]) -> Iterator[Fault]:
    yield from _repeated([slot.id for slot in slots], "slots", ".id")
    days: set[str] = set()
    last: Slot | None = None  # the last one of which the time is known
    for i, slot in enumerate(slots):
        if slot.day in days and slots[i - 1].day != slot.day:
            yield Fault(f"slots[{i}].day", f"The day {quoted(slot.day)} comes back after another day.")
        days.add(slot.day)
        yield from _below(1, slot.minutes, f"slots[{i}].minutes")
        if slot.start is None:
            continue
        if slot.start.utcoffset() is None:
            yield Fault(f"slots[{i}].start", "The time has no offset, such as +02:00.")
            continue
        if last is not None and last.start is not None:
            seconds = (slot.start - last.start).total_seconds()
            if seconds <= 0:
                yield Fault(f"slots[{i}].start", f"Slots stand in time order; slot {quoted(last.id)} is not earlier.")
            elif last.minutes is not None and seconds < 60 * last.minutes:
                yield Fault(f"slots[{i}].start", f"Slots do not overlap; slot {quoted(last.id)} is not over yet.")
        last = slot


def _faults_of_participants(participants: Sequence[Participant], known: _Known) -> Iterator[Fault]:
    yield from _repeated([participant.id for participant in participants], "participants", ".id")
    floors = 0
    for i, participant in enumerate(participants):
        path = f"participants[{i}]"
        yield from _repeated([delegate.id for delegate in participant.delegates], f"{path}.delegates", ".id")
        for j, delegate in enumerate(participant.delegates):
            if not delegate.unavailable <= known.slots:
                yield from _unknown_slots(delegate.unavailable, known, f"{path}.delegates[{j}].unavailable")
        yield from _below(0, participant.min_meetings, f"{path}.min_meetings")
        yield from _below(0, participant.max_meetings, f"{path}.max_meetings")
        floors += participant.min_meetings
        homes = participant.home_tables
        for j, home in enumerate(homes):
            if home not in known.tables:
                place = f"{path}.home_table[{j}]" if len(homes) > 1 else f"{path}.home_table"
                yield Fault(place, f"There is no table {quoted(home)}.")
        yield from _repeated(homes, f"{path}.home_table", "")
    if floors > LARGEST:
        yield Fault("participants[*].min_meetings", f"The sum is {floors}; no sum may be greater than {LARGEST}.")


def _faults_of_meetings(meetings: Sequence[Candidate], known: _Known) -> Iterator[Fault]:
    yield from _repeated([meeting.id for meeting in meetings], "meetings", ".id")
    total = 0
    for i, meeting in enumerate(meetings):
        total += meeting.value
        if not _is_plain(meeting, known):
            yield from _faults_of_a_meeting(meeting, f"meetings[{i}]", known)
    if total > LARGEST:
        yield Fault("meetings[*].value", f"The sum is {total}; no sum may be greater than {LARGEST}.")


def _is_plain(meeting: Candidate, known: _Known) -> bool:
    """Most meetings only say who, and what it is worth; a quarter of a million of them are looked at quickly."""
    first, second = meeting.between
    names_something = meeting.after or meeting.slots is not None or meeting.delegates is not None
    is_bound = meeting.fixed_slot is not None or meeting.fixed_table is not None or meeting.languages is not None
    are_known = first in known.delegates and second in known.delegates and first != second
    return are_known and meeting.value >= 0 and not names_something and not is_bound


def _faults_of_a_meeting(meeting: Candidate, path: str, known: _Known) -> Iterator[Fault]:
    for side, participant in enumerate(meeting.between):
        if participant not in known.delegates:
            yield Fault(f"{path}.between[{side}]", f"There is no participant {quoted(participant)}.")
    if meeting.between[0] == meeting.between[1]:
        yield Fault(f"{path}.between", f"Participant {quoted(meeting.between[0])} cannot meet themselves.")
    yield from _below(0, meeting.value, f"{path}.value")
    yield from _unknown_slots(meeting.slots or (), known, f"{path}.slots")
    if meeting.fixed_slot is not None:
        yield from _unknown_slots((meeting.fixed_slot,), known, f"{path}.fixed_slot")
    if meeting.fixed_table is not None and meeting.fixed_table not in known.tables:
        yield Fault(f"{path}.fixed_table", f"There is no table {quoted(meeting.fixed_table)}.")
    for j, earlier in enumerate(meeting.after):
        if earlier not in known.meetings:
            yield Fault(f"{path}.after[{j}]", f"There is no meeting {quoted(earlier)}.")
    yield from _repeated(meeting.after, f"{path}.after", "")
    for side, delegates in enumerate(meeting.delegates or ()):
        participant = meeting.between[side]
        for delegate in sorted(delegates - known.delegates.get(participant, delegates)):
            sentence = f"Participant {quoted(participant)} has no delegate {quoted(delegate)}."
            yield Fault(f"{path}.delegates[{side}]", sentence)
    if meeting.languages is not None and meeting.languages[0] == meeting.languages[1]:
        yield Fault(f"{path}.languages", "An interpreter goes between two different languages.")


def _unknown_slots(slots: Iterable[SlotId], known: _Known, path: str) -> Iterator[Fault]:
    for slot in sorted(set(slots) - known.slots):
        yield Fault(path, f"There is no slot {quoted(slot)}.")


def _repeated(names: Sequence[str], path: str, field_name: str) -> Iterator[Fault]:
    """A fault for every name that stood in the list before."""
    if len(set(names)) == len(names):
        return
    first: dict[Hashable, int] = {}
    for i, name in enumerate(names):
        if first.setdefault(name, i) != i:
            yield Fault(f"{path}[{i}]{field_name}", f"{quoted(name)} stands at {path}[{first[name]}] already.")


def _below(least: int, number: int | None, path: str) -> Iterator[Fault]:
    if number is not None and number < least:
        yield Fault(path, f"A number from {least} on is expected, not {number}.")
