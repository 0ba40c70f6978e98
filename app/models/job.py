"""A job: work that takes longer than a request. This table says what is true of it, whoever carries it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event
from app.models.host import Host

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JobFacts = dict[str, Json]


class Job(Base):
    """Something to do for a host, perhaps about one of its events. All that a worker needs for it is here.

    `attempt` counts how often it was taken up: what an earlier taker brings counts no more. `heartbeat_at` is when its
    taker was last known to live. `payload` is emptied when it ends. `reason` is why it failed, a
    sentence; `traceback` is for those who run the service, and is set only where the mistake is ours.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_job_state_id", "state", "id"),
        Index("ix_job_event_id_id", "event_id", "id"),
        Index("ix_job_host_id_id", "host_id", "id"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="queued")
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    asked_by: Mapped[str] = mapped_column(String(60))
    payload: Mapped[JobFacts] = mapped_column(JSON, deferred=True)
    progress: Mapped[JobFacts | None] = mapped_column(JSON(none_as_null=True))
    result: Mapped[JobFacts | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str | None] = mapped_column(Text)
    traceback: Mapped[str | None] = mapped_column(Text, deferred=True)
    attempt: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    heartbeat_at: Mapped[datetime | None] = mapped_column(Moment)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
