"""Shared strings that hold nothing but blanks: a cell that shows one is as good as empty."""

import re
import struct
from collections.abc import Sequence
from zipfile import ZipFile

from importers.survey import parser_of_part

_PART = "xl/sharedStrings.xml"
_BLANK = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>\s+</")


def blank_strings(archive: ZipFile) -> frozenset[int]:
    """The places of the strings that are blank; the part is only walked through where a first look finds one."""
    if _PART not in archive.namelist():
        return frozenset()
    written = archive.read(_PART)
    if not _BLANK.search(written):
        return frozenset()
    blank: set[int] = set()
    texts: list[str] = []
    place = 0

    def end(tag: str) -> None:
        nonlocal place
        if tag.rpartition("}")[2] == "si":
            if not "".join(texts).strip():
                blank.add(place)
            place += 1
            texts.clear()

    parser = parser_of_part()
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.Parse(written, True)
    return frozenset(blank)


def blank_strings_of_records(records: Sequence[bytes]) -> frozenset[int]:
    """The same of an old workbook: the strings stand one after the other in a record and its continuations."""
    if not records:
        return frozenset()
    count = int.from_bytes(records[0][4:8], "little")
    strings = _Strings(records)
    blank = set()
    for place in range(count):
        text = strings.next()
        if text is None:
            break
        if not text.strip():
            blank.add(place)
    return frozenset(blank)


class _Strings:
    """Reads strings one by one; one that goes on in the next record says there anew how its letters are kept."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record = 0
        self._at = 8

    def next(self) -> str | None:
        """The next string; None after the last."""
        if self._is_at_end and not self._turn():
            return None
        count, flags = struct.unpack_from("<HB", self._records[self._record], self._at)
        self._at += 3
        runs = self._number(2) if flags & 8 else 0
        extra = self._number(4) if flags & 4 else 0
        text = self._letters(count, is_wide=bool(flags & 1))
        self._skip(4 * runs + extra)
        return text

    @property
    def _is_at_end(self) -> bool:
        return self._at >= len(self._records[self._record])

    def _turn(self) -> bool:
        if self._record + 1 >= len(self._records):
            return False
        self._record, self._at = self._record + 1, 0
        return True

    def _number(self, size: int) -> int:
        self._at += size
        return int.from_bytes(self._records[self._record][self._at - size : self._at], "little")

    def _letters(self, count: int, *, is_wide: bool) -> str:
        text = ""
        while True:
            width = 2 if is_wide else 1
            part = self._records[self._record][self._at : self._at + count * width]
            self._at += len(part)
            count -= len(part) // width
            text += part.decode("utf-16-le" if is_wide else "latin-1", "surrogatepass")
            if count <= 0 or not self._turn():
                return text
            is_wide = bool(self._records[self._record][0] & 1)
            self._at = 1

    def _skip(self, count: int) -> None:
        """Past the formats of letters, which may stand in the next records."""
        while count > 0:
            step = min(count, len(self._records[self._record]) - self._at)
            self._at += step
            count -= step
            if count > 0 and not self._turn():
                return
