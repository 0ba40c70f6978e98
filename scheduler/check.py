"""The judge: every hard rule and every term of the objective, stated without a solver and in other words than its."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.faults import quoted
from scheduler.judging.attendance import Attendance, Person, Row
from scheduler.problem import Candidate, Delegate, Interpreter, MeetingId, Participant, Problem, Table, TableId, Term
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


def violations(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Every hard rule that the schedule breaks. A row that refers to nothing is reported and otherwise left out."""
    case = _Case(problem, schedule)
    found = list(case.wrong_rows)
    for row in case.rows:
        found += _of_one_meeting(row, case)
    found += _of_people(case)
    found += _of_tables(case)
    found += _of_interpreters(case)
    found += _required(case)
    found += _ceilings(case)
    found += _orders(case)
    found += _comfort(case)
    return found


def score(problem: Problem, schedule: Schedule, previous: Schedule | None = None) -> dict[Term, int]:
    """Every term of the objective, counted anew; `changes` only where there is a previous schedule."""
    case = _Case(problem, schedule)
    attendance = case.attendance
    waits = [length for one in attendance.of_participant for _, length in attendance.waits(attendance.busy[one])]
    found = {
        Term.SHORTFALL: sum(
            max(0, one.min_meetings - len(attendance.of_participant.get(one.id, ()))) for one in problem.participants
        ),
        Term.VALUE: sum(row.candidate.value for row in case.rows),
        Term.HELD: len(case.rows),
        Term.BREAKS: len(waits),
        Term.IDLE: sum(waits),
        Term.DELEGATE_IDLE: sum(
            length for person in attendance.of_person for _, length in attendance.waits(attendance.busy[person])
        ),
        Term.MOVES: sum(attendance.table_changes(rows) for rows in attendance.of_person.values()),
    }
    if previous is not None:
        now = {meeting.id: (meeting.slot, meeting.table) for meeting in schedule.meetings}
        found[Term.CHANGES] = sum(now.get(was.id) != (was.slot, was.table) for was in previous.meetings)
    return found


