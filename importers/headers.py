"""Where the headers of a sheet stand, under title rows, in one line or two, and what each column is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from importers.columns import CERTAIN, IGNORED, Guess, guess, is_exact, quick_guess
from importers.sheets import Area, Row, Sheet, as_text
from importers.text import fold, one_line

_SEARCHED_ROWS = 60
_MORE_FOR_TWO_LINES = 0.9
_FEWEST_IN_LATER_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one column: where it stands, its text, and what it may mean."""

    row: int
    column: int
    text: str
    guess: Guess


@dataclass(frozen=True, slots=True)
class Block:
    """Headers and the rows below them, down to the next headers. `title` is the text just above, if any."""

    headers: tuple[Header, ...]
    rows: tuple[Row, ...]
    title: str | None = None


Settled = Mapping[str, str]
"""Folded header → field, as the organiser said."""


def settled_by(headers: Mapping[str, str]) -> Settled:
    return {_folded(text): name or IGNORED for text, name in headers.items()}


def blocks_of(sheet: Sheet, settled: Settled) -> list[Block]:
    """The tables of a sheet, one under the other; none when no row looks like headers."""
    first = _first_headers(sheet, settled)
    if first is None:
        return []
    position, headers = first[0], _looked_at_closely(first[1], settled)
    title = _title_above(sheet.rows[: position + 1], headers)
    blocks: list[Block] = []
    rows: list[Row] = []
    for row in sheet.rows[position + 1 :]:
        if row.number <= headers[0].row:
            continue
        if _repeats(row, headers):
            continue
        later = _later_headers(row, settled)
        if later is None:
            rows.append(row)
            continue
        blocks.append(Block(headers, tuple(rows), title))
        title = _title_above([*rows, row], later)
        headers, rows = _looked_at_closely(later, settled), []
    blocks.append(Block(headers, tuple(rows), title))
    return blocks


def _first_headers(sheet: Sheet, settled: Settled) -> tuple[int, tuple[Header, ...]] | None:
    """The position in `sheet.rows` of the best header row (its last line), with its headers."""
    found: list[tuple[float, int, tuple[Header, ...]]] = []
    spread = _spread_areas(sheet.merged)
    for position, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        above = sheet.rows[position - 1] if position else None
        headers = _headers(row, None, spread, settled)
        worth = _worth(headers)
        if above is not None and above.number == row.number - 1:
            double = _headers(row, above, spread, settled)
            if _worth(double) >= max(worth, _worth(_headers(above, None, spread, settled))) + _MORE_FOR_TWO_LINES:
                headers, worth = double, _worth(double)
        if _looks_like_headers(headers):
            found.append((worth, position, headers))
    if not found:
        return None
    best = max(worth for worth, _, _ in found)
    return next((position, headers) for worth, position, headers in found if worth >= 0.6 * best)


def _later_headers(row: Row, settled: Settled) -> tuple[Header, ...] | None:
    """Headers of another table further below. Most rows are no headers: a look at the first cells shows it."""
    filled = [value for value in row.values if value is not None]
    first = filled[:_FEWEST_IN_LATER_BLOCKS]
    if len(first) < _FEWEST_IN_LATER_BLOCKS or not all(isinstance(value, str) and len(value) < 80 for value in first):
        return None
    if sum(1 for value in first if is_exact(as_text(value))) < _FEWEST_IN_LATER_BLOCKS - 1:
        return None
    headers = _headers(row, None, {}, settled)
    sure = [header for header in headers if header.guess.best()[1] >= CERTAIN]
    fields = {header.guess.best()[0] for header in sure}
    if len(fields) >= _FEWEST_IN_LATER_BLOCKS and len(sure) >= 0.7 * len(filled):
        return headers
    return None


def _looks_like_headers(headers: Sequence[Header]) -> bool:
    """Two fields at least, and not lost among text that means nothing (a sentence in a data row)."""
    sure = {header.guess.best()[0] for header in headers if header.guess.best()[1] >= CERTAIN}
    return len(sure) >= 2


def _worth(headers: Sequence[Header]) -> float:
    best: dict[tuple[str, int | None], float] = {}
    for header in headers:
        name, sure = header.guess.best()
        if name is not None and sure >= CERTAIN:
            key = (name, header.guess.ordinal)
            best[key] = max(best.get(key, 0.0), sure)
    return sum(best.values())


