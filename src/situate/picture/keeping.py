"""What many reports come to, kept up in the store: groups of entries, and stories.

Whatever writes entries notes what is new (`store/pending.py`). It is worked in (`working.py`) some reports a
transaction, by `situate add` as it goes, and by whoever asks next where something is left. So every view is of all that
the store has, and what it takes depends on what is new. The page's server works it in beside its requests, of which
none waits for it (`Store.tended`). Where the way in which entries are put together changed, with a version of this
program or a file of knowledge, everything is made again.
"""

from __future__ import annotations

from collections.abc import Callable

from situate.store.asking import Asking
from situate.store.sql import Sql, sql
from situate.store.store import Store

VERSION = 9  # of the rules by which entries and reports are put together; a change of them raises it
BATCH = 50  # reports worked in at once, where nobody waits for the store
NAME = "groups"
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
    from situate.picture import working

    working.get_ready()
    with store.writing() as connection:
        working.renew(connection, thorough=False)
        working.batch(connection, most)
    return True


def waiting(store: Store) -> int:
    """How many reports aren't worked in yet."""
    with store.asking() as asked:
        return asked.number(Sql("SELECT count(*) FROM pending WHERE what = 'report'"))


def _due(asked: Asking) -> bool:
    ((version, some),) = asked.tuples(sql(_DUE, NAME))
    return bool(some) or version != VERSION


def _work(store: Store, thorough: bool, tell: Progress | None) -> None:
    from situate.picture import working

    total = 0
    working.get_ready()
    with store.writing() as connection:
        working.renew(connection, thorough)
    while True:
        with store.asking() as asked:
            left = asked.number(Sql("SELECT count(*) FROM pending"))
        total = max(total, left)
        if tell is not None:
            tell(left, total)
        if not left:
            return
        with store.writing() as connection:
            working.batch(connection, BATCH)
