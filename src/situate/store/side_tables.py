"""The tables beside the pictures: what has changed, what readers may see, comments, and people.

They are kept apart from `tables`, since they say nothing about reports: two stores with the same reports may differ in
them. The statements that make them are in `migrations/` as well; a test holds the two alike.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table

from situate.store.columns import EXACT, ID, KEY
from situate.store.tables import entries, reports

metadata = MetaData()
ROLES = ("reader", "reviewer", "editor", "admin")

# Three rows, whose numbers grow: 1 with every change that a view could show, 2 with those that people made, 3 where
# entries were taken out.
revision = Table(
    "revision",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

# Append-only: the newest row of a name holds.
settings = Table(
    "settings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", KEY, nullable=False),
    Column("value", EXACT, nullable=False),  # JSON
    Column("who", EXACT, nullable=False),
    Column("made_at", KEY, nullable=False),  # ISO, UTC
    Index("ix_settings_name", "name", "id"),
)

# What follows from the rules for readers, kept up to date with every report, decision and rule (`veiling.py`).
withheld = Table(
    "withheld",
    metadata,
    Column("entry_id", ID, ForeignKey(entries.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
)
veiled = Table(
    "veiled",
    metadata,
    Column("report_id", ID, ForeignKey(reports.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("text", EXACT, nullable=False),  # with the withheld words blacked out
    Column("picture", LargeBinary, nullable=False),  # without what is withheld, as in `reports`
)

# Append-only: replies of people to entries and reports.
comments = Table(
    "comments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key", KEY, nullable=False, unique=True),
    Column("about", KEY, nullable=False),  # a report's or an entry's key
    Column("reply_to", KEY),  # a comment's key
    Column("who", EXACT, nullable=False),
    Column("made_at", KEY, nullable=False),  # ISO, UTC
    Column("words", EXACT, nullable=False),
    Index("ix_comments_about", "about", "made_at"),
)

people = Table(
    "people",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", KEY, nullable=False, unique=True),
    Column("role", KEY, nullable=False),
    Column("password", EXACT, nullable=False),  # argon2id
    Column("active", Boolean, nullable=False),
    Column("made_at", KEY, nullable=False),  # ISO, UTC
    CheckConstraint(f"role IN {ROLES}", name="ck_people_role"),
)
sessions = Table(
    "sessions",
    metadata,
    Column("digest", KEY, primary_key=True),  # SHA-256 of what the cookie holds
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", KEY, nullable=False),
    Column("made_at", KEY, nullable=False),
    Column("ends_at", KEY, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("digest", KEY, nullable=False),  # SHA-256 of the secret
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", EXACT, nullable=False),
    Column("scopes", EXACT, nullable=False),  # JSON list
    Column("made_at", KEY, nullable=False),
    Column("ends_at", KEY),
)
