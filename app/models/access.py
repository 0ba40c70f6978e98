"""Who may: organisers and their roles, sign-ins, invitations, API keys, failed attempts. Only hashes of secrets."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Key, Moment, Number
from app.models.event import Event
from app.models.host import Host

DIGEST = 64
"""How long a SHA-256 is in hexadecimal digits."""


class Organiser(Base):
    """A person who signs in. `email` is in small letters; without a password nobody can."""

    __tablename__ = "organiser"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Membership(Base):
    """What an organiser may do in a host: one of `owner`, `editor`, `desk`, `reader`."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_host_id", "host_id"),)

    organiser_id: Mapped[int] = mapped_column(Number, ForeignKey(Organiser.id, ondelete="CASCADE"), primary_key=True)
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(10))

    organiser: Mapped[Organiser] = relationship()


class SignIn(Base):
    """An organiser at one browser, working for one host. It ends when nothing is seen of it for long, or by a day."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_organiser_id", "organiser_id"), Index("ix_sign_in_host_id", "host_id"))

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(DIGEST), unique=True)
    organiser_id: Mapped[int] = mapped_column(Number, ForeignKey(Organiser.id, ondelete="CASCADE"))
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """A link, good once and for some days, by which somebody sets a password and joins a host in a role.

    `may_reset`: it also replaces a password that there is. Only who runs the installation makes such links.
    """

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_host_id", "host_id"),)

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(DIGEST), unique=True)
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(320))
    role: Mapped[str] = mapped_column(String(10))
    may_reset: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class ApiKey(Base):
    """A key of a program, for a host or for one event of it. `start` are its first letters, to know it by."""

    __tablename__ = "api_key"
    __table_args__ = (Index("ix_api_key_host_id", "host_id"), Index("ix_api_key_event_id", "event_id"))

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(DIGEST), unique=True)
    start: Mapped[str] = mapped_column(String(12))
    host_id: Mapped[int] = mapped_column(Number, ForeignKey(Host.id, ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(Number, ForeignKey(Event.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """A sign-in that failed, counted for an account or for an address. `subject` is a hash: it names nobody."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_failed_at", "subject", "failed_at"),)

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(DIGEST))
    failed_at: Mapped[datetime] = mapped_column(Moment, index=True)
