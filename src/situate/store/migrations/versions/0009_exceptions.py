"""What a siege leaves open is kept with it. Stores that are there have it once `situate refresh` reads them again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.add_column("control", sa.Column("exception", sa.Text()))
