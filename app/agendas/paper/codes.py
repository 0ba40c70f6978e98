"""QR codes, as drawings: the address of the live page or, where there is no server, the agenda itself as text."""

from dataclasses import dataclass

import segno

from app.agendas.agenda import Agenda, Entry, Item
from app.agendas.content import one_line
from app.agendas.wording import clock, day_text, table_text

MOST_BYTES = 858
"""What a code of version 20 holds (ISO/IEC 18004, level L): larger ones are hard to scan from paper."""
NAME_LENGTHS = (40, 28, 20, 14, 10)
MASK = 3
QUIET = 4
MILLIMETRES_OF_A_MODULE, SMALLEST, LARGEST = 0.45, 32.0, 47.0


@dataclass(frozen=True, slots=True)
class Code:
    """A code as SVG, how wide it is printed, and what it says to those who cannot see it."""

    svg: str
    millimetres: float
    alternative: str


def code_of(text: str, alternative: str) -> Code:
    """Return the code of a text. The mask is given: to try all eight takes five times as long, and any can be read."""
    made = segno.make(text, error="L", micro=False, encoding="utf-8", mask=MASK)
    width = len(made.matrix) + 2 * QUIET
    path = "".join(_bars(row, number) for number, row in enumerate(made.matrix))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-QUIET} {-QUIET} {width} {width}" width="{width}"'
        f' height="{width}"><path d="{path}"/></svg>'
    )
    return Code(svg, min(LARGEST, max(SMALLEST, width * MILLIMETRES_OF_A_MODULE)), alternative)


def _bars(row: bytearray, number: int) -> str:
    """The dark modules of a row, as few rectangles as there are runs."""
    bars = []
    start = 0
    for run in bytes(row).split(b"\0"):
        if run:
            bars.append(f"M{start} {number}h{len(run)}v1h-{len(run)}z")
        start += len(run) + 1
    return "".join(bars)


def agenda_as_text(agenda: Agenda, lang: str) -> str:
    """Return an agenda as a few lines that fit into a code: names are cut when there are many, lines only at last."""
    for length in NAME_LENGTHS:
        text = "\n".join(_lines(agenda, lang, length))
        if len(text.encode()) <= MOST_BYTES:
            return text
    lines = _lines(agenda, lang, 0)
    while len("\n".join([*lines, "…"]).encode()) > MOST_BYTES:
        lines.pop()
    return "\n".join([*lines, "…"])


def _lines(agenda: Agenda, lang: str, length: int) -> list[str]:
    zone = agenda.happening.zone
    lines = [_cut(agenda.title, max(length, 20) * 2), _cut(agenda.happening.name, max(length, 20))]
    day = None
    for one in in_time_order(agenda):
        if (today := one.starts_at.astimezone(zone).date()) != day:
            day = today
            lines.append(day_text(day, lang, "short"))
        lines.append(f"{clock(one.starts_at, zone)} {_what(one, lang, length)}".rstrip())
    return lines


def _what(one: Entry | Item, lang: str, length: int) -> str:
    if isinstance(one, Item):
        return " ".join(part for part in (_cut(one.title, length), one.room and f"({_cut(one.room, length)})") if part)
    table = one.table if one.table and one.table.isdecimal() else table_text(one, lang)
    return f"{_cut(table, max(length, 10))} {_cut(one.partner.name, length)}"


def _cut(written: str, length: int) -> str:
    text = one_line(written)
    return text if len(text) <= length else f"{text[: length - 1]}…" if length else ""


def in_time_order(agenda: Agenda) -> list[Entry | Item]:
    """Return meetings and programme of an agenda as they come; at the same time the programme first."""
    both: list[Entry | Item] = [*agenda.programme, *agenda.entries]
    return sorted(both, key=lambda one: (one.starts_at, isinstance(one, Entry), one.ends_at))
