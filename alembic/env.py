"""How Alembic reaches the database: over the connection it is handed, or one of its own from the settings."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Column, Connection

from alembic import context
from app.config import Settings
from app.db import create_engine_of
from app.models import Base


def is_ours(name: str | None, kind: str, _of: object) -> bool:
    """Whether the models know of it: the tables of Procrastinate come from its package, and change with it."""
    return kind != "table" or name is None or not name.startswith("procrastinate_")


def has_another_default(
    _context: MigrationContext,
    _found: Column[object],
    column: Column[object],
    found: str | None,
    _default: object,
    wanted: str | None,
) -> bool | None:
    """Whether the default of a column of JSON is another one; PostgreSQL cannot compare these. None: not our affair."""
    if not isinstance(column.type, JSON):
        return None
    return (found or "").removesuffix("::json").strip("'") != (wanted or "").strip("'")


def run_over(connection: Connection) -> None:
    """Run the migrations in one transaction; SQLite too can take a change of schema back."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
        include_name=is_ours,
        compare_server_default=has_another_default,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if isinstance(handed, Connection):
    run_over(handed)
else:
    with create_engine_of(Settings().database_url).connect() as own:
        run_over(own)
