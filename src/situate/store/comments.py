"""Comments: what people reply to an entry, to a report, or to each other. They are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from situate.errors import SituateError
from situate.store.asking import Asking, Row, asking_through
from situate.store.digest import digest_of
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's words on the entry or report with the key `about`, or on another comment on it."""

    about: str
    words: str
    who: str
    made_at: str  # ISO, UTC
    reply_to: str | None = None

    @property
    def key(self) -> str:
        """The same for the same comment in any store."""
        return digest_of(self.about, self.words, self.who, self.made_at, self.reply_to, length=32)


def comments(store: Store, about: str | None = None) -> list[Comment]:
    """The comments on an entry or a report, or all, oldest first."""
    wanted = sql("about = ?", about) if about is not None else Sql("1 = 1")
    with store.asking() as asked:
        rows = asked.rows(sql("SELECT * FROM comments WHERE ? ORDER BY made_at, key", wanted))
    return list(map(_comment, rows))


def comments_page(store: Store, about: str | None, limit: int, after: str | None) -> tuple[list[Comment], str | None]:
    """The first comments, the newest first, or those after a cursor; and the cursor of the next ones."""
    wanted = [sql("about = ?", about)] if about is not None else []
    if after is not None:
        made_at, separator, key = after.partition("~")
        if not separator:
            raise SituateError(f"{after}: not a cursor; take the one that the page before gave")
        wanted.append(sql("made_at < ? OR (made_at = ? AND key > ?)", made_at, made_at, key))
    query = sql("SELECT * FROM comments WHERE ? ORDER BY made_at DESC, key LIMIT ?", all_of(wanted), limit + 1)
    with store.asking() as asked:
        found = list(map(_comment, asked.rows(query)))
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], f"{last.made_at}~{last.key}" if last else None


def comment(store: Store, made: Comment) -> None:
    """Keep a comment. Raises SituateError where there is no such report or entry, or nothing to reply to."""
    with store.writing() as connection:
        asked = asking_through(connection)
        known = sql(
            "SELECT 1 FROM entries WHERE key = ? UNION SELECT 1 FROM reports WHERE key = ?", made.about, made.about
        )
        if not asked.tuples(known):
            raise SituateError(f"{made.about}: no entry or report with that key; see /api/layers/events")
        if made.reply_to is not None:
            same = sql("SELECT 1 FROM comments WHERE key = ? AND about = ?", made.reply_to, made.about)
            if not asked.tuples(same):
                raise SituateError(f"{made.reply_to}: no comment with that key on {made.about}; see /api/comments")
    keep_comments(store, [made])


def keep_comments(store: Store, made: Sequence[Comment]) -> int:
    """Keep comments that were made elsewhere; those that are there already stay. Gives how many were new."""
    from situate.store.changes import changed
    from situate.store.side_tables import comments as table

    new = 0
    for n in range(0, len(made), _AT_ONCE):
        some = made[n : n + _AT_ONCE]
        with store.writing() as connection:
            known = _known(asking_through(connection), [each.key for each in some])
            rows = {each.key: _row(each) for each in some if each.key not in known}
            if rows:
                connection.execute(table.insert(), list(rows.values()))
                changed(connection, by_people=True)
        new += len(rows)
    return new


def _known(asked: Asking, keys: Sequence[str]) -> set[str]:
    return {key for (key,) in asked.tuples(sql("SELECT key FROM comments WHERE key IN (?)", list(keys)))}


def _row(made: Comment) -> Row:
    return {
        "key": made.key, "about": made.about, "reply_to": made.reply_to, "who": made.who, "made_at": made.made_at,
        "words": made.words,
    }  # fmt: skip


def _comment(row: Row) -> Comment:
    return Comment(row["about"], row["words"], row["who"], row["made_at"], row["reply_to"])
