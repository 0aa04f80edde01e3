"""What the API says of its answers is true of them, and every view can be taken away as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from web_store import made

from situate.store import Store
from situate.store.runs import Item, Run
from situate.web import make_app

LAYERS = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts", "actors", "places")
OWN = {"X-Situate": "1"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    with Store.open(str(made(tmp_path_factory.mktemp("schemas") / "test.db"))) as store:
        run = Run(store, ("reports/",))
        run.note(Item("r0", "failed", reason="not text", remedy="give text"))
        run.end()
        yield make_app(store)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    client = TestClient(app, base_url="http://127.0.0.1", headers=OWN)
    forecast = client.get("/api/layers/forecasts").json()["rows"][0]["key"]
    said = {"entry_key": forecast, "decision": "accept", "field": "outcome", "after": "happened"}
    assert client.post("/api/decisions", json=said).status_code == 201
    for who in ("mona", "omar"):
        assert client.post("/api/decisions", json={"entry_key": forecast, "decision": "accept", "who": who}).is_success
    return client


def _asked(client: TestClient, path: str) -> list[str]:
    """The addresses of a path of the description, with names that the store knows in place of its parameters."""
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    run = client.get("/api/runs").json()["rows"][0]["key"]
    known = {"field": "type", "key": key.partition(".")[0] if "/reports/" in path else run if "/runs/" in path else key}
    layers = LAYERS if "{layer}" in path else ("",)
    return [path.format(layer=layer, **known) for layer in layers]


def _reading(app: FastAPI) -> list[tuple[str, dict[str, Any]]]:
    return [(path, routes["get"]) for path, routes in app.openapi()["paths"].items() if "get" in routes]


def test_every_answer_is_described(app: FastAPI) -> None:
    for path, routes in app.openapi()["paths"].items():
        for method, route in routes.items():
            told = {code: x for code, x in route["responses"].items() if code.startswith("2") and code != "204"}
            for code, response in told.items():
                schemas = [form["schema"] for form in response["content"].values() if form.get("schema")]
                assert schemas, (method, path, code)


def test_every_answer_is_as_it_is_described(app: FastAPI, client: TestClient) -> None:
    described = app.openapi()
    for path, route in _reading(app):
        json = route["responses"]["200"]["content"].get("application/json")
        if json is None or path == "/api/uploads/{key}":
            continue
        schema = {**json["schema"], "components": described["components"]}
        for address in _asked(client, path):
            answer = client.get(address, params={"box": "30,30,40,40"} if path == "/api/towns" else {})
            assert answer.status_code == 200, (address, answer.text)
            wrong = [(list(e.path), e.message) for e in Draft202012Validator(schema).iter_errors(answer.json())]
            assert wrong == [], address


def test_every_view_is_had_as_a_table(app: FastAPI, client: TestClient) -> None:
    tables = {
        path
        for path, route in _reading(app)
        for parameter in route.get("parameters", ())
        if parameter["name"] == "format" and "csv" in parameter["schema"]["enum"]
    }
    wanted = "network control/history agreements/history flows map forecasts scores scores/calibration timeline/lanes"
    assert {f"/api/{path}" for path in wanted.split()} <= tables
    for path in tables:
        address = _asked(client, path)[0]
        header, *lines = csv.reader(io.StringIO(client.get(address, params={"format": "csv"}).text))
        assert lines or path in ("/api/comments", "/api/forecasts/proposals"), path
        assert {len(line) for line in lines} <= {len(header)}, path


def _table(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/api/{path}", params={"format": "csv"}).text)))


def test_tables_hold_what_the_views_show(client: TestClient) -> None:
    (held,) = _table(client, "control/history")
    assert (held["place_name"], held["holder_name"], held["state"], held["until"]) == ("Saida", "The army", "holds", "")
    (deal,) = _table(client, "agreements/history")
    assert (deal["kind"], deal["parties"], deal["guarantors"], deal["status"]) == (
        "evacuation",
        "Rebels",
        "Russia",
        "concluded",
    )
    (flow,) = _table(client, "flows")
    assert (flow["origins"], flow["destinations"], flow["low"], flow["done"]) == ("Nawa", "Idlib", "600.0", "true")
    backed = next(row for row in _table(client, "network") if row["kinds"] == "backs")
    assert ({backed["a_name"], backed["b_name"]}, backed["sum"]) == ({"Turkey", "Rebels"}, "1.0")
    (forecast,) = _table(client, "forecasts")
    assert (forecast["standing"], forecast["outcome"]) == ("settled", "happened")
    places = {row["name"]: row for row in _table(client, "map")}
    assert "The army holds" in places["Saida"]["held"] and places["Idlib"]["kind"] in ("admin", "settlement")


def test_an_agreement_that_two_reports_tell_stands_once(client: TestClient) -> None:
    (row,) = client.get("/api/agreements/history").json()["rows"]
    assert [s["status"] for s in row["standings"]] == ["concluded"]
    assert row["standings"][0]["entries"] == [client.get("/api/layers/agreements").json()["rows"][0]["key"]]


def test_reports_come_page_by_page(client: TestClient) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = client.get("/api/reports", params={"limit": 2} | ({"after": after} if after else {})).json()
        seen += [row["id"] for row in page["rows"]]
        after = page["after"]
        if after is None:
            break
    assert sorted(seen) == ["h", "r0", "r1", "r2", "w"]
    assert [row["id"] for row in client.get("/api/reports?place=Daraa").json()["rows"]] == ["r1"]
    assert client.get("/api/reports?after=nonsense").status_code == 400


def test_what_changes_by_itself_is_tagged_and_not_kept(client: TestClient) -> None:
    answer = client.get("/api/me")
    assert client.get("/api/me", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
