"""The agenda: what one delegate or one organisation does, when and where. Page, feed, paper and sheet show this."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Origin(StrEnum):
    """Why a meeting is held: who wished it."""

    MUTUAL = "mutual"
    OWN_WISH = "own-wish"
    THEIR_WISH = "their-wish"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Happening:
    """What all agendas of an event share; `languages` are those that it is held in, the first before all."""

    name: str
    venue: str | None
    zone: ZoneInfo
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate as others see them; e-mail and phone only where they may be seen, else None.

    `sorted_as` is the name with the family's first, as lists are sorted.
    """

    key: int
    name: str
    function: str | None
    email: str | None
    phone: str | None
    languages: tuple[str, ...]
    sorted_as: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as others see it."""

    key: int
    name: str
    kind: str
    structure_type: str | None
    country: str | None
    city: str | None
    website: str | None
    offers: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting, from one side: `own` is who goes there, `person` whom they meet, of `partner`.

    `table` is None online. `languages` is the pair that the interpreter carries, None where none is needed.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    table: str | None
    hall: str | None
    own: Person
    partner: Party
    person: Person
    languages: tuple[str, str] | None
    interpreter: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the programme that somebody attends."""

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    online_link: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the hall, also one at which nobody meets."""

    name: str
    hall: str | None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who carries meetings, also one who has none; no two of an event have the same name."""

    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the timetable is shown: a version's number, how often it was edited, and when it became so."""

    number: int
    revision: int
    is_published: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of an organisation, or of one delegate of it; both lists are in time order and may be empty.

    `arrives` is when the delegate does, on the clocks of the event; None where nothing was said.
    """

    happening: Happening
    party: Party
    person: Person | None
    entries: tuple[Entry, ...]
    programme: tuple[Item, ...]
    arrives: str | None = None

    @property
    def title(self) -> str:
        return f"{self.person.name} · {self.party.name}" if self.person and self.person.name else self.party.name
