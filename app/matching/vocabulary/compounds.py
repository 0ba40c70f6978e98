"""German compounds: Büroreinigung is Büro and Reinigung."""

from collections.abc import Callable, Collection
from functools import lru_cache

_LINKS = ("", "s", "n", "en", "es", "er", "e")
_SHORTEST_PART = 3
_SHORTEST_HEAD = 4


class Compounds:
    """Splits words into known words, whatever their ending. `stem` maps a folded word to its stem."""

    def __init__(self, words: Collection[str], stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._stems = frozenset(stem(word) for word in words if len(word) >= _SHORTEST_PART)
        self._words = frozenset(words)
        self._beginnings = frozenset(known[:_SHORTEST_PART] for known in self._stems)
        self.parts = lru_cache(maxsize=100_000)(self._parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, in order; empty when it cannot be split without a rest."""
        best: tuple[str, ...] = ()
        for cut in range(len(word) - _SHORTEST_HEAD, _SHORTEST_PART - 1, -1):
            last = self._known(word[cut:])
            if last is None:
                continue
            for link in _LINKS:
                first = word[: cut - len(link)] if word[:cut].endswith(link) else ""
                if len(first) < _SHORTEST_PART:
                    continue
                known = self._known(first)
                parts = (known, last) if known else (*self.parts(first), last)
                if len(parts) > 1 and (not best or len(parts) < len(best)):
                    best = parts
        return best

    def known_end(self, word: str) -> str | None:
        """The longest known word at the end of one whose beginning is unknown."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_HEAD):
            known = self._known(word[cut:])
            if known:
                return known
        return None

    def known_beginning(self, word: str) -> str | None:
        """The longest known word at the beginning of one whose end is unknown."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_HEAD, -1):
            known = self._known(word[:cut])
            if known:
                return known
        return None

    def _known(self, part: str) -> str | None:
        if part in self._words:
            return part
        may_be = len(part) > _SHORTEST_HEAD and part[:_SHORTEST_PART] in self._beginnings
        return part if may_be and self._stem(part) in self._stems else None
