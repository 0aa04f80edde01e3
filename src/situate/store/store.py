"""A store: pictures kept, each once, in SQLite or PostgreSQL."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from situate.errors import SituateError
from situate.store import decisions
from situate.store.asking import Asking, LiteReaders, Row, asking_through, check_file, is_ready
from situate.store.decisions import Decision
from situate.store.filters import Filters, reports_named, wanted_reports
from situate.store.sql import Sql, sql

if TYPE_CHECKING:  # a listing needs neither the contract nor SQLAlchemy, and answers sooner without them
    from sqlalchemy import Connection, Engine

    from situate.contract import Picture, Report
    from situate.store.arrays import Kept as KeptArrays

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture as the store keeps it: under its report's key, since when (ISO, UTC)."""

    key: str
    added_at: str
    picture: Picture


class Store:
    """Pictures kept, each once. Open one with `Store.open`; it is a context manager that closes itself.

    Whatever writes does so in one transaction: it is there whole or not at all, also where the process is killed.
    Several processes may read and write the same store at once.
    """

    veiled = False  # whether it shows less than it holds
    tended = False  # whether somebody works in what is new beside all who ask, so that nobody who asks has to

    def __init__(self, target: str, lite: LiteReaders | None = None, engine: Engine | None = None) -> None:
        self._target, self._lite = target, lite
        if engine is not None:
            self.engine = engine

    @classmethod
    def open(cls, target: str, *, create: bool = True) -> Store:
        """The store at a path or a database URL, made where it isn't there and `create` is True.

        Raises SituateError where it can't be opened, isn't a store, or was made by a newer version.
        """
        if "://" not in target:
            check_file(target, create)
            if is_ready(target):
                return cls(target, LiteReaders(target))
        from situate.store.opening import open_engine

        engine = open_engine(target, create=create)
        is_file = engine.url.drivername == "sqlite"
        return cls(target, LiteReaders(engine.url.database or "") if is_file else None, engine)

    @cached_property
    def engine(self) -> Engine:
        """What SQLAlchemy reaches the store by."""
        from situate.store.opening import open_engine

        return open_engine(self._target, create=False)

    @cached_property
    def arrays(self) -> KeptArrays:
        """The entries in memory, for what is counted over all of them."""
        from situate.store.arrays import Kept

        return Kept(self)

    @property
    def name(self) -> str:
        """The path or URL of the store, less the password."""
        if self._lite:
            return self._lite.path
        from situate.store.opening import shown

        return shown(self.engine.url)

    def close(self) -> None:
        """Let go of the database."""
        if self._lite:
            self._lite.close()
        if "engine" in self.__dict__:
            self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def asking(self) -> AbstractContextManager[Asking]:
        """One state of the store, to be asked in SQL."""
        return self._lite.asking() if self._lite else self._asking_postgresql()

    @contextmanager
    def _asking_postgresql(self) -> Iterator[Asking]:
        with self.reading() as connection:
            yield asking_through(connection)

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the store throughout."""
        from situate.store.opening import reading

        return reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes, whole or not at all."""
        from situate.store.opening import writing

        return writing(self.engine)

    def has(self, report: Report) -> bool:
        """Whether the store has this report, by its content."""
        from situate.store.keeping import has_report
        from situate.store.keys import content_hash

        with self.asking() as asked:
            return has_report(asked, content_hash(report))

    def add(
        self,
        picture: Picture,
        *,
        added_at: str | None = None,
        also: Callable[[Connection, bool], None] = lambda connection, added: None,
    ) -> bool:
        """Keep a picture. Gives False, and keeps what is there, where its report is in the store already.

        `also` is done in the same transaction, and told whether the report was new.
        """
        from situate.store.keeping import insert_picture

        with self.writing() as connection:
            added = insert_picture(connection, picture, added_at or now())
            also(connection, added)
            return added

    def replace(self, picture: Picture) -> bool:
        """Keep a picture instead of the one that the store has of its report. Gives whether it had one.

        Decisions stay, and hold for those entries of the new picture that rest on the same words.
        """
        from situate.store.keeping import delete_picture, insert_picture, kept
        from situate.store.keys import content_hash

        with self.writing() as connection:
            old = kept(asking_through(connection), content_hash(picture.report))
            if old:
                delete_picture(connection, unpacked(old[0]))
            insert_picture(connection, picture, old[1] if old else now())
        return old is not None

    def picture(self, key: str) -> Picture:
        """The picture of the report with that key (its beginning is enough), id or URL.

        Raises SituateError where there is none, or more than one.
        """
        query = "SELECT key, picture FROM reports WHERE id IN (?) ORDER BY key LIMIT 2"
        with self.asking() as asked:
            found = asked.tuples(sql(query, reports_named((key,))))
        self._only(key, [each for each, _ in found])
        return self._seen(*found[0])

    @staticmethod
    def _only(name: str, keys: list[str]) -> str:
        if not keys:
            raise SituateError(f"{name}: the store has no report with that key, id or URL; see situate events --json")
        if len(keys) > 1:
            raise SituateError(f"{name}: more than one report goes by that name; give its key, as {keys[0]}")
        return keys[0]

    def key(self, name: str) -> str:
        """The key of the report with that key, id or URL, as `picture` finds it."""
        with self.asking() as asked:
            found = asked.tuples(
                sql("SELECT key FROM reports WHERE id IN (?) ORDER BY key LIMIT 2", reports_named((name,)))
            )
        return self._only(name, [key for (key,) in found])

    def report(self, key: str) -> Report:
        """The report with that key, id or URL, as `picture` finds it."""
        return self.picture(key).report

    def pictures(self, filters: Filters | None = None) -> Iterator[Picture]:
        """The kept pictures by date and key, a page at a time in memory.

        With filters: of those reports that have an entry, in any layer, that the filters let through.
        """
        return (kept.picture for kept in self.kept(filters))

    def kept(self, filters: Filters | None = None) -> Iterator[Kept]:
        """The pictures as `pictures` gives them, each with its report's key and when it was added."""
        for row in self._reports("picture, added_at", filters):
            yield Kept(row["key"], row["added_at"], self._seen(row["key"], row["picture"]))

    def count(self) -> int:
        """How many reports the store has."""
        with self.asking() as asked:
            return asked.number(sql("SELECT count(*) FROM reports"))

    def last_day(self) -> str | None:
        """The day (ISO) of the latest report that has one; what is dated in the future is dated wrongly."""
        tomorrow = (date.today() + timedelta(1)).isoformat()  # it is tomorrow somewhere
        with self.asking() as asked:
            ((day,),) = asked.tuples(sql("SELECT max(day) FROM reports WHERE day <= ?", tomorrow))
        return day or None

    def decide(self, *made: Decision) -> int:
        """Keep decisions; those that are there already stay as they are. Gives how many were new."""
        with self.writing() as connection:
            return decisions.record(connection, made)

    def _seen(self, key: str, picture: bytes) -> Picture:
        """A picture as whoever has this store sees it; `key` is its report's."""
        return unpacked(picture)

    def decisions(self, entry_key: str | None = None) -> list[Decision]:
        """The decisions on one entry, or the whole trail, oldest first."""
        with self.asking() as asked:
            return decisions.all_decisions(asked) if entry_key is None else decisions.decisions_on(asked, entry_key)

    def _reports(self, columns: str, filters: Filters | None = None) -> Iterator[Row]:
        """Rows of `reports` by day and key, page by page, so that no transaction stays open between two rows."""
        later = sql("1 = 1")
        while True:
            with self.asking() as asked:
                wanted = wanted_reports(filters, asked.dialect) if filters else sql("1 = 1")
                query = f"SELECT key, day, {columns} FROM reports WHERE (?) AND (?) ORDER BY day, key LIMIT ?"
                rows = asked.rows(sql(query, wanted, later, _PAGE))
            yield from rows
            if len(rows) < _PAGE:
                return
            later = _after(rows[-1])


def _after(row: Row) -> Sql:
    """That a report comes after this one by day and key."""
    day, key = row["day"], row["key"]
    return sql("day >= ? AND (day > ? OR (day = ? AND key > ?))", day, day, day, key)


def unpacked(picture: bytes) -> Picture:
    """A picture as the store keeps it, read."""
    from situate.contract import Picture

    return Picture.from_json(zlib.decompress(picture))


def now() -> str:
    """The time now, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
