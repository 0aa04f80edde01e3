"""The tables of what is derived from the entries of many reports, and kept up as reports come.

They hold nothing of their own: all of it can be made again from the entries and the decisions, with the same result.
What writes entries only notes in `pending` what is new; `picture/keeping.py` brings the rest up to date. Numbers of
entries and reports stand here without foreign keys, since what was taken out has to be found once more.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
)

from situate.store import tables
from situate.store.columns import EXACT, ID, KEY

metadata = MetaData()


def _number(name: str, *, primary: bool = True) -> Column[int]:
    """A column with the number of an entry, a report or a group."""
    return Column(name, ID, primary_key=primary, nullable=False, autoincrement=False)


# Reports and entries that came, went or changed since the rest was brought up to date.
pending = Table(
    "pending",
    metadata,
    Column("what", KEY, primary_key=True),  # report; entry; story: of a report, alone
    _number("number"),
    sqlite_with_rowid=False,
)

# With which version, and which knowledge, each kind of thing was derived.
derivations = Table(
    "derivations",
    metadata,
    Column("name", KEY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("knowledge", KEY, nullable=False),  # a digest of the data files
    Column("reports", Integer, nullable=False),  # how many the store had when all of it was made anew
)

# Entries that may tell one thing share a block; a block is a digest of what its entries have in common.
blocked = Table("blocked", metadata, _number("entry_id"), Column("blocks", LargeBinary, nullable=False))
blocks = Table(
    "blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("side", SmallInteger, primary_key=True, autoincrement=False),  # two on side 0 are not compared
    _number("entry_id"),
    sqlite_with_rowid=False,
)
full_blocks = Table(  # those with so many entries that sharing them tells nothing
    "full_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
)
matches = Table(  # pairs of entries that may be one, in both directions
    "matches",
    metadata,
    _number("entry_id"),
    _number("other_id"),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

# What entries together tell: an incident, an agreement, a movement, who held a place.
groups = Table(
    "groups",
    metadata,
    _number("id"),
    Column("layer", KEY, nullable=False),
    Column("key", KEY, nullable=False),  # the same in every store
    Column("day", KEY, nullable=False),
    Column("body", EXACT, nullable=False),  # JSON: what it takes to show it, beside its entries
    Index("ix_groups_order", "layer", "day", "key"),
)
group_members = Table(
    "group_members",
    metadata,
    _number("entry_id"),
    _number("group_id", primary=False),
    Index("ix_group_members_group", "group_id", "entry_id"),
)

# What an entry says of how two actors stand, the lower number first, and what a month's entries come to at its end. The
# month, as "2018-07", and the day are "" where none is known.
ties = Table(
    "ties",
    metadata,
    _number("one_id"),
    _number("other_id"),
    Column("month", KEY, primary_key=True),
    _number("entry_id"),
    Column("day", KEY, nullable=False),
    Column("weight", Float, nullable=False),
    Index("ix_ties_entry", "entry_id"),
    sqlite_with_rowid=False,
)
tie_months = Table(
    "tie_months",
    metadata,
    _number("one_id"),
    _number("other_id"),
    Column("month", KEY, primary_key=True),
    Column("weight", Float, nullable=False),
    Column("absolute", Float, nullable=False),
    sqlite_with_rowid=False,
)

# What forecasts ask, and what reports tell of it. A question stands while a forecast asks it; reports of days from its
# first to its last are looked at.
questions = Table(
    "questions",
    metadata,
    _number("id"),
    Column("key", KEY, nullable=False, unique=True),  # the same in every store
    Column("first", KEY, nullable=False),
    Column("last", KEY, nullable=False),
    Column("body", EXACT, nullable=False),  # JSON: names, words, kinds of change
)
question_marks = Table(  # what a report has in common with a question that may hold a clue, as digests
    "question_marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    _number("question_id"),
    sqlite_with_rowid=False,
)
report_marks = Table(
    "report_marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("day", KEY, primary_key=True),
    _number("report_id"),
    Index("ix_report_marks_report", "report_id"),
    sqlite_with_rowid=False,
)
asked = Table(
    "asked",
    metadata,
    _number("entry_id"),  # of the forecast
    Column("report_id", ID, nullable=False, index=True),
    Column("question_id", ID, nullable=False, index=True),
)
clues = Table(
    "clues",
    metadata,
    _number("question_id"),
    _number("report_id"),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("body", EXACT, nullable=False),  # JSON: the words, whether they favour it, how much, why
    Index("ix_clues_report", "report_id"),
    sqlite_with_rowid=False,
)

# Reports by the names that they have in common, and the story that each is part of.
story_names = Table(
    "story_names",
    metadata,
    Column("name", BigInteger, primary_key=True, autoincrement=False),  # a digest of the actor's or the place's key
    Column("day", KEY, primary_key=True),
    _number("report_id"),
    sqlite_with_rowid=False,
)
story_reports = Table(
    "story_reports",
    metadata,
    _number("report_id"),
    Column("key", KEY, nullable=False),
    Column("day", KEY, nullable=False),
    Column("follows", ID, index=True),  # the earlier report that it is most like
    Column("likeness", Float, nullable=False),
    Column("story", KEY, nullable=False),  # the key of the report with which the story begins
    Column("names", EXACT, nullable=False),  # JSON: keys to name, mentions, weight
    Index("ix_story_reports_story", "story", "day", "key"),
)
stories = Table(
    "stories",
    metadata,
    Column("story", KEY, primary_key=True),
    Column("reports", Integer, nullable=False),
    Column("first", KEY, nullable=False),  # "9" where no report has a date
    Column("last", KEY, nullable=False),
    Column("about", EXACT, nullable=False),  # JSON: list of names
    Index("ix_stories_order", "reports", "first", "story"),
)


def _of(name: str, table: Table) -> Column[int]:
    return Column(name, ID, ForeignKey(table.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False)


# Merged actors and places that take part in the same entry, by report: kept as reports are put in.
together = Table(
    "together",
    metadata,
    _of("place_id", tables.merged_places),
    _of("actor_id", tables.merged_actors),
    _of("report_id", tables.reports),
    Column("day", KEY, nullable=False),  # the report's
    Index("ix_together_actor", "actor_id", "place_id", "report_id", "day"),
    Index("ix_together_report", "report_id"),
    sqlite_with_rowid=False,
)
