"""Asking a store: the same pieces of SQL go to SQLite as they are, and to PostgreSQL through SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from situate.errors import SituateError
from situate.store.exact import ESCAPE, restored
from situate.store.revision import HEAD
from situate.store.sql import Sql

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = dict[str, Any]
BUSY_SECONDS = 60.0
_PRAGMAS = ("foreign_keys = ON", "synchronous = NORMAL", "temp_store = MEMORY")
_CACHE_KIB = 64 * 1024
_READERS_CACHE_KIB = 4 * 1024  # of each connection that reads: what others write empties it, and the system keeps pages
_IDLE = 8  # connections that are kept for the next who read


class Asking:
    """One state of a store, to be asked. `dialect` is "sqlite" or "postgresql"."""

    def __init__(self, dialect: str, run: Callable[[Sql], tuple[Sequence[str], Sequence[Sequence[Any]]]]) -> None:
        self.dialect = dialect
        self._run = run

    def rows(self, query: Sql) -> list[Row]:
        """The rows by the names of their columns."""
        names, rows = self._run(query)
        return [dict(zip(names, _values(row), strict=True)) for row in rows]

    def tuples(self, query: Sql) -> list[tuple[Any, ...]]:
        """The rows as tuples."""
        return [tuple(_values(row)) for row in self._run(query)[1]]

    def raw(self, query: Sql) -> Sequence[Sequence[Any]]:
        """The rows as the database gives them: sooner, for columns that hold no text of reports."""
        return self._run(query)[1]

    def number(self, query: Sql) -> int:
        """The one number that the query gives."""
        ((number,),) = self._run(query)[1]
        return int(number)


def _values(row: Sequence[Any]) -> list[Any]:
    return [restored(value) if isinstance(value, str) and ESCAPE in value else value for value in row]


def asking_through(connection: Connection) -> Asking:
    """Asks by a connection of SQLAlchemy, within its transaction; of SQLite without its detours, which take longer."""
    from sqlalchemy import text

    beneath = connection.connection.driver_connection
    if isinstance(beneath, sqlite3.Connection):
        return Asking("sqlite", lambda query: _run(beneath, query))

    def run(query: Sql) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        words, values = query.numbered()
        found = connection.execute(text(words), values)
        return tuple(found.keys()), found.all()

    return Asking(connection.dialect.name, run)


def set_up(connection: sqlite3.Connection, _record: object = None, *, cache_kib: int = _CACHE_KIB) -> None:
    """SQLite as we need it: own transactions, readers beside a writer, foreign keys, a cache worth the name."""
    connection.isolation_level = None
    for pragma in (*_PRAGMAS, f"cache_size = -{cache_kib}"):
        connection.execute(f"PRAGMA {pragma}")


class LiteReaders:
    """Connections that read a SQLite file, some of them kept for the next who asks; any thread may ask."""

    def __init__(self, path: str, views: Sequence[str] = ()) -> None:
        self.path = path
        self._views = views  # statements that make temporary views, on each connection
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()

    @contextmanager
    def asking(self) -> Iterator[Asking]:
        """One state of the file throughout. Raises SituateError where it can't be read."""
        connection = self._taken()
        try:
            connection.execute("BEGIN")
            try:
                yield Asking("sqlite", lambda query: _run(connection, query))
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            raise SituateError(cant_open(self.path, str(error))) from error
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _taken(self) -> sqlite3.Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
        set_up(connection, cache_kib=_READERS_CACHE_KIB)
        for view in self._views:
            connection.execute(view)
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if len(self._idle) < _IDLE:
                self._idle.append(connection)
                return
        connection.close()


def _run(connection: sqlite3.Connection, query: Sql) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    found = connection.execute(query.text, query.values)
    return [column[0] for column in found.description], found.fetchall()


def check_file(path: str, create: bool) -> None:
    """Raises SituateError where no SQLite file can be at the path, or none is and none may be made."""
    file = Path(path)
    if file.is_dir():
        raise SituateError(f"{path} is a folder; give the store's file, as in {file / 'situate.db'}")
    if not create and not file.exists():
        raise SituateError(f"there is no store at {path}; make one with: situate add SOURCE --store {path}")
    if not file.parent.is_dir():
        raise SituateError(f"there is no folder {file.parent} for the store {path}; make it first")


def is_ready(path: str) -> bool:
    """Whether a SQLite file is a store whose tables are those of this version."""
    if not Path(path).is_file():
        return False
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return found is not None and str(found[0]) == HEAD


def cant_open(name: str, cause: str) -> str:
    """What the database can't do, in one line."""
    cause = " ".join(cause.split())
    if "file is not a database" in cause:
        return f"{name} is not a store of situate (nor a SQLite file at all); give another path"
    return f"can't open the store {name}: {cause[:200]}"
