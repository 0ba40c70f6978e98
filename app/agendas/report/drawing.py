"""Drawings of the report as coordinates: arcs between countries or kinds, bars of a spread, blocks of the grid.

Everything is told by width, height, shape and number, never by colour alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from app.agendas.report.parts import Flow, Grid, Spread

MOST_NODES = 8
NODE_WIDTH = 124
FLATNESS = 0.72
WIDEST_STROKE, LARGEST_CIRCLE = 22.0, 24.0
MOST_BARS = 31
BAR_ROOM, BAR_HEIGHT = 20, 56
ROWS_IN_A_BLOCK = 50
GRID_WIDTH, WIDEST_CELL, WIDEST_NAME = 850, 50.0, 18
ROOM_FOR_A_TIME = 28
OTHERS = "…"


@dataclass(frozen=True, slots=True)
class Node:
    """A country or a kind on the line, with the meetings among its own: a circle below."""

    name: str
    x: float
    inside: int
    radius: float


@dataclass(frozen=True, slots=True)
class Arc:
    """Meetings between two of them: as thick as they are many, with their number on top."""

    names: tuple[str, str]
    meetings: int
    path: str
    stroke: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arcs:
    """An arc diagram; `line` is how far down its line is."""

    width: float
    height: float
    line: float
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


def arcs_of(flows: Sequence[Flow], name_of: Callable[[str | None], str]) -> Arcs:
    """Return the arc diagram of flows, those with the most meetings first; the rest becomes one node, `…`.

    No two numbers meet: each pair of nodes has its own middle and height.
    """
    shown = _shown(flows)
    counts = Counter[tuple[str, str]]()
    for flow in flows:
        one, other = ((name_of(side) if side in shown else OTHERS) for side in (flow.a, flow.b))
        counts[one, other] += flow.meetings
    names = list(dict.fromkeys(name_of(side) for side in shown))
    if any(OTHERS in pair for pair in counts):
        names.append(OTHERS)
    at = {name: NODE_WIDTH * (number + 0.5) for number, name in enumerate(names)}
    across = Counter[tuple[str, str]]()
    for pair, count in counts.items():
        one, other = sorted(pair, key=lambda name: at[name])
        across[one, other] += count
    spans = [at[other] - at[one] for one, other in across]
    line = 26 + FLATNESS * max(spans, default=0) / 2
    most = max((count for (one, other), count in across.items() if one != other), default=1)
    inside_most = max((count for (one, other), count in across.items() if one == other), default=1)
    return Arcs(
        NODE_WIDTH * len(names),
        line + 54 + 2 * LARGEST_CIRCLE,
        line,
        tuple(_node(name, at[name], across[name, name], inside_most) for name in names),
        tuple(
            _arc((one, other), count, (at[one], at[other]), line, most)
            for (one, other), count in sorted(across.items(), key=lambda item: -item[1])
            if one != other and count
        ),
    )


def _shown(flows: Sequence[Flow]) -> list[str | None]:
    totals = Counter[str | None]()
    for flow in flows:
        totals[flow.a] += flow.meetings
        totals[flow.b] += flow.meetings
    ordered = sorted(totals, key=lambda side: (-totals[side], side or "~"))
    return ordered if len(ordered) <= MOST_NODES else ordered[: MOST_NODES - 1]


def _node(name: str, x: float, inside: int, most: int) -> Node:
    return Node(name, x, inside, round(LARGEST_CIRCLE * sqrt(inside / most), 1) if inside else 0)


def _arc(names: tuple[str, str], meetings: int, ends: tuple[float, float], line: float, most: int) -> Arc:
    left, right = ends
    radius = (right - left) / 2
    rise = FLATNESS * radius
    path = f"M{left:g} {line:g}A{radius:g} {rise:g} 0 0 1 {right:g} {line:g}"
    return Arc(names, meetings, path, round(1.5 + WIDEST_STROKE * meetings / most, 1), left + radius, line - rise)


@dataclass(frozen=True, slots=True)
class Bar:
    """So many of them have from … to."""

    since: int
    until: int
    count: int
    x: float
    y: float
    height: float

    @property
    def label(self) -> str:
        return str(self.since) if self.since == self.until else f"{self.since}–{self.until}"


@dataclass(frozen=True, slots=True)
class Bars:
    """A histogram; its bars stand on the line at `height`."""

    width: float
    height: float
    bars: tuple[Bar, ...]


def bars_of(spread: Spread, most: int | None = None) -> Bars:
    """Return the histogram of a spread, from nothing to `most`, so that several can be compared."""
    last = spread.most if most is None else most
    step = ceil((last + 1) / MOST_BARS)
    counts = Counter[int]()
    for one in spread.steps:
        counts[one.amount // step] += one.count
    highest = max(counts.values(), default=1)
    bars = []
    for number in range(last // step + 1):
        height = round(BAR_HEIGHT * counts[number] / highest, 1)
        since = number * step
        until = min(last, since + step - 1)
        bars.append(Bar(since, until, counts[number], BAR_ROOM * number, BAR_HEIGHT + 14 - height, height))
    return Bars(BAR_ROOM * len(bars), BAR_HEIGHT + 14, tuple(bars))


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the grid: `mark` is the origin of its meeting, `closed`, or nothing; `who` meets there."""

    x: float
    y: float
    mark: str
    column: int
    who: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A table of a block."""

    name: str
    meetings: int
    y: float
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """So many tables of the grid as fit on a page; `head` is the room for times above them, upright if it is narrow."""

    width: float
    height: float
    cell: float
    row: float
    head: float
    is_upright: bool
    left: float
    lines: tuple[Line, ...]


def blocks_of(grid: Grid) -> tuple[Block, ...]:
    """Return the grid in blocks that fit on a page and can be read there."""
    slots = max(1, len(grid.columns))
    gutter = 22 + 5.6 * min(WIDEST_NAME, max((len(row.name) for row in grid.rows), default=1))
    cell = min(WIDEST_CELL, (GRID_WIDTH - gutter - 34) / slots)
    high = 13.0 if cell > 20 else 12.0
    is_upright = cell < ROOM_FOR_A_TIME
    head = 52 if is_upright else 34
    marks = {(one.column, one.row): (str(one.origin), one.organisations) for one in grid.cells}
    shut = set(grid.closed)
    blocks = []
    for first in range(0, len(grid.rows), ROWS_IN_A_BLOCK):
        lines = []
        for number, row in enumerate(grid.rows[first : first + ROWS_IN_A_BLOCK]):
            y = head + number * high
            squares = []
            for column in range(len(grid.columns)):
                free = ("closed", None) if (column, first + number) in shut else ("", None)
                mark, who = marks.get((column, first + number), free)
                squares.append(Square(round(gutter + column * cell, 1), round(y, 1), mark, column, who))
            lines.append(Line(row.name, row.meetings, round(y, 1), tuple(squares)))
        blocks.append(
            Block(
                round(gutter + slots * cell + 34, 1),
                head + 6 + len(lines) * high,
                round(cell, 2),
                high,
                head,
                is_upright,
                round(gutter, 1),
                tuple(lines),
            )
        )
    return tuple(blocks)
