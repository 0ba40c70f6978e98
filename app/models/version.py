"""A version of the timetable: its meetings, what is not held, its pins and edits. Numbers are never used twice."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, ForeignKeyConstraint, Index, String, Text, false
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event, Interpreter, Slot, Table


class State(TypedDict):
    """A meeting as an edit remembers it: keys of rows, never a name. `forced` as in `Meeting`."""

    slot: int
    table: int | None
    interpreter: int | None
    delegates: list[int]
    languages: list[str] | None
    value: int
    is_pinned: bool
    forced: list[str] | None


class Side(TypedDict):
    """One side of an edit: meetings by identity, None where one is not held; pins, `organisation:7` or `table:3`."""

    meetings: dict[str, State | None]
    pins: dict[str, bool]


class Version(Base):
    """A draft, or a published timetable, which the database itself keeps from changing.

    `problem` is what the engine was asked, as JSON. `revision` grows with each edit. `base_number` and `base_revision`
    say from which version, as it stood at which revision, this one was made; None: from none.
    """

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
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    base_number: Mapped[int | None]
    base_revision: Mapped[int | None]

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
    """A meeting of a version. The database itself keeps table and interpreter out of two meetings in a slot.

    `forced` names the rules that somebody broke on purpose when they put it there; None: no rule.
    """

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
    is_pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    forced: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    identity: Mapped[MeetingIdentity] = relationship()
    # By the meeting alone: with version and slot, which it implies, SQLite would look through all who sit in the slot.
    attendances: Mapped[list["Attendance"]] = relationship(
        primaryjoin="Meeting.id == foreign(Attendance.meeting_id)", order_by="Attendance.side", viewonly=True
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


class Pin(Base):
    """An organisation or a table whose meetings the next timetable made from this version keeps as they are."""

    __tablename__ = "pin"
    __table_args__ = (
        Unique("version_id", "organisation_id"),
        Unique("version_id", "table_id"),
        CheckConstraint("(organisation_id IS NULL) <> (table_id IS NULL)", name="one_thing"),
        Index("ix_pin_organisation_id", "organisation_id"),
        Index("ix_pin_table_id", "table_id"),
    )

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(Number, ForeignKey(Version.id, ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(Number, ForeignKey("organisation.id", ondelete="CASCADE"))
    table_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Table.id, ondelete="CASCADE"))


class Edit(Base):
    """What an organiser did to a draft, so that it can be undone and done again. Ids only, never a name.

    `position` counts from 1; those that are undone come last.
    """

    __tablename__ = "edit"
    __table_args__ = (Unique("version_id", "position"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(Number, ForeignKey(Version.id, ondelete="CASCADE"))
    position: Mapped[int]
    deed: Mapped[str] = mapped_column(String(20))
    before: Mapped[Side] = mapped_column(JSON)
    after: Mapped[Side] = mapped_column(JSON)
    is_undone: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
