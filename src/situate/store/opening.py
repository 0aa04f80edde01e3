"""A path or a URL becomes a database that holds the tables of this version."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from situate.errors import SituateError
from situate.store.asking import BUSY_SECONDS, cant_open, check_file, is_ready, set_up
from situate.store.revision import HEAD

_PAUSE_SECONDS = 0.01
_WRITERS_LOCK = 0x51750A7E  # any number that this program alone uses for PostgreSQL's advisory locks
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(target: str, *, create: bool) -> Engine:
    """An engine for the store at `target`, a path or a database URL, with its tables up to date.

    Raises SituateError where there is no store and `create` is False, where what is there isn't a store, or is one of
    a newer version, and where it can't be reached.
    """
    url = store_url(target)
    name = shown(url)
    if url.drivername == "sqlite":
        check_file(url.database or "", create)
    engine = _engine(url)
    if url.drivername == "sqlite" and is_ready(url.database or ""):
        return engine
    try:
        _bring_up_to_date(engine, name, create)
    except DBAPIError as error:
        engine.dispose()
        raise SituateError(_unreachable(name, error)) from error
    except SituateError:
        engine.dispose()
        raise
    return engine


def covered_engine(url: URL, views: Callable[[str], Sequence[str]]) -> Engine:
    """An engine for a store of this version whose connections have temporary views, made for the tables' schema."""
    engine = _engine(url)
    is_file = engine.dialect.name == "sqlite"

    def cover(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        schema = "main"
        if not is_file:
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = cursor.fetchone()[0]
        for view in views(schema):
            cursor.execute(view)
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", cover)
    return engine


def store_url(target: str) -> URL:
    """The database URL that a path or a URL stands for."""
    if "://" not in target:
        return URL.create("sqlite", database=target)
    try:
        url = make_url(target)
    except ArgumentError as error:
        kind = target.partition("://")[0]  # what follows may hold a password
        raise SituateError(f"{kind}://… is no database URL; give a path or postgresql://USER@HOST/DATABASE") from error
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database:
        return URL.create("sqlite", database=url.database)
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise SituateError(f"{backend}: not a database that stores are kept in; give a path or a postgresql:// URL")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: one at a time in a store, whatever the process, committed whole or not at all."""
    with _told(engine.url), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one state of the store throughout."""
    with _told(engine.url), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """What the database can't do at the moment, in one line: locked, full, gone."""
    try:
        yield
    except OperationalError as error:
        raise SituateError(_unreachable(shown(url), error)) from error


def _engine(url: URL) -> Engine:
    try:
        if url.drivername != "sqlite":
            return create_engine(url)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    except ModuleNotFoundError as error:
        raise SituateError(
            f"PostgreSQL needs {error.name}, which isn't there; install it with: pip install 'situate[postgres]'"
        ) from error
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at the beginning where the transaction writes, so that it never has to be raised later."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, name: str, create: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection, name)
    if found == HEAD:
        return
    if found is None and not create:
        raise SituateError(f"{name} is empty; fill it with: situate add SOURCE --store {name}")
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with writing(engine) as connection:
        if _revision(connection, name) != HEAD:  # somebody else may have done it meanwhile
            _migrate(connection, name)


def _write_ahead(engine: Engine) -> None:
    """SQLite's write-ahead log, so that readers and a writer don't wait for each other. The file remembers it."""
    connection = engine.raw_connection()
    give_up = time.monotonic() + BUSY_SECONDS
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:  # SQLite doesn't wait here where another process does the same
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise SituateError(_unreachable(shown(engine.url), error)) from error
                time.sleep(_PAUSE_SECONDS)
    finally:
        connection.close()


def _revision(connection: Connection, name: str) -> str | None:
    """The store's revision; None for an empty database."""
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise SituateError(f"{name} is a database, but not a store of situate; give another path")
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, name: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SituateError(f"{name} was made by a newer version of situate; upgrade: pip install -U situate") from error


def shown(url: URL) -> str:
    """The store's place as a person gave it, less the password."""
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def _unreachable(name: str, error: SQLAlchemyError | sqlite3.Error) -> str:
    return cant_open(name, str(getattr(error, "orig", error)))
