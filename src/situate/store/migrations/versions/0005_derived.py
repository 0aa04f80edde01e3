"""What is derived from many reports is kept: incidents, stories, histories. All reports are noted as new to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """To this revision."""
    _noted()
    _compared()
    _grouped()
    _stories()
    op.create_index("ix_decisions_field", "decisions", ["field"])
    op.execute("INSERT INTO pending (what, number) SELECT 'report', id FROM reports")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, ID, autoincrement=False, nullable=False)


def _noted() -> None:
    """What is new, and what the rest was derived with."""
    op.create_table(
        "pending",
        sa.Column("what", KEY, nullable=False),
        _number("number"),
        sa.PrimaryKeyConstraint("what", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "derivations",
        sa.Column("name", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("knowledge", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _compared() -> None:
    """Which entries are compared, and which go together."""
    op.create_table(
        "blocked",
        _number("entry_id"),
        sa.Column("blocks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "blocks",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("side", sa.SmallInteger(), autoincrement=False, nullable=False),
        _number("entry_id"),
        sa.PrimaryKeyConstraint("block", "side", "entry_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "full_blocks",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("block"),
    )
    op.create_table(
        "matches",
        _number("entry_id"),
        _number("other_id"),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "other_id"),
        sqlite_with_rowid=False,
    )


def _grouped() -> None:
    """What entries together tell."""
    op.create_table(
        "groups",
        _number("id"),
        sa.Column("layer", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_groups_order", "groups", ["layer", "day", "key"])
    op.create_table(
        "group_members",
        _number("entry_id"),
        _number("group_id"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_group_members_group", "group_members", ["group_id", "entry_id"])


def _stories() -> None:
    """Reports by their names, and the stories that they make."""
    op.create_table(
        "story_names",
        sa.Column("name", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", KEY, nullable=False),
        _number("report_id"),
        sa.PrimaryKeyConstraint("name", "day", "report_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_reports",
        _number("report_id"),
        sa.Column("key", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("follows", ID),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("story", KEY, nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_story_reports_follows", "story_reports", ["follows"])
    op.create_index("ix_story_reports_story", "story_reports", ["story", "day", "key"])
    op.create_table(
        "stories",
        sa.Column("story", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("first", KEY, nullable=False),
        sa.Column("last", KEY, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("story"),
    )
    op.create_index("ix_stories_order", "stories", ["reports", "first", "story"])
