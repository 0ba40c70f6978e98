"""The answer: which meetings are held where, how good that is, what is proved, and why the others are not held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.problem import DelegateId, InterpreterId, MeetingId, SlotId, TableId, Term


class Status(StrEnum):
    """How the search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a meeting is not held; the first that is true, in this order."""

    PARTICIPANT_FULL = "participant-full"
    NO_COMMON_SLOT = "no-common-slot"
    NO_INTERPRETER = "no-interpreter"
    NO_TABLE = "no-table"
    ORDER = "order"
    RULE = "rule"
    OUTWEIGHED = "outweighed"
    TIME_RAN_OUT = "time-ran-out"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that is held: `table` is None online, `delegates` follow the order of `between`."""

    id: MeetingId
    slot: SlotId
    table: TableId | None
    delegates: tuple[DelegateId, DelegateId]
    interpreter: InterpreterId | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The meetings held, in the order of the problem."""

    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place that becomes free when the meetings in `moves` go elsewhere."""

    slot: SlotId
    table: TableId | None
    moves: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A meeting that is not held, and why; `text` and `nearest` may be None in very large problems."""

    id: MeetingId
    reason: Reason
    text: str | None = None
    nearest: Place | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules of the problem that cannot hold together, by JSON path."""

    text: str
    paths: tuple[str, ...]
    is_minimal: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What `solve` returns. `bounds` holds for each term the best that is possible, given the terms before it."""

    problem: str
    status: Status
    schedule: Schedule = field(default_factory=Schedule)
    score: Mapping[Term, int] = field(default_factory=dict)
    bounds: Mapping[Term, int] = field(default_factory=dict)
    proved: tuple[Term, ...] = ()
    not_held: tuple[NotHeld, ...] = ()
    conflict: Conflict | None = None
    seconds: float = 0.0
    engine: str = ""
