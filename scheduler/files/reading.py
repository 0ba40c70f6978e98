"""Reading a problem from JSON: strict, every fault in one answer, references looked up on the way."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from scheduler.faults import ProblemError, quoted
from scheduler.files.fields import REQUIRED, Fields, Reader, Register
from scheduler.problem import (
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

PROBLEM_FORMAT = "ronde-problem/1"
MOST_OF_A_NUMBER = 1_000_000  # tables, or delegates of all participants together, that numbers N may stand for

_PROBLEM = frozenset(
    ["format", "name", "slots", "tables", "participants", "interpreters", "meetings", "rules", "objective"]
)
_SLOT = frozenset(["id", "start", "minutes", "day", "session"])
_PLACE = frozenset(("id", "unavailable"))
_PARTICIPANT = frozenset(["id", "kind", "delegates", "min_meetings", "max_meetings", "home_table"])
_INTERPRETER = frozenset(("id", "languages", "unavailable"))
_PLAIN_MEETING = frozenset(("id", "between", "value"))
_MEETING = _PLAIN_MEETING | frozenset(
    ("required", "slots", "fixed_slot", "fixed_table", "after", "delegates", "languages", "online")
)
_TERMS = frozenset(Term)
_RULES = frozenset(("max_break_spread", "max_consecutive", "max_idle_slots"))


class ProblemReader(Reader):
    """Reads slots and tables first, so that what refers to them can be looked up, whatever the order in the file."""

    def __init__(self, objective: Sequence[Term]) -> None:
        super().__init__()
        self.default_objective = objective
        self.slots = Register[SlotId]("slot")
        self.times = Register[SlotId]("slot")  # the slots, and the sessions by which meetings may name them
        self.tables = Register[TableId]("table")
        self.participants = Register[ParticipantId]("participant")
        self.delegates: dict[str, Register[DelegateId]] = {}
        self.delegate_count = 0

    def problem(self, document: object) -> Problem:
        if not self.is_format(document, PROBLEM_FORMAT):
            raise ProblemError(self.faults())
        fields = self.row(document, "", _PROBLEM)
        try:
            problem = Problem(
                self.text(fields, "", "name"),
                tuple(self._slots(fields)),
                tuple(self._tables(fields)),
                tuple(self._participants(fields)),
                tuple(self._meetings(fields)),
                tuple(self._interpreters(fields)),
                self._rules(fields.get("rules", {})),
                tuple(self._objective(fields)),
            )
        except ProblemError as error:
            raise ProblemError(self.faults(error.faults)) from None
        if self.faults():
            raise ProblemError(self.faults())
        return problem

    def _slots(self, fields: Fields) -> Iterator[Slot]:
        rows = self.entries(fields.get("slots", REQUIRED), "slots", "a list of slots")
        self.slots.is_read = self.times.is_read = self.has_read("slots")
        sessions: dict[str, set[SlotId]] = defaultdict(set)
        day = ""
        for i, raw in enumerate(rows):
            path = f"slots[{i}]"
            row = self.row(raw, path, _SLOT)
            slot = SlotId(self.text(row, path, "id"))
            start = self._start(row, path)
            if row.get("day") is not None:
                day = self.text(row, path, "day")
            elif start is not None:
                day = start.date().isoformat()
            elif self.has_read(f"{path}.start"):
                self.unread(f"{path}.day", "a day, where there is no start,", REQUIRED)
            session = self.optional_text(row, path, "session")
            if session is not None:
                sessions[session].add(slot)
            self.slots.ids[slot] = self.times.ids[slot] = slot
            yield Slot(slot, day, start, self.optional_whole(row, path, "minutes"), session)
        self.times.groups = {session: frozenset(slots) for session, slots in sessions.items()}

    def _start(self, row: Fields, path: str) -> datetime | None:
        text = self.optional_text(row, path, "start")
        if text is None or not self.has_read(f"{path}.start"):
            return None
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            self.unread(f"{path}.start", "a time such as 2019-06-06T14:00:00+02:00", text)
            return None

    def _tables(self, fields: Fields) -> Iterator[Table]:
        raw = fields.get("tables", REQUIRED)
        if type(raw) is int:
            raw = [{"id": f"t{k}"} for k in range(1, self._count(raw, "tables") + 1)]
        rows = self.entries(raw, "tables", "a list of tables, or their number,")
        self.tables.is_read = self.has_read("tables")
        for i, entry in enumerate(rows):
            path = f"tables[{i}]"
            row = self.row(entry, path, _PLACE)
            table = TableId(self.text(row, path, "id"))
            self.tables.ids[table] = table
            yield Table(table, self._unavailable(row, path))

    def _count(self, raw: int, path: str) -> int:
        count = self.whole_of(raw, path, 0, MOST_OF_A_NUMBER)
        if count < 0:
            self.unread(path, "a number from 0 on", raw)
        return count

    def _unavailable(self, row: Fields, path: str) -> frozenset[SlotId]:
        return (
            self.names(row["unavailable"], f"{path}.unavailable", self.slots) if "unavailable" in row else frozenset()
        )

    def _participants(self, fields: Fields) -> Iterator[Participant]:
        rows = self.entries(fields.get("participants", REQUIRED), "participants", "a list of participants")
        self.participants.is_read = self.has_read("participants")
        for i, raw in enumerate(rows):
            path = f"participants[{i}]"
            row = self.row(raw, path, _PARTICIPANT)
            name = ParticipantId(self.text(row, path, "id"))
            delegates = tuple(self._delegates(row.get("delegates", 1), f"{path}.delegates", name))
            self.participants.ids[name] = name
            ids = {str(delegate.id): delegate.id for delegate in delegates}
            self.delegates[name] = Register("delegate", ids, is_read=self.has_read(f"{path}.delegates"))
            yield Participant(
                name,
                delegates,
                self.optional_text(row, path, "kind"),
                self.whole(row, path, "min_meetings", 0),
                self.optional_whole(row, path, "max_meetings"),
                self._home_tables(row.get("home_table"), f"{path}.home_table"),
            )

    def _delegates(self, raw: object, path: str, participant: ParticipantId) -> Iterator[Delegate]:
        if type(raw) is int:
            count = self._count(raw, path)
            self.delegate_count += count
            if self.delegate_count > MOST_OF_A_NUMBER:
                self.unread(path, f"a number up to {MOST_OF_A_NUMBER} for all participants together", raw)
                return
            yield from (Delegate(DelegateId(f"{participant}.{k}")) for k in range(1, count + 1))
            return
        for i, entry in enumerate(self.entries(raw, path, "a list of delegates, or their number,")):
            row = self.row(entry, f"{path}[{i}]", _PLACE)
            delegate = DelegateId(self.text(row, f"{path}[{i}]", "id"))
            yield Delegate(delegate, self._unavailable(row, f"{path}[{i}]"))

    def _home_tables(self, raw: object, path: str) -> tuple[TableId, ...]:
        if raw is None:
            return ()
        if not self.tables.is_read:
            self.give_up(path)
        homes = (
            (self.text_of(raw, path),) if isinstance(raw, str) else self.texts(raw, path, "a table or a list of them")
        )
        return tuple(map(TableId, homes))

    def _interpreters(self, fields: Fields) -> Iterator[Interpreter]:
        for i, raw in enumerate(self.entries(fields.get("interpreters", []), "interpreters", "a list of interpreters")):
            path = f"interpreters[{i}]"
            row = self.row(raw, path, _INTERPRETER)
            name = InterpreterId(self.text(row, path, "id"))
            languages = self.texts(row.get("languages", REQUIRED), f"{path}.languages", "a list of languages")
            for k, language in enumerate(languages):
                if language in languages[:k]:
                    self.fault(f"{path}.languages[{k}]", f"{quoted(language)} stands in this list already.")
            yield Interpreter(name, frozenset(languages), self._unavailable(row, path))

    def _meetings(self, fields: Fields) -> Iterator[Candidate]:
        for i, raw in enumerate(self.entries(fields.get("meetings", REQUIRED), "meetings", "a list of meetings")):
            path = f"meetings[{i}]"
            row = self.row(raw, path, _MEETING)
            name = MeetingId(self.text(row, path, "id"))
            between = self._between(row.get("between", REQUIRED), f"{path}.between")
            value = self.whole(row, path, "value", 1)
            if row.keys() <= _PLAIN_MEETING:
                yield Candidate(name, between, value)
                continue
            slots, delegates = row.get("slots"), row.get("delegates")
            yield Candidate(
                name,
                between,
                value,
                self.flag(row, path, "required"),
                None if slots is None else self.names(slots, f"{path}.slots", self.times),
                self._fixed_slot(row, path),
                self._fixed_table(row, path),
                tuple(map(MeetingId, self.texts(row.get("after", []), f"{path}.after", "a list of meetings"))),
                None if delegates is None else self._who(delegates, f"{path}.delegates", between),
                self._languages(row.get("languages"), f"{path}.languages"),
                self.flag(row, path, "online"),
            )

    def _between(self, raw: object, path: str) -> tuple[ParticipantId, ParticipantId]:
        if not self.participants.is_read:
            self.give_up(path)
        first, second = (ParticipantId(side) for side in self.pair(raw, path, "participants"))
        ids = (
            self.participants.ids
        )  # the same objects again: a quarter of a million meetings share a few thousand names
        return ids.get(first, first), ids.get(second, second)

    def _fixed_slot(self, row: Fields, path: str) -> SlotId | None:
        if not self.slots.is_read:
            self.give_up(f"{path}.fixed_slot")
        slot = self.optional_text(row, path, "fixed_slot")
        return None if slot is None else SlotId(slot)

    def _fixed_table(self, row: Fields, path: str) -> TableId | None:
        if not self.tables.is_read:
            self.give_up(f"{path}.fixed_table")
        table = self.optional_text(row, path, "fixed_table")
        return None if table is None else TableId(table)

    def _who(
        self, raw: object, path: str, between: tuple[ParticipantId, ParticipantId]
    ) -> tuple[frozenset[DelegateId], frozenset[DelegateId]]:
        """Who may attend, for each side; of a side that is not known nothing can be said."""
        sides = self.entries(raw, path, "a list of two lists of delegates")
        if self.has_read(path) and len(sides) != 2:
            self.unread(path, "a list of two lists of delegates", raw)
        nobody = Register[DelegateId]("delegate", is_read=False)
        if not self.has_read(path):
            return frozenset(), frozenset()
        registers = [self.delegates.get(side, nobody) for side in between]
        return (
            self.names(sides[0], f"{path}[0]", registers[0]),
            self.names(sides[1], f"{path}[1]", registers[1]),
        )

    def _languages(self, raw: object, path: str) -> tuple[str, str] | None:
        return None if raw is None else self.pair(raw, path, "languages")

    def _rules(self, raw: object) -> Rules:
        row = self.row(raw, "rules", _RULES)
        return Rules(
            self.optional_whole(row, "rules", "max_break_spread"),
            self.optional_whole(row, "rules", "max_consecutive"),
            self.optional_whole(row, "rules", "max_idle_slots"),
        )

    def _objective(self, fields: Fields) -> Iterator[Term]:
        """The terms; one that does not exist keeps its place out, not the places of the others."""
        raw, seen = fields.get("objective", list(self.default_objective)), set[str]()
        for i, name in enumerate(self.texts(raw, "objective", "a list of terms")):
            if name in seen:
                self.fault(f"objective[{i}]", f"{quoted(name)} stands in this list already.")
            elif name in _TERMS:
                yield Term(name)
            elif self.has_read(f"objective[{i}]"):
                self.fault(f"objective[{i}]", f"There is no term {quoted(name)}.")
            seen.add(name)
