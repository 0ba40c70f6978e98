"""Reading an answer (`ronde-schedule/1`) from JSON: strict in types; whether it is right is for the judge to say."""

from scheduler.faults import ScheduleError
from scheduler.files.fields import REQUIRED, Fields, Reader, parse
from scheduler.problem import DelegateId, InterpreterId, MeetingId, SlotId, TableId, Term
from scheduler.schedule import Conflict, Meeting, NotHeld, Place, Reason, Result, Schedule, Status

SCHEDULE_FORMAT = "ronde-schedule/1"

_RESULT = frozenset(
    [
        "format",
        "problem",
        "status",
        "proved",
        "meetings",
        "not_held",
        "score",
        "bounds",
        "conflict",
        "seconds",
        "engine",
    ]
)
_MEETING = frozenset(("id", "slot", "table", "delegates", "interpreter"))
_NOT_HELD = frozenset(("id", "reason", "text", "nearest"))
_NEAREST = frozenset(("slot", "table", "moves"))
_CONFLICT = frozenset(("text", "paths", "minimal"))
_TERMS = frozenset(Term)


def result_from_json(text: str | bytes) -> Result:
    """Reads an answer. Raises ScheduleError with every fault of syntax and types; ids are not looked up."""
    document, faults = parse(text)
    if faults:
        raise ScheduleError(faults)
    return _ResultReader().result(document)


class _ResultReader(Reader):
    def result(self, document: object) -> Result:
        if not self.is_format(document, SCHEDULE_FORMAT):
            raise ScheduleError(self.faults())
        fields = self.row(document, "", _RESULT)
        result = Result(
            self.text(fields, "", "problem"),
            self._status(fields),
            Schedule(self._meetings(fields.get("meetings", REQUIRED), "meetings")),
            self._figures(fields, "score"),
            self._figures(fields, "bounds"),
            self._proved(fields),
            self._not_held(fields),
            self._conflict(fields.get("conflict")),
            self.number(fields, "", "seconds"),
            self.text(fields, "", "engine"),
        )
        if self.faults():
            raise ScheduleError(self.faults())
        return result

    def _status(self, fields: Fields) -> Status:
        name = self.text(fields, "", "status")
        if name not in frozenset(Status):
            self.unread("status", "one of " + ", ".join(Status), name)
            return Status.UNKNOWN
        return Status(name)

    def _meetings(self, raw: object, path: str) -> tuple[Meeting, ...]:
        rows = self.entries(raw, path, "a list of meetings")
        return tuple(self._meeting(row, f"{path}[{i}]") for i, row in enumerate(rows))

    def _meeting(self, raw: object, path: str) -> Meeting:
        row = self.row(raw, path, _MEETING)
        table = self.optional_text(row, path, "table")
        interpreter = self.optional_text(row, path, "interpreter")
        first, second = self.pair(row.get("delegates", REQUIRED), f"{path}.delegates", "delegates")
        return Meeting(
            MeetingId(self.text(row, path, "id")),
            SlotId(self.text(row, path, "slot")),
            None if table is None else TableId(table),
            (DelegateId(first), DelegateId(second)),
            None if interpreter is None else InterpreterId(interpreter),
        )

    def _not_held(self, fields: Fields) -> tuple[NotHeld, ...]:
        rows = self.entries(fields.get("not_held", REQUIRED), "not_held", "a list of meetings")
        found = []
        for i, raw in enumerate(rows):
            path = f"not_held[{i}]"
            row = self.row(raw, path, _NOT_HELD)
            name = MeetingId(self.text(row, path, "id"))
            reason, text = self.text(row, path, "reason"), self.optional_text(row, path, "text")
            if reason not in frozenset(Reason):
                self.unread(f"{path}.reason", "one of " + ", ".join(Reason), reason)
                reason = Reason.TIME_RAN_OUT
            found.append(NotHeld(name, Reason(reason), text, self._nearest(row.get("nearest"), f"{path}.nearest")))
        return tuple(found)

    def _nearest(self, raw: object, path: str) -> Place | None:
        if raw is None:
            return None
        row = self.row(raw, path, _NEAREST)
        table = self.optional_text(row, path, "table")
        moves = self._meetings(row.get("moves", []), f"{path}.moves")
        return Place(SlotId(self.text(row, path, "slot")), None if table is None else TableId(table), moves)

    def _figures(self, fields: Fields, name: str) -> dict[Term, int]:
        row = self.row(fields.get(name, REQUIRED), name, _TERMS)
        return {Term(term): self.whole_of(row[term], f"{name}.{term}", 0) for term in row if term in _TERMS}

    def _proved(self, fields: Fields) -> tuple[Term, ...]:
        names = self.texts(fields.get("proved", REQUIRED), "proved", "a list of terms")
        for i, name in enumerate(names):
            if name not in _TERMS:
                self.unread(f"proved[{i}]", "a term", name)
        return tuple(Term(name) for name in names if name in _TERMS)

    def _conflict(self, raw: object) -> Conflict | None:
        if raw is None:
            return None
        row = self.row(raw, "conflict", _CONFLICT)
        return Conflict(
            self.text(row, "conflict", "text"),
            self.texts(row.get("paths", REQUIRED), "conflict.paths", "a list of JSON paths"),
            self.flag(row, "conflict", "minimal"),
        )
