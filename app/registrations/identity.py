"""Who is who: what a file names is known again by its reference, else by e-mail, else by its name."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Card:
    """What an organisation or a delegate is known by. `home` is the organisation of a delegate, None elsewhere."""

    name: str
    reference: str | None = None
    emails: frozenset[str] = field(default_factory=frozenset)
    home: int | None = None


Keys = Callable[[Card], Iterable[Hashable]]
"""The keys by which a card can be found; none if it has nothing to be found by."""


def name_key(name: str) -> str:
    """Return a name as it is compared: without case, accents, punctuation and blanks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum()) or plain.strip()


def email_key(email: str | None) -> frozenset[str]:
    """Return an e-mail address as it is compared, or nothing."""
    return frozenset([email.strip().casefold()] if email else [])


def recognise_organisations(known: Sequence[Card], sought: Sequence[Card]) -> list[int | None]:
    """Return for each card sought the place of the one it is in `known`, or None for somebody new."""
    found = _Recognition(known, sought)
    found.look_for(lambda card: [card.reference] if card.reference else [])
    found.look_for(lambda card: [card.name], in_order=True)
    found.look_for(lambda card: card.emails)
    return found.places


def recognise_delegates(known: Sequence[Card], sought: Sequence[Card]) -> list[int | None]:
    """As `recognise_organisations`. Several people may share an e-mail address: then their names tell them apart."""
    found = _Recognition(known, sought)
    found.look_for(lambda card: [(email, card.name) for email in card.emails], in_order=True)
    found.look_for(lambda card: card.emails)
    found.look_for(lambda card: [(card.home, card.name)] if card.name else [], in_order=True)
    found.look_for(lambda card: [card.home] if not card.name and not card.emails else [], in_order=True)
    return found.places


class _Recognition:
    """Rounds of looking, from the surest key to the weakest; who was recognised is out of the later ones."""

    def __init__(self, known: Sequence[Card], sought: Sequence[Card]) -> None:
        self.known, self.sought = known, sought
        self.places: list[int | None] = [None] * len(sought)
        self.taken: set[int] = set()

    def look_for(self, keys: Keys, *, in_order: bool = False) -> None:
        """Match cards that share a key which nobody else has, or if `in_order` the first with the first, and so on."""
        here, there = self._by_key(self.known, keys, self.taken), self._by_key(self.sought, keys, self._found())
        for key, places in there.items():
            candidates = here.get(key, [])
            if not in_order and (len(places) > 1 or len(candidates) > 1):
                continue
            for place in places:
                self._match(place, candidates)

    def _match(self, place: int, candidates: list[int]) -> None:
        card = self.sought[place]
        for candidate in candidates:
            other = self.known[candidate]
            is_contradicted = card.reference and other.reference and card.reference != other.reference
            if self.places[place] is None and candidate not in self.taken and not is_contradicted:
                self.places[place] = candidate
                self.taken.add(candidate)

    def _found(self) -> set[int]:
        return {place for place, known in enumerate(self.places) if known is not None}

    @staticmethod
    def _by_key(cards: Sequence[Card], keys: Keys, without: set[int]) -> dict[Hashable, list[int]]:
        places: dict[Hashable, list[int]] = defaultdict(list)
        for place, card in enumerate(cards):
            if place not in without:
                for key in keys(card):
                    places[key].append(place)
        return places
