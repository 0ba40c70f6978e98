"""Edits, pins and repairs of drafts; and a published version that the database itself keeps from changing."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# SQLite counts by itself only in a column that is an INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

PARTS = ("meeting", "attendance", "not_held", "pin", "edit")
"""The tables whose rows belong to a version. A migration that makes one of them anew has to make its triggers anew."""

REFUSAL = "A published version never changes."


def upgrade() -> None:
    """Create tables and columns, then the triggers."""
    op.add_column("version", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("version", sa.Column("base_number", sa.Integer(), nullable=True))
    op.add_column("version", sa.Column("base_revision", sa.Integer(), nullable=True))
    op.add_column("meeting", sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting", sa.Column("forced", sa.JSON(), nullable=True))
    op.create_table(
        "pin",
        sa.Column("id", Number, nullable=False),
        sa.Column("version_id", Number, nullable=False),
        sa.Column("organisation_id", Number, nullable=True),
        sa.Column("table_id", Number, nullable=True),
        sa.CheckConstraint("(organisation_id IS NULL) <> (table_id IS NULL)", name=op.f("ck_pin_one_thing")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_pin_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["meeting_table.id"], name="fk_pin_table_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_pin_version_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_pin"),
        sa.UniqueConstraint("version_id", "organisation_id", name="uq_pin_version_id_organisation_id"),
        sa.UniqueConstraint("version_id", "table_id", name="uq_pin_version_id_table_id"),
    )
    op.create_index("ix_pin_organisation_id", "pin", ["organisation_id"])
    op.create_index("ix_pin_table_id", "pin", ["table_id"])
    op.create_table(
        "edit",
        sa.Column("id", Number, nullable=False),
        sa.Column("version_id", Number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_edit_version_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_edit"),
        sa.UniqueConstraint("version_id", "position", name="uq_edit_version_id_position"),
    )
    _create_repairs()
    for statement in _triggers(op.get_bind().dialect.name):
        op.execute(statement)


def _create_repairs() -> None:
    op.create_table(
        "absence",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("delegate_id", Number, nullable=True),
        sa.Column("table_id", Number, nullable=True),
        sa.Column("interpreter_id", Number, nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(delegate_id IS NOT NULL AND table_id IS NULL AND interpreter_id IS NULL)"
            " OR (delegate_id IS NULL AND table_id IS NOT NULL AND interpreter_id IS NULL)"
            " OR (delegate_id IS NULL AND table_id IS NULL AND interpreter_id IS NOT NULL)",
            name=op.f("ck_absence_one_thing"),
        ),
        sa.CheckConstraint("until IS NULL OR until > since", name=op.f("ck_absence_lasts")),
        sa.ForeignKeyConstraint(
            ["delegate_id", "event_id"],
            ["delegate.id", "delegate.event_id"],
            name="fk_absence_delegate_id_event_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_absence_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["interpreter_id"], ["interpreter.id"], name="fk_absence_interpreter_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["meeting_table.id"], name="fk_absence_table_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_event_id", "absence", ["event_id"])
    op.create_index("ix_absence_delegate_id", "absence", ["delegate_id"])
    op.create_table(
        "repair",
        sa.Column("id", Number, nullable=False),
        sa.Column("event_id", Number, nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("happened", sa.JSON(), nullable=False),
        sa.Column("absences", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_repair_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_repair"),
    )
    op.create_index("ix_repair_event_id", "repair", ["event_id"])


def _triggers(dialect: str) -> list[str]:
    """Statements after which rows of a published version can neither come, change nor go, but with their event."""
    if dialect == "sqlite":
        return [
            *(_sqlite_part(table, deed, rows) for table in PARTS for deed, rows in SIDES.items()),
            _sqlite("version", "update", "OLD.published_at IS NOT NULL"),
            _sqlite(
                "version",
                "delete",
                "OLD.published_at IS NOT NULL AND EXISTS (SELECT 1 FROM event WHERE id = OLD.event_id)",
            ),
        ]
    return [
        PART_FUNCTION,
        VERSION_FUNCTION,
        EVENT_FUNCTION,
        *(
            f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_part_of_published()"
            for table in PARTS
        ),
        (
            "CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON version"
            " FOR EACH ROW EXECUTE FUNCTION refuse_published()"
        ),
        "CREATE TRIGGER event_going BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION take_versions_along()",
    ]


SIDES = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def _sqlite_part(table: str, deed: str, rows: Sequence[str]) -> str:
    ids = ", ".join(f"{row}.version_id" for row in rows)
    is_published = "SELECT 1 FROM version WHERE published_at IS NOT NULL AND id IN"
    return _sqlite(table, deed, f"EXISTS ({is_published} ({ids}))")


def _sqlite(table: str, deed: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_frozen_{deed} BEFORE {deed.upper()} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


# The row of the version is held, so that nobody publishes it before this transaction has ended.
PART_FUNCTION = """
CREATE FUNCTION refuse_part_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT published_at INTO published FROM version WHERE id = OLD.version_id FOR SHARE;
        IF published IS NOT NULL THEN
            RAISE EXCEPTION 'A published version never changes.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT published_at INTO published FROM version WHERE id = NEW.version_id FOR SHARE;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'A published version never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

VERSION_FUNCTION = """
CREATE FUNCTION refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL
        AND (TG_OP = 'UPDATE' OR current_setting('ronde.event_going', true) IS DISTINCT FROM OLD.event_id::text) THEN
        RAISE EXCEPTION 'A published version never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$
"""

# Its other rows are referred to by meetings, which therefore go first.
EVENT_FUNCTION = """
CREATE FUNCTION take_versions_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('ronde.event_going', OLD.id::text, true);
    DELETE FROM version WHERE event_id = OLD.id;
    PERFORM set_config('ronde.event_going', '', true);
    RETURN OLD;
END $$
"""


def downgrade() -> None:
    """Drop the triggers first: they name tables."""
    if op.get_bind().dialect.name == "sqlite":
        for table in PARTS:
            for deed in SIDES:
                op.execute(f"DROP TRIGGER {table}_frozen_{deed}")
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER version_frozen_{deed}")
    else:
        for table in (*PARTS, "version"):
            op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
        op.execute("DROP TRIGGER event_going ON event")
        for function in ("refuse_part_of_published", "refuse_published", "take_versions_along"):
            op.execute(f"DROP FUNCTION {function}()")
    for table in ("repair", "absence", "edit", "pin"):
        op.drop_table(table)
    for table, columns in {
        "meeting": ("forced", "is_pinned"),
        "version": ("base_revision", "base_number", "revision"),
    }.items():
        for column in columns:
            op.drop_column(table, column)
