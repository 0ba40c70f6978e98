"""Text as it can be printed: what no font has is replaced by a mark that one sees, and can be told to the organiser."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from app.agendas.agenda import Agenda
from app.agendas.paper.fonts import fonts
from app.agendas.queries import Agendas

REPLACED = "\N{REPLACEMENT CHARACTER}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
MOST_MARKS = 3
LONG_WORD, BROKEN_AFTER = re.compile(r"[^\s/-]{27,}"), 12
NO_FONT = -1


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A text of which no font has all characters, whose it is, and the characters that are replaced."""

    whose: str
    text: str
    characters: str


@lru_cache(maxsize=50_000)
def printable(text: str) -> str:
    """Return a text in one line as fonts have it: nothing that is not seen, breakable where a word is very long."""
    shown, _lost = _shown(text)
    return LONG_WORD.sub(_breakable, " ".join(shown.split()))


def printable_name(text: str) -> str:
    """Return a name as it can be printed; a dash where nothing of it is seen, since a heading must say something."""
    return printable(text) or "–"


def lost(text: str) -> str:
    """Return the characters of a text that are replaced, each once."""
    return "".join(dict.fromkeys(_shown(text)[1]))


def unprintable(agendas: Agendas) -> tuple[Unprintable, ...]:
    """Return every text of the agendas that cannot be printed as it is, with whose it is."""
    found = (Unprintable(whose, text, lost(text)) for whose, text in dict.fromkeys(_texts(agendas)))
    return tuple(one for one in found if one.characters)


def _shown(text: str) -> tuple[str, str]:
    """The text with what fonts have, and what is lost of it.

    A mark stays only on a letter of the same font: across fonts the typesetter breaks down.
    """
    if text.isascii() and text.isprintable():
        return text, ""
    shown: list[str] = []
    missing: list[str] = []
    font, marks = NO_FONT, 0
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter.isspace() or category in ("Zs", "Cc"):
            shown.append(" ")
            font = NO_FONT
        elif category.startswith("M"):
            marks += 1
            if _is_in(font, letter) and marks <= MOST_MARKS:
                shown.append(letter)
            elif not unicodedata.name(letter, "").startswith("VARIATION SELECTOR"):
                missing.append(letter)
        elif letter in JOINERS and _is_in(font, letter):
            shown.append(letter)
        elif category != "Cf":
            told = _known(letter)
            font, marks = _font_of(told[-1]) if told else NO_FONT, 0
            shown.append(told or REPLACED)
            missing += [] if told else [letter]
    return "".join(shown), "".join(missing)


@cache
def _known(letter: str) -> str:
    """The letter, or what it is made of (`①` is 1) when all of that has one font; else nothing."""
    for told in (letter, unicodedata.normalize("NFKC", letter)):
        if any(all(ord(one) in font for one in told) for font in fonts()):
            return told
    return ""


@cache
def _font_of(letter: str) -> int:
    return next((number for number, font in enumerate(fonts()) if ord(letter) in font), NO_FONT)


def _is_in(font: int, letter: str) -> bool:
    return font != NO_FONT and ord(letter) in fonts()[font]


def _breakable(long: re.Match[str]) -> str:
    """A very long word with places to break it."""
    letters = long[0]
    places = (number for number in range(BROKEN_AFTER, len(letters) - 2, BROKEN_AFTER))
    cuts = [0, *(one for one in places if not unicodedata.category(letters[one]).startswith("M")), len(letters)]
    return MAY_BREAK.join(letters[start:end] for start, end in pairwise(cuts))


def _texts(agendas: Agendas) -> Iterator[tuple[str, str]]:
    """Every text that people wrote and that is printed, with whose it is."""
    happening = agendas.happening
    for text in (happening.name, happening.venue or ""):
        yield happening.name, text
    for table in agendas.tables:
        yield from ((table.name, text) for text in (table.name, table.hall or ""))
    for interpreter in agendas.interpreters:
        yield interpreter.name, interpreter.name
    for agenda in (*agendas.organisations, *agendas.delegates):
        yield from ((agenda.title, text) for text in _texts_of(agenda))


def _texts_of(agenda: Agenda) -> Iterator[str]:
    if agenda.person is None:
        yield from (agenda.party.name, agenda.party.city or "", agenda.party.kind)
    else:
        yield from (agenda.person.name, agenda.person.function or "")
    for item in agenda.programme:
        yield from (item.title, item.room or "")
