"""Strong tags of what can change, and the condition that a write carries: If-Match (RFC 9110, RFC 6585)."""

import hashlib
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header
from pydantic import BaseModel

from app.errors import Stale, Unconditioned

DIGITS = 32
WRITTEN = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')
CHANGED = "This was changed since you read it; read it again and decide anew."
NEEDED = "Say in If-Match which state of it you read: its ETag."
NO_STAR = "Here `If-Match: *` is not enough: name the ETags of what you read."
TOO_FEW = "This changes more than one thing: name the ETag of each in If-Match."


@dataclass(frozen=True, slots=True)
class Tags:
    """What an If-Match names. Weak tags match nothing (RFC 9110, 13.1.1)."""

    is_given: bool
    is_any: bool
    named: frozenset[str]


def etag_of(representation: BaseModel) -> str:
    """Return the strong tag of a representation: equal answers have equal tags, others differ."""
    return tag_of(representation.model_dump_json())


def tag_of(*parts: str | int) -> str:
    """Return the strong tag of something that these parts say all about."""
    written = "\0".join(map(str, parts)).encode()
    return f'"{hashlib.sha256(written).hexdigest()[:DIGITS]}"'


def tags_in(header: str | None) -> Tags:
    """Return the tags of a header; what is no list of tags matches nothing."""
    if header is None:
        return Tags(is_given=False, is_any=False, named=frozenset())
    if header.strip() == "*":
        return Tags(is_given=True, is_any=True, named=frozenset())
    found = WRITTEN.findall(header)
    return Tags(is_given=True, is_any=False, named=frozenset(f'"{tag}"' for weak, tag in found if not weak))


def if_match(
    if_match: Annotated[
        str | None,
        Header(description="The ETag that you read, of what you are about to change.", max_length=4000),
    ] = None,
) -> Tags:
    """Return the tags of the request."""
    return tags_in(if_match)


IfMatch = Annotated[Tags, Depends(if_match)]


def matched(tags: Tags, *current: str, takes_any: bool = True) -> None:
    """Go on only if every one of the current tags is named; `*` stands for all, where it is taken.

    Raises Unconditioned (428) when nothing is said, or `*` where it is not taken; Stale (412) with the first current
    tag that is not named.
    """
    if not tags.is_given:
        raise Unconditioned(NEEDED)
    if tags.is_any:
        if not takes_any:
            raise Unconditioned(NO_STAR)
        return
    missing = [tag for tag in current if tag not in tags.named]
    if missing:
        is_half = len(missing) < len(current) and len(tags.named) < len(current)
        raise Stale(TOO_FEW if is_half else CHANGED, missing[0])
