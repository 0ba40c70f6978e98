"""A host: a team of organisers. Hosts never see each other."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, Moment


class Host(Base):
    """A team of organisers, to whom events belong."""

    __tablename__ = "host"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
