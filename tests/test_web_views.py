"""What the views are drawn from: counts that keep the other choices, the time brush, places, flows, ties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from told_pictures import told
from web_store import made, republished, whole

from situate.picture.moved import flows, movements, totals
from situate.store import Filters, Store, query
from situate.store.tallies import histogram, lanes, tally
from situate.web import make_app


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = made(tmp_path_factory.mktemp("views") / "test.db")
    with Store.open(str(path)) as store:
        yield store


@pytest.fixture(scope="module")
def client(store: Store) -> TestClient:
    return TestClient(make_app(store), base_url="http://127.0.0.1")


def test_the_counts_of_a_field_leave_its_own_choice_aside(store: Store) -> None:
    found = tally(store, Filters(layers=("control",), types=("holds",)))
    assert found.total == 1
    assert found.by["layer"] == {"control": 1}  # nothing of another layer holds anything
    assert found.by["type"] == {"holds": 1}
    both = tally(store, Filters(types=("ASSAULT",)))
    assert both.by["type"]["holds"] == 1 and both.total == 3


def test_the_brush_shows_all_days_and_the_lanes_those_of_the_filter(store: Store) -> None:
    some = Filters(since="2018-07-11", until="2018-07-12")
    assert histogram(store, some).bins == histogram(store, Filters()).bins
    assert {b.first for b in lanes(store, some).bins} == {"2018-07-11", "2018-07-12"}


def test_a_day_far_from_all_others_does_not_stretch_the_brush(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "far.db")) as store:
        for n in range(60):
            store.add(told(f"r{n}", f"Rebels shelled Nawa {n} times.", place="Nawa", day=f"2018-07-{1 + n % 30:02}"))
        store.add(told("old", "Rebels shelled Nawa long ago.", place="Nawa", day="1974-01-01"))
        found = histogram(store, Filters())
    assert (found.bins[0].first, found.earlier, found.unit) == ("2018-07-01", 1, "day")


def test_the_map_counts_what_it_cannot_place(client: TestClient) -> None:
    found = client.get("/api/map").json()
    assert {site["name"]: site["kind"] for site in found["sites"]}["Idlib"] in ("admin", "settlement")
    assert found["country_only"] == 0 and found["nowhere"] == 0
    saida = next(site for site in found["sites"] if site["name"] == "Saida")
    assert [held["holder"] for held in saida["held"]] == ["The army"]
    assert [(way["done"], way["people"]) for way in found["ways"]] == [(True, 600.0)]


def test_a_movement_that_two_reports_tell_counts_once(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "twice.db")) as store:
        store.add(whole())
        store.add(republished(whole()))
        found = movements(query.every(store, "movements", Filters()))
    assert [len(flow.movements) for flow in flows(found)] == [1]
    assert [(t.low, t.high, t.movements) for t in totals(found)] == [(600, 600, 1)]


def test_ties_are_signed_and_dated(client: TestClient) -> None:
    found = client.get("/api/network").json()
    names = [actor["name"] for actor in found["actors"]]
    tie = next(t for t in found["ties"] if {names[t["a"]], names[t["b"]]} == {"Turkey", "Rebels"})
    assert tie["weeks"] == [[0, 1.0, 1.0]] and found["first"] == "2018-07-16"


def test_a_report_has_its_republications_around_it(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "around.db")) as store:
        store.add(whole())
        store.add(republished(whole()))
        client = TestClient(make_app(store), base_url="http://127.0.0.1")
        found = client.get("/api/reports/w-again/around").json()
    assert [(copy["publisher"], copy["original"]) for copy in found["copies"]] == [("Tern Wire", True)]
