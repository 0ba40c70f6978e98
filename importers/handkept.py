"""Rows as people keep them by hand: ditto marks, headings between rows, remarks below a list, who has cancelled."""

import re
from collections.abc import Collection, Iterable, Iterator

from importers.kinds import KindFound, Kinds
from importers.places import country_named
from importers.sheets import Area, Row, Value, as_text
from importers.text import fold
from importers.words import listed

_TOTALS = listed("totals")
_COUNTED = listed("counted")
_DITTO = frozenset(form for mark in listed("ditto") for form in (mark, mark.capitalize(), mark.upper()))
_REMARKS = listed("remarks")
_COLOURS = listed("colours")
_CANCELLED = listed("cancelled")
_LARGEST_MERGE = 5_000
_MOST_IN_REMARKS = 12


def repeated(rows: Iterable[Row], columns: Collection[int]) -> tuple[Row, ...]:
    """`idem`, `dito`, `"`: what stands above; nothing where nothing stands above."""
    found: list[Row] = []
    above: Row | None = None
    for row in rows:
        above = _from_above(row, above, columns) if not _DITTO.isdisjoint(row.values) else row
        found.append(above)
    return tuple(found)


def _from_above(row: Row, above: Row | None, columns: Collection[int]) -> Row:
    values = [
        (above.at(column) if above else None) if column in columns and _is_ditto(value) else value
        for column, value in enumerate(row.values, start=1)
    ]
    return Row(row.number, tuple(values))


def _is_ditto(value: Value) -> bool:
    return isinstance(value, str) and value in _DITTO


def filled_down(rows: Iterable[Row], merged: Iterable[Area], columns: Collection[int]) -> Iterator[Row]:
    """Rows with the value of a cell that is merged over several of them, in these columns."""
    sources: dict[tuple[int, int], tuple[int, int]] = {}
    for area in merged:
        if area.bottom > area.top and area.cell_count <= _LARGEST_MERGE and area.left in columns:
            for number in range(area.top + 1, area.bottom + 1):
                sources[number, area.left] = (area.top, area.left)
    rows = tuple(rows)
    by_number = {row.number: row for row in rows}
    for row in rows:
        values = list(row.values)
        for column in columns:
            source = sources.get((row.number, column))
            if source and row.at(column) is None and source[0] in by_number:
                values += [None] * (column - len(values))
                values[column - 1] = by_number[source[0]].at(column)
        yield Row(row.number, tuple(values))


def is_total(row: Row) -> bool:
    """`Total | 12`, `Summe: 93`, `148 Teilnehmer`, a remark after a star: what stands under a list."""
    filled = [value for value in row.values if value is not None]
    texts = [fold(value) for value in filled if isinstance(value, str)]
    if not texts or len(texts) > 2:
        return False
    words = texts[0].split()
    if len(filled) == 1 and as_text(filled[0]).startswith("*"):
        return True
    others = all(not isinstance(value, str) or re.fullmatch(r"[\d\s.,%]*", value) for value in filled[1:])
    if not words or not others:
        return False
    if words[0] in _TOTALS and all(word.isdigit() or word in _COUNTED for word in words[1:]):
        return True
    if len(words) == 3 and words[0] in _TOTALS and words[1].isdigit():
        return True
    return len(words) == 2 and words[0].isdigit() and words[1] in _COUNTED


def is_remark(row: Row) -> bool:
    """A legend of colours, or a lone line such as `Mis à jour le 20/05` and `Hinweis: …`."""
    filled = [value for value in row.values if value is not None]
    if not 0 < len(filled) <= _MOST_IN_REMARKS or not all(isinstance(value, str) for value in filled):
        return False
    texts = [as_text(value) for value in filled]
    if fold(texts[0]) in {"legende", "legend", "legenda", "leyenda"} or all(_names_colour(text) for text in texts):
        return True
    first = re.split(r"[:\d]", texts[0])[0]
    return len(texts) == 1 and first != texts[0] and fold(first) in _REMARKS


def _names_colour(text: str) -> bool:
    colour = re.match(r"([^\W\d_]+)\s*(?:=|:|→)", text)
    return colour is not None and fold(colour[1]) in _COLOURS


def heading_of(row: Row, kinds: Kinds) -> tuple[KindFound | None, str | None] | None:
    """What a row with a single text says of those below it, a kind or a country: `ACHETEURS`, `Deutschland (12)`."""
    filled = [value for value in row.values if value is not None]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    text = re.sub(r"\(\s*\d+\s*\)|[:\d]+$|^[\d.)\s]+", " ", as_text(filled[0]))
    kind = kinds.named(text)
    land = None if kind else country_named(text)
    return (kind, land) if kind or land else None


def is_cancelled(states: Iterable[Value]) -> bool:
    """Whether one of these says that somebody does not come after all."""
    return any(fold(as_text(state)) in _CANCELLED for state in states)
