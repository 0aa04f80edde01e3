"""How often entries were taken out is counted: what is kept of them elsewhere is made again only then."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.execute("INSERT INTO revision (id, number) VALUES (3, 1)")
