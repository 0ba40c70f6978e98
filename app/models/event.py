"""An event and what it is made of: sessions, slots, tables, interpreters, programme, confirmed columns."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Key, Moment, Number, Withdrawable
from app.models.host import Host

Intervals = list[list[str]]
"""Local times of each day, pairs of `HH:MM`, from … to."""


class Event(Base):
    """One convention. Times of its parts are moments in UTC; `time_zone` says how its people read them.

    `kinds`: its own kinds of organisations by the words for them; empty: the four of the house.
    `keeps_health_data`: the organiser confirmed that columns which look like it are kept.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("host_id", "slug"),
        CheckConstraint("purge_after BETWEEN 1 AND 1096", name="purge_after"),
    )

    id: Mapped[Key]
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(300))
    venue: Mapped[str | None] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(64))
    meeting_minutes: Mapped[int]
    changeover_minutes: Mapped[int]
    languages: Mapped[list[str]] = mapped_column(JSON)
    min_meetings: Mapped[dict[str, int]] = mapped_column(JSON)
    max_meetings: Mapped[int | None]
    rules: Mapped[dict[str, int]] = mapped_column(JSON)
    policy: Mapped[dict[str, str | int | float]] = mapped_column(JSON)
    kinds: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    keeps_health_data: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    purge_after: Mapped[int] = mapped_column(default=90, server_default="90")

    sessions: Mapped[list["Session"]] = relationship(order_by="Session.day, Session.starts_at")
    slots: Mapped[list["Slot"]] = relationship(order_by="Slot.starts_at")
    tables: Mapped[list["Table"]] = relationship(order_by="Table.position")
    interpreters: Mapped[list["Interpreter"]] = relationship(order_by="Interpreter.position")
    programme: Mapped[list["ProgrammeItem"]] = relationship(order_by="ProgrammeItem.starts_at, ProgrammeItem.id")


class Session(Base):
    """A part of a day in which meetings are held, in local time as the organiser wrote it."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("event_id", "day", "starts_at"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(Date)
    starts_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time] = mapped_column(Time)


class Slot(Withdrawable):
    """A time for meetings. One that is withdrawn stays for the versions that were made with it."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("event_id", "starts_at", "minutes"), CheckConstraint("minutes > 0", name="runs"))

    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    session: Mapped[str] = mapped_column(String(40))

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class Table(Withdrawable):
    """A place for one meeting in a slot. The word is reserved in SQL, hence its longer name there."""

    __tablename__ = "meeting_table"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    hall: Mapped[str | None] = mapped_column(Text)
    unavailable: Mapped[Intervals] = mapped_column(JSON)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class Interpreter(Withdrawable):
    """Somebody who carries a meeting between two of their languages."""

    __tablename__ = "interpreter"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    languages: Mapped[list[str]] = mapped_column(JSON)
    unavailable: Mapped[Intervals] = mapped_column(JSON)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class ProgrammeItem(Base):
    """Something on the programme beside the meetings. `attendance`: `all`, `registration`, or kinds with commas.

    Its `uid` is what calendars know it by.
    """

    __tablename__ = "programme_item"
    __table_args__ = (
        UniqueConstraint("event_id", "title", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="runs"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    room: Mapped[str | None] = mapped_column(Text)
    capacity: Mapped[int | None] = mapped_column(Integer)
    languages: Mapped[list[str]] = mapped_column(JSON)
    attendance: Mapped[str] = mapped_column(Text)
    online_link: Mapped[str | None] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    registered: Mapped[list["ProgrammeRegistration"]] = relationship(
        order_by="ProgrammeRegistration.created_at, ProgrammeRegistration.delegate_id",
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class ProgrammeRegistration(Base):
    """A delegate who is registered for an item of the programme."""

    __tablename__ = "programme_registration"
    __table_args__ = (Index("ix_programme_registration_delegate_id", "delegate_id"),)

    item_id: Mapped[int] = mapped_column(Number, ForeignKey(ProgrammeItem.id, ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(Number, ForeignKey("delegate.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ColumnChoice(Base):
    """A header whose field an organiser settled by hand; the next import of the event remembers it."""

    __tablename__ = "column_choice"
    __table_args__ = (UniqueConstraint("event_id", "header"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    header: Mapped[str] = mapped_column(String(500))
    field: Mapped[str] = mapped_column(String(100))
