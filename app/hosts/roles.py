"""Who asks, and what they may: the roles of a host in their order."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Self

Kind = Literal["organiser", "key"]
Word = Literal["owner", "editor", "desk", "reader"]


class Role(IntEnum):
    """What somebody may do: each role may also do what the ones before it may."""

    GUEST = 0
    READER = 1
    DESK = 2
    EDITOR = 3
    OWNER = 4

    @property
    def word(self) -> Word:
        """How it is written. A guest is nobody's role."""
        return WORDS[self]

    @classmethod
    def of(cls, word: str) -> Self:
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: an organiser in one of their hosts, or a key. `event_id` is the only event of a key, None for all."""

    kind: Kind
    id: int
    host_id: int
    role: Role
    event_id: int | None

    @property
    def name(self) -> str:
        """What the audit log calls them."""
        return f"{self.kind}:{self.id}"

    @property
    def sees_contacts(self) -> bool:
        """Whether they are told how to reach people: organisers are, and of keys those that may change it anyway."""
        return self.kind == "organiser" or self.role >= Role.EDITOR


WORDS: dict[Role, Word] = {Role.READER: "reader", Role.DESK: "desk", Role.EDITOR: "editor", Role.OWNER: "owner"}
