"""The fonts that everything is printed in: the characters they have and how wide these are, read from the files."""

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
FOLDERS = tuple(Path(str(files(package) / "files")) for package in PACKAGES)
UPRIGHT = ("NotoSans[[]wdth,wght].ttf", "NotoSansArabic[[]wdth,wght].ttf")
UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that list characters by Unicode, the fullest first."""


@cache
def fonts() -> tuple[Mapping[int, float], ...]:
    """Return, for each upright font in the order in which fonts are tried, its code points and their widths in ems."""
    paths = [path for folder, name in zip(FOLDERS, UPRIGHT, strict=True) for path in folder.glob(name)]
    assert len(paths) == len(FOLDERS), "a font package does not hold the font that is printed in"
    return tuple(widths_of(path.read_bytes()) for path in paths)


def widths_of(font: bytes) -> dict[int, float]:
    """Return the code points of a TrueType font and their widths, by its tables `cmap` and `hmtx` (OpenType 1.9)."""
    cmap, head, hhea, hmtx = (_table(font, tag) for tag in (b"cmap", b"head", b"hhea", b"hmtx"))
    (units,) = struct.unpack_from(">18xH", font, head)
    (last,) = struct.unpack_from(">34xH", font, hhea)
    advances = [struct.unpack_from(">H", font, hmtx + 4 * glyph)[0] / units for glyph in range(last)]
    (count,) = struct.unpack_from(">2xH", font, cmap)
    records = [struct.unpack_from(">HHI", font, cmap + 4 + 8 * number) for number in range(count)]
    offsets = {(platform, encoding): cmap + offset for platform, encoding, offset in records}
    start = next(offsets[known] for known in UNICODE_TABLES if known in offsets)
    (form,) = struct.unpack_from(">H", font, start)
    glyphs = _segments_of_12(font, start) if form == 12 else _segments_of_4(font, start)
    return {code: advances[min(glyph, last - 1)] for code, glyph in glyphs if glyph}


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">4xH", font)
    for number in range(count):
        found, offset = struct.unpack_from(">4s4xI", font, 12 + 16 * number)
        if found == tag:
            return int(offset)
    raise ValueError(f"The font has no table {tag!r}.")


def _segments_of_12(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Each code point with its glyph."""
    (count,) = struct.unpack_from(">12xI", font, start)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def _segments_of_4(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Each code point with its glyph."""
    (doubled,) = struct.unpack_from(">6xH", font, start)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", font, start + 14)
    firsts = struct.unpack_from(f">{count}H", font, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 2 * doubled)
    base = start + 16 + 3 * doubled
    for number, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
        (jump,) = struct.unpack_from(">H", font, base + 2 * number)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if jump:
                (glyph,) = struct.unpack_from(">H", font, base + 2 * number + jump + 2 * (code - first))
            if glyph:
                yield code, (glyph + delta) & 0xFFFF
