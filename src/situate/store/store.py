"""A store: pictures kept, each once, in SQLite or PostgreSQL."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select

from situate.errors import SituateError
from situate.store import decisions, tables
from situate.store.decisions import Decision
from situate.store.filters import Filters, report_conditions, reports_named
from situate.store.opening import open_engine, reading, shown, writing

if TYPE_CHECKING:  # a listing needs neither the contract nor what makes rows of it, and answers sooner without them
    from situate.contract import Picture, Report

_PAGE = 100


@dataclass(frozen=True, slots=True)
class KeptText:
    """A report's text as all offsets refer to it."""

    key: str
    text: str
    published: str | None
    publisher: str | None
    url: str | None


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

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, target: str, *, create: bool = True) -> Store:
        """The store at a path or a database URL, made where it isn't there and `create` is True.

        Raises SituateError where it can't be opened, isn't a store, or was made by a newer version.
        """
        return cls(open_engine(target, create=create))

    @property
    def name(self) -> str:
        """The path or URL of the store, less the password."""
        return shown(self.engine.url)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the store throughout."""
        return reading(self.engine)

    def has(self, report: Report) -> bool:
        """Whether the store has this report, by its content."""
        from situate.store.keeping import has_report

        with self.reading() as connection:
            return has_report(connection, report)

    def add(self, picture: Picture, *, added_at: str | None = None) -> bool:
        """Keep a picture. Gives False, and keeps what is there, where its report is in the store already."""
        from situate.store.keeping import insert_picture

        with writing(self.engine) as connection:
            return insert_picture(connection, picture, added_at or _now())

    def replace(self, picture: Picture) -> bool:
        """Keep a picture instead of the one that the store has of its report. Gives whether it had one.

        Decisions stay, and hold for those entries of the new picture that rest on the same words.
        """
        from situate.store.keeping import delete_picture, insert_picture, kept

        with writing(self.engine) as connection:
            old = kept(connection, picture.report)
            if old:
                delete_picture(connection, _unpacked(old[0]))
            insert_picture(connection, picture, old[1] if old else _now())
        return old is not None

    def picture(self, key: str) -> Picture:
        """The picture of the report with that key (its beginning is enough), id or URL.

        Raises SituateError where there is none, or more than one.
        """
        table = tables.reports
        query = select(table.c.key, table.c.picture).where(reports_named((key,))).order_by(table.c.key).limit(2)
        with self.reading() as connection:
            found = connection.execute(query).all()
        if not found:
            raise SituateError(f"{key}: the store has no report with that key, id or URL; see situate events --json")
        if len(found) > 1:
            raise SituateError(f"{key}: more than one report goes by that name; give its key, as {found[0].key}")
        return _unpacked(found[0].picture)

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
        table = tables.reports
        wanted = report_conditions(filters, self.engine.dialect.name) if filters else ()
        for row in self._reports(select(table.c.picture, table.c.added_at), wanted):
            yield Kept(row.key, row.added_at, _unpacked(row.picture))

    def texts(self) -> Iterator[KeptText]:
        """The kept texts by date and key, a page at a time in memory."""
        table = tables.reports
        for row in self._reports(select(table.c.text, table.c.published, table.c.publisher, table.c.url), ()):
            yield KeptText(row.key, row.text, row.published, row.publisher, row.url)

    def count(self) -> int:
        """How many reports the store has."""
        with self.reading() as connection:
            number: int = connection.execute(select(func.count()).select_from(tables.reports)).scalar_one()
        return number

    def decide(self, *made: Decision) -> int:
        """Keep decisions; those that are there already stay as they are. Gives how many were new."""
        with writing(self.engine) as connection:
            return decisions.record(connection, made)

    def decisions(self, entry_key: str | None = None) -> list[Decision]:
        """The decisions on one entry, or the whole trail, oldest first."""
        with self.reading() as connection:
            if entry_key is not None:
                return decisions.decisions_on(connection, entry_key)
            return list(decisions.all_decisions(connection))

    def _reports(self, query: Select[Any], wanted: Sequence[ColumnElement[bool]]) -> Iterator[Any]:
        """Rows of `reports` by day and key, page by page, so that no transaction stays open between two rows."""
        table = tables.reports
        query = query.add_columns(table.c.key, table.c.day).where(*wanted).order_by(table.c.day, table.c.key)
        page = query.limit(_PAGE)
        while True:
            with self.reading() as connection:
                rows = connection.execute(page).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            day, key = rows[-1].day, rows[-1].key
            later = or_(table.c.day > day, and_(table.c.day == day, table.c.key > key))
            page = query.where(table.c.day >= day, later).limit(_PAGE)


def _unpacked(picture: bytes) -> Picture:
    from situate.contract import Picture

    return Picture.from_json(zlib.decompress(picture))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
