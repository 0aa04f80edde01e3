"""Full text search over the entries' evidence, the same in FTS5 and in PostgreSQL.

All words of a query must occur; "words in quotes" in that order, and word* as a beginning.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from situate.store.fold import fold
from situate.store.tables import entry_text

_PART = re.compile(r'"([^"]*)"|(\S+)')


def entries_saying(text: str, dialect: str) -> Select[tuple[int]]:
    """The numbers of the entries whose evidence says `text`."""
    parts = list(_parts(text))
    if not parts:
        return select(entry_text.c.rowid).where(literal_column("1") == 0)
    matches = _postgresql(parts) if dialect == "postgresql" else _sqlite(parts)
    return select(entry_text.c.rowid).where(matches)


def _parts(text: str) -> list[tuple[list[str], bool]]:
    """(words in sequence, whether the last is only a beginning) of each part of the query."""
    found = []
    for match in _PART.finditer(text):
        words = fold(match[1] if match[1] is not None else match[2]).split()
        if words:
            found.append((words, match[0].endswith("*")))
    return found


def _sqlite(parts: list[tuple[list[str], bool]]) -> ColumnElement[bool]:
    query = " AND ".join(f'"{" ".join(words)}"{" *" if beginning else ""}' for words, beginning in parts)
    return literal_column("entry_text").op("MATCH", is_comparison=True)(query)


def _postgresql(parts: list[tuple[list[str], bool]]) -> ColumnElement[bool]:
    query = " & ".join(f"({' <-> '.join(words)}{':*' if beginning else ''})" for words, beginning in parts)
    simple: ColumnElement[str] = literal_column("'simple'")
    return func.to_tsvector(simple, entry_text.c.words).op("@@", is_comparison=True)(func.to_tsquery(simple, query))
