"""A job keeps no file of its own: what it reads is among the uploads, which go after 30 days."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Drop the column that nothing was ever written to."""
    op.drop_column("job", "upload")


def downgrade() -> None:
    """Add it again, empty as it was."""
    op.add_column("job", sa.Column("upload", sa.LargeBinary(), nullable=True))
