"""The judge: every hard rule and every term of the objective, stated without a solver and in other words than its."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.faults import quoted
from scheduler.judging.attendance import Row
from scheduler.judging.case import Case, Rule, Violation
from scheduler.problem import Delegate, Interpreter, MeetingId, Problem, Table, TableId, Term
from scheduler.schedule import Meeting, Schedule

__all__ = ["Rule", "Violation", "judged", "score", "violations"]


def violations(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Every hard rule that the schedule breaks. A row that refers to nothing is reported and otherwise left out."""
    return _broken(Case(problem, schedule))


def score(problem: Problem, schedule: Schedule, previous: Schedule | None = None) -> dict[Term, int]:
    """Every term of the objective, counted anew; `changes` only where there is a previous schedule."""
    return _counted(Case(problem, schedule), previous)


def judged(
    problem: Problem, schedule: Schedule, previous: Schedule | None = None
) -> tuple[list[Violation], dict[Term, int]]:
    """Both the violations and the score, for those who want both: the schedule is looked up once."""
    case = Case(problem, schedule)
    return _broken(case), _counted(case, previous)


def _broken(case: Case) -> list[Violation]:
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


def _counted(case: Case, previous: Schedule | None) -> dict[Term, int]:
    problem, attendance = case.problem, case.attendance
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
        now = {meeting.id: (meeting.slot, meeting.table) for meeting in case.schedule.meetings}
        found[Term.CHANGES] = sum(now.get(was.id) != (was.slot, was.table) for was in previous.meetings)
    return found


def _of_one_meeting(row: Row, case: Case) -> Iterator[Violation]:
    """What a meeting breaks by itself, whatever else is held."""
    candidate, meeting = row.candidate, row.meeting
    wrong: list[tuple[Rule, str, str]] = []
    if candidate.slots is not None and meeting.slot not in candidate.slots:
        wrong.append((Rule.SLOTS, "slot", f"{_named(meeting)} may not be held in slot {quoted(meeting.slot)}."))
    if candidate.fixed_slot not in (None, meeting.slot):
        wrong.append(
            (Rule.FIXED_SLOT, "slot", f"{_named(meeting)} is fixed to slot {quoted(candidate.fixed_slot or '')}.")
        )
    if candidate.fixed_table not in (None, meeting.table):
        sentence = f"{_named(meeting)} is fixed to table {quoted(candidate.fixed_table or '')}."
        wrong.append((Rule.FIXED_TABLE, "table", sentence))
    if candidate.online and meeting.table is not None:
        wrong.append((Rule.ONLINE, "table", f"{_named(meeting)} is online and takes no table."))
    if not candidate.online and meeting.table is None:
        wrong.append((Rule.ONLINE, "table", f"{_named(meeting)} is not online and needs a table."))
    host = case.host(candidate) if meeting.table is not None and candidate.fixed_table is None else None
    if host is not None and meeting.table not in host.home_tables:
        wrong.append((Rule.HOME_TABLE, "table", f"{_named(meeting)} belongs at a home table of {quoted(host.id)}."))
    for side, allowed in enumerate(candidate.delegates or ()):
        if meeting.delegates[side] not in allowed:
            who = quoted(meeting.delegates[side])
            wrong.append(
                (Rule.DELEGATES, f"delegates[{side}]", f"Delegate {who} may not attend meeting {quoted(meeting.id)}.")
            )
    if (candidate.languages is None) != (meeting.interpreter is None):
        needs = "needs no interpreter" if candidate.languages is None else "needs an interpreter"
        wrong.append((Rule.LANGUAGES, "interpreter", f"{_named(meeting)} {needs}."))
    elif candidate.languages is not None and meeting.interpreter is not None:
        missing = [lang for lang in candidate.languages if lang not in case.interpreters[meeting.interpreter].languages]
        who = quoted(meeting.interpreter)
        wrong += [(Rule.LANGUAGES, "interpreter", f"Interpreter {who} does not speak {quoted(x)}.") for x in missing]
    for rule, place, sentence in wrong:
        yield Violation(rule, f"meetings[{row.index}].{place}", sentence, (meeting.id,))


def _named(meeting: Meeting) -> str:
    return f"Meeting {quoted(meeting.id)}"


def _of_people(case: Case) -> Iterator[Violation]:
    for person, rows in case.attendance.of_person.items():
        yield from _clashes("Delegate", case.delegates[person], rows, Rule.DELEGATE_TWICE)


def _of_tables(case: Case) -> Iterator[Violation]:
    at_table: dict[TableId, list[Row]] = defaultdict(list)
    for row in case.rows:
        if row.meeting.table is not None:
            at_table[row.meeting.table].append(row)
    for table, rows in at_table.items():
        yield from _clashes("Table", case.tables[table], rows, Rule.TABLE_TWICE)


