"""Pictures in a store: in as out, each once, whatever the order, whatever is interrupted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from store_pictures import TEXT, at_once, bare, content, many, picture, pictures
from told_pictures import told

from situate.contract import Actor, Mention, Picture
from situate.errors import SituateError
from situate.store import Decision, Filters, Store, merge, opening, query, tables
from situate.store.keys import entry_keys, report_key


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Store]]:
    """Three stores that a property test empties before each example."""
    folder = tmp_path_factory.mktemp("stores")
    with ExitStack() as stack:
        yield [stack.enter_context(Store.open(str(folder / f"{n}.db"))) for n in range(3)]


def emptied(store: Store) -> Store:
    with opening.writing(store.engine) as connection:
        for table in ("reports", "entry_text", "merged_actors", "merged_places", "texts"):
            connection.execute(text(f"DELETE FROM {table}"))
    return store


def test_picture_out_is_picture_in(store: Store) -> None:
    assert store.add(picture())
    assert list(store.pictures()) == [picture()]
    assert store.picture(report_key(picture().report)) == picture()


@settings(max_examples=60)
@given(st.lists(pictures(), max_size=4), st.randoms())
def test_any_order_twice_and_merged_give_the_same_content(stores: list[Store], some: list[Picture], random) -> None:  # type: ignore[no-untyped-def]
    first, second, third = map(emptied, stores)
    at_once(first, some)
    distinct = {report_key(each.report): each for each in reversed(some)}

    shuffled = list(distinct.values())
    random.shuffle(shuffled)
    at_once(second, shuffled)
    assert at_once(second, some) == [False] * len(some)
    assert content(second) == content(first)

    at_once(third, shuffled[: len(shuffled) // 2])
    merge(third, first)
    assert content(third) == content(first)
    assert {each.to_json() for each in first.pictures()} == {each.to_json() for each in distinct.values()}


@settings(max_examples=30)
@given(pictures(), pictures())
def test_replaced_is_as_if_never_there(stores: list[Store], old: Picture, new: Picture) -> None:
    first, second, _ = map(emptied, stores)
    new = replace(new, report=replace(old.report, furniture=new.report.furniture))
    at_once(first, [picture(), old])
    assert first.replace(new)
    at_once(second, [picture(), new])
    assert content(first) == content(second)


def test_text_is_kept_exactly(store: Store) -> None:
    odd = "NUL \0, private \ue000\ue0010, emoji 🚌, Arabic درعا, CRLF \r\n end"
    store.add(bare(odd))
    assert [kept.report.text for kept in store.pictures()] == [odd]
    assert store.report("bare").text == odd


def test_text_that_is_no_unicode_is_refused_whole(store: Store) -> None:
    for odd in (bare("half a pair \ud83d"), replace(picture(), actors=(replace(picture().actors[0], name="\ud83d"),))):
        with pytest.raises(ValueError, match="surrogates"):
            store.add(odd)
    assert set(map(len, content(store).values())) == {0}


def test_same_content_is_one_report_whatever_its_id(store: Store) -> None:
    assert store.add(picture())
    assert not store.add(picture(id="two"))
    assert store.has(picture(id="three").report)
    assert store.count() == 1


def test_a_republished_text_is_a_report_of_its_own(store: Store) -> None:
    assert at_once(store, [picture(), picture(publisher="Hauran Wire"), picture(published="2018-07-27")]) == [True] * 3


def test_reports_are_found_by_key_beginning_of_key_id_and_url(store: Store) -> None:
    at_once(store, [picture(), picture(id="two", url="https://example.org/two")])
    key = report_key(picture().report)
    for name in (key, key[:8], "one", "https://example.org/one"):
        assert store.report(name) == picture().report
    with pytest.raises(SituateError, match="no report with that key"):
        store.report("three")
    store.add(picture(url=None))
    with pytest.raises(SituateError, match="more than one report"):
        store.report("one")


def test_the_same_local_id_in_two_reports_is_two_actors(store: Store) -> None:
    def told_by(name: str, text: str) -> Picture:
        actor = Actor("a1", name, "armed_group", (Mention(0, len(name), name, "name"),))
        return Picture(bare(text).report, actors=(actor,))

    at_once(store, [told_by("Ahrar", "Ahrar left."), told_by("Jaysh", "Jaysh left.")])
    assert len({key for each in store.pictures() for _, _, key in entry_keys(each, report_key(each.report))}) == 2


def test_entry_keys_stay_when_entries_are_numbered_otherwise() -> None:
    before = picture()
    after = replace(
        before,
        actors=tuple(reversed(before.actors)),
        events=tuple(replace(event, id="e99", type="COERCE") for event in before.events),
        claims=(),
    )

    def keys(some: Picture, *layers: str) -> set[str]:
        return {key for layer, _, key in entry_keys(some, "r") if layer in layers}

    assert keys(after, "actors", "events", "control") == keys(before, "actors", "events", "control")


def test_decisions_survive_a_new_reading_and_hold_for_the_same_words(store: Store) -> None:
    store.add(picture())
    key = query.page(store, "events", Filters()).rows[0].key
    store.decide(Decision(key, "accept", "mona", "2018-08-01T10:00:00+00:00"))
    store.replace(replace(picture(), claims=(), events=tuple(replace(e, id="e7") for e in picture().events)))
    assert [row.review for row in query.every(store, "events", Filters())] == ["accepted"]
    store.replace(replace(picture(), events=()))
    assert len(store.decisions(key)) == 1


def test_the_last_standing_decision_is_the_review_state(store: Store) -> None:
    store.add(picture())
    key = query.page(store, "events", Filters()).rows[0].key

    def decide(decision: str, who: str, minute: int, **more: object) -> str:
        made = Decision(key, decision, who, f"2018-08-01T10:{minute:02d}:00+00:00", **more)  # type: ignore[arg-type]
        assert store.decide(made, made) == 1
        return query.page(store, "events", Filters()).rows[0].review

    assert decide("accept", "mona", 1) == "accepted"
    assert decide("correct", "omar", 2, field="type", before="ASSAULT", after="COERCE", comment="raid") == "corrected"
    assert decide("unsure", "mona", 3) == "unsure"
    assert decide("undo", "mona", 4) == "corrected"
    assert decide("undo", "omar", 5) == "accepted"
    assert decide("undo", "omar", 6) == "accepted"
    assert decide("undo", "mona", 7) == "unreviewed"
    assert [made.after for made in store.decisions(key) if made.field] == ["COERCE"]
    assert query.count(store, "events", Filters(reviews=("unreviewed",))) == 1


def test_decisions_can_only_be_added(store: Store) -> None:
    store.decide(Decision("some.events.1", "reject", "mona", "2018-08-01T10:00:00+00:00"))
    for statement in ("UPDATE decisions SET who = 'omar'", "DELETE FROM decisions"):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            opening.writing(store.engine) as connection,
        ):
            connection.execute(text(statement))
    assert [made.who for made in store.decisions()] == ["mona"]


def test_merging_takes_decisions_along_once(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "a.db")) as ours, Store.open(str(tmp_path / "b.db")) as theirs:
        at_once(ours, many(3))
        at_once(theirs, many(5))
        key = query.page(theirs, "events", Filters()).rows[0].key
        theirs.decide(Decision(key, "reject", "omar", "2018-08-01T10:00:00+00:00"))
        done = merge(ours, theirs)
        assert (done.added, done.had, done.decisions) == (2, 3, 1)
        assert merge(ours, theirs).added == merge(ours, theirs).decisions == 0
        assert content(ours)["entries"] == content(theirs)["entries"]


def test_pictures_of_a_filter_are_those_with_an_entry_that_it_lets_through(store: Store) -> None:
    at_once(store, [*many(4), bare("Nothing.", published="2018-07-02")])
    assert [each.report.id for each in store.pictures(Filters(sources=("hauran",)))] == ["r1", "r3"]
    assert [each.report.published for each in store.pictures()] == [f"2018-07-0{day}" for day in (1, 2, 2, 3, 4)]


def test_pages_of_reports_leave_none_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("situate.store.store._PAGE", 3)
    some = [*many(8), bare("No date.")]
    at_once(store, some)
    listed = [each.report.id for each in store.pictures()]
    assert sorted(listed) == sorted(each.report.id for each in some)
    assert listed[0] == "bare"


# Opening


def test_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in tables.metadata.tables}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == opening.HEAD


def test_a_store_of_a_newer_version_is_told_in_one_line(tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SituateError, match="newer version of situate; upgrade"):
        Store.open(path)


@pytest.mark.parametrize("create", [True, False])
def test_what_is_no_store_is_told_and_left_alone(tmp_path: Path, create: bool) -> None:
    no_database = tmp_path / "text.db"
    no_database.write_text("This is not a database, and long enough to be sure of it." * 20)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = {path: path.read_bytes() for path in (no_database, other)}
    for path, message in ((no_database, "not a store"), (other, "not a store"), (tmp_path, "is a folder")):
        with pytest.raises(SituateError, match=message):
            Store.open(str(path), create=create)
    assert {path: path.read_bytes() for path in before} == before


def test_no_store_no_folder_no_database(tmp_path: Path) -> None:
    with pytest.raises(SituateError, match="make one with: situate add"):
        Store.open(str(tmp_path / "none.db"), create=False)
    with pytest.raises(SituateError, match="there is no folder"):
        Store.open(str(tmp_path / "none" / "none.db"))
    with pytest.raises(SituateError, match="not a database"):
        Store.open("mysql://somewhere/x")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_filled_only_by_who_may_create(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(SituateError, match="is empty"):
        Store.open(str(path), create=False)
    with Store.open(str(path)) as store:
        assert store.count() == 0


def test_paths_with_odd_characters(tmp_path: Path) -> None:
    path = tmp_path / "50% of?#it 🚌.db"
    with Store.open(str(path)) as store:
        store.add(picture())
    with Store.open(str(path), create=False) as store:
        assert store.count() == 1
    assert path.exists()


def test_the_store_reads_beside_a_writer(store: Store) -> None:
    store.add(picture())
    with opening.writing(store.engine) as connection:
        connection.execute(text("DELETE FROM reports"))
        assert store.count() == 1
    assert store.count() == 0


def test_a_locked_store_is_told_in_one_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    path = str(store.engine.url.database)
    with Store.open(path) as other, opening.writing(store.engine), pytest.raises(SituateError, match="locked"):
        other.add(picture())


def test_made_by_and_furniture_can_be_read_by_anyone(store: Store) -> None:
    store.add(picture())
    with store.reading() as connection:
        row = connection.execute(text("SELECT text, made_by, furniture FROM reports")).one()
    assert row.text == TEXT
    assert json.loads(row.made_by) == {"events": "test 1"}
    assert json.loads(row.furniture) == [{"start": 0, "end": 3, "text": "The", "kind": "menu"}]


def test_a_report_dated_in_the_future_moves_no_deadline(store: Store) -> None:
    store.add(told("a", "Rebels shelled Nawa.", place="Nawa", day="2018-07-18"))
    store.add(told("b", "Rebels shelled Nawa.", place="Nawa", day="2218-07-18"))
    assert store.last_day() == "2018-07-18"
