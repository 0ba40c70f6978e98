"""What stands on paper: plain frozen things that are shown as they are; all words are chosen before typesetting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import datetime

from app.agendas.paper.codes import Code
from app.agendas.paper.letters import printable

Plain = str | int | float | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be printed: its template, title and language, the moment that it is dated, and what it shows.

    `parts` names what of the content it is a list of: pages, signs, badges …
    """

    template: str
    title: str
    lang: str
    dated: datetime
    content: Mapping[str, object]
    parts: str


def plain(value: object) -> Plain:
    """Return frozen things as JSON takes them, each text as fonts have it; the drawing of a code stays as it is."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return printable(value)
        case Code():
            return {"svg": value.svg, "width": value.millimetres, "alternative": printable(value.alternative)}
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _ if is_dataclass(value):
            return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    raise TypeError(f"{type(value).__name__} cannot be printed.")
