"""Private links, what their feeds last said, the secret they are made with, and the outbox."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# SQLite counts by itself only in a column that is an INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_ORGANISATION = sa.text("delegate_id IS NULL")


def upgrade() -> None:
    """Create the tables."""
    _create_links()
    op.create_table(
        "secret",
        sa.Column("id", Number, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_secret_only_one")),
        sa.PrimaryKeyConstraint("id", name="pk_secret"),
    )
    op.create_table(
        "message",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=100), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name=op.f("ck_message_state")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_message_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_message_delegate_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("dedupe_key", name="uq_message_dedupe_key"),
        sa.UniqueConstraint("message_id", name="uq_message_message_id"),
    )
    op.create_index("ix_message_state_due_at", "message", ["state", "due_at"])
    op.create_index("ix_message_event_id", "message", ["event_id"])
    op.create_index("ix_message_delegate_id", "message", ["delegate_id"])


def _create_links() -> None:
    op.create_table(
        "link",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("organisation_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=True),
        sa.Column("purpose", sa.String(length=4), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('page', 'feed')", name=op.f("ck_link_purpose")),
        sa.CheckConstraint("generation BETWEEN 1 AND 65535", name=op.f("ck_link_generation")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_link_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_link_organisation_id_event_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id", "event_id"],
            ["delegate.id", "delegate.event_id"],
            name="fk_link_delegate_id_event_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("delegate_id", "purpose", name="uq_link_delegate_id_purpose"),
    )
    op.create_index(
        "uq_link_of_organisation",
        "link",
        ["organisation_id", "purpose"],
        unique=True,
        sqlite_where=OF_ORGANISATION,
        postgresql_where=OF_ORGANISATION,
    )
    op.create_index("ix_link_event_id", "link", ["event_id"])
    op.create_table(
        "feed",
        sa.Column("link_id", Number, nullable=False),
        sa.Column("made_from", sa.String(length=64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stale_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name="fk_feed_link_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("link_id", name="pk_feed"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("message", "secret", "feed", "link"):
        op.drop_table(table)
