"""The same store in PostgreSQL: what a user relies on, on a real server."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import postgres_server
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_pictures import at_once, bare, content, many, picture
from test_keeping import HISTORIES, history_report

from situate.cli import cli
from situate.errors import SituateError
from situate.picture import copies, incidents_of, keep_up, stories_of
from situate.picture.refreshing import outdated
from situate.picture.similar import around
from situate.store import Decision, Filters, Store, merge, opening, query, query_merged, tables
from situate.store.keys import report_key
from situate.store.runs import Item, Run, run_items, runs, tried

pytestmark = pytest.mark.skipif(bool(postgres_server.why_not()), reason=postgres_server.why_not() or "")


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    with postgres_server.server() as folder:
        yield folder


def new_database(socket: str, name: str) -> str:
    """The URL of a new database."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return f"postgresql://postgres@/{name}?host={socket}"


@pytest.fixture
def url(socket: str, request: pytest.FixtureRequest) -> str:
    return new_database(socket, request.node.name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


def test_it_holds_what_sqlite_holds(store: Store, tmp_path: Path) -> None:
    odd = bare("NUL \0, emoji 🚌, Arabic درعا, CRLF \r\n", title="\0", url="https://example.org/" + "long" * 2000)
    some = [picture(), *many(6), odd]
    with Store.open(str(tmp_path / "lite.db")) as lite:
        at_once(lite, some)
        assert at_once(store, some) == [True] * 8
        assert at_once(store, some) == [False] * 8
        assert content(store) == content(lite)
        assert list(store.pictures()) == list(lite.pictures())
        assert copies(store) == copies(lite) != []


FILTERS = [
    Filters(),
    Filters(since="2018-07-03", until="2018-07-20"),
    Filters(actors=("nusra", "Q1")),
    Filters(places=("IDLIB",)),
    Filters(places=("SYR",), sources=("hauran",)),
    Filters(types=("ASSAULT", "holds"), min_confidence=0.5),
    Filters(text='"truce in idlib"'),
    Filters(text="shell* Army's"),
    Filters(text="shelling"),
    Filters(box=(36, 35, 37, 36)),
    Filters(reviews=("accepted",)),
    Filters(reports=("r1", "one", "https://example.org/one")),
]


@pytest.mark.parametrize("filters", FILTERS, ids=map(str, range(len(FILTERS))))
def test_it_lists_what_sqlite_lists(both: tuple[Store, Store], filters: Filters) -> None:
    for layer in tables.LAYER_TABLES:
        ours, theirs = (list(query.every(store, layer, filters)) for store in both)
        assert ours == theirs
        assert query.count(both[0], layer, filters) == len(ours)
        assert query.facet(both[0], layer, filters, "type") == query.facet(both[1], layer, filters, "type")
    for layer in ("actors", "places"):
        ours_merged, theirs_merged = (list(query_merged.every_merged(store, layer, filters)) for store in both)
        assert ours_merged == theirs_merged


@pytest.fixture(scope="module")
def both(socket: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The same content in SQLite and PostgreSQL."""
    lite = str(tmp_path_factory.mktemp("both") / "lite.db")
    with Store.open(lite) as one, Store.open(new_database(socket, "both")) as other:
        for store in (one, other):
            at_once(store, [picture(), *many(6)])
            key = query.page(store, "events", Filters()).rows[0].key
            store.decide(Decision(key, "accept", "mona", "2018-08-01T10:00:00+00:00"))
        yield one, other


def test_it_keeps_what_many_reports_come_to_as_sqlite_does(both: tuple[Store, Store]) -> None:
    ours, theirs = ((incidents_of(each, Filters()), stories_of(each)) for each in both)
    assert ours == theirs
    assert all(ours)
    filters = Filters(places=("idlib",), since="2018-07-03")
    assert incidents_of(both[0], filters) == incidents_of(both[1], filters) != []


def test_it_keeps_histories_as_sqlite_does(store: Store, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "lite.db")) as lite:
        for each in (store, lite):
            for n in range(8):
                each.add(history_report(n, random.Random(n)))
                if n % 3 == 0:
                    keep_up(each)
            each.replace(replace(history_report(2, random.Random(2)), movements=(), events=(), forecasts=()))
        for name, (kept, whole) in HISTORIES.items():
            assert kept(store) == kept(lite) == whole(store) != [], name


def test_two_at_once_double_nothing(url: str) -> None:
    some = many(12)
    with Store.open(url) as one, Store.open(url) as other, ThreadPoolExecutor(2) as pool:
        added = [result.result() for result in [pool.submit(at_once, store, some) for store in (one, other)]]
        assert sum(added[0]) + sum(added[1]) == 12
        assert one.count() == 12


def test_two_may_open_a_new_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        for opened in pool.map(Store.open, [url, url]):
            opened.close()


def test_replaced_and_merged(store: Store, tmp_path: Path) -> None:
    store.add(picture())
    assert store.replace(picture(id="new"))
    with Store.open(str(tmp_path / "lite.db")) as lite:
        lite.add(picture(id="new"))
        assert content(store) == content(lite)
        at_once(lite, many(3))
        assert merge(store, lite).added == 3
        assert content(store) == content(lite)


def test_decisions_can_only_be_added(store: Store) -> None:
    store.decide(Decision("some.events.1", "reject", "mona", "2018-08-01T10:00:00+00:00"))
    for statement in ("UPDATE decisions SET who = 'omar'", "DELETE FROM decisions", "TRUNCATE decisions"):
        with pytest.raises(DBAPIError, match="append-only"), opening.writing(store.engine) as connection:
            connection.execute(text(statement))
    assert [made.who for made in store.decisions()] == ["mona"]


def test_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in tables.metadata.tables}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_no_server_is_told_in_one_line_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(SituateError) as raised:
        Store.open(f"postgresql://mona:secret@/none?host={tmp_path}")
    assert "can't open the store" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_database_without_tables_is_no_store_for_a_listing(url: str) -> None:
    with pytest.raises(SituateError, match="is empty"):
        Store.open(url, create=False)


def test_the_command_line_over_it(url: str, tmp_path: Path) -> None:
    lite = str(tmp_path / "lite.db")
    with Store.open(lite) as other:
        at_once(other, many(3))
    with_password = url.replace("postgres@", "postgres:secret@")
    done = CliRunner().invoke(cli, ["add", "--from-store", lite, "--store", with_password], catch_exceptions=False)
    assert "3 added" in done.stdout
    assert "secret" not in done.output
    done = CliRunner().invoke(cli, ["control", "--store", with_password, "--place", "daraa", "--json"])
    assert len(done.stdout.splitlines()) == 3


def test_coverage_copies_and_what_is_out_of_date(store: Store) -> None:
    run = Run(store, ["reports/"])
    some = [*many(2), replace(picture(), made_by={})]
    run.note(Item("empty.txt", "failed", reason="empty", remedy="leave it out"))
    for each in some:
        kept = Item(each.report.id, "read", report_key(each.report), 4)
        store.add(each, also=lambda connection, _, item=kept: run.keep(connection, item))  # type: ignore[misc]
    run.end()
    (line,) = runs(store)
    assert (line.outcomes, line.entries, line.sources) == ({"failed": 1, "read": 3}, 12, ("reports/",))
    assert [item.source for item in run_items(store, line.key[:6], ["read"])] == [each.report.id for each in some]
    names = ["empty.txt", some[0].report.id, "new.txt"]
    assert tried(store, "reports/", names, "leave it out") == {"empty.txt": 1, some[0].report.id: None}
    assert tried(store, "reports/", names, "look again") == dict.fromkeys(names[:2])
    assert len(around(store, report_key(some[0].report)).copies.reports) == 3  # type: ignore[union-attr]
    assert {each.first for each in outdated(store)} == {"actors"}
