"""Erasures: that somebody was erased, by ids alone. Who restores an older backup erases them again by this list."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number


class Erasure(Base):
    """A delegate who was erased. It outlives the event, hence ids without references.

    `is_scrubbed`: the bytes that they left in the files of the database are gone too.
    """

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_delegate_id", "delegate_id"),)

    id: Mapped[Key]
    host_id: Mapped[int] = mapped_column(Number)
    event_id: Mapped[int] = mapped_column(Number)
    delegate_id: Mapped[int] = mapped_column(Number)
    erased_at: Mapped[datetime] = mapped_column(Moment)
    is_scrubbed: Mapped[bool] = mapped_column(default=False)
