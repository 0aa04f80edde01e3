"""Working in what is new, within a transaction: groups, ties, what reports tell of forecasts, and stories.

All that it takes is loaded by `get_ready` before the transaction begins, since nobody else can write until it ends.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files

from sqlalchemy import Connection, delete

from situate.knowledge.actors import catalogue
from situate.knowledge.merging import merging_words
from situate.knowledge.settling import settling_words
from situate.knowledge.times import time_words
from situate.knowledge.voices import speaks_for
from situate.picture.fate_keeping import forget_fates, keep_fates
from situate.picture.keeping import NAME, VERSION
from situate.picture.pins import pins_of
from situate.picture.regrouping import forget_groups, regroup
from situate.picture.rules import RULES
from situate.picture.story_keeping import forget_stories, keep_stories
from situate.picture.tie_keeping import LAYERS, forget_ties, keep_ties
from situate.store import derived_tables
from situate.store.asking import asking_through
from situate.store.bulk import delete_rows
from situate.store.changes import changed
from situate.store.derived_tables import pending
from situate.store.pending import note_all
from situate.store.sql import sql

_ALL = 1 << 30
# Files and folders of knowledge that the rules rest on.
_KNOWLEDGE = ("merging.yaml", "voices.yaml", "times.yaml", "settling.yaml", "actors", "brief/nouns.yaml")
_MARKS = "SELECT number FROM pending WHERE what = ? ORDER BY number LIMIT ?"


def get_ready() -> None:
    """Read the knowledge that the rules rest on, once a process."""
    for read in (catalogue, merging_words, settling_words, speaks_for, time_words):
        read()


def renew(connection: Connection, thorough: bool) -> None:
    """Begin anew where what is kept was made in another way."""
    found = asking_through(connection).tuples(sql("SELECT version, knowledge FROM derivations WHERE name = ?", NAME))
    knowledge = knowledge_digest() if thorough or not found or found[0][0] != VERSION else found[0][1]
    if found == [(VERSION, knowledge)]:
        return
    forget_groups(connection)
    forget_ties(connection)
    forget_fates(connection)
    forget_stories(connection)
    note_all(connection)
    connection.execute(delete(derived_tables.derivations))
    row = {"name": NAME, "version": VERSION, "knowledge": knowledge, "reports": 0}
    connection.execute(derived_tables.derivations.insert(), row)


def knowledge_digest() -> str:
    """A digest of the data files that say what goes together."""
    digest = hashlib.sha256()
    todo = [files("situate.knowledge") / "data" / name for name in _KNOWLEDGE]
    while todo:
        each = todo.pop()
        if each.is_dir():
            todo += sorted(each.iterdir(), key=lambda path: path.name)
        else:
            digest.update(each.name.encode() + each.read_bytes())
    return digest.hexdigest()[:16]


def batch(connection: Connection, size: int) -> None:
    """Work in some of what is pending, at most so many reports.

    Entries that were taken out go all at once: nothing of them may be met while others are put together.
    """
    asked = asking_through(connection)
    marks = {
        what: [n for (n,) in asked.tuples(sql(_MARKS, what, most))]
        for what, most in (("report", size), ("story", size), ("entry", _ALL))
    }
    of_reports = sql(
        "SELECT id FROM entries WHERE report_id IN (?) AND layer IN (?)", marks["report"], tuple({*RULES, *LAYERS})
    )
    numbers = {number for (number,) in asked.tuples(of_reports)}.union(marks["entry"])
    regroup(connection, RULES, numbers, pins_of(asked))
    keep_ties(connection, numbers)
    keep_fates(connection, marks["report"])
    for what, some in marks.items():
        delete_rows(connection, pending, ("what", "number"), [(what, number) for number in some])
    keep_stories(connection, {*marks["report"], *marks["story"]})
    changed(connection)
