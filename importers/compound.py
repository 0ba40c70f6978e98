"""The streams of a compound file (MS-CFB), in which Excel kept its workbooks until 2007."""

import struct
from array import array
from collections.abc import Iterator

from importers.survey import RefusedError

_HEADER = 512
_ENTRY = 128
_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks (end of chain, free), not sectors."""

_ROOT, _STREAM = 5, 2


class CompoundFile:
    """A file of chained sectors. Raises RefusedError for one whose chains turn in circles or lead out of it."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER:
            raise RefusedError("file-broken")
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in {9, 12}:
            raise RefusedError("file-broken")
        self._content = content
        self._size = 1 << shift
        self._most = max(1, len(content) // self._size)
        (directory,) = struct.unpack_from("<I", content, 48)
        (self._cutoff, first_of_small) = struct.unpack_from("<II", content, 56)
        self._next = _numbers(b"".join(self._sector(number) for number in self._sectors_of_table()))
        self._small_next = _numbers(self._chain(first_of_small))
        self._entries = tuple(_entries(self._chain(directory)))
        root = next((start for name, kind, start, _ in self._entries if kind == _ROOT), _LAST_SECTOR)
        self._small = self._chain(root)

    def stream(self, *names: str) -> bytes | None:
        """The content of the first stream with one of these names, in the order of the names; None without any."""
        for wanted in names:
            for name, kind, start, size in self._entries:
                if name == wanted and kind == _STREAM:
                    return self._read(start, size)
        return None

    def _read(self, start: int, size: int) -> bytes:
        found = self._small_chain(start) if size < self._cutoff else self._chain(start)
        if len(found) < size:
            raise RefusedError("file-broken")
        return found[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise RefusedError("file-broken")
        return self._content[start : start + self._size]

    def _sectors_of_table(self) -> list[int]:
        """Where the table of chains itself stands: 109 sectors by the header, the others by a chain of their own."""
        found = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        (further,) = struct.unpack_from("<I", self._content, 68)
        while further < _LAST_SECTOR:
            numbers = _numbers(self._sector(further))
            if len(found) > self._most or not numbers:
                raise RefusedError("file-broken")
            found += numbers[:-1]
            further = numbers[-1]
        return [number for number in found if number < _LAST_SECTOR][: self._most]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(start, self._next))

    def _small_chain(self, start: int) -> bytes:
        return b"".join(self._small[number * 64 : number * 64 + 64] for number in _followed(start, self._small_next))


def _numbers(content: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(content[: len(content) // found.itemsize * found.itemsize])
    return found


def _followed(start: int, chain: "array[int]") -> Iterator[int]:
    """The sectors from the first one on."""
    for _ in range(len(chain) + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        if start >= len(chain):
            break
        start = chain[start]
    raise RefusedError("file-broken")


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of everything in the directory."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size
