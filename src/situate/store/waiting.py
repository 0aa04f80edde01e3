"""What waits for a reviewer: the entry that most needs one next, by doubt or by importance, or for a second opinion."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from situate.store.assemble import assembled
from situate.store.filters import Filters, wanted
from situate.store.listed import Listed
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

Order = Literal["doubt", "importance"]
# Doubt: how near to a toss-up the reader's confidence is. Importance: the largest toll, then the reader's confidence.
_ORDERS: dict[Order, str] = {
    "doubt": "abs(coalesce(entries.confidence, 0.5) - 0.5), entries.key",
    "importance": """(SELECT coalesce(max(coalesce(figures.value, figures.low)), 0) FROM entry_figures figures
        WHERE figures.entry_id = entries.id AND figures.role IN ('killed', 'injured', 'displaced', 'moved')) DESC,
        coalesce(entries.confidence, 0) DESC, entries.key""",
}
_JUDGED = """SELECT decisions.entry_key FROM decisions WHERE (decisions.field IS NULL
    OR decisions.field NOT IN ('incident', 'outcome', 'shown')) AND decisions.decision <> 'undo'"""


def next_waiting(
    store: Store,
    layer: str,
    filters: Filters,
    order: Order = "doubt",
    second_of: str | None = None,
    *,
    but: tuple[str, ...] = (),
) -> tuple[Listed | None, int]:
    """The entry that comes next of what the filter lets through, and how many wait.

    Without `second_of`, those that nobody reviewed; with it, those that others reviewed, and this person didn't. Those
    in `but` wait, too, but don't come next.
    """
    if second_of is None:
        waits, filters = Sql("1 = 1"), replace(filters, reviews=("unreviewed",))
    else:
        own = sql(f"{_JUDGED} AND decisions.who = ?", second_of)
        waits = sql("entries.review <> 'unreviewed' AND entries.key NOT IN (?)", own)
    with store.asking() as asked:
        conditions = all_of([wanted(filters, asked.dialect, layer), waits])
        number = asked.number(sql("SELECT count(*) FROM entries WHERE ?", conditions))
        if but:
            conditions = all_of([conditions, sql("entries.key NOT IN (?)", but)])
        found = asked.tuples(sql(f"SELECT id FROM entries WHERE ? ORDER BY {_ORDERS[order]} LIMIT 1", conditions))
        rows = assembled(asked, layer, [id_ for (id_,) in found])
    return (rows[0] if rows else None), number
