"""In which language two sides can meet, who of them can, and whether it takes an interpreter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """A delegate and the languages they speak; none stated: nothing is known, and nothing stands in the way."""

    delegate: str
    languages: frozenset[str]

    def speaks(self, language: str) -> bool:
        return not self.languages or language in self.languages


@dataclass(frozen=True, slots=True)
class Understanding:
    """Who can attend on each side, and the pair of languages that needs an interpreter (None: none needed)."""

    delegates: tuple[tuple[str, ...], tuple[str, ...]]
    languages: tuple[str, str] | None = None


def understanding(
    one: Sequence[Speaker], other: Sequence[Speaker], interpreters: Sequence[frozenset[str]]
) -> Understanding:
    """Return how two sides understand each other.

    If any two of them share a language, all may attend. Else those meet who share the language that lets most
    pairs meet. If no two share one, an interpreter is needed, between the languages for which most are there; an
    event without any interpreter does not say so, and the two are left to find a way.
    """
    everybody = Understanding((_names(one), _names(other)))
    if all(_share(a, b) for a in one for b in other):
        return everybody
    found = _shared(one, other)
    if found is not None:
        return found
    if not interpreters:
        return everybody
    return max(_interpreted(one, other), key=lambda way: _ease(way, interpreters))


def _share(one: Speaker, other: Speaker) -> bool:
    return not one.languages or not other.languages or bool(one.languages & other.languages)


def _shared(one: Sequence[Speaker], other: Sequence[Speaker]) -> Understanding | None:
    ways = []
    for language in _spoken(one, other):
        able = _able(one, language), _able(other, language)
        if all(able):
            ways.append(Understanding(able))
    return max(ways, key=lambda way: len(way.delegates[0]) * len(way.delegates[1]), default=None)


def _interpreted(one: Sequence[Speaker], other: Sequence[Speaker]) -> list[Understanding]:
    return [
        Understanding((_able(one, here), _able(other, there)), (here, there))
        for here in _spoken(one)
        for there in _spoken(other)
    ]


def _ease(way: Understanding, interpreters: Sequence[frozenset[str]]) -> tuple[int, int]:
    assert way.languages is not None
    return (
        sum(set(way.languages) <= interpreter for interpreter in interpreters),
        len(way.delegates[0]) * len(way.delegates[1]),
    )


def _spoken(*sides: Iterable[Speaker]) -> list[str]:
    return sorted({language for side in sides for speaker in side for language in speaker.languages})


def _able(side: Iterable[Speaker], language: str) -> tuple[str, ...]:
    return tuple(speaker.delegate for speaker in side if speaker.speaks(language))


def _names(side: Iterable[Speaker]) -> tuple[str, ...]:
    return tuple(speaker.delegate for speaker in side)
