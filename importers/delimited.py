"""Reads .csv and .tsv in the encodings and with the separators that spreadsheet programs write."""

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from importers.sheets import FARTHEST_COLUMN, FARTHEST_ROW, MOST_CELLS, Row, Sheet, cell_name, cleaned
from importers.survey import RefusedError

_SEPARATORS = ";\t,|"
_LONGEST_FIELD = 131_072
_SAMPLE, _SAMPLE_LINES = 1 << 16, 50
_EVEN = 0.8


def sheet_of_text(path: Path, content: bytes) -> Sheet:
    """The records of a delimited file as the rows of one sheet that has the file's name. Raises RefusedError."""
    text = decoded(content)
    first, _, rest = text.partition("\n")
    separator = None
    skipped = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        separator, text, skipped = first.strip()[-1], rest, 1
    elif first.lower().rstrip("\r") == "sep=\t":
        separator, text, skipped = "\t", rest, 1
    return Sheet(path.name, path.stem, _rows(text, separator or separator_of(text), skipped))


def decoded(content: bytes) -> str:
    """By its byte order mark, else strict UTF-8, else UTF-16 by its zero bytes, else cp1252. Raises RefusedError."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    wide = _by_zero_bytes(content[:4096])
    if wide is not None:
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _by_zero_bytes(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def separator_of(text: str) -> str:
    """The separator that cuts the first lines evenly from the earliest on, or else most evenly; quoted text apart.

    Lists within a cell are often of one length, too; but they do not stand in the header.
    """
    counts = _counted(text)
    found = {separator: of for separator in _SEPARATORS if (of := _Cut.of(counts[separator])).usual}
    even = {separator: cut for separator, cut in found.items() if cut.is_even}
    if even:
        return min(even, key=lambda separator: (even[separator].first, -even[separator].weight, -even[separator].usual))
    return max(found, key=lambda separator: (found[separator].weight, found[separator].usual), default=_SEPARATORS[0])


def _counted(text: str) -> dict[str, list[int]]:
    """How often each separator stands in each of the first lines, those without any of them left out."""
    sample = text[:_SAMPLE]
    counts: dict[str, list[int]] = {separator: [] for separator in _SEPARATORS}
    is_quoted = False
    line = dict.fromkeys(_SEPARATORS, 0)
    for mark in sample if len(text) > _SAMPLE else sample + "\n":
        if mark == '"':
            is_quoted = not is_quoted
        elif mark == "\n" and not is_quoted:
            if any(line.values()):
                for separator, number in line.items():
                    counts[separator].append(number)
            line = dict.fromkeys(_SEPARATORS, 0)
            if len(counts[","]) >= _SAMPLE_LINES:
                break
        elif not is_quoted and mark in line:
            line[mark] += 1
    if not counts[","]:  # one long line
        return {separator: [number] for separator, number in line.items()}
    return counts


@dataclass(frozen=True, slots=True)
class _Cut:
    """How a separator cuts lines: how often it usually stands in one, in how many so often, and where that begins.

    It begins with two such lines one after the other: a title may hold a comma, too.
    """

    usual: int
    lines: int
    first: int
    is_even: bool

    @property
    def weight(self) -> int:
        return self.lines * min(self.usual, 4)

    @classmethod
    def of(cls, counts: list[int]) -> "_Cut":
        filled = [count for count in counts if count]
        if not filled:
            return cls(0, 0, 0, is_even=False)
        usual = max(set(filled), key=lambda count: (filled.count(count), count))
        first = next(
            (place for place, pair in enumerate(pairwise(counts)) if pair == (usual, usual)), counts.index(usual)
        )
        lines = counts[first:].count(usual)
        return cls(usual, lines, first, is_even=lines > 1 and lines >= _EVEN * (len(counts) - first))


def _rows(text: str, separator: str, skipped: int) -> tuple[Row, ...]:
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[Row] = []
    cells = 0
    records = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator, strict=False)
    number = skipped
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            break
        except csv.Error as fault:
            code = "open-quote" if '"' in text else "file-broken"  # a cell that is too long is no sheet's
            raise RefusedError(code, None, cell_name(number, 1)) from fault
        if number > FARTHEST_ROW + skipped or len(record) > FARTHEST_COLUMN:
            raise RefusedError("file-too-many-cells", {"limit": str(MOST_CELLS)})
        cells += len(record)
        if cells > MOST_CELLS:
            raise RefusedError("file-too-many-cells", {"limit": str(MOST_CELLS)})
        values = tuple(cleaned(field) for field in record)
        if any(value is not None for value in values):
            rows.append(Row(number, values))
    return tuple(rows)
