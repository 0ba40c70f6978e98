"""The lines of a calendar (RFC 5545, 3.1): escaped, folded, and without what calendars may not hold.

Written by hand and not by a library: after a publication thousands of feeds are made at once.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONGEST_LINE = 75
"""Octets, without the line's end."""

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls, odd ends of lines, and marks that turn the direction of what follows."""
LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Return text without what calendars may not hold; ends of lines stay, tabs are blanks."""
    if text.isprintable():  # as nearly all is: then there is nothing to look for
        return text
    one_way = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return LONE_SURROGATES.sub("\ufffd", HIDDEN.sub("", one_way))


def text_line(name: str, text: str) -> str:
    """Return a property whose value is text."""
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return folded(f"{name}:{escaped}")


def uri_line(name: str, address: str, **parameters: str) -> str:
    """Return a property whose value is an address, with its parameters quoted (RFC 6868)."""
    given = "".join(f";{key.upper()}={quoted(value)}" for key, value in parameters.items())
    return folded(f"{name}{given}:{one_line(address)}")


def quoted(text: str) -> str:
    """Return the value of a parameter in quotes."""
    inside = plain(text).replace("^", "^^").replace('"', "^'").replace("\n", " ")
    return f'"{inside}"'


def one_line(text: str) -> str:
    """Return text in one line."""
    return plain(text).replace("\n", " ")


@lru_cache(maxsize=4096)  # thousands of people meet in the same slots
def moment_line(name: str, moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as the clocks of a zone show it; in the hour that comes twice only UTC says which is meant.

    By the standard the first of the two would be, but Thunderbird takes the second.
    """
    local = moment.astimezone(zone)
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    if comes_twice or zone.key == "UTC":
        return f"{name}:{utc(moment)}"
    return folded(f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}")


def day_line(name: str, day: date) -> str:
    """Return a whole day."""
    return f"{name};VALUE=DATE:{day:%Y%m%d}"


@lru_cache(maxsize=4096)
def utc(moment: datetime) -> str:
    """Return a moment in UTC."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def folded(line: str) -> str:
    """Return a line in parts of at most 75 octets, never cut inside a character."""
    if len(line) * (1 if line.isascii() else 4) <= LONGEST_LINE:
        return line
    parts, rest = list[str](), line.encode()
    limit = LONGEST_LINE
    while len(rest) > limit:
        cut = limit
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut].decode())
        rest, limit = rest[cut:], LONGEST_LINE - 1  # the blank that folds a line counts too
    return "\r\n ".join([*parts, rest.decode()])


def written(lines: list[str]) -> bytes:
    """Return lines as a file."""
    return ("\r\n".join(lines) + "\r\n").encode()