class _Case:
    """A schedule before the judge: its rows looked up in the problem, and who attends them."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.at = {slot.id: position for position, slot in enumerate(problem.slots)}
        self.tables: dict[TableId, Table] = {table.id: table for table in problem.tables}
        self.participants = {participant.id: participant for participant in problem.participants}
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
        path = f"meetings[{index}]"
        candidate = self.candidates.get(meeting.id)
        wrong = list(self._unknown(meeting, candidate, path))
        if meeting.id in self.named:
            sentence = f"Meeting {quoted(meeting.id)} stands in the schedule already."
            wrong.append(Violation(Rule.ONCE, f"{path}.id", sentence, (meeting.id,)))
        self.named.add(meeting.id)
        self.wrong_rows += wrong
        if candidate is not None and not wrong:
            self.rows.append(Row(index, candidate, meeting, self.at[meeting.slot]))

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
        sides = (self.participants[side] for side in candidate.between)
        return next((side for side in sides if side.home_tables), None)


def _of_one_meeting(row: Row, case: _Case) -> Iterator[Violation]:
    """What a meeting breaks by itself, whatever else is held."""
    candidate, meeting = row.candidate, row.meeting
    name, wrong = f"Meeting {quoted(meeting.id)}", []
    if candidate.slots is not None and meeting.slot not in candidate.slots:
        wrong.append((Rule.SLOTS, "slot", f"{name} may not be held in slot {quoted(meeting.slot)}."))
    if candidate.fixed_slot not in (None, meeting.slot):
        wrong.append((Rule.FIXED_SLOT, "slot", f"{name} is fixed to slot {quoted(candidate.fixed_slot or '')}."))
    if candidate.fixed_table not in (None, meeting.table):
        wrong.append((Rule.FIXED_TABLE, "table", f"{name} is fixed to table {quoted(candidate.fixed_table or '')}."))
    if candidate.online and meeting.table is not None:
        wrong.append((Rule.ONLINE, "table", f"{name} is online and takes no table."))
    if not candidate.online and meeting.table is None:
        wrong.append((Rule.ONLINE, "table", f"{name} is not online and needs a table."))
    host = case.host(candidate) if meeting.table is not None and candidate.fixed_table is None else None
    if host is not None and meeting.table not in host.home_tables:
        wrong.append((Rule.HOME_TABLE, "table", f"{name} belongs at a home table of {quoted(host.id)}."))
    for side, allowed in enumerate(candidate.delegates or ()):
        if meeting.delegates[side] not in allowed:
            who = quoted(meeting.delegates[side])
            wrong.append(
                (Rule.DELEGATES, f"delegates[{side}]", f"Delegate {who} may not attend meeting {quoted(meeting.id)}.")
            )
    if (candidate.languages is None) != (meeting.interpreter is None):
        needs = "needs no interpreter" if candidate.languages is None else "needs an interpreter"
        wrong.append((Rule.LANGUAGES, "interpreter", f"{name} {needs}."))
    elif candidate.languages is not None and meeting.interpreter is not None:
        missing = [lang for lang in candidate.languages if lang not in case.interpreters[meeting.interpreter].languages]
        who = quoted(meeting.interpreter)
        wrong += [(Rule.LANGUAGES, "interpreter", f"Interpreter {who} does not speak {quoted(x)}.") for x in missing]
    for rule, place, sentence in wrong:
        yield Violation(rule, f"meetings[{row.index}].{place}", sentence, (meeting.id,))


def _of_people(case: _Case) -> Iterator[Violation]:
    for person, rows in case.attendance.of_person.items():
        yield from _clashes(f"Delegate {quoted(person.delegate)}", case.delegates[person], rows, Rule.DELEGATE_TWICE)


def _of_tables(case: _Case) -> Iterator[Violation]:
    at_table: dict[TableId, list[Row]] = defaultdict(list)
    for row in case.rows:
        if row.meeting.table is not None:
            at_table[row.meeting.table].append(row)
    for table, rows in at_table.items():
        yield from _clashes(f"Table {quoted(table)}", case.tables[table], rows, Rule.TABLE_TWICE)


def _of_interpreters(case: _Case) -> Iterator[Violation]:
    served: dict[str, list[Row]] = defaultdict(list)
    for row in case.rows:
        if row.meeting.interpreter is not None:
            served[row.meeting.interpreter].append(row)
    for one in case.problem.interpreters:
        yield from _clashes(f"Interpreter {quoted(one.id)}", one, served.get(one.id, []), Rule.INTERPRETER_TWICE)


def _clashes(name: str, whose: Delegate | Table | Interpreter, rows: list[Row], twice: Rule) -> Iterator[Violation]:
    """Where somebody or a table is in two meetings of one slot, or is not there at all."""
    taken: dict[int, MeetingId] = {}
    field = {Rule.DELEGATE_TWICE: "delegates", Rule.TABLE_TWICE: "table"}.get(twice, "interpreter")
    for row in rows:
        path, meeting = f"meetings[{row.index}].{field}", row.meeting
        if row.at in taken:
            sentence = f"{name} is in meeting {quoted(taken[row.at])} in slot {quoted(meeting.slot)} already."
            yield Violation(twice, path, sentence, (taken[row.at], meeting.id))
        taken.setdefault(row.at, meeting.id)
        if meeting.slot in whose.unavailable:
            sentence = f"{name} is not available in slot {quoted(meeting.slot)}."
            yield Violation(Rule.UNAVAILABLE, path, sentence, (meeting.id,))


def _required(case: _Case) -> Iterator[Violation]:
    for i, candidate in enumerate(case.problem.meetings):
        if candidate.required and candidate.id not in case.named:
            sentence = f"Meeting {quoted(candidate.id)} must be held and is not."
            yield Violation(Rule.REQUIRED, f"problem meetings[{i}].required", sentence, (candidate.id,))


def _ceilings(case: _Case) -> Iterator[Violation]:
    for i, participant in enumerate(case.problem.participants):
        rows = case.attendance.of_participant.get(participant.id, [])
        if participant.max_meetings is not None and len(rows) > participant.max_meetings:
            sentence = f"{quoted(participant.id)} has {len(rows)} meetings and at most {participant.max_meetings}."
            held = tuple(row.meeting.id for row in rows)
            yield Violation(Rule.MAX_MEETINGS, f"problem participants[{i}].max_meetings", sentence, held)


def _orders(case: _Case) -> Iterator[Violation]:
    held = {row.meeting.id: row for row in case.rows}
    for row in case.rows:
        for earlier in (held[name] for name in row.candidate.after if name in held):
            if earlier.at >= row.at:
                sentence = (
                    f"Meeting {quoted(row.meeting.id)} comes after {quoted(earlier.meeting.id)}, which is not earlier."
                )
                both = (earlier.meeting.id, row.meeting.id)
                yield Violation(Rule.AFTER, f"meetings[{row.index}].slot", sentence, both)


def _comfort(case: _Case) -> Iterator[Violation]:
    """The rules of `rules`."""
    rules = case.problem.rules
    if rules.max_break_spread is not None:
        yield from _unfair_breaks(case, rules.max_break_spread)
    if rules.max_consecutive is not None:
        yield from _long_runs(case, rules.max_consecutive)
    if rules.max_idle_slots is not None:
        yield from _long_waits(case, rules.max_idle_slots)


def _unfair_breaks(case: _Case, limit: int) -> Iterator[Violation]:
    """Those without a meeting have no breaks, and count."""
    busy, waits = case.attendance.busy, case.attendance.waits
    breaks = [len(list(waits(busy.get(one.id, ())))) for one in case.problem.participants]
    if breaks and max(breaks) - min(breaks) > limit:
        most, least = (case.problem.participants[breaks.index(count)].id for count in (max(breaks), min(breaks)))
        sentence = f"{quoted(most)} has {max(breaks)} breaks, {quoted(least)} {min(breaks)}: {limit} apart at most."
        yield Violation(Rule.MAX_BREAK_SPREAD, "problem rules.max_break_spread", sentence)


def _long_runs(case: _Case, limit: int) -> Iterator[Violation]:
    for person, rows in case.attendance.of_person.items():
        for run in case.attendance.runs(case.attendance.busy[person]):
            if len(run) > limit:
                names = tuple(row.meeting.id for row in rows if row.at in run)
                sentence = f"Delegate {quoted(person.delegate)} of {quoted(person.participant)} has {len(run)} meetings"
                ending = f"without one free slot; at most {limit}."
                yield Violation(Rule.MAX_CONSECUTIVE, "problem rules.max_consecutive", f"{sentence} {ending}", names)


def _long_waits(case: _Case, limit: int) -> Iterator[Violation]:
    for participant in case.attendance.of_participant:
        idle: dict[str, int] = defaultdict(int)
        for day, length in case.attendance.waits(case.attendance.busy[participant]):
            idle[day] += length
        for day, length in idle.items():
            if length > limit:
                sentence = f"{quoted(participant)} waits {length} slots on {quoted(day)}; at most {limit}."
                yield Violation(Rule.MAX_IDLE_SLOTS, "problem rules.max_idle_slots", sentence)
