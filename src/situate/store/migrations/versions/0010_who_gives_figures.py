"""Who gives a figure, and who else tells an event within its report, where that isn't who tells the entry.

In stores that are there figures stay with who tells the entry, until `situate refresh` reads them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    op.add_column("entry_figures", sa.Column("claim_id", ID))
    op.execute(
        """UPDATE entry_figures SET claim_id =
        (SELECT entries.claim_id FROM entries WHERE entries.id = entry_figures.entry_id)"""
    )
    op.create_table(
        "entry_claims",
        *(sa.Column(name, ID, autoincrement=False, nullable=False) for name in ("entry_id", "claim_id")),
        *(sa.ForeignKeyConstraint([n], ["entries.id"], ondelete="CASCADE") for n in ("entry_id", "claim_id")),
        sa.PrimaryKeyConstraint("entry_id", "claim_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_claims_claim", "entry_claims", ["claim_id"])
