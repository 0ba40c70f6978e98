"""A file that was sent in, kept for a while so that what came of it can be understood."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event
from app.models.host import Host


class Upload(Base):
    """One file of an import, also of one that failed: its bytes, for 30 days at most. `batch` ties files together.

    `event_id` None: the event did not exist yet. `name` is what the file was called where it came from, never a path.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_created_at", "created_at"), Index("ix_upload_batch", "batch"))

    id: Mapped[Key]
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"), index=True)
    batch: Mapped[str] = mapped_column(String(36))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
