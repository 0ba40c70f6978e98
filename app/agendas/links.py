"""Private links: what their tokens are made of, and how one is read. Nothing here knows the database."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from enum import StrEnum

LINK_BYTES, GENERATION_BYTES = 5, 2
MARK_BYTES = 32


class Purpose(StrEnum):
    """What a link is for. A token for the one opens nothing of the other."""

    PAGE = "page"
    FEED = "feed"


PREFIXES = {Purpose.PAGE: "agd_", Purpose.FEED: "ics_"}
"""By these a leaked token is found and recognised."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says of itself. `is_authentic`: it was made here; only the database knows whether it still opens."""

    link_id: int
    generation: int
    is_authentic: bool


def token_of(secret: bytes, link_id: int, purpose: Purpose, generation: int) -> str:
    """Return the token of a link in a generation: the same whenever it is asked for, so that it can be printed again.

    It names link and generation and carries an HMAC-SHA256 of both and the purpose: 52 letters after the prefix.
    """
    head = link_id.to_bytes(LINK_BYTES) + generation.to_bytes(GENERATION_BYTES)
    mark = _mark(secret, purpose, link_id, generation)
    return PREFIXES[purpose] + base64.urlsafe_b64encode(head + mark).decode()


def claim_of(secret: bytes, purpose: Purpose, token: str) -> Claim:
    """Return what a token claims. One that is none takes the same way, and the same time."""
    prefix, parts = PREFIXES[purpose], bytes(LINK_BYTES + GENERATION_BYTES + MARK_BYTES)
    is_formed = token.startswith(prefix) and token.isascii()
    if is_formed:
        try:
            parts = _parts(token.removeprefix(prefix))
        except ValueError:
            is_formed = False
    link_id = int.from_bytes(parts[:LINK_BYTES])
    generation = int.from_bytes(parts[LINK_BYTES : LINK_BYTES + GENERATION_BYTES])
    mark = _mark(secret, purpose, link_id, generation)
    is_equal = hmac.compare_digest(mark, parts[LINK_BYTES + GENERATION_BYTES :])
    return Claim(link_id, generation, is_formed and is_equal)


def _mark(secret: bytes, purpose: Purpose, link_id: int, generation: int) -> bytes:
    return hmac.digest(secret, f"ronde/link/{purpose}/{link_id}/{generation}".encode(), "sha256")


def _parts(written: str) -> bytes:
    length = LINK_BYTES + GENERATION_BYTES + MARK_BYTES
    if len(written) != length * 4 // 3:
        raise ValueError("not a token")
    try:
        return base64.b64decode(written, altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not a token") from None
