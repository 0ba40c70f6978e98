"""Text as people type it: cleaned for keeping, folded for comparing."""

import re
import unicodedata
from functools import lru_cache

from importers.words import listed

LONGEST_TEXT = 32_767
"""What a cell of Excel can hold; longer text is cut."""

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_AROUND_BREAK = re.compile(r" *\n *")
_OUTSIDE_WORDS = re.compile(r"[^0-9a-z\u0370-\u1fff\u3000-\uffff]+")
_UNDECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i", "'": " ", "’": " "}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NOTHING = listed("nothing")


def clean(text: str) -> str:
    """Normal form C without controls, invisible marks, direction overrides or outer blanks; inner breaks stay."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()[:LONGEST_TEXT]
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\v", "\n")
    )
    text = _UNWANTED.sub("", text)
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return _AROUND_BREAK.sub("\n", text).strip()[:LONGEST_TEXT]


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The same for all that differs by case, accents, punctuation and blanks alone: `Café-Bar!` is `cafe bar`."""
    if text.isascii():
        return _OUTSIDE_WORDS.sub(" ", text.lower()).strip()
    lowered = text.casefold().translate(_UNDECOMPOSED)
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(mark))
    return _OUTSIDE_WORDS.sub(" ", plain.translate(_UNDECOMPOSED)).strip()


def fold_german(text: str) -> str:
    """As `fold`, with `ü` as `ue`: so `Mueller` and `Müller` meet."""
    return fold(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def one_line(text: str) -> str:
    """The text with its line breaks as blanks."""
    return " ".join(text.split())


def says_nothing(text: str) -> bool:
    """Whether the text only says that there is nothing: empty, a dash, `n/a`, `keine`."""
    return not text or text.casefold() in _NOTHING
