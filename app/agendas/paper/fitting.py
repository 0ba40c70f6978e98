"""How large text is set, and what surely fits on a page: by widths that are rather too wide than too narrow."""

import re
from collections.abc import Sequence
from math import ceil

from app.agendas.paper.letters import printable
from app.agendas.paper.rows import Day, ItemRow, MeetingRow

MILLIMETRES_OF_A_POINT = 0.3528
BOLDNESS = 1.06
LINE = 48
MASTHEAD, WHOM, LANGUAGE, WHY, TITLE = 125, 84, 26, 28, 155
PAGE, CODE, DAY_HEAD, COMFORT = 262, 60, 18, 30


def size_of(text: str, millimetres: float, sizes: Sequence[float]) -> float:
    """Return the first of these sizes, largest first, at which a bold text fits in three lines so wide, or the last."""
    length = _ems(text) * BOLDNESS * MILLIMETRES_OF_A_POINT
    longest = (
        max((_ems(word) for word in re.split(r"[\s/\u200b-]", printable(text))), default=0)
        * BOLDNESS
        * MILLIMETRES_OF_A_POINT
    )
    fitting = (size for size in sizes if longest * size <= millimetres and length * size <= 2.5 * millimetres)
    return next(fitting, sizes[-1])


def shortened(text: str, length: int = LINE) -> str:
    """Return a text for a footer: what is longer than a line is cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def is_surely_one_page(names: Sequence[tuple[str, float]], days: Sequence[Day]) -> bool:
    """Whether an agenda fits on one page even if its letters are wide; who is not sure has the typesetter measure.

    `names` are those on its head, with their sizes.
    """
    lines = sum(_lines(name, MASTHEAD, size) * size * 1.3 * MILLIMETRES_OF_A_POINT for name, size in names)
    rows = sum(_height(row) for day in days for row in day.rows)
    return max(CODE, 32 + lines) + COMFORT + DAY_HEAD * len(days) + rows <= PAGE


def _height(row: MeetingRow | ItemRow) -> float:
    if isinstance(row, ItemRow):
        return 4 + 5 * _lines(f"{row.title} {row.room}", TITLE, 10.5)
    whom = _lines(row.partner, WHOM, 11) + _lines(row.place, WHOM, 8.5) + (_lines(row.person, WHOM, 10))
    beside = max(_lines(row.language, LANGUAGE, 9.5) + _lines(row.interpreter, LANGUAGE, 9), _lines(row.why, WHY, 9.5))
    return 3 + 4.8 * max(whom, beside, 2, len(row.table) / 4)


def _lines(text: str, millimetres: float, size: float) -> int:
    return ceil(1.15 * _ems(text) * BOLDNESS * size * MILLIMETRES_OF_A_POINT / millimetres) if text else 0


def _ems(text: str) -> float:
    return sum(0.95 if one in "WMm@%" or ord(one) > 0x2E7F else 0.7 if one.isupper() else 0.56 for one in text)
