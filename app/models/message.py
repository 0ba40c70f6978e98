"""The outbox: messages to delegates that are still to be sent, and those that were."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event

MessageFacts = dict[str, int | str | None]


class Message(Base):
    """A message for one delegate, of a kind; its text is made when it goes out, so that no link is kept here.

    There is one message for each `dedupe_key`, ever. `message_id` stays the same when a crash makes it go out again.
    `claimed_until`: somebody is sending it, and has until then. `trouble` is why it did not go out, a sentence.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state"),
        Index("ix_message_state_due_at", "state", "due_at"),
        Index("ix_message_event_id", "event_id"),
        Index("ix_message_delegate_id", "delegate_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    delegate_id: Mapped[int] = mapped_column(Number, ForeignKey("delegate.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[MessageFacts] = mapped_column(JSON)
    dedupe_key: Mapped[str] = mapped_column(String(100), unique=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    trouble: Mapped[str | None] = mapped_column(Text)
