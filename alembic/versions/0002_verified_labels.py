"""Labels: the evidence, who verified it and when, and the wave in which it was given."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the four columns; nothing that is there is verified yet."""
    op.add_column("label", sa.Column("evidence_link", sa.Text(), nullable=True))
    op.add_column("label", sa.Column("verified_by", sa.String(length=200), nullable=True))
    op.add_column("label", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("label", sa.Column("wave", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("label") as label:
        for column in ("wave", "verified_at", "verified_by", "evidence_link"):
            label.drop_column(column)
