"""What each report of a store names: its actors and places by the keys that they have in all reports, and how often.

Asked of the store's tables; no picture is unpacked.
"""

from __future__ import annotations

from collections import defaultdict

from situate.picture.stories import Told
from situate.store import Store
from situate.store.sql import sql

_REPORTS = "SELECT id, key, title, publisher, published FROM reports"
_NAMES = """SELECT own.report_id, merged.key, own.name, own.mentions FROM {one}s own
    JOIN merged_{one}s merged ON merged.id = own.merged_id WHERE merged.key NOT LIKE 'report:%' ORDER BY own.entry_id"""
# "the rebels" of one report are nobody in another: their key begins with "report:"


def told_of(store: Store) -> list[Told]:
    """What every report of a store names; a name is the first one that the report has for it."""
    named: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    with store.asking() as asked:
        reports = asked.tuples(sql(_REPORTS))
        for one in ("actor", "place"):
            for report, key, name, mentions in asked.tuples(sql(_NAMES.format(one=one))):
                first, so_far = named[report].get(key, (name, 0))
                named[report][key] = first, so_far + mentions
    return [
        Told(key, title, publisher, published, tuple((k, *named[report][k]) for k in sorted(named[report])))
        for report, key, title, publisher, published in reports
    ]
