"""What sheets have in common that list meetings: a heading, a table, a word where there is none."""

from dataclasses import dataclass

from app.agendas.agenda import Agenda, Entry
from app.agendas.queries import Agendas

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the rows below it; `is_whole` where they are few enough to stand on one page together."""

    heading: str
    rows: tuple[Row, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting once, with the side that registered first, and that side's entry."""

    side: Agenda
    entry: Entry


def held_meetings(agendas: Agendas) -> list[Held]:
    """Return every meeting once, in time order, then by table as they stand in the hall."""
    place = {table.name: number for number, table in enumerate(agendas.tables)}
    found: dict[str, Held] = {}
    for agenda in agendas.organisations:
        for entry in agenda.entries:
            found.setdefault(entry.uid, Held(agenda, entry))
    return sorted(
        found.values(),
        key=lambda one: (one.entry.starts_at, place.get(one.entry.table or "", len(place)), one.entry.uid),
    )
