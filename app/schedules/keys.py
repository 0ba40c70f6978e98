"""The ids by which the engine knows rows of the database, and back."""

from app.matching.queries import key_of, organisation_id
from scheduler import DelegateId, InterpreterId, MeetingId, ParticipantId, SlotId, TableId

__all__ = [
    "FIRST",
    "delegate_id",
    "interpreter_id",
    "key_of",
    "meeting_id",
    "participant_id",
    "slot_id",
    "table_id",
]

FIRST = 1
"""The ordinal of a pair's first meeting; events in which a pair meets twice count on from here."""


def slot_id(key: int) -> SlotId:
    """Return the engine's id of a slot."""
    return SlotId(f"s{key}")


def table_id(key: int) -> TableId:
    """Return the engine's id of a table."""
    return TableId(f"t{key}")


def interpreter_id(key: int) -> InterpreterId:
    """Return the engine's id of an interpreter."""
    return InterpreterId(f"i{key}")


def participant_id(key: int) -> ParticipantId:
    """Return the engine's id of an organisation, the same as matching's."""
    return ParticipantId(organisation_id(key))


def meeting_id(one: int, other: int, ordinal: int = FIRST) -> MeetingId:
    """Return the engine's id of a meeting of two organisations, the smaller key first."""
    pair = f"{participant_id(one)}-{participant_id(other)}"
    return MeetingId(pair if ordinal == FIRST else f"{pair}-{ordinal}")


def delegate_id(key: int) -> DelegateId:
    """Return the engine's id of a delegate."""
    return DelegateId(f"d{key}")
