"""How large text is set, and which rows fit on a page.

Pages are made here, by the widths of letters, and not while typesetting: a document whose pages know their number
would be laid out twice. Heights are those of `templates/agendas.typ`, and rather too large than too small.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.agendas.paper.codes import Code
from app.agendas.paper.fonts import fonts
from app.agendas.paper.letters import printable
from app.agendas.paper.rows import Day, ItemRow, MeetingRow

MILLIMETRES_OF_A_POINT = 0.3528
REGULAR, BOLD = 1.01, 1.1
"""How much wider letters are at most than they are said to be."""
Weights = tuple[float, float]
AT_MOST: Weights = (REGULAR, BOLD)
SURE: tuple[Weights, Weights] = ((0.97, 1.0), (1.02, 1.2))
"""How much wider regular and bold letters are at least and at most, with room for kerning."""
CAPITALS, LEADING, INSET = 0.714, 5.0, 2.9
UNKNOWN = 0.9
MASTHEAD, WHOM, LANGUAGE, WHY, TITLE = 125, 82, 26, 28, 160
TABLE, TABLE_SIZES = 16, (20, 16, 12, 10.5, 9.5, 8)
PAGE, CODE, LATER_HEAD, DAY_HEAD, COMFORT = 263, 17, 10, 16, 32
LINE, IN_A_FOOTER = 48, 60

Text = tuple[str, float, float]
"""A text, its size in points, and how wide its letters are."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A name in a narrow column: its size in points, and its words, each in pieces that are no wider than a line."""

    size: float
    words: tuple[tuple[str, ...], ...]


def size_of(text: str, millimetres: float, sizes: Sequence[float]) -> float:
    """Return the first of these sizes, largest first, at which a bold text fits in three lines so wide, or the last."""
    shown = printable(text)
    wide = [sum(map(_width, part)) * BOLD * MILLIMETRES_OF_A_POINT for part in _parts(shown)]
    fitting = (size for size in sizes if max(wide, default=0) * size <= millimetres)
    return next((size for size in fitting if _lines(shown, millimetres, size, BOLD) <= 3), sizes[-1])


def in_narrow_column(
    names: Iterable[str], millimetres: float, sizes: Sequence[float] = TABLE_SIZES
) -> dict[str, Fitted]:
    """Return for each name, as it is printed, how it stands in a column so wide."""
    return {printable(name): _in_narrow_column(printable(name), millimetres, tuple(sizes)) for name in names}


def high_in_narrow_column(name: str, millimetres: float, sizes: Sequence[float], wide: float = BOLD) -> float:
    """Return how high a name is in such a column, in millimetres."""
    fitted = _in_narrow_column(printable(name), millimetres, tuple(sizes))
    pieces = [piece for word in fitted.words for piece in (*word[:-1], f"{word[-1]} ")]
    lines = _lines_of(pieces, millimetres, fitted.size, wide)
    return (lines * (CAPITALS * fitted.size + LEADING) - LEADING) * MILLIMETRES_OF_A_POINT


def high(millimetres: float, *texts: tuple[str, float]) -> float:
    """Return how high texts with their sizes are at most that stand below each other in a column, in millimetres."""
    return _height([(text, size, BOLD) for text, size in texts], millimetres)


@lru_cache(maxsize=5_000)
def _in_narrow_column(name: str, millimetres: float, sizes: tuple[float, ...]) -> Fitted:
    size = size_of(name, millimetres, sizes)
    room = millimetres / (size * MILLIMETRES_OF_A_POINT * BOLD)
    words = (tuple(piece for part in _parts(word) for piece in _cut(part, room)) for word in name.split())
    return Fitted(size, tuple(words))


def _cut(part: str, room: float) -> Iterator[str]:
    """A part in pieces that are no wider than a line, the first ones as long as they can be."""
    start, left = 0, room
    for number, letter in enumerate(part):
        if _width(letter) > left and number > start and not unicodedata.category(letter).startswith("M"):
            yield part[start:number]
            start, left = number, room
        left -= _width(letter)
    yield part[start:]


