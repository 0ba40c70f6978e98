"""Reading a QR code back from its drawing, as a phone does, but for the correction of errors (ISO/IEC 18004)."""

import re

from segno import consts

MASKS = {
    0: lambda i, j: (i + j) % 2 == 0,
    1: lambda i, j: i % 2 == 0,
    2: lambda i, j: j % 3 == 0,
    3: lambda i, j: (i + j) % 3 == 0,
    4: lambda i, j: (i // 2 + j // 3) % 2 == 0,
    5: lambda i, j: (i * j) % 2 + (i * j) % 3 == 0,
    6: lambda i, j: ((i * j) % 2 + (i * j) % 3) % 2 == 0,
    7: lambda i, j: ((i + j) % 2 + (i * j) % 3) % 2 == 0,
}
LEVELS = {1: "L", 0: "M", 3: "Q", 2: "H"}


def modules_of(svg: str) -> list[list[int]]:
    """The dark and light modules of a drawing, without its quiet zone."""
    width = int(re.findall(r'viewBox="-4 -4 (\d+)', svg)[0]) - 8
    modules = [[0] * width for _ in range(width)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        for column in range(int(x), int(x) + int(length)):
            modules[int(y)][column] = 1
    return modules


def text_in(svg: str) -> str:
    """What a code says, of one segment in bytes."""
    modules = modules_of(svg)
    version = (len(modules) - 17) // 4
    format_bits = 0
    for row, column in [*((8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)), *((r, 8) for r in (7, 5, 4, 3, 2, 1, 0))]:
        format_bits = format_bits << 1 | modules[row][column]
    format_bits ^= 0b101010000010010
    level, mask = LEVELS[format_bits >> 13], MASKS[format_bits >> 10 & 7]
    bits = [modules[i][j] ^ mask(i, j) for i, j in _walk(len(modules), version)]
    words = [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]
    data = _deinterleaved(words, version, level)
    stream = "".join(f"{word:08b}" for word in data)
    assert stream[:4] == "0100", "not a segment of bytes"
    length_bits = 8 if version < 10 else 16
    length = int(stream[4 : 4 + length_bits], 2)
    start = 4 + length_bits
    return bytes(int(stream[start + 8 * n : start + 8 * n + 8], 2) for n in range(length)).decode()


def _walk(width: int, version: int) -> list[tuple[int, int]]:
    """Where data stand, in their order: in pairs of columns from the right, up and down in turn."""
    places = []
    columns = [column for column in range(width - 1, 0, -2) if column > 6] + [5, 3, 1]
    for number, right in enumerate(columns):
        rows = range(width - 1, -1, -1) if number % 2 == 0 else range(width)
        places += [(row, column) for row in rows for column in (right, right - 1)]
    reserved = _reserved(width, version)
    return [place for place in places if place not in reserved]


def _reserved(width: int, version: int) -> set[tuple[int, int]]:
    """Finders, timing, format and version information, alignment patterns."""
    taken = {(i, j) for i in range(9) for j in range(9)}
    taken |= {(i, j) for i in range(9) for j in range(width - 8, width)}
    taken |= {(j, i) for i in range(9) for j in range(width - 8, width)}
    taken |= {(6, i) for i in range(width)} | {(i, 6) for i in range(width)}
    if version >= 7:
        taken |= {(i, j) for i in range(6) for j in range(width - 11, width - 8)}
        taken |= {(j, i) for i in range(6) for j in range(width - 11, width - 8)}
    if version >= 2:
        centres = consts.ALIGNMENT_POS[version - 2]
        last = centres[-1]
        corners = {(6, 6), (6, last), (last, 6)}
        for row in centres:
            for column in centres:
                if (row, column) not in corners:
                    taken |= {(i, j) for i in range(row - 2, row + 3) for j in range(column - 2, column + 3)}
    return taken


def _deinterleaved(words: list[int], version: int, level: str) -> list[int]:
    """The codewords of data, block after block."""
    groups = consts.ECC[version][getattr(consts, f"ERROR_LEVEL_{level}")]
    sizes = [group.num_data for group in groups for _ in range(group.num_blocks)]
    blocks: list[list[int]] = [[] for _ in sizes]
    rest = iter(words)
    for nth in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if nth < size:
                block.append(next(rest))
    return [word for block in blocks for word in block]