def _headers(
    row: Row, above: Row | None, spread: Mapping[tuple[int, int], tuple[int, int]], settled: Settled
) -> tuple[Header, ...]:
    """One header for each filled column; with a row above, the two are read together where that says more."""
    width = max(len(row.values), len(above.values) if above else 0)
    known = {row.number: row} | ({above.number: above} if above else {})
    found = []
    group = ""  # `Participant 2` stands over all columns up to the next text, merged or not
    for column in range(1, width + 1):
        lower = _text_at(known, row.number, column, spread)
        upper = (_text_at(known, above.number, column, spread) or group) if above else ""
        group = upper if lower and _meaning(upper, settled).ordinal is not None else ""
        texts = [text for text in (_joined(upper, lower), lower, "" if lower else upper) if text]
        if texts:
            text = max(dict.fromkeys(texts), key=lambda each: _telling(_meaning(each, settled)))
            found.append(Header(row.number, column, one_line(text), _meaning(text, settled)))
    return tuple(found)


def _telling(meaning: Guess) -> tuple[bool, float]:
    """A sure meaning with a number says most: `Participant 2` over `Nom` is more than `Nom`."""
    sure = meaning.best()[1]
    return (sure >= CERTAIN and meaning.ordinal is not None, sure)


def _joined(upper: str, lower: str) -> str:
    return f"{upper} {lower}" if upper and lower and upper != lower else ""


def _text_at(
    rows: Mapping[int, Row], number: int, column: int, spread: Mapping[tuple[int, int], tuple[int, int]]
) -> str:
    top, left = spread.get((number, column), (number, column))
    row = rows.get(top)
    value = row.at(left) if row else None
    return as_text(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _meaning(text: str, settled: Settled) -> Guess:
    name = settled.get(_folded(text))
    if name is not None:
        return Guess({name: 1.0}, quick_guess(text).ordinal)
    return quick_guess(text)


def _looked_at_closely(headers: Sequence[Header], settled: Settled) -> tuple[Header, ...]:
    """The headers once their row is found: now also misspelled ones, and questions without their numbers."""
    are_numbered = _are_numbered(headers)
    found = []
    for header in headers:
        text = _QUESTION_NUMBER.sub("", header.text) if are_numbered else header.text
        is_known = _folded(header.text) in settled or (text == header.text and header.guess.best()[1] >= CERTAIN)
        found.append(header if is_known else replace(header, guess=guess(text)))
    return tuple(found)


_QUESTION_NUMBER = re.compile(r"^\d{1,2}\s*[.)]\s*(?=\D)")


def _are_numbered(headers: Sequence[Header]) -> bool:
    """Whether numbers before the headers count questions: `1. Firma`, `2. Name`, not `1. Wunsch`, `2. Wunsch`."""
    rests = {fold(text) for header in headers if (text := _QUESTION_NUMBER.sub("", header.text)) != header.text}
    return len(rests) >= _FEWEST_NUMBERED


_FEWEST_NUMBERED = 3


def is_on_its_side(sheet: Sheet) -> bool:
    """Whether the headers stand in the first column, one below the other, and the organisations side by side."""
    column = min(
        (place for row in sheet.rows for place, value in enumerate(row.values) if value is not None), default=0
    )
    first = [as_text(row.values[column]) for row in sheet.rows[:_SEARCHED_ROWS] if row.at(column + 1) is not None]
    exact = {fold(text) for text in first if is_exact(text)}
    fields = {name for text in exact for name, sure in quick_guess(text).fields.items() if sure >= CERTAIN}
    if (
        len(exact) < _FEWEST_IN_LATER_BLOCKS
        or 2 * len(exact) < len(first)
        or not fields & {"organisation", "full_name"}
    ):
        return False
    return len(fields & {"email", "kind", "phone", "full_name", "first_name", "country"}) >= _FEWEST_TELLING


_FEWEST_TELLING = 2


def _folded(text: str) -> str:
    return fold(text) or text.strip()


def _spread_areas(merged: Sequence[Area]) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell of the small merged areas near the top, with the cell that holds its value."""
    return {
        (row, column): (area.top, area.left)
        for area in merged
        if area.cell_count <= 2_000
        for row, column in _cells(area)
    }


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _repeats(row: Row, headers: Sequence[Header]) -> bool:
    """Whether the row is the headers once more, as at the top of a printed page."""
    count = 0
    for header in headers:
        value = row.at(header.column)
        if value is None:
            continue
        if not isinstance(value, str) or fold(value) != fold(header.text):
            return False
        count += 1
    return count >= 2


def _title_above(rows: Sequence[Row], headers: Sequence[Header]) -> str | None:
    """The nearest row above the headers that holds a single text."""
    for row in reversed(rows):
        if row.number >= headers[0].row:
            continue
        texts = [value for value in row.values if isinstance(value, str)]
        return texts[0] if len(texts) == 1 else None
    return None
