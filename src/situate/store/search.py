"""Full text search over the entries' evidence, the same in FTS5 and in PostgreSQL.

All words of a query must occur; "words in quotes" in that order, and word* as a beginning.
"""

from __future__ import annotations

import re

from situate.store.fold import fold
from situate.store.sql import Sql, sql

_PART = re.compile(r'"([^"]*)"|(\S+)')


def entries_saying(text: str, dialect: str) -> Sql:
    """The numbers of the entries whose evidence says `text`."""
    parts = list(_parts(text))
    if not parts:
        return sql("SELECT rowid FROM entry_text WHERE 1 = 0")
    if dialect == "postgresql":
        matches = "to_tsvector('simple', words) @@ to_tsquery('simple', ?)"
        return sql(f"SELECT rowid FROM entry_text WHERE {matches}", _postgresql(parts))
    return sql("SELECT rowid FROM entry_text WHERE entry_text MATCH ?", _sqlite(parts))


def _parts(text: str) -> list[tuple[list[str], bool]]:
    """(words in sequence, whether the last is only a beginning) of each part of the query."""
    found = []
    for match in _PART.finditer(text):
        words = fold(match[1] if match[1] is not None else match[2]).split()
        if words:
            found.append((words, match[0].endswith("*")))
    return found


def _sqlite(parts: list[tuple[list[str], bool]]) -> str:
    return " AND ".join(f'"{" ".join(words)}"{" *" if beginning else ""}' for words, beginning in parts)


def _postgresql(parts: list[tuple[list[str], bool]]) -> str:
    return " & ".join(f"({' <-> '.join(words)}{':*' if beginning else ''})" for words, beginning in parts)