def shortened(text: str, length: int = LINE) -> str:
    """Return a text for a footer: what is longer than a line is cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def head_height(names: Sequence[tuple[str, float]], below: Sequence[str], code: Code) -> float:
    """Return how high the head of an agenda is: bold names with their sizes and what stands below, beside the code."""
    gaps = sum(0.65 * size for text, size in names if text) * MILLIMETRES_OF_A_POINT
    texts = [*((text, size, BOLD) for text, size in names), *((text, 10.5, BOLD) for text in below)]
    return max(code.millimetres + CODE, gaps + 5 + _height(texts, MASTHEAD))


def paginated(head: float, days: Sequence[Day]) -> tuple[tuple[Day, ...], ...]:
    """Put days on pages, the first of which has a head so high in millimetres; there is always a first page."""
    pages: list[list[Day]] = [[]]
    left = PAGE - head
    for day in days:
        rows: list[MeetingRow | ItemRow] = []
        left -= DAY_HEAD
        for row in day.rows:
            needed = _row_height(row)
            if needed > left and (pages[-1] or rows):
                pages[-1] += [_with_heights(day.name, rows)] if rows else []
                pages.append([])
                rows, left = [], PAGE - LATER_HEAD - DAY_HEAD
            rows.append(row)
            left -= needed
        pages[-1].append(_with_heights(day.name, rows))
    return tuple(map(tuple, pages))


def _with_heights(name: str, rows: Sequence[MeetingRow | ItemRow]) -> Day:
    """A day with the heights of those rows that are surely so high: the typesetter need not try them."""
    return Day(name, tuple(rows), tuple(_sure_height(row) for row in rows))


def _sure_height(row: MeetingRow | ItemRow) -> float:
    """How high a row is, or 0 where that depends on how wide its letters are."""
    low, high = (_row_height(row, weights) for weights in SURE)
    return high if high == low else 0.0


def _row_height(row: MeetingRow | ItemRow, weights: Weights = AT_MOST) -> float:
    """How high a row is, in millimetres, if its letters are so much wider than they are said to be."""
    when = 13 * CAPITALS + LEADING + 9 * CAPITALS
    regular, bold = weights
    if isinstance(row, ItemRow):
        room = f"{row.title} · {row.room}"
        return INSET + max(when * MILLIMETRES_OF_A_POINT, _height((("–", 8.5, bold), (room, 10.5, bold)), TITLE))
    whom = _height(((row.partner, 11, bold), (row.person, 10, regular), (row.place, 8.5, regular)), WHOM)
    how = _height(((row.language, 9.5, regular), (row.interpreter, 9, bold)), LANGUAGE)
    table = high_in_narrow_column(row.table, TABLE, TABLE_SIZES, bold)
    why = _height(((row.why, 9.5, regular),), WHY)
    return INSET + max(when * MILLIMETRES_OF_A_POINT, whom, how, table, why)


def _height(texts: Sequence[Text], millimetres: float) -> float:
    """How high texts are that stand below each other."""
    lines = [(_lines(printable(text), millimetres, size, wide), size) for text, size, wide in texts if text]
    points = sum(count * (CAPITALS * size + LEADING) for count, size in lines) - LEADING
    return max(0.0, points) * MILLIMETRES_OF_A_POINT


@lru_cache(maxsize=50_000)
def _lines(text: str, millimetres: float, size: float, wide: float) -> int:
    """How many lines a text takes, broken where it may be."""
    return _lines_of(_parts(text), millimetres, size, wide)


def _lines_of(parts: Iterable[str], millimetres: float, size: float, wide: float) -> int:
    room = millimetres / (size * MILLIMETRES_OF_A_POINT * wide)
    count, left = 1, room
    for part in parts:
        width = sum(map(_width, part))
        if width - (_width(" ") if part.endswith(" ") else 0) > left:
            count, left = count + 1, room
        left -= width
        while left < -room:
            count, left = count + 1, left + room
    return count


def _parts(text: str) -> Iterator[str]:
    """The pieces between which a line may end."""
    return (found[0] for found in re.finditer(r"[^\s\u200b-]*(?:[\s\u200b]|-+|$)", text) if found[0])


def _width(letter: str) -> float:
    """The width of a letter in ems."""
    return _widths().get(ord(letter), UNKNOWN)


@cache
def _widths() -> Mapping[int, float]:
    first, *others = fonts()
    return {code: width for font in (*others, first) for code, width in font.items()}
