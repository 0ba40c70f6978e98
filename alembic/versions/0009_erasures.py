"""Who was erased, by ids alone; and how many days after its end an event is kept."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite counts by itself only in a column that is an INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table of erasures; events are kept for ninety days."""
    op.create_table(
        "erasure",
        sa.Column("id", Number, nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_scrubbed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
    )
    op.create_index("ix_erasure_delegate_id", "erasure", ["delegate_id"])
    # Not by making the table anew, as SQLite else has it: triggers of published versions name it.
    op.execute(
        "ALTER TABLE event ADD COLUMN purge_after INTEGER DEFAULT '90' NOT NULL"
        " CONSTRAINT ck_event_purge_after CHECK (purge_after BETWEEN 1 AND 1096)"
    )


def downgrade() -> None:
    """Drop both."""
    op.execute("ALTER TABLE event DROP COLUMN purge_after")
    op.drop_table("erasure")
