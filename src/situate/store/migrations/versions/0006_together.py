"""Which actors and places occur together is kept, so that it needn't be looked up entry by entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "together",
        *(sa.Column(name, ID, autoincrement=False, nullable=False) for name in ("place_id", "actor_id", "report_id")),
        sa.Column("day", KEY, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["merged_places.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["actor_id"], ["merged_actors.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place_id", "actor_id", "report_id"),
        sqlite_with_rowid=False,
    )
    op.execute(
        """INSERT INTO together (place_id, actor_id, report_id, day)
        SELECT DISTINCT places.merged_id, actors.merged_id, reports.id, reports.day FROM entry_places places
        JOIN entry_actors actors ON actors.entry_id = places.entry_id
        JOIN entries ON entries.id = places.entry_id JOIN reports ON reports.id = entries.report_id"""
    )
    op.create_index("ix_together_actor", "together", ["actor_id", "place_id", "report_id", "day"])
    op.create_index("ix_together_report", "together", ["report_id"])
