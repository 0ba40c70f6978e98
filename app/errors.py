"""What may go wrong with a request, as a tree. A message is a sentence for the organiser; HTTP is main.py's affair.

It is written in English with places, as in `Conflict("Version {number} is already published.", number=3)`; the edge
tells it in the reader's language. What is told in their language already has no places.

AppError
├── Unknown         nobody knows who asks
├── Forbidden       it is known who asks, and they may not
├── Limited         too many attempts; later perhaps
├── NotFound        there is no such thing, or it is not yours
├── Conflict        it is there, but its state does not allow this (double booking, already published)
├── Stale           it was changed since it was read
├── Unconditioned   it was not said which state of it was read
├── Invalid         what was sent cannot be taken
│   ├── Faulty      … and here is every fault of it, each with its address
│   └── Unfit       a field of it is not what such a field holds
├── Infeasible      the event cannot be planned as it stands, and why
├── Unfinished      the time ran out before there was an answer
└── Unready         the database cannot be reached, or its schema is not the newest
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in what a user sent, with its address. `message` is the sentence that says all of it, with `values`."""

    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None
    read: str | None = None
    expected: str | None = None
    hint: str | None = None
    candidates: tuple[str, ...] = ()
    is_warning: bool = False
    values: Mapping[str, object] = field(default_factory=dict)

    def as_row(self, translate: Translate = str) -> dict[str, str | list[str] | None]:
        """Return the fault as other programs read it."""
        return {
            "code": self.code,
            "severity": "warning" if self.is_warning else "error",
            "sheet": self.sheet,
            "cell": self.cell,
            "read": self.read,
            "expected": self.expected,
            "hint": self.hint,
            "candidates": list(self.candidates),
            "message": _told(self.message, self.values, translate),
        }


class AppError(Exception):
    """The request cannot be done; the message says why, in a sentence with places for these values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.values = values

    def __str__(self) -> str:
        return self.told(str)

    def told(self, translate: Translate) -> str:
        """Return the sentence in a language."""
        return _told(self.args[0], self.values, translate)


def _told(message: str, values: Mapping[str, object], translate: Translate) -> str:
    text = translate(message)
    return text.format(**values) if values else text


class Unknown(AppError):  # noqa: N818  the tree reads as the answers do
    """Nobody knows who asks, or no longer."""


class Forbidden(AppError):  # noqa: N818  the tree reads as the answers do
    """Who asks may not do this."""


class Limited(AppError):  # noqa: N818  the tree reads as the answers do
    """Too many attempts; `seconds` says when another may succeed."""

    def __init__(self, message: str, seconds: int, **values: object) -> None:
        super().__init__(message, **values)
        self.seconds = seconds


class NotFound(AppError):  # noqa: N818  the tree reads as the answers do
    """There is no such thing, or it belongs to somebody else: the answer is the same."""


class Conflict(AppError):  # noqa: N818  the tree reads as the answers do
    """What is there does not allow it; `more` is told beside the sentence, by name."""

    def __init__(self, message: str, more: Mapping[str, object] | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.more = more or {}


class Stale(AppError):  # noqa: N818  the tree reads as the answers do
    """It was changed since it was read; `current` is the tag that it has now."""

    def __init__(self, message: str, current: str) -> None:
        super().__init__(message)
        self.current = current


class Unconditioned(AppError):  # noqa: N818  the tree reads as the answers do
    """A change must say which state of the thing it is made to."""


class Invalid(AppError):  # noqa: N818  the tree reads as the answers do
    """What was sent cannot be taken."""


class Faulty(Invalid):
    """What was sent has faults; `faults` holds every one of them."""

    def __init__(self, message: str, faults: Sequence[Fault], **values: object) -> None:
        super().__init__(message, **values)
        self.faults = tuple(faults)


class Unfit(Invalid, ValueError):  # noqa: N818  the tree reads as the answers do
    """A field is not what such a field holds; said where fields are looked at, it stands among all faults of them."""


class Infeasible(AppError):  # noqa: N818  the tree reads as the answers do
    """No timetable keeps all rules; `paths` name those that cannot hold together, `rules` say them in words."""

    def __init__(self, message: str, paths: Sequence[str] = (), rules: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.paths, self.rules = tuple(paths), tuple(rules)


class Unfinished(AppError):  # noqa: N818  the tree reads as the answers do
    """The time ran out before there was an answer; more time may bring one."""


class Unready(AppError):  # noqa: N818  the tree reads as the answers do
    """The service cannot answer now."""
