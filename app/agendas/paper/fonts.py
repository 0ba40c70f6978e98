"""The fonts that everything is printed in, and the characters that they have; read from the fonts themselves."""

import struct
from functools import cache
from importlib.resources import files
from pathlib import Path

PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
FOLDERS = tuple(Path(str(files(package) / "files")) for package in PACKAGES)
UPRIGHT = ("NotoSans[[]wdth,wght].ttf", "NotoSansArabic[[]wdth,wght].ttf")
UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that list characters by Unicode, the fullest first."""


@cache
def fonts() -> tuple[frozenset[int], ...]:
    """Return the code points of each upright font, in the order in which fonts are tried."""
    paths = [path for folder, name in zip(FOLDERS, UPRIGHT, strict=True) for path in folder.glob(name)]
    assert len(paths) == len(FOLDERS), "a font package does not hold the font that is printed in"
    return tuple(frozenset(characters_of(path.read_bytes())) for path in paths)


def characters_of(font: bytes) -> set[int]:
    """Return the code points of a TrueType font, by its `cmap` of format 4 or 12 (OpenType 1.9)."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">2xH", font, cmap)
    records = [struct.unpack_from(">HHI", font, cmap + 4 + 8 * number) for number in range(count)]
    offsets = {(platform, encoding): cmap + offset for platform, encoding, offset in records}
    start = next(offsets[known] for known in UNICODE_TABLES if known in offsets)
    (form,) = struct.unpack_from(">H", font, start)
    return _segments_of_12(font, start) if form == 12 else _segments_of_4(font, start)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">4xH", font)
    for number in range(count):
        found, offset = struct.unpack_from(">4s4xI", font, 12 + 16 * number)
        if found == tag:
            return int(offset)
    raise ValueError(f"The font has no table {tag!r}.")


def _segments_of_12(font: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">12xI", font, start)
    found: set[int] = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        found.update(range(first + (glyph == 0), last + 1))
    return found


def _segments_of_4(font: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">6xH", font, start)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 2 * doubled)
    base = start + 16 + 3 * doubled
    found: set[int] = set()
    for number, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
        (jump,) = struct.unpack_from(">H", font, base + 2 * number)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if jump:
                (glyph,) = struct.unpack_from(">H", font, base + 2 * number + jump + 2 * (code - first))
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found
