"""What an edit would break: each rule with whom and what it is about, before anybody puts it into words."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler import DelegateId, InterpreterId, MeetingId, ParticipantId, Rule, SlotId, TableId


class Bar(StrEnum):
    """Why two organisations are not to meet at all; of this the engine is never asked."""

    REFUSED = "refused"
    GONE = "gone"
    KINDS = "kinds"


FORCEABLE = frozenset(
    {
        Rule.MAX_MEETINGS,
        Rule.AFTER,
        Rule.MAX_BREAK_SPREAD,
        Rule.MAX_CONSECUTIVE,
        Rule.MAX_IDLE_SLOTS,
        Bar.KINDS,
    }
)
"""What an organiser may break on purpose: ceilings, breaks and waiting, an order, and the event's own policy."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that would be broken, by these meetings. What it is not about is None.

    `count` is how many there would be, `limit` how many there may.
    """

    rule: Rule | Bar
    meetings: tuple[MeetingId, ...] = ()
    slot: SlotId | None = None
    table: TableId | None = None
    participant: ParticipantId | None = None
    delegate: DelegateId | None = None
    interpreter: InterpreterId | None = None
    language: str | None = None
    day: str | None = None
    count: int = 0
    limit: int = 0

    @property
    def can_be_forced(self) -> bool:
        return self.rule in FORCEABLE

    @property
    def about(self) -> tuple[str | None, ...]:
        """Whom a rule is broken for: of two breaches about the same, the one with the higher count is the worse."""
        ordered = self.meetings if self.rule is Rule.AFTER else ()
        return (self.rule, self.participant, self.delegate, self.day, *ordered)
