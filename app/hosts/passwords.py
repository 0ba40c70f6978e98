"""Passwords: kept as Argon2id, at least eight characters, and none that others try first."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

from app.hosts.guessed import GUESSED, ROWS

SHORTEST, LONGEST = 8, 1000
FEWEST_LETTERS = 4
AT_ONCE = BoundedSemaphore(2)
"""Each check takes 19 MiB and some time: a flood of them must not take the machine."""
HASHING = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
LEET = str.maketrans("0134578@$!", "oieastbasi")
AROUND = re.compile(r"^[^a-z]+|[^a-z]+$")
BETWEEN = re.compile(r"[^a-z0-9]+")


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    GUESSED = "guessed"
    PERSONAL = "personal"


def weakness_of(password: str, names: Iterable[str]) -> Weakness | None:
    """Return why a password is weak, None for one that may be used. `names`: the address and the team of its owner."""
    known = _normal(password)
    if len(known) < SHORTEST:
        return Weakness.SHORT
    if len(known) > LONGEST:
        return Weakness.LONG
    if _is_guessed(known):
        return Weakness.GUESSED
    return Weakness.PERSONAL if _core(known) in set(_parts(names)) else None


def hash_of(password: str) -> str:
    """Return what is kept of a password."""
    with AT_ONCE:
        return HASHING.hash(_normal(password))


def is_password(password: str, kept: str | None) -> bool:
    """Whether it is the one. Where none is kept it takes as long as where one is."""
    with AT_ONCE:
        try:
            fits = HASHING.verify(_normal(password)[:LONGEST], kept or _nobodys())
        except PwdlibError:  # a text with half a character, or a hash of another kind
            return False
    return fits and kept is not None


@cache
def _nobodys() -> str:
    return HASHING.hash("nobody has this password")


def _normal(password: str) -> str:
    """One way to write each letter, whatever keyboard it came from; what cannot be written is left out."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "ignore").decode())


def _core(password: str) -> str:
    """The word in it: without case, accents, digits and signs around it, and with letters for the signs within."""
    letters = unicodedata.normalize("NFD", password.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return BETWEEN.sub("", AROUND.sub("", plain).translate(LEET))


def _is_guessed(password: str) -> bool:
    small = password.casefold()
    if len(set(small)) < FEWEST_LETTERS or _is_run(small):
        return True
    core = _core(password)
    digits = sum(letter.isdigit() for letter in small)
    if core == "" and digits >= len(small) - 2:  # a date, a telephone number: 24.12.1999
        return len(small) <= 12
    return core in GUESSED or any(_repeats(core, word) for word in GUESSED)


def _repeats(core: str, word: str) -> bool:
    return len(core) > len(word) and core == word * (len(core) // len(word))


def _is_run(text: str) -> bool:
    """Whether it is a piece of a row of the keyboard, of the alphabet or of the digits, in either direction."""
    return any(text in row * 2 or text in row[::-1] * 2 for row in ROWS)


def _parts(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield _core(name)
        yield from (_core(part) for part in re.split(r"[@.\s_+-]+", name) if len(part) > 3)
