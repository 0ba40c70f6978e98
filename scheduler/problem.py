"""The problem: who may meet whom, when, where and with which interpreter. Frozen, and consistent or refused."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

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
    """A person of a participant, in at most one meeting in a slot."""

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
    """A meeting that may be held: `meetings[]` of the file. None means no restriction, no interpreter needed."""

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
    """Everything that the engine knows. Slots are in time order."""

    name: str
    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Candidate, ...]
    interpreters: tuple[Interpreter, ...] = ()
    rules: Rules = field(default_factory=Rules)
    objective: tuple[Term, ...] = DEFAULT_OBJECTIVE
