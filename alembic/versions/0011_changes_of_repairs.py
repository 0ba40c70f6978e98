"""What a repair changes is kept with the proposal, so that it can be read again."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column: proposals that are there already tell their cost only."""
    op.add_column("repair", sa.Column("changes", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("repair", "changes")
