"""Headers that are put together from words of a few sorts: a ceiling or a number of meetings, an agreement to share."""

import re

from importers.kinds import Kinds
from importers.words import listed

_AT_MOST = listed("at_most")
_AT_LEAST = listed("at_least")
_MEETINGS = listed("meetings")
_NUMBERS = listed("numbers_of")
_WISHED = listed("wished_for")
_AGREEING = listed("agreeing")
_DATA = listed("personal_data")
_NEGATIONS = listed("negations")

_GOODS = listed("goods")
_SEEKING = listed("seeking")
_OFFERING = listed("offering")
_AROUND_GOODS = listed("around_goods")
_ARE_YOU = re.compile(
    r"(?:etes vous|vous etes|sind sie|sie sind|are you|you are|bent u|u bent|es usted|usted es|lei e|siete) "
)
_KINDS = Kinds()

_SURE, _LIKELY = 0.92, 0.8


def composed(bare: str, phrase: str) -> dict[str, float]:
    """What a header without its fillers means by its words, in whatever order: `Nb RDV max`, `max. Anzahl Termine`."""
    words = set(bare.split())
    if words & _MEETINGS and words <= _AT_MOST | _AT_LEAST | _MEETINGS | _NUMBERS | _WISHED:
        if words & _AT_MOST and not words & _AT_LEAST:
            return {"max_meetings": _SURE}
        if words & _AT_LEAST and not words & _AT_MOST:
            return {"min_meetings": _SURE}
        if words & _NUMBERS:
            return {"max_meetings": _LIKELY}
    is_of_goods = words & _GOODS and words <= _GOODS | _SEEKING | _OFFERING | _AROUND_GOODS
    if is_of_goods and bool(words & _SEEKING) != bool(words & _OFFERING):
        return {"needs" if words & _SEEKING else "offers": _SURE}
    if _asks_for_kind(phrase):
        return {"kind": _SURE}
    if words & _AGREEING and words & _DATA and not is_negated(bare):
        return {"consent": _SURE}
    return {}


def _asks_for_kind(phrase: str) -> bool:
    """`Êtes-vous acheteur ou fournisseur ?`: nothing but two kinds or more to choose from."""
    found = _ARE_YOU.match(phrase)
    pieces = re.split(r" (?:ou|oder|or|of|o|u) ", phrase[found.end() :]) if found else []
    return len(pieces) > 1 and all(_KINDS.named(piece) or all(map(_KINDS.named, piece.split())) for piece in pieces)


def is_negated(phrase: str) -> bool:
    """Whether a phrase says no: whom somebody does not want to meet."""
    return bool(set(phrase.split()) & _NEGATIONS)
