"""What each report of a store names: its actors and places by the keys that they have in all reports, and how often.

Asked of the store's tables; no picture is unpacked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from situate.picture.stories import Told
from situate.store.asking import Asking
from situate.store.sql import Sql, sql
from situate.store.store import Store

_REPORTS = "SELECT id, key, title, publisher, published FROM reports WHERE ? ORDER BY id"
_NAMES = """SELECT own.report_id, merged.key, own.name, own.mentions FROM {one}s own
    JOIN merged_{one}s merged ON merged.id = own.merged_id
    WHERE merged.key NOT LIKE 'report:%' AND ? ORDER BY own.entry_id"""
# "the rebels" of one report are nobody in another: their key begins with "report:"
_HAVING = """SELECT merged.key, sum(profiles.reports) FROM merged_{one}s merged
    JOIN {one}_profiles profiles ON profiles.merged_id = merged.id WHERE merged.key IN (?) GROUP BY merged.key"""
_AT_ONCE = 500


def told_of(store: Store) -> list[Told]:
    """What every report of a store names; a name is the first one that the report has for it."""
    with store.asking() as asked:
        return list(told_by(asked).values())


def told_by(asked: Asking, numbers: Sequence[int] | None = None) -> dict[int, Told]:
    """The same by the reports' numbers, of all of them or of some."""
    if numbers is not None and len(numbers) > _AT_ONCE:
        parts = (numbers[n : n + _AT_ONCE] for n in range(0, len(numbers), _AT_ONCE))
        return {number: told for some in parts for number, told in told_by(asked, some).items()}
    named: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    wanted = of = Sql("1 = 1")
    if numbers is not None:
        wanted, of = (sql(f"{column} IN (?)", list(numbers)) for column in ("id", "own.report_id"))
    for one in ("actor", "place"):
        for report, key, name, mentions in asked.tuples(sql(_NAMES.format(one=one), of)):
            first, so_far = named[report].get(key, (name, 0))
            named[report][key] = first, so_far + mentions
    return {
        number: Told(key, title, publisher, published, tuple((k, *named[number][k]) for k in sorted(named[number])))
        for number, key, title, publisher, published in asked.tuples(sql(_REPORTS, wanted))
    }


def having(asked: Asking, keys: Sequence[str]) -> dict[str, int]:
    """In how many reports actors or places are, by their keys."""
    found: dict[str, int] = {}
    for n in range(0, len(keys), _AT_ONCE):
        for one in ("actor", "place"):
            found |= {k: int(r) for k, r in asked.tuples(sql(_HAVING.format(one=one), keys[n : n + _AT_ONCE]))}
    return found
