"""The tables of a store.

`reports` holds each report with its whole picture. `entries` holds what all layers share and filters ask for, a row an
entry; a table a layer holds the rest. `entry_actors` and `entry_places` say who and where, by role. The same actor or
place in many reports is one row in `merged_actors` or `merged_places`. `decisions` is append-only: what people decided
on entries. The statements that make these tables are in `migrations/`; a test holds the two alike.

Days are ISO dates as text, '' in `day` where there is none. `folded` columns hold words as `situate.store.fold` makes
them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from situate.store.columns import EXACT, ID, KEY

metadata = MetaData()


def _of_entry(name: str = "entry_id", *, primary: bool = True, optional: bool = False) -> Column[int]:
    """A column that names an entry and goes away with it."""
    on_delete = "SET NULL" if optional else "CASCADE"
    return Column(
        name,
        ID,
        ForeignKey("entries.id", ondelete=on_delete),
        primary_key=primary,
        nullable=optional,
        index=optional,
        autoincrement=False,
    )


def _layer(name: str, *columns: Column[Any]) -> Table:
    """A table of what one layer has of its own, with the words that each entry rests on."""
    return Table(
        name,
        metadata,
        _of_entry(),
        Column("evidence", EXACT, nullable=False),
        Column("evidence_start", Integer, nullable=False),
        Column("evidence_end", Integer, nullable=False),
        *columns,
    )


reports = Table(
    "reports",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False, unique=True),
    Column("content_hash", KEY, nullable=False, unique=True),
    Column("source_id", EXACT, nullable=False),  # the id that the input gave
    Column("day", KEY, nullable=False),
    Column("url", EXACT),
    Column("title", EXACT),
    Column("publisher", EXACT),
    Column("publisher_folded", String),
    Column("byline", EXACT),
    Column("republished_from", EXACT),
    Column("published", EXACT),
    Column("language", EXACT),
    Column("added_at", KEY, nullable=False),  # ISO, UTC
    Column("made_by", EXACT, nullable=False),  # JSON: layer to reader and version
    Column("furniture", EXACT, nullable=False),  # JSON: spans
    Column("text", EXACT, nullable=False),
    Column("picture", LargeBinary, nullable=False),  # the whole picture's JSON, zlib
    Index("ix_reports_day", "day", "key"),
    Index("ix_reports_publisher", "publisher_folded"),
)

# A report's other names, its source's id and its address: as digests, since addresses can be too long for an index.
report_names = Table(
    "report_names",
    metadata,
    Column("digest", KEY, primary_key=True),
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# Which text a report is (`same_text.py`). Texts that are one have the same group: the number of one of them.
texts = Table(
    "texts",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("digest", KEY, nullable=False, unique=True),  # of the signature
    Column("signature", LargeBinary, nullable=False),
    Column("group_id", ID, nullable=False, index=True),
)
text_bands = Table(
    "text_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("text_id", ID, ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
report_texts = Table(
    "report_texts",
    metadata,
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("text_id", ID, ForeignKey("texts.id"), nullable=False, index=True),
)
copied = Table(  # the reports whose text stands in more than one
    "copied",
    metadata,
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
)

entries = Table(
    "entries",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False, unique=True),
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("layer", KEY, nullable=False),
    Column("local_id", EXACT, nullable=False),  # the entry's id in its picture
    Column("type", KEY),  # the layer's own kind: an event's class, a control's state
    Column("status", KEY),
    Column("confidence", Float),
    Column("day", KEY, nullable=False),  # earliest, or ''
    Column("earliest", KEY),
    Column("latest", KEY),
    Column("dated_by", KEY),  # time: the entry's own time; report: only the report's date
    Column("claim_id", ID, ForeignKey("entries.id", ondelete="SET NULL")),
    Column("source", EXACT),  # who says so, where it isn't the report's own voice
    Column("source_folded", String),
    Column("source_kind", KEY),
    Column("review", KEY, nullable=False, server_default="unreviewed"),  # what the decisions come to
)
Index("ix_entries_order", entries.c.layer, entries.c.day.desc(), entries.c.key, entries.c.latest)
Index("ix_entries_type", entries.c.layer, entries.c.type, entries.c.day.desc(), entries.c.key, entries.c.latest)
Index("ix_entries_status", entries.c.layer, entries.c.status, entries.c.day.desc(), entries.c.key, entries.c.latest)
Index("ix_entries_review", entries.c.layer, entries.c.review, entries.c.day.desc(), entries.c.key)
Index(
    "ix_entries_counts",
    entries.c.layer,
    entries.c.type,
    entries.c.status,
    entries.c.review,
    entries.c.day,
    entries.c.latest,
)
Index("ix_entries_confidence", entries.c.layer, entries.c.confidence)
Index("ix_entries_source", entries.c.layer, entries.c.source_folded)
Index("ix_entries_report", entries.c.report_id, entries.c.layer)
Index("ix_entries_claim", entries.c.claim_id)

merged_actors = Table(
    "merged_actors",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False, unique=True),
)
merged_places = Table(
    "merged_places",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False, unique=True),
)


def _names(kind: str) -> tuple[Table, Table]:
    """How reports name a merged actor or place, and how they describe it, each with the number of reports."""
    merged = f"merged_{kind}s.id"
    names = Table(
        f"{kind}_names",
        metadata,
        Column("merged_id", ID, ForeignKey(merged, ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("name", EXACT, primary_key=True),
        Column("folded", KEY, nullable=False),
        Column("reports", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    profiles = Table(
        f"{kind}_profiles",
        metadata,
        Column("merged_id", ID, ForeignKey(merged, ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("digest", KEY, primary_key=True),
        Column("reports", Integer, nullable=False),
        Column("name", EXACT, nullable=False),
        Column("kind", KEY, nullable=False),
        Column("country", KEY),
        sqlite_with_rowid=False,
    )
    return names, profiles


actor_names, actor_profiles = _names("actor")
actor_profiles.append_column(Column("wikidata", KEY))
place_names, place_profiles = _names("place")
for _column in (
    Column("folded", KEY, nullable=False),
    Column("gazetteer", KEY),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("admin1", EXACT),
    Column("admin1_folded", KEY),
):
    place_profiles.append_column(_column)
Index("ix_place_profiles_country", place_profiles.c.country, place_profiles.c.admin1_folded)
Index("ix_place_profiles_folded", place_profiles.c.folded)

actors = _layer(
    "actors",
    Column("merged_id", ID, ForeignKey("merged_actors.id"), nullable=False),
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("name", EXACT, nullable=False),
    Column("kind", KEY, nullable=False),
    Column("country", KEY),
    Column("wikidata", KEY),
    Column("mentions", Integer, nullable=False),
    Column("day", KEY, nullable=False),
)
Index("ix_actors_merged", actors.c.merged_id, actors.c.report_id, actors.c.day)
Index("ix_actors_report", actors.c.report_id)

places = _layer(
    "places",
    Column("merged_id", ID, ForeignKey("merged_places.id"), nullable=False),
    Column("report_id", ID, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("name", EXACT, nullable=False),
    Column("kind", KEY, nullable=False),
    Column("gazetteer", KEY),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("country", KEY),
    Column("admin1", EXACT),
    Column("mentions", Integer, nullable=False),
    Column("day", KEY, nullable=False),
)
Index("ix_places_merged", places.c.merged_id, places.c.report_id, places.c.day)
Index("ix_places_report", places.c.report_id)
Index("ix_places_point", places.c.lat, places.c.lon)

claims = _layer(
    "claims",
    Column("kind", KEY, nullable=False),
    Column("cue", EXACT),
    Column("anonymous", Boolean, nullable=False),
    _of_entry("within_id", primary=False, optional=True),
)
events = _layer(
    "events",
    Column("trigger", EXACT, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("mode", KEY),
    Column("contexts", EXACT, nullable=False),  # JSON list
    Column("cameo", KEY),
    Column("acled", EXACT),
    Column("instrument", EXACT),
    Column("mentions", Integer, nullable=False),  # further places of the report that tell the same event
)
agreements = _layer(
    "agreements",
    Column("name", EXACT),
    Column("provisions", EXACT, nullable=False),  # JSON list of {kind, text}
)
movements = _layer(
    "movements",
    Column("who", EXACT),  # the words for those who move
    Column("means", EXACT),
    _of_entry("agreement_id", primary=False, optional=True),
)
control = _layer("control", Column("exception", EXACT))  # the side that a siege leaves open, in words
relations = _layer("relations", Column("sign", Integer, nullable=False))
forecasts = _layer(
    "forecasts",
    Column("content", EXACT, nullable=False),
    Column("likelihood", EXACT),  # the words
    Column("likelihood_low", Float),
    Column("likelihood_high", Float),
    Column("horizon", EXACT),  # the words
    Column("horizon_earliest", KEY),
    Column("horizon_latest", KEY),
    Column("condition", EXACT),
    _of_entry("event_id", primary=False, optional=True),
)
Index("ix_forecasts_due", forecasts.c.horizon_latest)

LAYER_TABLES = {
    table.name: table
    for table in (actors, places, claims, events, agreements, movements, control, relations, forecasts)
}

entry_actors = Table(
    "entry_actors",
    metadata,
    _of_entry(),
    Column("role", KEY, primary_key=True),
    _of_entry("actor_id"),
    Column("position", Integer, nullable=False),
    Column("layer", KEY, nullable=False),
    Column("merged_id", ID, ForeignKey("merged_actors.id"), nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "ix_entry_actors_merged",
    entry_actors.c.merged_id,
    entry_actors.c.layer,
    entry_actors.c.role,
    entry_actors.c.entry_id,
)
Index("ix_entry_actors_actor", entry_actors.c.actor_id)

entry_places = Table(
    "entry_places",
    metadata,
    _of_entry(),
    Column("role", KEY, primary_key=True),
    _of_entry("place_id"),
    Column("position", Integer, nullable=False),
    Column("layer", KEY, nullable=False),
    Column("merged_id", ID, ForeignKey("merged_places.id"), nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "ix_entry_places_merged",
    entry_places.c.merged_id,
    entry_places.c.layer,
    entry_places.c.role,
    entry_places.c.entry_id,
)
Index("ix_entry_places_place", entry_places.c.place_id)

entry_figures = Table(
    "entry_figures",
    metadata,
    _of_entry(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("role", KEY, nullable=False),  # killed, injured …; moved for a movement's figure
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("unit", EXACT),
    Column("of", EXACT),
    Column("words", EXACT, nullable=False),
    Column("claim_id", ID),  # within which claim it is given; null: the report's own voice
    sqlite_with_rowid=False,
)

# Further claims in which a report tells an entry, beside the one that the entry names.
entry_claims = Table(
    "entry_claims",
    metadata,
    _of_entry(),
    _of_entry("claim_id"),
    sqlite_with_rowid=False,
)
Index("ix_entry_claims_claim", entry_claims.c.claim_id)

# Full text of the evidence; an FTS5 table in SQLite. Made by the migration, and searched in `search.py`.
entry_text = Table(
    "entry_text",
    MetaData(),
    Column("rowid", ID, primary_key=True, autoincrement=False),  # the entry's id
    Column("words", String, nullable=False),
)

DECISIONS = ("accept", "correct", "reject", "unsure", "undo")
decisions = Table(
    "decisions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key", KEY, nullable=False, unique=True),
    Column("entry_key", KEY, nullable=False),  # without a foreign key: decisions outlive a new reading
    Column("decision", KEY, nullable=False),
    Column("field", EXACT),
    Column("before", EXACT),  # JSON
    Column("after", EXACT),  # JSON
    Column("who", EXACT, nullable=False),
    Column("made_at", KEY, nullable=False),  # ISO, UTC
    Column("comment", EXACT),
    CheckConstraint(f"decision IN {DECISIONS}", name="ck_decisions_decision"),
    Index("ix_decisions_entry", "entry_key", "made_at"),
    Index("ix_decisions_field", "field"),
)

# What became of every input of a run of adding (`runs.py`).
OUTCOMES = ("read", "nothing", "skipped", "failed")
runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key", KEY, nullable=False, unique=True),
    Column("began_at", KEY, nullable=False),  # ISO, UTC
    Column("ended_at", KEY),  # none: interrupted, or still at work
    Column("sources", EXACT, nullable=False),  # JSON list, as they were given
)
run_items = Table(
    "run_items",
    metadata,
    Column("run_id", ID, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("source_id", EXACT, nullable=False),
    Column("report_key", KEY),
    Column("outcome", KEY, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("reason", EXACT),
    Column("remedy", EXACT),
    CheckConstraint(f"outcome IN {OUTCOMES}", name="ck_run_items_outcome"),
    Index("ix_run_items_outcome", "run_id", "outcome"),
    sqlite_with_rowid=False,
)
