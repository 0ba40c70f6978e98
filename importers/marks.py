"""How a wish is marked: a rank, stars, a tick, or a refusal."""

import re
from dataclasses import dataclass

from importers.cells import Misread, text_of, yes_or_no
from importers.numbering import ordinal_word, without_number
from importers.sheets import Value, as_text
from importers.text import fold
from importers.words import listed

_MOST_STARS = 5
_NO = listed("no") | listed("refusals")
_OF_RANKS = listed("of_choices") | listed("of_ranks")
_LEVELS = (listed("high"), listed("middling"), listed("low"))
_LETTERS = "abc"
_STARS = re.compile(r"^[★⭐*☆✩✭\s]+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a wish is marked: ranked, starred, refused, or simply wished."""

    rank: int | None = None
    stars: int | None = None
    refuses: bool = False


def mark_of(value: Value, code: str) -> Mark | Misread | None:
    """A rank, stars, or `no` and negative numbers for a refusal; a tick or `x` is a wish without a rank."""
    text = text_of(value)
    if text is None:
        return Mark(refuses=True) if fold(as_text(value)) in _NO and value is not None else None
    if isinstance(value, bool):
        return Mark(refuses=not value)
    if isinstance(value, int | float):
        return _ranked(value, text, code)
    if _STARS.match(text):
        return Mark(stars=min(len(re.findall(r"[★⭐*✭]", text)), _MOST_STARS))
    number = re.fullmatch(r"[-−–]\s?\d+(?:[.,]0+)?", text)
    if number or fold(text) in _NO:
        return Mark(refuses=True)
    starred = re.fullmatch(
        r"(\d)\s*(?:/\s*5|★|⭐|\*|[ée]toiles?|sterne?n?|stars?|estrellas?|sterren|stelle)", text, re.IGNORECASE
    )
    if starred:
        return Mark(stars=int(starred[1]))
    level = _level(text)
    if level:
        return Mark(rank=level)
    ranked = re.fullmatch(
        r"(?:rang|rank|prio(?:rit[éeäyàa]?[tä]?)?|n[°ºo]\.?|nr\.?|no\.?|#|wunsch|souhait|choix|wahl|wish)?\s*(\d{1,3})\s*(?:[.)ºª°]|er|re|ère|e|ème|eme|st|nd|rd|th)?",
        text,
        re.IGNORECASE,
    )
    if ranked:
        return _ranked(int(ranked[1]), text, code)
    if yes_or_no(value) is True or fold(text) in listed("wished"):
        return Mark()
    return Misread(code, text)


def _level(text: str) -> int | None:
    """`Priorité haute`, `mittel`, `A`, `2. Wahl`: the rank in words."""
    bare, number = without_number(fold(text))
    words = [word for word in bare.split() if word not in _OF_RANKS]
    if not words and bare:
        return number
    if len(words) != 1:
        return None
    if words[0] in _LETTERS:
        return _LETTERS.index(words[0]) + 1
    return next((rank for rank, known in enumerate(_LEVELS, start=1) if words[0] in known), ordinal_word(words[0]))


def _ranked(value: float, text: str, code: str) -> Mark | Misread | None:
    if value < 0:
        return Mark(refuses=True)
    if not float(value).is_integer():
        return Misread(code, text)
    return Mark(rank=int(value)) if value else None


def stars_of(value: Value) -> Mark | Misread | None:
    """A number of stars, written or drawn; `no` and negative numbers refuse."""
    mark = mark_of(value, "not-stars")
    if not isinstance(mark, Mark) or mark.refuses or mark.stars is not None:
        return mark
    if mark.rank is None:
        return Misread("not-stars", as_text(value))
    return Mark(stars=mark.rank) if mark.rank <= _MOST_STARS else Misread("not-stars", as_text(value))
