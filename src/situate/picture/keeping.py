"""What many reports come to, kept up in the store: groups of entries, and stories.

Whatever writes entries notes what is new (`store/pending.py`). It is worked in here, some reports a transaction, by
`situate add` as it goes, and by whoever asks next where something is left. So every view is of all that the store has,
and what it takes depends on what is new. The page's server works it in beside its requests, of which none waits for it
(`Store.tended`). Where the way in which entries are put together changed, with a version of this program or a file of
knowledge, everything is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from situate.store.asking import Asking
from situate.store.sql import Sql, sql
from situate.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION = 6  # of the rules by which entries and reports are put together; a change of them raises it
BATCH = 50  # reports worked in at once, where nobody waits for the store
NAME = "groups"
_ALL = 1 << 30
# Files and folders of knowledge that the rules rest on.
_KNOWLEDGE = ("merging.yaml", "voices.yaml", "times.yaml", "settling.yaml", "actors")
_DUE = """SELECT (SELECT version FROM derivations WHERE name = ?), (SELECT count(*) FROM
    (SELECT 1 FROM pending LIMIT 1) AS noted)"""
Progress = Callable[[int, int], None]


def keep_up(store: Store, *, thorough: bool = False, tell: Progress | None = None) -> None:
    """Work in what is new. `thorough` looks whether the knowledge changed, too; `tell` hears how many are left, of all.

    What readers see of a store through its veil is never kept, and where somebody tends to the store nothing is to do.
    """
    if store.veiled or store.tended:
        return
    with store.asking() as asked:
        due = _due(asked)
    if due or thorough:
        _work(store, thorough, tell)


def work_some(store: Store, most: int) -> bool:
    """Work in some of what is new, at most so many reports. Gives whether there was anything."""
    with store.asking() as asked:
        if not _due(asked):
            return False
    with store.writing() as connection:
        _renew(connection, thorough=False)
        _batch(connection, most)
    return True


def waiting(store: Store) -> int:
    """How many reports aren't worked in yet."""
    with store.asking() as asked:
        return asked.number(Sql("SELECT count(*) FROM pending WHERE what = 'report'"))


def _due(asked: Asking) -> bool:
    ((version, some),) = asked.tuples(sql(_DUE, NAME))
    return bool(some) or version != VERSION


def _work(store: Store, thorough: bool, tell: Progress | None) -> None:
    total = 0
    with store.writing() as connection:
        _renew(connection, thorough)
    while True:
        with store.asking() as asked:
            left = asked.number(Sql("SELECT count(*) FROM pending"))
        total = max(total, left)
        if tell is not None:
            tell(left, total)
        if not left:
            return
        with store.writing() as connection:
            _batch(connection, BATCH)


def _renew(connection: Connection, thorough: bool) -> None:
    """Begin anew where what is kept was made in another way."""
    from sqlalchemy import delete

    from situate.picture.fate_keeping import forget_fates
    from situate.picture.regrouping import forget_groups
    from situate.picture.story_keeping import forget_stories
    from situate.picture.tie_keeping import forget_ties
    from situate.store import derived_tables
    from situate.store.asking import asking_through
    from situate.store.pending import note_all

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


def _batch(connection: Connection, size: int) -> None:
    """Work in some of what is pending, at most so many reports.

    Entries that were taken out go all at once: nothing of them may be met while others are put together.
    """
    from situate.picture.fate_keeping import keep_fates
    from situate.picture.pins import pins_of
    from situate.picture.regrouping import regroup
    from situate.picture.rules import RULES
    from situate.picture.story_keeping import keep_stories
    from situate.picture.tie_keeping import LAYERS, keep_ties
    from situate.store.asking import asking_through
    from situate.store.bulk import delete_rows
    from situate.store.changes import changed
    from situate.store.derived_tables import pending

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


_MARKS = "SELECT number FROM pending WHERE what = ? ORDER BY number LIMIT ?"
