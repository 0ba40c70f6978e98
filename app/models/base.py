"""What all tables share: names of constraints, whole-number keys, moments in UTC."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment. It is kept in UTC, also by SQLite, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        assert value is None or value.tzinfo is not None, "a moment without a zone"
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The floor of every slice."""

    metadata = MetaData(naming_convention=NAMES)

    def take(self, values: Mapping[str, object]) -> bool:
        """Set these columns and say whether one of them changed; equal values leave the row untouched."""
        changed = {name: value for name, value in values.items() if getattr(self, name) != value}
        for name, value in changed.items():
            setattr(self, name, value)
        return bool(changed)


# SQLite counts by itself only in a column that is an INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")
Key = Annotated[int, mapped_column(Number, primary_key=True)]


class Withdrawable(Base):
    """A row that is withdrawn instead of deleted when a version of the timetable was made with it."""

    __abstract__ = True

    id: Mapped[Key]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
