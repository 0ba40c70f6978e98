"""What `ronde read --json` should say of a book: only the keys that are written here are compared (README.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from writing import Sheet

Json = str | int | bool | None | Sequence["Json"] | dict[str, "Json"]
Expected = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Book:
    """A file with what is right for it. `wishes` is None where faults make it free which of them are still told."""

    name: str
    sheets: list[Sheet]
    organisations: list[Expected]
    wishes: list[Expected] | None
    columns: list[Expected]
    errors: list[Expected]
    event: Expected | None = None
    encoding: str = "utf-8"
    delimiter: str = ","

    def expected(self) -> Expected:
        return {
            "event": self.event,
            "organisations": self.organisations,
            "wishes": self.wishes,
            "columns": self.columns,
            "errors": self.errors,
        }


def organisation(name: str, *delegates: Expected, **known: Json) -> Expected:
    return {"organisation": name, **known, "delegates": list(delegates)}


def delegate(sheet: str, row: int, first_name: str, last_name: str, **known: Json) -> Expected:
    return {"first_name": first_name, "last_name": last_name, **known, "address": {"sheet": sheet, "row": row}}


def offer(text: str | None = None, *codes: str) -> Expected:
    """An offer or a need. Where a code stands in it, how much of the text is kept is free: leave the text out."""
    return ({} if text is None else {"text": text}) | {"cpv": list(codes)}


def label(name: str, since: str | None = None, until: str | None = None) -> Expected:
    return {"name": name, "from": since, "until": until}


def wish(source: str, target: str, sheet: str, cell: str, rank: int | None, **known: Json) -> Expected:
    address: Expected = {"sheet": sheet, "cell": cell}
    return {"from": source, "to": target, "rank": rank, "refuses": False, **known, "address": address}


def refusal(source: str, target: str, sheet: str, cell: str, **known: Json) -> Expected:
    return {"from": source, "to": target, "refuses": True, **known, "address": {"sheet": sheet, "cell": cell}}


def columns(sheet: str, row: int, **fields: str | None) -> list[Expected]:
    """The headers in row `row`: letter=field, None for a column that is left out."""
    return [{"sheet": sheet, "cell": f"{letter}{row}", "field": name} for letter, name in fields.items()]


def fault(code: str | None, sheet: str, cell: str | None = None, **known: Json) -> Expected:
    """An error; without a code or a cell, which one it is or where it stands on the sheet is free."""
    given = {"code": code, "severity": "error", "sheet": sheet, "cell": cell}
    return {key: value for key, value in given.items() if value is not None} | known


def warning(code: str | None, sheet: str, cell: str | None = None, **known: Json) -> Expected:
    return fault(code, sheet, cell, **known) | {"severity": "warning"}
