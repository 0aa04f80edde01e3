"""What has changed, what readers may see, comments, and people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ROLES = ("reader", "reviewer", "editor", "admin")


def upgrade() -> None:
    """To this revision."""
    _changes()
    _veils()
    _comments()
    _people()
    for table in ("settings", "comments"):
        _append_only(table)


def _changes() -> None:
    """The revision of the content, and settings."""
    op.create_table(
        "revision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO revision (id, number) VALUES (1, 1), (2, 1)")
    op.create_table(
        "settings",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_settings_name", "settings", ["name", "id"])


def _veils() -> None:
    """What readers don't see."""
    op.create_table(
        "withheld",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "veiled",
        sa.Column("report_id", ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id"),
    )


def _comments() -> None:
    """Replies to entries and reports."""
    op.create_table(
        "comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("about", KEY, nullable=False),
        sa.Column("reply_to", KEY),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_comments_about", "comments", ["about", "made_at"])


def _people() -> None:
    """Accounts, sessions, tokens."""
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.CheckConstraint(f"role IN {ROLES}", name="ck_people_role"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("csrf", KEY, nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("ends_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "tokens",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("ends_at", KEY),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tokens_person_id", "tokens", ["person_id"])


def _append_only(table: str) -> None:
    """Rows that can't be changed or taken away."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} are append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"EXECUTE FUNCTION {table}_append_only()"
    )
