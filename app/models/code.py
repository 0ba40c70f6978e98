"""The official list of procurement codes, once somebody has loaded it."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class OfficialCode(Base):
    """A code of the list (eight digits) with its names by language (ISO 639-1). It belongs to no host."""

    __tablename__ = "official_code"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
