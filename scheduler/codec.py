"""Problem and Result ⇄ JSON: the formats `ronde-problem/1` and `ronde-schedule/1`, one row of a list on each line."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from scheduler.faults import ProblemError
from scheduler.files.answers import SCHEDULE_FORMAT, result_from_json
from scheduler.files.fields import parse
from scheduler.files.reading import PROBLEM_FORMAT, ProblemReader
from scheduler.patience import nothing_collected
from scheduler.problem import (
    DEFAULT_OBJECTIVE,
    Candidate,
    Delegate,
    Interpreter,
    Participant,
    Problem,
    SlotId,
    Table,
    Term,
)
from scheduler.schedule import Meeting, NotHeld, Result

__all__ = ["problem_from_json", "problem_to_json", "result_from_json", "result_to_json"]

Json = str | int | float | bool | None | Mapping[str, "Json"] | Collection["Json"]


def problem_from_json(text: str | bytes, *, objective: Sequence[Term] = DEFAULT_OBJECTIVE) -> Problem:
    """Reads a problem; `objective` is that of a file which names none.

    Raises ProblemError with every fault: of syntax, types, references, duplicates and numbers.
    """
    with nothing_collected():
        document, faults = parse(text)
        if faults:
            raise ProblemError(faults)
        return ProblemReader(objective).problem(document)


def problem_to_json(problem: Problem) -> str:
    """The problem's file; fields of participants, meetings and interpreters that have their default are left out."""
    order = {slot.id: position for position, slot in enumerate(problem.slots)}
    rules = problem.rules
    return _document(
        {
            "format": PROBLEM_FORMAT,
            "name": problem.name,
            "slots": [
                {
                    "id": slot.id,
                    "start": slot.start.isoformat() if slot.start is not None else None,
                    "minutes": slot.minutes,
                    "day": slot.day,
                    "session": slot.session,
                }
                for slot in problem.slots
            ],
            "tables": (_place(table, order) for table in problem.tables),
            "participants": (_participant(participant, order) for participant in problem.participants),
            "interpreters": (_interpreter(interpreter, order) for interpreter in problem.interpreters),
            "meetings": (_candidate(meeting, order) for meeting in problem.meetings),
            "rules": {
                "max_break_spread": rules.max_break_spread,
                "max_consecutive": rules.max_consecutive,
                "max_idle_slots": rules.max_idle_slots,
            },
            "objective": list(problem.objective),
        }
    )


def _place(place: Table | Delegate, order: Mapping[SlotId, int]) -> Json:
    return {"id": place.id} | _unless(None, unavailable=_in_order(place.unavailable, order) or None)


def _interpreter(one: Interpreter, order: Mapping[SlotId, int]) -> Json:
    away = _unless(None, unavailable=_in_order(one.unavailable, order) or None)
    return {"id": one.id, "languages": sorted(one.languages)} | away


def _participant(one: Participant, order: Mapping[SlotId, int]) -> Json:
    homes = one.home_tables
    return {
        "id": one.id,
        **_unless(None, kind=one.kind),
        "delegates": [_place(delegate, order) for delegate in one.delegates],
        **_unless(0, min_meetings=one.min_meetings),
        **_unless(None, max_meetings=one.max_meetings, home_table=homes[0] if len(homes) == 1 else list(homes) or None),
    }


def _candidate(one: Candidate, order: Mapping[SlotId, int]) -> Json:
    row: dict[str, Json] = {"id": one.id, "between": list(one.between), "value": one.value}
    return (
        row
        | _unless(False, required=one.required, online=one.online)
        | _unless(
            None,
            slots=None if one.slots is None else _in_order(one.slots, order),
            fixed_slot=one.fixed_slot,
            fixed_table=one.fixed_table,
            after=list(one.after) or None,
            delegates=None if one.delegates is None else [sorted(side) for side in one.delegates],
            languages=None if one.languages is None else list(one.languages),
        )
    )


def _unless(default: Json, **fields: Json) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value is not default}


def _in_order(slots: Iterable[SlotId], order: Mapping[SlotId, int]) -> Sequence[str]:
    return sorted(slots, key=lambda slot: order[slot])


def result_to_json(result: Result) -> str:
    """The schedule's file."""
    conflict = result.conflict
    return _document(
        {
            "format": SCHEDULE_FORMAT,
            "problem": result.problem,
            "status": result.status,
            "proved": list(result.proved),
            "meetings": (_meeting(meeting) for meeting in result.schedule.meetings),
            "not_held": (_not_held(row) for row in result.not_held),
            "score": _figures(result.score),
            "bounds": _figures(result.bounds),
            "conflict": None
            if conflict is None
            else {"text": conflict.text, "paths": list(conflict.paths), "minimal": conflict.is_minimal},
            "seconds": round(result.seconds, 3),
            "engine": result.engine,
        }
    )


def _figures(figures: Mapping[Term, int]) -> Mapping[str, int]:
    return {term.value: figure for term, figure in figures.items()}


def _meeting(meeting: Meeting) -> Json:
    return {
        "id": meeting.id,
        "slot": meeting.slot,
        "table": meeting.table,
        "delegates": list(meeting.delegates),
        "interpreter": meeting.interpreter,
    }


def _not_held(row: NotHeld) -> Json:
    found: dict[str, Json] = {"id": row.id, "reason": row.reason}
    if row.text is not None:
        found["text"] = row.text
    if row.nearest is not None:
        place = row.nearest
        moves = [_meeting(meeting) for meeting in place.moves]
        found["nearest"] = {"slot": place.slot, "table": place.table, "moves": moves}
    return found


def _document(fields: Mapping[str, Json | Iterator[Json]]) -> str:
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {_field(value)}" for name, value in fields.items()) + "\n}\n"


def _field(value: Json | Iterator[Json]) -> str:
    """Lists of rows get a line for each row; everything else stands on one line."""
    if isinstance(value, Iterator) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        rows = ",\n".join(f"  {_ENCODER.encode(row)}" for row in value)
        return f"[\n{rows}\n ]" if rows else "[]"
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
