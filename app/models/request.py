"""What the edge keeps of requests: the first answer to each idempotency key, and the audit log."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event

Fact = str | int | float | bool | None
Facts = dict[str, Fact]
"""Ids and codes, never names of people."""


class FirstAnswer(Base):
    """What the first request with an idempotency key of a caller was answered. `asked` is a hash of that request."""

    __tablename__ = "first_answer"
    __table_args__ = (UniqueConstraint("caller", "key"), Index("ix_first_answer_event_id", "event_id"))

    id: Mapped[Key]
    caller: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(255))
    asked: Mapped[str] = mapped_column(String(64))
    event_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


class AuditEntry(Base):
    """Who did what and when. It names nobody and outlives the event, hence ids without references."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_event_id_id", "event_id", "id"),
        Index("ix_audit_entry_host_id_id", "host_id", "id"),
    )

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(Moment)
    host_id: Mapped[int | None] = mapped_column(Number)
    event_id: Mapped[int | None] = mapped_column(Number)
    caller: Mapped[str] = mapped_column(String(60))
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    before: Mapped[Facts | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[Facts | None] = mapped_column(JSON(none_as_null=True))
