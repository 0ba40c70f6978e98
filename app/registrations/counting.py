"""Counting what an import does to the rows of one kind."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did, or would do, to the rows of one kind. Gone: known before, not named by the file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    is_removed: bool = field(default=False, compare=False)
    """Whether what is gone was removed."""

    @property
    def removed(self) -> int:
        return self.gone if self.is_removed else 0


class Tally:
    """Counts of one kind while they are being stored."""

    def __init__(self) -> None:
        self.created = self.updated = self.unchanged = 0

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        self.created += is_new
        self.updated += is_changed and not is_new
        self.unchanged += not is_changed and not is_new

    def counts(self, gone: int, *, is_removed: bool = False) -> Counts:
        return Counts(self.created, self.updated, self.unchanged, gone, is_removed)
