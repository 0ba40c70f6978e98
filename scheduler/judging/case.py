"""A schedule before the judge: its rows looked up in the problem, and the rules by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.faults import quoted
from scheduler.judging.attendance import Attendance, Person, Row
from scheduler.problem import Candidate, Delegate, MeetingId, Participant, Problem, Table, TableId
from scheduler.schedule import Meeting, Schedule


class Rule(StrEnum):
    """The hard rules, named after the field that states them where there is one."""

    REFERENCE = "reference"
    ONCE = "once"
    REQUIRED = "required"
    SLOTS = "slots"
    FIXED_SLOT = "fixed_slot"
    FIXED_TABLE = "fixed_table"
    ONLINE = "online"
    HOME_TABLE = "home_table"
    DELEGATES = "delegates"
    LANGUAGES = "languages"
    UNAVAILABLE = "unavailable"
    DELEGATE_TWICE = "delegate-twice"
    TABLE_TWICE = "table-twice"
    INTERPRETER_TWICE = "interpreter-twice"
    MAX_MEETINGS = "max_meetings"
    AFTER = "after"
    MAX_BREAK_SPREAD = "max_break_spread"
    MAX_CONSECUTIVE = "max_consecutive"
    MAX_IDLE_SLOTS = "max_idle_slots"


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that a schedule breaks: where in the schedule's file (or the problem's), and by which meetings."""

    rule: Rule
    path: str
    sentence: str
    meetings: tuple[MeetingId, ...] = ()

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence} ({self.rule})"


class Case:
    """A schedule before the judge: its rows looked up in the problem, and who attends them."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.schedule = schedule
        self.at = {slot.id: position for position, slot in enumerate(problem.slots)}
        self.tables: dict[TableId, Table] = {table.id: table for table in problem.tables}
        self.at_home = {one.id: one for one in problem.participants if one.home_tables}
        self.delegates: dict[Person, Delegate] = {
            Person(one.id, delegate.id): delegate for one in problem.participants for delegate in one.delegates
        }
        self.interpreters = {interpreter.id: interpreter for interpreter in problem.interpreters}
        self.candidates = {candidate.id: candidate for candidate in problem.meetings}
        self.named: set[MeetingId] = set()
        self.rows: list[Row] = []
        self.wrong_rows: list[Violation] = []
        for index, meeting in enumerate(schedule.meetings):
            self._look_up(index, meeting)
        self.attendance = Attendance(problem, self.rows)

    def _look_up(self, index: int, meeting: Meeting) -> None:
        candidate, at = self.candidates.get(meeting.id), self.at.get(meeting.slot)
        row = None if candidate is None or at is None else Row.of(index, candidate, meeting, at)
        if row is not None and meeting.id not in self.named and self._is_known(row):
            self.rows.append(row)
        else:
            self.wrong_rows += self._unknown(meeting, candidate, f"meetings[{index}]")
        if meeting.id in self.named:
            sentence = f"Meeting {quoted(meeting.id)} stands in the schedule already."
            self.wrong_rows.append(Violation(Rule.ONCE, f"meetings[{index}].id", sentence, (meeting.id,)))
        self.named.add(meeting.id)

    def _is_known(self, row: Row) -> bool:
        """Whether the problem has everybody and everything that the row takes."""
        (first, second), meeting = row.people, row.meeting
        is_placed = meeting.table is None or meeting.table in self.tables
        is_served = meeting.interpreter is None or meeting.interpreter in self.interpreters
        return first in self.delegates and second in self.delegates and is_placed and is_served

    def _unknown(self, meeting: Meeting, candidate: Candidate | None, path: str) -> Iterator[Violation]:
        """What the row refers to that is not in the problem."""
        absent: list[tuple[str, str]] = []
        if candidate is None:
            absent.append((f"{path}.id", f"meeting {quoted(meeting.id)}"))
        else:
            for side, person in enumerate(map(Person, candidate.between, meeting.delegates)):
                if person not in self.delegates:
                    who = f"delegate {quoted(person.delegate)} of participant {quoted(person.participant)}"
                    absent.append((f"{path}.delegates[{side}]", who))
        if meeting.slot not in self.at:
            absent.append((f"{path}.slot", f"slot {quoted(meeting.slot)}"))
        if meeting.table is not None and meeting.table not in self.tables:
            absent.append((f"{path}.table", f"table {quoted(meeting.table)}"))
        if meeting.interpreter is not None and meeting.interpreter not in self.interpreters:
            absent.append((f"{path}.interpreter", f"interpreter {quoted(meeting.interpreter)}"))
        for place, what in absent:
            yield Violation(Rule.REFERENCE, place, f"The problem has no {what}.", (meeting.id,))

    def host(self, candidate: Candidate) -> Participant | None:
        """The first of the two sides who has a home table."""
        first, second = candidate.between
        return self.at_home.get(first) or self.at_home.get(second)
