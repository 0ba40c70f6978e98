"""A wish: who wants to meet whom, or refuses to."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Number


class Wish(Base):
    """One direction of a wish, between two organisations of one event. Rank 1 and five stars are the dearest."""

    __tablename__ = "wish"
    __table_args__ = (
        ForeignKeyConstraint(
            ["source_id", "event_id"], ["organisation.id", "organisation.event_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["target_id", "event_id"], ["organisation.id", "organisation.event_id"], ondelete="CASCADE"
        ),
        UniqueConstraint("source_id", "target_id"),
        CheckConstraint("source_id <> target_id", name="two_sides"),
        Index("ix_wish_event_id", "event_id"),
        Index("ix_wish_target_id", "target_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number)
    source_id: Mapped[int] = mapped_column(Number)
    target_id: Mapped[int] = mapped_column(Number)
    rank: Mapped[int | None]
    stars: Mapped[int | None]
    refuses: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    written: Mapped[str] = mapped_column(Text)
