"""A reading as JSON, in the shape that other programs rely on (`ronde read --json`)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TypeAlias

from importers.rows import (
    Address,
    CellError,
    ColumnMapping,
    DelegateRow,
    EventRow,
    OrganisationRow,
    Provision,
    Reading,
    TableRow,
    WishRow,
)

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


def as_json(reading: Reading) -> dict[str, Json]:
    """The whole reading; times as `14:30`, dates as `2019-06-06`, None as null."""
    return {
        "event": None if reading.event is None else _event(reading.event),
        "organisations": [_organisation(row) for row in reading.organisations],
        "wishes": [_wish(row) for row in reading.wishes],
        "columns": [_column(row) for row in reading.columns],
        "errors": [error_as_json(row) for row in reading.errors],
    }


def error_as_json(error: CellError) -> dict[str, Json]:
    """A fault as it stands under `errors`, here and in the API's answers."""
    return {
        "code": error.code,
        "severity": error.severity.value,
        "sheet": error.sheet,
        "cell": error.cell,
        "read": error.read,
        "expected": error.expected,
        "hint": error.hint,
        "candidates": list(error.candidates),
        "message": error.message,
    }


def _time(value: time | None) -> str | None:
    return None if value is None else value.isoformat("minutes")


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _spans(spans: Sequence[tuple[time, time]]) -> list[Json]:
    return [[_time(start), _time(end)] for start, end in spans]


def _provisions(provisions: Sequence[Provision]) -> list[Json]:
    return [{"text": each.text, "cpv": list(each.cpv)} for each in provisions]


def _organisation(row: OrganisationRow) -> dict[str, Json]:
    return {
        "reference": row.reference,
        "organisation": row.organisation,
        "kind": row.kind,
        "structure_type": row.structure_type,
        "country": row.country,
        "postal_code": row.postal_code,
        "city": row.city,
        "website": row.website,
        "registration_number": row.registration_number,
        "description": row.description,
        "offers": _provisions(row.offers),
        "needs": _provisions(row.needs),
        "labels": [
            {"name": label.name, "from": _date(label.valid_from), "until": _date(label.valid_until)}
            for label in row.labels
        ],
        "sdgs": list(row.sdgs),
        "table": row.table,
        "min_meetings": row.min_meetings,
        "max_meetings": row.max_meetings,
        "accessibility": row.accessibility,
        "delegates": [_delegate(person) for person in row.delegates],
    }


def _delegate(person: DelegateRow) -> dict[str, Json]:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "phone": person.phone,
        "function": person.function,
        "languages": list(person.languages),
        "arrives": _time(person.arrives),
        "leaves": _time(person.leaves),
        "unavailable": _spans(person.unavailable),
        "online": person.online,
        "consent": person.consent,
        "address": _address(person.address),
    }


def _address(address: Address) -> dict[str, Json]:
    found: dict[str, Json] = {"sheet": address.sheet}
    if address.row is not None:
        found["row"] = address.row
    if address.cell is not None:
        found["cell"] = address.cell
    return found


def _wish(row: WishRow) -> dict[str, Json]:
    return {
        "from": row.source,
        "to": row.target,
        "rank": row.rank,
        "stars": row.stars,
        "refuses": row.refuses,
        "note": row.note,
        "written": row.written,
        "address": _address(row.address),
    }


def _column(row: ColumnMapping) -> dict[str, Json]:
    return {
        "sheet": row.sheet,
        "cell": row.cell,
        "header": row.header,
        "field": row.field,
        "certainty": row.certainty,
    }


def _event(row: EventRow) -> dict[str, Json]:
    return {
        "name": row.name,
        "dates": [_date(day) for day in row.dates],
        "venue": row.venue,
        "time_zone": row.time_zone,
        "sessions": [
            {"date": _date(each.day), "start": _time(each.start), "end": _time(each.end)} for each in row.sessions
        ],
        "meeting_minutes": row.meeting_minutes,
        "changeover_minutes": row.changeover_minutes,
        "tables": _tables(row.tables),
        "languages": list(row.languages),
        "interpreters": [
            {"name": each.name, "languages": list(each.languages), "unavailable": _spans(each.unavailable)}
            for each in row.interpreters
        ],
        "programme": [
            {
                "title": item.title,
                "date": _date(item.day),
                "start": _time(item.start),
                "end": _time(item.end),
                "room": item.room,
                "capacity": item.capacity,
                "languages": list(item.languages),
                "attendance": item.attendance,
                "online_link": item.online_link,
            }
            for item in row.programme
        ],
        "rules": _rules(row),
        "policy": dict(row.policy),
    }


def _rules(row: EventRow) -> dict[str, Json]:
    rules: dict[str, Json] = dict(row.rules)
    if row.min_meetings:
        rules["min_meetings"] = dict(row.min_meetings)
    if row.max_meetings is not None:
        rules["max_meetings"] = row.max_meetings
    return rules


def _tables(tables: Sequence[TableRow]) -> Json:
    """A number where the tables have nothing but their numbers, else the list of them."""
    if all(table == TableRow(str(number)) for number, table in enumerate(tables, start=1)):
        return len(tables) or None
    return [{"name": each.name, "hall": each.hall, "unavailable": _spans(each.unavailable)} for each in tables]