def _of_interpreters(case: Case) -> Iterator[Violation]:
    served: dict[str, list[Row]] = defaultdict(list)
    for row in case.rows:
        if row.meeting.interpreter is not None:
            served[row.meeting.interpreter].append(row)
    for one in case.problem.interpreters:
        yield from _clashes("Interpreter", one, served.get(one.id, []), Rule.INTERPRETER_TWICE)


def _clashes(kind: str, whose: Delegate | Table | Interpreter, rows: list[Row], twice: Rule) -> Iterator[Violation]:
    """Where somebody or a table is in two meetings of one slot, or is not there at all."""
    slots = {row.meeting.slot for row in rows}
    if len(slots) == len(rows) and slots.isdisjoint(whose.unavailable):
        return  # as with nearly everybody: the rows need not be looked at one by one
    name, taken = f"{kind} {quoted(whose.id)}", dict[int, MeetingId]()
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


def _required(case: Case) -> Iterator[Violation]:
    for i, candidate in enumerate(case.problem.meetings):
        if candidate.required and candidate.id not in case.named:
            sentence = f"Meeting {quoted(candidate.id)} must be held and is not."
            yield Violation(Rule.REQUIRED, f"problem meetings[{i}].required", sentence, (candidate.id,))


def _ceilings(case: Case) -> Iterator[Violation]:
    for i, participant in enumerate(case.problem.participants):
        rows = case.attendance.of_participant.get(participant.id, [])
        if participant.max_meetings is not None and len(rows) > participant.max_meetings:
            sentence = f"{quoted(participant.id)} has {len(rows)} meetings and at most {participant.max_meetings}."
            held = tuple(row.meeting.id for row in rows)
            yield Violation(Rule.MAX_MEETINGS, f"problem participants[{i}].max_meetings", sentence, held)


def _orders(case: Case) -> Iterator[Violation]:
    held = {row.meeting.id: row for row in case.rows}
    for row in case.rows:
        for earlier in (held[name] for name in row.candidate.after if name in held):
            if earlier.at >= row.at:
                sentence = (
                    f"Meeting {quoted(row.meeting.id)} comes after {quoted(earlier.meeting.id)}, which is not earlier."
                )
                both = (earlier.meeting.id, row.meeting.id)
                yield Violation(Rule.AFTER, f"meetings[{row.index}].slot", sentence, both)


def _comfort(case: Case) -> Iterator[Violation]:
    """The rules of `rules`."""
    rules = case.problem.rules
    if rules.max_break_spread is not None:
        yield from _unfair_breaks(case, rules.max_break_spread)
    if rules.max_consecutive is not None:
        yield from _long_runs(case, rules.max_consecutive)
    if rules.max_idle_slots is not None:
        yield from _long_waits(case, rules.max_idle_slots)


def _unfair_breaks(case: Case, limit: int) -> Iterator[Violation]:
    """Those without a meeting have no breaks, and count."""
    busy, waits = case.attendance.busy, case.attendance.waits
    breaks = [len(list(waits(busy.get(one.id, set())))) for one in case.problem.participants]
    if breaks and max(breaks) - min(breaks) > limit:
        most, least = (case.problem.participants[breaks.index(count)].id for count in (max(breaks), min(breaks)))
        sentence = f"{quoted(most)} has {max(breaks)} breaks, {quoted(least)} {min(breaks)}: {limit} apart at most."
        yield Violation(Rule.MAX_BREAK_SPREAD, "problem rules.max_break_spread", sentence)


def _long_runs(case: Case, limit: int) -> Iterator[Violation]:
    for person, rows in case.attendance.of_person.items():
        for run in case.attendance.runs(case.attendance.busy[person]):
            if len(run) > limit:
                names = tuple(row.meeting.id for row in rows if row.at in run)
                sentence = f"Delegate {quoted(person.delegate)} of {quoted(person.participant)} has {len(run)} meetings"
                ending = f"without one free slot; at most {limit}."
                yield Violation(Rule.MAX_CONSECUTIVE, "problem rules.max_consecutive", f"{sentence} {ending}", names)


def _long_waits(case: Case, limit: int) -> Iterator[Violation]:
    for participant in case.attendance.of_participant:
        idle: dict[str, int] = defaultdict(int)
        for day, length in case.attendance.waits(case.attendance.busy[participant]):
            idle[day] += length
        for day, length in idle.items():
            if length > limit:
                sentence = f"{quoted(participant)} waits {length} slots on {quoted(day)}; at most {limit}."
                yield Violation(Rule.MAX_IDLE_SLOTS, "problem rules.max_idle_slots", sentence)
