"""The grid of a version: slots across, tables down, a meeting in each cell that is taken."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.agendas.agenda import Origin, Table
from app.agendas.report.counting import Pair
from app.agendas.report.parts import Cell, Column, Grid, Row


@dataclass(frozen=True, slots=True)
class Time:
    """A slot of the event."""

    starts_at: datetime
    ends_at: datetime
    day: date


def grid_of(
    times: Sequence[Time], tables: Sequence[Table], pairs: Sequence[Pair], closed: Sequence[tuple[int, int]]
) -> Grid:
    """Return the grid. `closed` are pairs of a slot and a table, by number, at which nobody can meet."""
    at = {time.starts_at: number for number, time in enumerate(times)}
    row_of = {table.name: number for number, table in enumerate(tables)}
    cells = [
        Cell(
            at[pair.entry.starts_at],
            row_of[pair.entry.table],
            (pair.first.party.name, pair.second.party.name),
            Origin.OWN_WISH if pair.entry.origin is Origin.THEIR_WISH else pair.entry.origin,
        )
        for pair in pairs
        if pair.entry.table is not None
    ]
    seated, met = Counter(cell.column for cell in cells), Counter(cell.row for cell in cells)
    online = Counter(at[pair.entry.starts_at] for pair in pairs if pair.entry.table is None)
    shut = Counter(column for column, _row in closed)
    columns = [
        Column(time.starts_at, time.ends_at, time.day, seated[number], online[number], len(tables) - shut[number])
        for number, time in enumerate(times)
    ]
    rows = [Row(table.name, table.hall, met[number]) for number, table in enumerate(tables)]
    return Grid(tuple(columns), tuple(rows), tuple(cells), tuple(closed))
