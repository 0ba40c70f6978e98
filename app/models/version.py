"""A version of the timetable: its meetings, what is not held, and how good it is. Numbers are never used twice."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event, Interpreter, Slot, Table


class Version(Base):
    """A draft, or a published timetable, which never changes. `problem` is what the engine was asked, as JSON."""

    __tablename__ = "version"
    __table_args__ = (Unique("event_id", "number"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    number: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(20))
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    score: Mapped[dict[str, int]] = mapped_column(JSON)
    bounds: Mapped[dict[str, int]] = mapped_column(JSON)
    proved: Mapped[list[str]] = mapped_column(JSON)
    seconds: Mapped[float] = mapped_column(Float)
    engine: Mapped[str] = mapped_column(String(200))

    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.id", passive_deletes=True)
    not_held: Mapped[list["NotHeld"]] = relationship(order_by="NotHeld.id", passive_deletes=True)


class MeetingIdentity(Base):
    """What a meeting is across all versions: an event, a pair and an ordinal. Calendars know it by its random `uid`.

    `sequence` and `changed_at` grow when what was published of it changes; `organisation_a_id` is the smaller one.
    """

    __tablename__ = "meeting_identity"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_a_id", "event_id"], ["organisation.id", "organisation.event_id"]),
        ForeignKeyConstraint(["organisation_b_id", "event_id"], ["organisation.id", "organisation.event_id"]),
        Unique("event_id", "organisation_a_id", "organisation_b_id", "ordinal", name="uq_meeting_identity_pair"),
        CheckConstraint("organisation_a_id < organisation_b_id", name="ordered"),
        Index("ix_meeting_identity_organisation_b_id", "organisation_b_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    organisation_a_id: Mapped[int] = mapped_column(Number)
    organisation_b_id: Mapped[int] = mapped_column(Number)
    ordinal: Mapped[int]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Meeting(Base):
    """A meeting of a version. The database itself keeps table and interpreter out of two meetings in a slot."""

    __tablename__ = "meeting"
    __table_args__ = (
        Unique("version_id", "identity_id"),
        Unique("version_id", "slot_id", "table_id"),
        Unique("version_id", "slot_id", "interpreter_id"),
        Unique("id", "version_id", "slot_id"),
        Index("ix_meeting_identity_id", "identity_id"),
    )

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(Number, ForeignKey(Version.id, ondelete="CASCADE"))
    identity_id: Mapped[int] = mapped_column(Number, ForeignKey(MeetingIdentity.id))
    slot_id: Mapped[int] = mapped_column(Number, ForeignKey(Slot.id))
    table_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Table.id))
    interpreter_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Interpreter.id))
    languages: Mapped[list[str] | None] = mapped_column(JSON)
    value: Mapped[int] = mapped_column(Number)

    identity: Mapped[MeetingIdentity] = relationship()
    attendances: Mapped[list["Attendance"]] = relationship(
        order_by="Attendance.side", cascade="all, delete-orphan", passive_deletes=True
    )


class Attendance(Base):
    """Who sits in a meeting, for side 0 (`organisation_a`) and 1. Nobody sits in two meetings of a slot.

    Version and slot are repeated here, and tied to the meeting's own, so that the database can refuse.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["meeting_id", "version_id", "slot_id"],
            ["meeting.id", "meeting.version_id", "meeting.slot_id"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        Unique("version_id", "slot_id", "delegate_id"),
        CheckConstraint("side IN (0, 1)", name="side"),
        Index("ix_attendance_delegate_id", "delegate_id"),
    )

    meeting_id: Mapped[int] = mapped_column(Number, primary_key=True)
    side: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(Number)
    slot_id: Mapped[int] = mapped_column(Number)
    delegate_id: Mapped[int] = mapped_column(Number, ForeignKey("delegate.id"))


class NotHeld(Base):
    """A meeting that a version does not hold, and why: one of the engine's reasons, and a sentence."""

    __tablename__ = "not_held"
    __table_args__ = (Index("ix_not_held_version_id", "version_id"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(Number, ForeignKey(Version.id, ondelete="CASCADE"))
    organisation_a_id: Mapped[int] = mapped_column(Number, ForeignKey("organisation.id"))
    organisation_b_id: Mapped[int] = mapped_column(Number, ForeignKey("organisation.id"))
    ordinal: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    text: Mapped[str | None] = mapped_column(Text)
