"""Headers that are put together from words of a few sorts: a ceiling or a number of meetings, an agreement to share."""

from importers.words import listed

_AT_MOST = listed("at_most")
_AT_LEAST = listed("at_least")
_MEETINGS = listed("meetings")
_NUMBERS = listed("numbers_of")
_WISHED = listed("wished_for")
_AGREEING = listed("agreeing")
_DATA = listed("personal_data")
_NEGATIONS = listed("negations")

_SURE, _LIKELY = 0.92, 0.8


def composed(bare: str) -> dict[str, float]:
    """What a header without its fillers means by its words, in whatever order: `Nb RDV max`, `max. Anzahl Termine`."""
    words = set(bare.split())
    if words & _MEETINGS and words <= _AT_MOST | _AT_LEAST | _MEETINGS | _NUMBERS | _WISHED:
        if words & _AT_MOST and not words & _AT_LEAST:
            return {"max_meetings": _SURE}
        if words & _AT_LEAST and not words & _AT_MOST:
            return {"min_meetings": _SURE}
        if words & _NUMBERS:
            return {"max_meetings": _LIKELY}
    if words & _AGREEING and words & _DATA and not is_negated(bare):
        return {"consent": _SURE}
    return {}


def is_negated(phrase: str) -> bool:
    """Whether a phrase says no: whom somebody does not want to meet."""
    return bool(set(phrase.split()) & _NEGATIONS)
