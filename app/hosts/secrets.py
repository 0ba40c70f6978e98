"""Random secrets that are told once and kept as hashes: of sign-ins, invitations and keys."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

Prefix = Literal["rs_", "ri_", "rk_"]
SIGN_IN: Prefix = "rs_"
INVITATION: Prefix = "ri_"
KEY: Prefix = "rk_"
BYTES = 32
SHOWN = 9


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret, and what is kept of it."""

    text: str
    digest: str

    @property
    def start(self) -> str:
        """The first letters, by which its owner knows it."""
        return self.text[:SHOWN]


def new_secret(prefix: Prefix) -> Secret:
    """Return a secret of 256 random bits, with a prefix by which a leaked one can be found."""
    text = prefix + secrets.token_urlsafe(BYTES)
    return Secret(text, digest_of(text))


def digest_of(text: str) -> str:
    """Return what is kept of a secret. It is random and long: a plain hash cannot be turned back."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
