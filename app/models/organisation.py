"""An organisation that comes, its delegates, what it offers and needs, and the labels it holds."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Key, Moment, Number, Withdrawable
from app.models.event import Event, Intervals


class Organisation(Withdrawable):
    """Who comes. `name_key` is the name as it is compared; one that is withdrawn stays for old versions."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("id", "event_id"),
        UniqueConstraint("event_id", "reference"),
        Index("ix_organisation_event_id_name_key", "event_id", "name_key"),
    )

    event_id: Mapped[int] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    position: Mapped[int]
    reference: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(500))
    name_key: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str | None] = mapped_column(String(40))
    structure_type: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(String(2))
    postal_code: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    registration_number: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    sdgs: Mapped[list[int]] = mapped_column(JSON)
    home_table: Mapped[str | None] = mapped_column(Text)
    min_meetings: Mapped[int | None]
    max_meetings: Mapped[int | None]
    accessibility: Mapped[str | None] = mapped_column(Text)

    delegates: Mapped[list["Delegate"]] = relationship(
        order_by="Delegate.position", back_populates="organisation", cascade="all, delete-orphan", passive_deletes=True
    )
    provisions: Mapped[list["Provision"]] = relationship(
        order_by="Provision.position", cascade="all, delete-orphan", passive_deletes=True
    )
    labels: Mapped[list["Label"]] = relationship(
        order_by="Label.name", cascade="all, delete-orphan", passive_deletes=True
    )


class Delegate(Withdrawable):
    """A person of an organisation. None: nothing was said. Times are local times of each day of the event."""

    __tablename__ = "delegate"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "event_id"], ["organisation.id", "organisation.event_id"], ondelete="CASCADE"
        ),
        UniqueConstraint("id", "event_id"),
        Index("ix_delegate_organisation_id", "organisation_id"),
        Index("ix_delegate_event_id_email", "event_id", "email"),
    )

    event_id: Mapped[int] = mapped_column(Number)
    organisation_id: Mapped[int] = mapped_column(Number)
    position: Mapped[int]
    first_name: Mapped[str | None] = mapped_column(Text)
    last_name: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    function: Mapped[str | None] = mapped_column(Text)
    languages: Mapped[list[str]] = mapped_column(JSON)
    arrives: Mapped[str | None] = mapped_column(String(5))
    leaves: Mapped[str | None] = mapped_column(String(5))
    unavailable: Mapped[Intervals] = mapped_column(JSON)
    online: Mapped[bool | None]
    consent: Mapped[bool | None]

    organisation: Mapped[Organisation] = relationship(back_populates="delegates")

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class Provision(Base):
    """An offer or a need, as it was written, and the CPV codes written in it."""

    __tablename__ = "provision"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(Number, ForeignKey(Organisation.id, ondelete="CASCADE"), index=True)
    is_need: Mapped[bool]
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    cpv: Mapped[list[str]] = mapped_column(JSON)


class Label(Base):
    """A label that an organisation says it holds, and the first and last day on which it is valid.

    `verified_by` is who looked at the evidence, or gave it; None while it is only said. `wave` is the name of the wave
    in which several received it together.
    """

    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(Number, ForeignKey(Organisation.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    evidence_link: Mapped[str | None] = mapped_column(Text)
    verified_by: Mapped[str | None] = mapped_column(String(200))
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    wave: Mapped[str | None] = mapped_column(String(200))
