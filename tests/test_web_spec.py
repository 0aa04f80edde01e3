"""The API against its own description, and against what no well-meaning program would send."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_pictures import told

from situate.store import Store
from situate.web import make_app

OWN = {"X-Situate": "1", "Content-Type": "application/json"}
NASTY = [
    "",
    "\0",
    "~",
    "99999999999999999999~a",
    "*",
    '"',
    "%_",
    "\ufffe",
    "İ",
    "x" * 299,
    "NaN",
    "1e999",
    "-1",
    "'--",
    "٣",
]
words = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.sampled_from(["2018-07-18", "2018-13-45", "0000-00-00", "9999-12-31", "2018-7-1", "1531440000"]) | words
boxes = st.sampled_from(["36,32,37,33", "1,2,3", "999,0,0,0", "1,2,3,٤", "10,20,5,90", "nan,0,0,0"]) | words
HOSTILE = {"since": days, "until": days, "box": boxes, "limit": st.sampled_from(["0", "1", "9" * 30]) | words}
NAMES = [*HOSTILE, "place", "actor", "type", "status", "source", "report", "review", "text", "after", "entry", "layer"]
query = st.dictionaries(st.sampled_from(NAMES), st.none(), max_size=3).flatmap(
    lambda chosen: st.fixed_dictionaries({name: HOSTILE.get(name, words) for name in chosen})
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(str(tmp_path_factory.mktemp("spec") / "test.db")) as store:
        for n, place in enumerate(("Nawa", "Daraa")):
            store.add(told(f"r{n}", f"Rebels shelled {place}.", actor="Rebels", place=place, day=f"2018-07-1{n}"))
        yield store


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(make_app(store), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def _well_answered(answer: Any) -> None:
    assert answer.status_code < 500, answer.url
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert set(error) == {"status", "code", "message"}
        assert error["status"] == answer.status_code


PATHS = [
    "layers/events", "layers/actors", "layers/places", "counts", "facets/events/type", "incidents", "stories", "brief",
    "page", "decisions", "review/next", "tally", "tally/outlets", "timeline", "timeline/lanes", "map", "towns",
    "network", "control/history", "agreements/history", "flows", "forecasts", "forecasts/proposals", "scores",
    "scores/calibration", "reports", "runs", "uploads", "base",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=query)
def test_no_parameter_breaks_it(client: TestClient, path: str, query: dict[str, str]) -> None:
    _well_answered(client.get(f"/api/{path}", params=query))


@pytest.mark.parametrize(
    "query",
    ["since=2018-13-45", "until=0000-01-01", "since=1531440000", "box=999,0,0,0", "box=0,50,9,40", "review=bogus"],
)
def test_what_cannot_be_is_refused_and_not_taken_for_nothing(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/layers/events?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["error"]["message"]


@pytest.mark.parametrize("layer", ["events", "actors", "places"])
@pytest.mark.parametrize("cursor", ["garbage", "99999999999999999999~a", "9" * 24 + "~x~y"])
def test_a_cursor_of_no_page_is_refused(client: TestClient, layer: str, cursor: str) -> None:
    answer = client.get(f"/api/layers/{layer}", params={"after": cursor})
    _well_answered(answer)


@pytest.mark.parametrize(
    "value", ["NaN", "1e999", "-Infinity", '"\\ud800"', "9" * 5000, "[" * 100_000, '"' + "x" * 20_000 + '"']
)
def test_a_value_that_is_no_json_never_enters_the_trail(client: TestClient, value: str) -> None:
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    said = f'{{"entry_key": "{key}", "decision": "correct", "field": "type", "after": {value}}}'
    answer = client.post("/api/decisions", content=said, headers=OWN)
    assert 400 <= answer.status_code < 500
    _well_answered(answer)
    assert client.get("/api/decisions").json()["rows"] == []


@pytest.mark.parametrize("key", ["nothing", "a\\u0000", "'; drop table entries"])
def test_only_entries_of_the_store_are_decided_on(client: TestClient, key: str) -> None:
    answer = client.post("/api/decisions", content=f'{{"entry_key": "{key}", "decision": "accept"}}', headers=OWN)
    assert answer.status_code == 404


def test_an_entry_leads_to_its_words(client: TestClient) -> None:
    row = client.get("/api/layers/events").json()["rows"][0]
    found = client.get(f"/api/entries/{row['key']}").json()
    assert found["report"] == row["report"]["key"]
    assert found["entry"]["trigger"]["start"] == row["trigger_start"]
    _well_answered(client.get(f"/api/entries/{row['key']}x"))


@pytest.mark.skipif(
    importlib.util.find_spec("schemathesis") is None, reason="no schemathesis; remedy: pip install schemathesis"
)
def test_it_answers_as_it_describes_itself(store: Store) -> None:
    import schemathesis
    from schemathesis.checks import positive_data_acceptance  # a cursor is well-formed by what the page before gave

    described = schemathesis.openapi.from_asgi(
        "/api/openapi.json", make_app(store, host_names=frozenset({"testserver"}))
    )
    for found in described.exclude(path="/api/live").get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @settings(max_examples=10, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate(headers={"X-Situate": "1"}, excluded_checks=[positive_data_acceptance])

        check()
