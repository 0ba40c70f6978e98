"""What is wrong with data that came from outside: every fault at once, each with its JSON path and a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `path` is where (`meetings[17].between[1]`; `$` for the whole file)."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class FaultsError(ValueError):
    """Data that cannot be used as it is; `faults` holds all that is wrong with it, never none."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ProblemError(FaultsError):
    """A problem that is inconsistent, or text that is not a problem."""


class ScheduleError(FaultsError):
    """Text that is not a schedule."""


def quoted(name: str) -> str:
    """An id as it stands in a sentence: on one line whatever is in it, and not longer than one can read."""
    shown = name if len(name) <= 60 else name[:57] + "…"
    return (
        shown
        if shown.isprintable() and shown and " " not in shown
        else '"' + shown.encode("unicode_escape").decode() + '"'
    )
