"""Whether the organiser of an event confirmed that data on health is kept."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; nobody confirmed it yet."""
    op.add_column("event", sa.Column("keeps_health_data", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("event") as event:
        event.alter_column("keeps_health_data", server_default=None)


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("event") as event:
        event.drop_column("keeps_health_data")
