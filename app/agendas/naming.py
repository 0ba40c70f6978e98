"""Who is named in a row of a planning that comes back: organisations and delegates of the event, by what is written."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.agendas.queries import Agendas

ORGANISATIONS = ("organisation a", "organisation b")
DELEGATES = ("delegate a", "delegate b")


@dataclass(frozen=True, slots=True)
class Meant:
    """The names that something written may stand for: one, several, or none and the nearest there are."""

    names: tuple[str, ...]
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as a row names it: what is written, whose it may be, else the nearest names that there are."""

    written: str
    keys: tuple[int, ...]
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Who meets by the words of a row, and who is said to attend for each of the two."""

    organisations: tuple[Named, Named]
    attending: tuple[str, str]

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two organisations, the smaller key first, where both are known for sure."""
        one, other = (named.keys for named in self.organisations)
        return (min(one[0], other[0]), max(one[0], other[0])) if len(one) == len(other) == 1 else None

    def may_be(self, pair: tuple[int, int]) -> bool:
        """Whether nothing that is written says that others meet than these two."""
        first, second = self.organisations
        return any(
            (not first.written or one in first.keys) and (not second.written or other in second.keys)
            for one, other in (pair, pair[::-1])
        )

    def attending_for(self, organisation: int) -> str:
        """Who is said to attend for an organisation; nothing where no side is surely its own."""
        at = self._side_of(organisation)
        return "" if at is None else self.attending[at]

    def cell_of_attending(self, organisation: int, cells: Mapping[str, str]) -> str | None:
        """Where it stands who attends for an organisation."""
        return cells.get(DELEGATES[self._side_of(organisation) or 0])

    def cell_of_stranger(self, pair: tuple[int, int], cells: Mapping[str, str]) -> str | None:
        """Where somebody is named who is neither of the two."""
        strange = (at for at in (0, 1) if not set(self.organisations[at].keys) & set(pair))
        return cells.get(ORGANISATIONS[next(strange, 0)])

    def _side_of(self, organisation: int) -> int | None:
        return next((at for at in (0, 1) if self.organisations[at].keys == (organisation,)), None)


class People:
    """Everybody who can be named in a planning. `meant` says which names a name that nobody has may stand for."""

    def __init__(self, agendas: Agendas, meant: Callable[[str], Meant]) -> None:
        self.organisations = {one.party.key: one.party.name for one in agendas.organisations}
        self._meant = meant
        self._keys: dict[str, list[int]] = defaultdict(list)
        for key, name in self.organisations.items():
            self._keys[plain(name)].append(key)
        self._delegates: dict[int, dict[int, str]] = defaultdict(dict)
        for one in agendas.delegates:
            if one.person is not None:
                self._delegates[one.party.key][one.person.key] = one.person.name

    def sides(self, names: Mapping[str, str]) -> Sides:
        """Return who is named in a row."""
        one, other = (self._named(names.get(column, "")) for column in ORGANISATIONS)
        first, second = (names.get(column, "") for column in DELEGATES)
        return Sides((one, other), (first, second))

    def _named(self, written: str) -> Named:
        if not written or plain(written) in self._keys:
            return Named(written, tuple(self._keys.get(plain(written), ())))
        meant = self._meant(written)
        return Named(written, tuple(key for name in meant.names for key in self._keys[plain(name)]), meant.nearest)

    def names_of(self, organisation: int) -> tuple[str, ...]:
        """Return who comes for an organisation."""
        return tuple(name for name in self._delegates[organisation].values() if name)

    def delegate(self, organisation: int, written: str, now: int | None) -> int | None:
        """Return the delegate of that name, who attends now first; of names in any order. None: nobody."""
        known = self._delegates[organisation]
        found = [key for key, name in known.items() if sorted(plain(name).split()) == sorted(plain(written).split())]
        return now if now in found else next(iter(found), None)


def plain(text: str) -> str:
    """Return a text as it is compared: spreadsheets change blanks and how letters are composed."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
