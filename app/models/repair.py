"""What happens on the day: who or what is not there, and the timetables that were proposed to mend it."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event, Interpreter, Table


class SpotKept(TypedDict):
    """Where a meeting is, and who attends: keys of rows."""

    slot: int
    table: int | None
    interpreter: int | None
    delegates: list[int]


class ChangeKept(TypedDict):
    """A meeting of two organisations that a repair changes. None: it is not held."""

    organisations: list[int]
    before: SpotKept | None
    after: SpotKept | None


class Absence(Base):
    """Somebody, or a table, that cannot be used between two moments; `until` None is for the rest of the event.

    What was registered stays as it was written: this is what the desk came to know.
    """

    __tablename__ = "absence"
    __table_args__ = (
        ForeignKeyConstraint(["delegate_id", "event_id"], ["delegate.id", "delegate.event_id"], ondelete="CASCADE"),
        CheckConstraint(
            "(delegate_id IS NOT NULL AND table_id IS NULL AND interpreter_id IS NULL)"
            " OR (delegate_id IS NULL AND table_id IS NOT NULL AND interpreter_id IS NULL)"
            " OR (delegate_id IS NULL AND table_id IS NULL AND interpreter_id IS NOT NULL)",
            name="one_thing",
        ),
        CheckConstraint("until IS NULL OR until > since", name="lasts"),
        Index("ix_absence_event_id", "event_id"),
        Index("ix_absence_delegate_id", "delegate_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(Number)
    table_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Table.id, ondelete="CASCADE"))
    interpreter_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Interpreter.id, ondelete="CASCADE"))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)


class Repair(Base):
    """A proposal that mends a version: what happened, the timetable that would come of it, and what that costs.

    It holds for the version at the revision it was made for, and for the event while its problem has this `digest`.
    `schedule` and `problem` are in the engine's formats, `changes` what differs from the version, as it was then.
    `applied_number` is the draft that was made of it.
    """

    __tablename__ = "repair"
    __table_args__ = (Index("ix_repair_event_id", "event_id"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    base_number: Mapped[int]
    base_revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    happened: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSON)
    absences: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSON)
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    schedule: Mapped[str] = mapped_column(Text, deferred=True)
    cost: Mapped[dict[str, int | list[int]]] = mapped_column(JSON)
    changes: Mapped[list[ChangeKept]] = mapped_column(JSON, default=list, server_default="[]", deferred=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    applied_number: Mapped[int | None]
