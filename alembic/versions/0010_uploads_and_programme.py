"""Files that were sent in, who is registered for an item of the programme, and an event's own kinds."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the two tables and add the column: what is there has the kinds of the house."""
    op.add_column("event", sa.Column("kinds", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "programme_registration",
        sa.Column("item_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["programme_item.id"], name="fk_programme_registration_item_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name="fk_programme_registration_delegate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "delegate_id", name="pk_programme_registration"),
    )
    op.create_index("ix_programme_registration_delegate_id", "programme_registration", ["delegate_id"])
    op.create_table(
        "upload",
        sa.Column("id", Number, nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=True),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_upload_host_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_upload_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    for column in ("created_at", "batch", "event_id"):
        op.create_index(f"ix_upload_{column}", "upload", [column])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("upload")
    op.drop_table("programme_registration")
    op.drop_column("event", "kinds")
