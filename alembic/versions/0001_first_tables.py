"""The first tables: host, event and its parts, organisations, wishes, versions of the timetable."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# SQLite counts by itself only in a column that is an INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "host",
        sa.Column("id", Number, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_host"),
        sa.UniqueConstraint("name", name="uq_host_name"),
    )
    op.create_table(
        "event",
        sa.Column("id", Number, nullable=False),
        sa.Column("host_id", Number, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("meeting_minutes", sa.Integer(), nullable=False),
        sa.Column("changeover_minutes", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("min_meetings", sa.JSON(), nullable=False),
        sa.Column("max_meetings", sa.Integer(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name="fk_event_host_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("host_id", "slug", name="uq_event_host_id_slug"),
    )
    op.create_table(
        "column_choice",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("header", sa.String(length=500), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_column_choice_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_column_choice"),
        sa.UniqueConstraint("event_id", "header", name="uq_column_choice_event_id_header"),
    )
    op.create_table(
        "interpreter",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("unavailable", sa.JSON(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_interpreter_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_interpreter"),
        sa.UniqueConstraint("event_id", "name", name="uq_interpreter_event_id_name"),
    )
    op.create_table(
        "meeting_table",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("hall", sa.Text(), nullable=True),
        sa.Column("unavailable", sa.JSON(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_meeting_table_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_table"),
        sa.UniqueConstraint("event_id", "name", name="uq_meeting_table_event_id_name"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("structure_type", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("sdgs", sa.JSON(), nullable=False),
        sa.Column("home_table", sa.Text(), nullable=True),
        sa.Column("min_meetings", sa.Integer(), nullable=True),
        sa.Column("max_meetings", sa.Integer(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_organisation_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("event_id", "reference", name="uq_organisation_event_id_reference"),
        sa.UniqueConstraint("id", "event_id", name="uq_organisation_id_event_id"),
    )
    op.create_index("ix_organisation_event_id_name_key", "organisation", ["event_id", "name_key"])

    op.create_table(
        "programme_item",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("online_link", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_programme_item_runs")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_programme_item_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_programme_item"),
        sa.UniqueConstraint("event_id", "title", "starts_at", name="uq_programme_item_event_id_title_starts_at"),
        sa.UniqueConstraint("uid", name="uq_programme_item_uid"),
    )
    op.create_table(
        "session",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_session_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("event_id", "day", "starts_at", name="uq_session_event_id_day_starts_at"),
    )
    op.create_table(
        "slot",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("session", sa.String(length=40), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_slot_runs")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_slot_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        sa.UniqueConstraint("event_id", "starts_at", "minutes", name="uq_slot_event_id_starts_at_minutes"),
    )
    op.create_table(
        "version",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("score", sa.JSON(), nullable=False),
        sa.Column("bounds", sa.JSON(), nullable=False),
        sa.Column("proved", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("engine", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_version_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("event_id", "number", name="uq_version_event_id_number"),
    )
    op.create_table(
        "delegate",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("organisation_id", Number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("function", sa.Text(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("arrives", sa.String(length=5), nullable=True),
        sa.Column("leaves", sa.String(length=5), nullable=True),
        sa.Column("unavailable", sa.JSON(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=True),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_delegate_organisation_id_event_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delegate"),
        sa.UniqueConstraint("id", "event_id", name="uq_delegate_id_event_id"),
    )
    op.create_index("ix_delegate_event_id_email", "delegate", ["event_id", "email"])
    op.create_index("ix_delegate_organisation_id", "delegate", ["organisation_id"])

    op.create_table(
        "label",
        sa.Column("id", Number, nullable=False),
        sa.Column("organisation_id", Number, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_label_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_label"),
        sa.UniqueConstraint("organisation_id", "name", name="uq_label_organisation_id_name"),
    )
    op.create_table(
        "meeting_identity",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("organisation_a_id", Number, nullable=False),
        sa.Column("organisation_b_id", Number, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("organisation_a_id < organisation_b_id", name=op.f("ck_meeting_identity_ordered")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_meeting_identity_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_a_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_meeting_identity_organisation_a_id_event_id",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_b_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_meeting_identity_organisation_b_id_event_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_identity"),
        sa.UniqueConstraint(
            "event_id", "organisation_a_id", "organisation_b_id", "ordinal", name="uq_meeting_identity_pair"
        ),
        sa.UniqueConstraint("uid", name="uq_meeting_identity_uid"),
    )
    op.create_index("ix_meeting_identity_organisation_b_id", "meeting_identity", ["organisation_b_id"])

    op.create_table(
        "not_held",
        sa.Column("id", Number, nullable=False),
        sa.Column("version_id", Number, nullable=False),
        sa.Column("organisation_a_id", Number, nullable=False),
        sa.Column("organisation_b_id", Number, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_a_id"], ["organisation.id"], name="fk_not_held_organisation_a_id"),
        sa.ForeignKeyConstraint(["organisation_b_id"], ["organisation.id"], name="fk_not_held_organisation_b_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_not_held_version_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_not_held"),
    )
    op.create_index("ix_not_held_version_id", "not_held", ["version_id"])

    op.create_table(
        "provision",
        sa.Column("id", Number, nullable=False),
        sa.Column("organisation_id", Number, nullable=False),
        sa.Column("is_need", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cpv", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_provision_organisation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_provision"),
    )
    op.create_index("ix_provision_organisation_id", "provision", ["organisation_id"])

    op.create_table(
        "wish",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("source_id", Number, nullable=False),
        sa.Column("target_id", Number, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("refuses", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("written", sa.Text(), nullable=False),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_wish_two_sides")),
        sa.ForeignKeyConstraint(
            ["source_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_wish_source_id_event_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id", "event_id"],
            ["organisation.id", "organisation.event_id"],
            name="fk_wish_target_id_event_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
        sa.UniqueConstraint("source_id", "target_id", name="uq_wish_source_id_target_id"),
    )
    op.create_index("ix_wish_event_id", "wish", ["event_id"])
    op.create_index("ix_wish_target_id", "wish", ["target_id"])

    op.create_table(
        "meeting",
        sa.Column("id", Number, nullable=False),
        sa.Column("version_id", Number, nullable=False),
        sa.Column("identity_id", Number, nullable=False),
        sa.Column("slot_id", Number, nullable=False),
        sa.Column("table_id", Number, nullable=True),
        sa.Column("interpreter_id", Number, nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("value", Number, nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["meeting_identity.id"], name="fk_meeting_identity_id"),
        sa.ForeignKeyConstraint(["interpreter_id"], ["interpreter.id"], name="fk_meeting_interpreter_id"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name="fk_meeting_slot_id"),
        sa.ForeignKeyConstraint(["table_id"], ["meeting_table.id"], name="fk_meeting_table_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_meeting_version_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("id", "version_id", "slot_id", name="uq_meeting_id_version_id_slot_id"),
        sa.UniqueConstraint("version_id", "identity_id", name="uq_meeting_version_id_identity_id"),
        sa.UniqueConstraint(
            "version_id", "slot_id", "interpreter_id", name="uq_meeting_version_id_slot_id_interpreter_id"
        ),
        sa.UniqueConstraint("version_id", "slot_id", "table_id", name="uq_meeting_version_id_slot_id_table_id"),
    )
    op.create_index("ix_meeting_identity_id", "meeting", ["identity_id"])

    op.create_table(
        "attendance",
        sa.Column("meeting_id", Number, nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("version_id", Number, nullable=False),
        sa.Column("slot_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=False),
        sa.CheckConstraint("side IN (0, 1)", name=op.f("ck_attendance_side")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_attendance_delegate_id"),
        sa.ForeignKeyConstraint(
            ["meeting_id", "version_id", "slot_id"],
            ["meeting.id", "meeting.version_id", "meeting.slot_id"],
            name="fk_attendance_meeting_id_version_id_slot_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "side", name="pk_attendance"),
        sa.UniqueConstraint(
            "version_id", "slot_id", "delegate_id", name="uq_attendance_version_id_slot_id_delegate_id"
        ),
    )
    op.create_index("ix_attendance_delegate_id", "attendance", ["delegate_id"])


def downgrade() -> None:
    """Drop every table, the referring ones first."""
    for table in (
        "attendance",
        "meeting",
        "wish",
        "provision",
        "not_held",
        "meeting_identity",
        "label",
        "delegate",
        "version",
        "slot",
        "session",
        "programme_item",
        "organisation",
        "meeting_table",
        "interpreter",
        "column_choice",
        "event",
        "host",
    ):
        op.drop_table(table)
