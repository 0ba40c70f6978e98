"""Who may (organisers, sign-ins, invitations, keys, failed attempts), first answers, and the audit log."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# SQLite counts by itself only in a column that is an INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "attempt",
        sa.Column("id", Number, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_failed_at", "attempt", ["failed_at"], unique=False)
    op.create_index("ix_attempt_subject_failed_at", "attempt", ["subject", "failed_at"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("host_id", Number, nullable=True),
        sa.Column("event_id", Number, nullable=True),
        sa.Column("caller", sa.String(length=60), nullable=False),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_event_id_id", "audit_entry", ["event_id", "id"], unique=False)
    op.create_index("ix_audit_entry_host_id_id", "audit_entry", ["host_id", "id"], unique=False)
    op.create_table(
        "organiser",
        sa.Column("id", Number, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organiser"),
        sa.UniqueConstraint("email", name="uq_organiser_email"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", Number, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("may_reset", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_invitation_host_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("digest", name="uq_invitation_digest"),
    )
    op.create_index("ix_invitation_host_id", "invitation", ["host_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("organiser_id", Number, nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_membership_host_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["organiser.id"], name="fk_membership_organiser_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organiser_id", "host_id", name="pk_membership"),
    )
    op.create_index("ix_membership_host_id", "membership", ["host_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", Number, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("organiser_id", Number, nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_sign_in_host_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organiser_id"], ["organiser.id"], name="fk_sign_in_organiser_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("digest", name="uq_sign_in_digest"),
    )
    op.create_index("ix_sign_in_host_id", "sign_in", ["host_id"], unique=False)
    op.create_index("ix_sign_in_organiser_id", "sign_in", ["organiser_id"], unique=False)
    op.create_table(
        "api_key",
        sa.Column("id", Number, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_api_key_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_api_key_host_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
    )
    op.create_index("ix_api_key_event_id", "api_key", ["event_id"], unique=False)
    op.create_index("ix_api_key_host_id", "api_key", ["host_id"], unique=False)
    op.create_table(
        "first_answer",
        sa.Column("id", Number, nullable=False),
        sa.Column("caller", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.Column("event_id", Number, nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_first_answer_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_first_answer"),
        sa.UniqueConstraint("caller", "key", name="uq_first_answer_caller_key"),
    )
    op.create_index("ix_first_answer_created_at", "first_answer", ["created_at"], unique=False)
    op.create_index("ix_first_answer_event_id", "first_answer", ["event_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_first_answer_event_id", table_name="first_answer")
    op.drop_index("ix_first_answer_created_at", table_name="first_answer")
    op.drop_table("first_answer")
    op.drop_index("ix_api_key_host_id", table_name="api_key")
    op.drop_index("ix_api_key_event_id", table_name="api_key")
    op.drop_table("api_key")
    op.drop_index("ix_sign_in_organiser_id", table_name="sign_in")
    op.drop_index("ix_sign_in_host_id", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index("ix_membership_host_id", table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_invitation_host_id", table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("organiser")
    op.drop_index("ix_audit_entry_host_id_id", table_name="audit_entry")
    op.drop_index("ix_audit_entry_event_id_id", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index("ix_attempt_subject_failed_at", table_name="attempt")
    op.drop_index("ix_attempt_failed_at", table_name="attempt")
    op.drop_table("attempt")
