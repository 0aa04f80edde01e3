"""The entries in memory say the same as the tables, whatever was added, decided, replaced or withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from told_pictures import told
from web_store import made, whole

from situate.store import Decision, Filters, Store
from situate.store.arrays import LISTED
from situate.store.chosen import chosen, how_many
from situate.store.filters import wanted
from situate.store.rules import Rules
from situate.store.sites import sites
from situate.store.sql import sql
from situate.store.tallies import outlets, tally
from situate.store.veiled import VeiledStore, rule

FILTERS = [
    Filters(),
    Filters(since="2018-07-11"),
    Filters(until="2018-07-11"),
    Filters(since="2018-07-11", until="2018-07-12", types=("ASSAULT",)),
    Filters(layers=("movements", "control")),
    Filters(statuses=("actual", "concluded")),
    Filters(reviews=("accepted",)),
    Filters(reviews=("unreviewed",), layers=("events",)),
    Filters(places=("Nawa",)),
    Filters(places=("SYR",)),
    Filters(actors=("rebels", "turk")),
    Filters(actors=("nobody",)),
    Filters(sources=("Tern",)),
    Filters(sources=("residents",)),
    Filters(sources=("sidents",)),
    Filters(reports=("r1", "w")),
    Filters(text="shelled"),
    Filters(text='"at least 4"'),
    Filters(min_confidence=0.5),
    Filters(box=(36.0, 32.0, 36.5, 33.0)),
    Filters(box=(36.5, 32.0, 36.1, 36.0)),
    Filters(places=("Idlib",), actors=("Rebels",), text="left", sources=("Tern Wire",), until="2019-01-01"),
    Filters(types=("no such type",)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(made(tmp_path / "arrays.db"))) as store:
        yield store


def _alike(store: Store) -> None:
    for filters in FILTERS:
        some = chosen(store, filters)
        with store.asking() as asked:
            query = sql("SELECT id FROM entries WHERE layer IN (?) AND ?", LISTED, wanted(filters, asked.dialect))
            there = {number for (number,) in asked.tuples(query)}
        assert set(some.arrays.id[some.let].tolist()) == there, filters


def test_a_filter_lets_through_what_the_tables_say(store: Store) -> None:
    _alike(store)
    assert how_many(store, "events", Filters(places=("Nawa",))) == 1


def test_what_comes_is_put_at_the_end_and_decisions_are_read_again(store: Store) -> None:
    before = store.arrays.now()
    store.add(
        told("more", "Rebels shelled Nawa again, residents said.", actor="Rebels", place="Nawa", source="residents")
    )
    _alike(store)
    after = store.arrays.now()
    assert after.id[: len(before.id)].tolist() == before.id.tolist() and len(after.id) > len(before.id)
    with store.asking() as asked:
        keys = [key for (key,) in asked.tuples(sql("SELECT key FROM entries WHERE layer = 'events' ORDER BY id"))]
    store.decide(Decision(keys[0], "accept", "Amal", "2026-01-01T00:00:00"))
    store.decide(Decision(keys[1], "reject", "Amal", "2026-01-01T00:00:01"))
    _alike(store)
    assert tally(store, Filters()).by["review"] == {"unreviewed": len(after.id) - 2, "accepted": 1, "rejected": 1}
    assert before.is_("review", "unreviewed").all()  # what somebody was given stays as it is


def test_a_report_that_is_read_anew_is_there_once(store: Store) -> None:
    store.arrays.now()
    picture = whole()
    store.replace(replace(picture, movements=(), relations=()))
    _alike(store)
    assert how_many(store, "movements", Filters()) == 0
    assert outlets(store, Filters())["Tern Wire"] == tally(store, Filters(sources=("Tern Wire",))).total


def test_what_is_withheld_is_not_among_them(store: Store) -> None:
    rule(store, Rules(layers=("movements",), cell=1.0), "Amal")
    veiled = VeiledStore(store)
    _alike(veiled)
    assert how_many(veiled, "movements", Filters()) == 0
    with store.asking() as asked:
        ((key,),) = asked.tuples(sql("SELECT key FROM entries WHERE layer = 'control'"))
    store.decide(Decision(key, "reject", "Amal", "2026-01-01T00:00:00", "shown"))
    _alike(veiled)
    assert not any(site.held for site in sites(veiled, Filters()).sites)
    veiled.close()
