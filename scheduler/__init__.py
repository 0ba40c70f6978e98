"""The engine: ids and whole numbers in, a timetable out. Only the names listed here are for others."""

from scheduler.check import Rule, Violation, score, violations
from scheduler.codec import problem_from_json, problem_to_json, result_from_json, result_to_json
from scheduler.engine import NAME, solve
from scheduler.explain import explained
from scheduler.faults import Fault, FaultsError, ProblemError, ScheduleError
from scheduler.judging.claims import false_claims
from scheduler.limits import Limits, Progress
from scheduler.patience import nothing_collected
from scheduler.problem import (
    DEFAULT_OBJECTIVE,
    REPAIR_OBJECTIVE,
    Candidate,
    Delegate,
    DelegateId,
    Interpreter,
    InterpreterId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Rules,
    Slot,
    SlotId,
    Table,
    TableId,
    Term,
)
from scheduler.schedule import Conflict, Meeting, NotHeld, Place, Reason, Result, Schedule, Status

__all__ = [
    "DEFAULT_OBJECTIVE",
    "NAME",
    "REPAIR_OBJECTIVE",
    "Candidate",
    "Conflict",
    "Delegate",
    "DelegateId",
    "Fault",
    "FaultsError",
    "Interpreter",
    "InterpreterId",
    "Limits",
    "Meeting",
    "MeetingId",
    "NotHeld",
    "Participant",
    "ParticipantId",
    "Place",
    "Problem",
    "ProblemError",
    "Progress",
    "Reason",
    "Result",
    "Rule",
    "Rules",
    "Schedule",
    "ScheduleError",
    "Slot",
    "SlotId",
    "Status",
    "Table",
    "TableId",
    "Term",
    "Violation",
    "explained",
    "false_claims",
    "nothing_collected",
    "problem_from_json",
    "problem_to_json",
    "result_from_json",
    "result_to_json",
    "score",
    "solve",
    "violations",
]
