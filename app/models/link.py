"""A private link of a delegate or an organisation, what its feed last said, and the secret that links are made with."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event

OF_ORGANISATION = text("delegate_id IS NULL")


class Link(Base):
    """Who may read an agenda without a login: its page, or its feed. `delegate_id` None: the whole organisation's.

    The token itself is never stored: it is made from id, purpose and generation, and a higher generation ends it.
    """

    __tablename__ = "link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "event_id"], ["organisation.id", "organisation.event_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["delegate_id", "event_id"], ["delegate.id", "delegate.event_id"], ondelete="CASCADE"),
        UniqueConstraint("delegate_id", "purpose"),
        Index(
            "uq_link_of_organisation",
            "organisation_id",
            "purpose",
            unique=True,
            sqlite_where=OF_ORGANISATION,
            postgresql_where=OF_ORGANISATION,
        ),
        Index("ix_link_event_id", "event_id"),
        CheckConstraint("purpose IN ('page', 'feed')", name="purpose"),
        CheckConstraint("generation BETWEEN 1 AND 65535", name="generation"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(Number)
    delegate_id: Mapped[int | None] = mapped_column(Number)
    purpose: Mapped[str] = mapped_column(String(4))
    generation: Mapped[int] = mapped_column(default=1)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Feed(Base):
    """What the feed of a link last said, byte for byte, what that was made from, and from when until when it holds.

    `made_from` is a digest of the published version and of what else shows; None: what was kept has been forgotten.
    `fresh_from`, `stale_at`: None is always. An empty body says that the feed has ended.
    """

    __tablename__ = "feed"

    link_id: Mapped[int] = mapped_column(Number, ForeignKey(Link.id, ondelete="CASCADE"), primary_key=True)
    made_from: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    etag: Mapped[str] = mapped_column(String(64))
    modified_at: Mapped[datetime] = mapped_column(Moment)
    fresh_from: Mapped[datetime | None] = mapped_column(Moment)
    stale_at: Mapped[datetime | None] = mapped_column(Moment)


class Secret(Base):
    """The secret of an installation that was given none, made once; there is one row."""

    __tablename__ = "secret"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[Key]
    value: Mapped[bytes] = mapped_column(LargeBinary)
