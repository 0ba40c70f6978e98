"""What may go wrong with a request, as a tree. A message is a sentence for the organiser; HTTP is main.py's affair.

AppError
├── Unknown         nobody knows who asks
├── Forbidden       it is known who asks, and they may not
├── Limited         too many attempts; later perhaps
├── NotFound        there is no such thing, or it is not yours
├── Conflict        it is there, but its state does not allow this (double booking, already published)
├── Stale           it was changed since it was read
├── Unconditioned   it was not said which state of it was read
├── Invalid         what was sent cannot be taken
│   └── Faulty      … and here is every fault of it, each with its address
├── Infeasible      the event cannot be planned as it stands, and why
├── Unfinished      the time ran out before there was an answer
└── Unready         the database cannot be reached, or its schema is not the newest
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in what a user sent, with its address. `message` is the sentence that says all of it."""

    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None
    read: str | None = None
    expected: str | None = None
    hint: str | None = None
    candidates: tuple[str, ...] = ()
    is_warning: bool = False

    def as_row(self) -> dict[str, str | list[str] | None]:
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
            "message": self.message,
        }


class AppError(Exception):
    """The request cannot be done; the message says why, in a sentence."""


class Unknown(AppError):  # noqa: N818  the tree reads as the answers do
    """Nobody knows who asks, or no longer."""


class Forbidden(AppError):  # noqa: N818  the tree reads as the answers do
    """Who asks may not do this."""


class Limited(AppError):  # noqa: N818  the tree reads as the answers do
    """Too many attempts; `seconds` says when another may succeed."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class NotFound(AppError):  # noqa: N818  the tree reads as the answers do
    """There is no such thing, or it belongs to somebody else: the answer is the same."""


class Conflict(AppError):  # noqa: N818  the tree reads as the answers do
    """What is there does not allow it; `more` is told beside the sentence, by name."""

    def __init__(self, message: str, more: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
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

    def __init__(self, message: str, faults: Sequence[Fault]) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class Infeasible(AppError):  # noqa: N818  the tree reads as the answers do
    """No timetable keeps all rules; `paths` name those that cannot hold together."""

    def __init__(self, message: str, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.paths = tuple(paths)


class Unfinished(AppError):  # noqa: N818  the tree reads as the answers do
    """The time ran out before there was an answer; more time may bring one."""


class Unready(AppError):  # noqa: N818  the tree reads as the answers do
    """The service cannot answer now."""
