"""The first tables, and the full text of the evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """To this revision."""
    _reports()
    _entries()
    _merged_actors()
    _merged_places()
    _actors_and_places()
    _layers()
    _forecasts()
    _links()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        _for_sqlite()
    else:
        _for_postgresql()


def _reports() -> None:
    """Reports and their pictures."""
    op.create_table(
        "reports",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("content_hash", KEY, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("publisher_folded", sa.String()),
        sa.Column("byline", sa.Text()),
        sa.Column("republished_from", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("added_at", KEY, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("furniture", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("content_hash"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_reports_day", "reports", ["day", "key"])
    op.create_index("ix_reports_publisher", "reports", ["publisher_folded"])
    op.create_table(
        "report_names",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", "report_id"),
    )
    op.create_index("ix_report_names_report_id", "report_names", ["report_id"])


def _entries() -> None:
    """What the entries of all layers share."""
    op.create_table(
        "entries",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("layer", KEY, nullable=False),
        sa.Column("local_id", sa.Text(), nullable=False),
        sa.Column("type", KEY),
        sa.Column("status", KEY),
        sa.Column("confidence", sa.Float()),
        sa.Column("day", KEY, nullable=False),
        sa.Column("earliest", KEY),
        sa.Column("latest", KEY),
        sa.Column("dated_by", KEY),
        sa.Column("claim_id", ID),
        sa.Column("source", sa.Text()),
        sa.Column("source_folded", sa.String()),
        sa.Column("source_kind", KEY),
        sa.Column("review", KEY, server_default="unreviewed", nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["entries.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_entries_claim", "entries", ["claim_id"])
    op.create_index("ix_entries_confidence", "entries", ["layer", "confidence"])
    op.create_index("ix_entries_order", "entries", ["layer", sa.text("day DESC"), "key", "latest"])
    op.create_index("ix_entries_report", "entries", ["report_id", "layer"])
    op.create_index("ix_entries_review", "entries", ["layer", "review", sa.text("day DESC"), "key"])
    op.create_index("ix_entries_source", "entries", ["layer", "source_folded"])
    op.create_index("ix_entries_status", "entries", ["layer", "status", sa.text("day DESC"), "key", "latest"])
    op.create_index("ix_entries_type", "entries", ["layer", "type", sa.text("day DESC"), "key", "latest"])


def _merged_actors() -> None:
    """Actors across reports."""
    op.create_table(
        "merged_actors",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "actor_names",
        sa.Column("merged_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("merged_id", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_profiles",
        sa.Column("merged_id", ID, autoincrement=False, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("wikidata", KEY),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("merged_id", "digest"),
        sqlite_with_rowid=False,
    )


def _merged_places() -> None:
    """Places across reports."""
    op.create_table(
        "merged_places",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "place_names",
        sa.Column("merged_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_places.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("merged_id", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "place_profiles",
        sa.Column("merged_id", ID, autoincrement=False, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("gazetteer", KEY),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("radius_km", sa.Float()),
        sa.Column("admin1", sa.Text()),
        sa.Column("admin1_folded", KEY),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_places.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("merged_id", "digest"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_place_profiles_country", "place_profiles", ["country", "admin1_folded"])
    op.create_index("ix_place_profiles_folded", "place_profiles", ["folded"])


def _actors_and_places() -> None:
    """The layers that the others point to."""
    op.create_table(
        "actors",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("wikidata", KEY),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_actors.id"]),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_actors_merged", "actors", ["merged_id", "report_id", "day"])
    op.create_index("ix_actors_report", "actors", ["report_id"])
    op.create_table(
        "places",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("gazetteer", KEY),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("radius_km", sa.Float()),
        sa.Column("country", KEY),
        sa.Column("admin1", sa.Text()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_places.id"]),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_places_merged", "places", ["merged_id", "report_id", "day"])
    op.create_index("ix_places_point", "places", ["lat", "lon"])
    op.create_index("ix_places_report", "places", ["report_id"])


def _layers() -> None:
    """What each other layer has of its own."""
    op.create_table(
        "claims",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("cue", sa.Text()),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("within_id", ID, autoincrement=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["within_id"], ["entries.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_claims_within_id", "claims", ["within_id"])
    op.create_table(
        "events",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("mode", KEY),
        sa.Column("contexts", sa.Text(), nullable=False),
        sa.Column("cameo", KEY),
        sa.Column("acled", sa.Text()),
        sa.Column("instrument", sa.Text()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "agreements",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("provisions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "movements",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("means", sa.Text()),
        sa.Column("agreement_id", ID, autoincrement=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["entries.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_movements_agreement_id", "movements", ["agreement_id"])
    op.create_table(
        "control",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "relations",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id"),
    )


def _forecasts() -> None:
    """Forecasts."""
    op.create_table(
        "forecasts",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Text()),
        sa.Column("likelihood_low", sa.Float()),
        sa.Column("likelihood_high", sa.Float()),
        sa.Column("horizon", sa.Text()),
        sa.Column("horizon_earliest", KEY),
        sa.Column("horizon_latest", KEY),
        sa.Column("condition", sa.Text()),
        sa.Column("event_id", ID, autoincrement=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["entries.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_forecasts_due", "forecasts", ["horizon_latest"])
    op.create_index("ix_forecasts_event_id", "forecasts", ["event_id"])


def _links() -> None:
    """Who, where and how many, by role."""
    op.create_table(
        "entry_actors",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("actor_id", ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", KEY, nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_actors.id"]),
        sa.PrimaryKeyConstraint("entry_id", "role", "actor_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_actors_actor", "entry_actors", ["actor_id"])
    op.create_index("ix_entry_actors_merged", "entry_actors", ["merged_id", "layer", "role", "entry_id"])
    op.create_table(
        "entry_places",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("place_id", ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", KEY, nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["merged_id"], ["merged_places.id"]),
        sa.ForeignKeyConstraint(["place_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "role", "place_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_places_merged", "entry_places", ["merged_id", "layer", "role", "entry_id"])
    op.create_index("ix_entry_places_place", "entry_places", ["place_id"])
    op.create_table(
        "entry_figures",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("unit", sa.Text()),
        sa.Column("of", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "position"),
        sqlite_with_rowid=False,
    )


def _decisions() -> None:
    """What people decided."""
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("entry_key", KEY, nullable=False),
        sa.Column("decision", KEY, nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("comment", sa.Text()),
        sa.CheckConstraint(
            "decision IN ('accept', 'correct', 'reject', 'unsure', 'undo')", name="ck_decisions_decision"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_decisions_entry", "decisions", ["entry_key", "made_at"])


def _for_sqlite() -> None:
    """Full text through FTS5; decisions that can't be changed."""
    op.execute("CREATE VIRTUAL TABLE entry_text USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')")
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decisions_no_{act.lower()} BEFORE {act} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
        )


def _for_postgresql() -> None:
    """The same with PostgreSQL's means."""
    op.create_table(
        "entry_text",
        sa.Column("rowid", sa.BigInteger(), sa.ForeignKey("entries.id", ondelete="CASCADE"), autoincrement=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rowid"),
    )
    op.execute("CREATE INDEX ix_entry_text_words ON entry_text USING gin (to_tsvector('simple', words))")
    op.execute(
        "CREATE FUNCTION decisions_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
        "EXECUTE FUNCTION decisions_append_only()"
    )
