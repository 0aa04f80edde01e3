"""Which reports are one text, and what became of every input of a run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """To this revision."""
    _texts()
    _runs()
    from situate.store.same_text import keep_all

    keep_all(op.get_bind())


def _texts() -> None:
    """Signatures, their bands, and which report is which text."""
    op.create_table(
        "texts",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_texts_group_id", "texts", ["group_id"])
    op.create_table(
        "text_bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "text_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_texts",
        sa.Column("report_id", ID, autoincrement=False, nullable=False),
        sa.Column("text_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"]),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index("ix_report_texts_text_id", "report_texts", ["text_id"])
    op.create_table(
        "copied",
        sa.Column("report_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id"),
    )


def _runs() -> None:
    """Runs of adding, and what became of each input."""
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("began_at", KEY, nullable=False),
        sa.Column("ended_at", KEY),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "run_items",
        sa.Column("run_id", ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("report_key", KEY),
        sa.Column("outcome", KEY, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("remedy", sa.Text()),
        sa.CheckConstraint("outcome IN ('read', 'nothing', 'skipped', 'failed')", name="ck_run_items_outcome"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_items_outcome", "run_items", ["run_id", "outcome"])
