"""An index of all that entries are counted by, so that the counts of a page don't read the entries themselves."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_index("ix_entries_counts", "entries", ["layer", "type", "status", "review", "day", "latest"])
