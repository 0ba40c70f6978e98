"""Shared strings that hold nothing but blanks: a cell that shows one is as good as empty."""

import re
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
