"""How two actors stand is kept, and what becomes of forecasts. All reports are noted as new to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """To this revision."""
    _ties()
    _questions()
    op.execute("INSERT INTO pending (what, number) SELECT 'report', id FROM reports WHERE true ON CONFLICT DO NOTHING")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, ID, autoincrement=False, nullable=False)


def _ties() -> None:
    """What each entry says of two actors, and what a month's entries come to."""
    op.create_table(
        "ties",
        _number("one_id"),
        _number("other_id"),
        sa.Column("month", KEY, nullable=False),
        _number("entry_id"),
        sa.Column("day", KEY, nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one_id", "other_id", "month", "entry_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ties_entry", "ties", ["entry_id"])
    op.create_table(
        "tie_months",
        _number("one_id"),
        _number("other_id"),
        sa.Column("month", KEY, nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("absolute", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one_id", "other_id", "month"),
        sqlite_with_rowid=False,
    )


def _questions() -> None:
    """What forecasts ask, and what reports tell of it."""
    op.create_table(
        "questions",
        _number("id"),
        sa.Column("key", KEY, nullable=False),
        sa.Column("first", KEY, nullable=False),
        sa.Column("last", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "question_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        _number("question_id"),
        sa.PrimaryKeyConstraint("mark", "question_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", KEY, nullable=False),
        _number("report_id"),
        sa.PrimaryKeyConstraint("mark", "day", "report_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_marks_report", "report_marks", ["report_id"])
    op.create_table(
        "asked",
        _number("entry_id"),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_asked_report_id", "asked", ["report_id"])
    op.create_index("ix_asked_question_id", "asked", ["question_id"])
    op.create_table(
        "clues",
        _number("question_id"),
        _number("report_id"),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "report_id", "start"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_clues_report", "clues", ["report_id"])
