"""What readers may see: every address of the API is tried for what is withheld from them, and ways round it too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import postgres_server
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient
from store_pictures import TEXT, picture
from told_pictures import told

from situate import people
from situate.contract import Mention, Picture
from situate.people.accounts import person
from situate.store import Decision, Filters, Store, query, side_tables
from situate.store.rules import Rules
from situate.store.veiled import VeiledStore, rule
from situate.web import make_app

PASSWORD = "four quiet words here"
SECRET = "Khalid Warda"
HIDDEN = f"{SECRET} shelled Nawa and hid at the old mill, residents said."
OPEN = "Rebels shelled Daraa."
NOT_READ = (
    "/api/people",
    "/api/tokens",
    "/api/decisions",
    "/api/comments",
    "/api/agreement",
    "/api/review",
    "/api/rules",
)


def hidden() -> Picture:
    made = told(
        "https://example.org/khalid-warda", HIDDEN, actor=SECRET, place="Nawa", day="2018-07-10", source="residents"
    )
    report = replace(
        made.report, title=f"{SECRET} at the mill", url="https://example.org/khalid-warda", byline="who knows him"
    )
    return replace(made, report=report)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Path:
    path = tmp_path_factory.mktemp("veil") / "test.db"
    with Store.open(str(path)) as store:
        store.add(hidden())
        store.add(told("open", OPEN, actor="Rebels", place="Daraa", day="2018-08-20"))
        store.add(picture())
        for role in ("reader", "reviewer", "editor"):
            people.add(store, role, role, PASSWORD)  # type: ignore[arg-type]
    return path


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copy(kept, tmp_path)) as store:
        yield store


@pytest.fixture
def clients(store: Store) -> dict[str, TestClient]:
    app = make_app(store, single=False)
    made = {}
    for role in ("reader", "reviewer", "editor"):
        client = TestClient(app, base_url="http://127.0.0.1")
        client.cookies["situate"] = people.begin(store, person(store, role))
        client.headers["X-Situate"] = client.get("/api/me").json()["csrf"]
        made[role] = client
    return made


def everything(client: TestClient, store: Store) -> Iterator[tuple[str, str]]:
    """All that the API gives out: each address, for each value of what it is asked for, in each form."""
    reports = [kept.key for kept in store.kept() if SECRET in kept.picture.report.text]
    rows = [row for layer in ("events", "claims") for row in query.every(store, layer, Filters())]
    keys = {
        "layer": ["events", "claims", "control", "actors", "places"],
        "field": ["type", "publisher"],
        "key": [*reports, *(row.key for row in rows if SECRET in row.evidence.text)],
    }
    described = client.get("/api/openapi.json").json()
    for path, methods in described["paths"].items():
        if "get" not in methods or path == "/api/live":
            continue
        forms = [
            form
            for p in methods["get"].get("parameters", [])
            if p["name"] == "format"
            for form in p["schema"].get("enum", [])
        ] or [None]
        paths = [path]
        for name, values in keys.items():
            paths = (
                [p.replace(f"{{{name}}}", value) for p in paths for value in values] if f"{{{name}}}" in path else paths
            )
        for one in paths:
            for form in forms:
                answer = client.get(one, params={"format": form} if form else {})
                assert answer.status_code < 500, one
                yield f"{one} as {form}", answer.text + json.dumps(dict(answer.headers))


SAID = (SECRET.lower(), "khalid", "warda", "old mill", "at the mill", "who knows him")


def no_secret(client: TestClient, store: Store) -> None:
    for where, text in everything(client, store):
        for words in SAID:
            assert words not in text.lower(), where


WITHHELD = {
    "actor": Rules(actors=(SECRET,)),
    "actor by part of the name": Rules(actors=("warda",)),
    "place": Rules(places=("Nawa",)),
    "layer": Rules(layers=("events",)),
}


@pytest.mark.parametrize("rules", WITHHELD.values(), ids=WITHHELD)
def test_what_is_withheld_stands_nowhere(store: Store, clients: dict[str, TestClient], rules: Rules) -> None:
    assert any("old mill" in text for _, text in everything(clients["reader"], store))
    rule(store, rules, "editor")
    no_secret(clients["reader"], store)
    assert "old mill" in clients["reviewer"].get("/api/layers/events").text


def test_a_single_entry_is_withheld_by_a_decision_and_shown_again(store: Store, clients: dict[str, TestClient]) -> None:
    key = next(row.key for row in query.every(store, "events", Filters()) if SECRET in row.evidence.text)
    said = {"entry_key": key, "decision": "reject", "field": "shown", "comment": "he is in danger"}
    assert clients["reviewer"].post("/api/decisions", json=said).status_code == 201
    assert clients["reader"].get(f"/api/entries/{key}").status_code == 404
    for where, text in everything(clients["reader"], store):
        assert "hid at the old mill" not in text, where
    assert clients["reviewer"].get(f"/api/entries/{key}").status_code == 200
    assert clients["reviewer"].post("/api/decisions", json={"entry_key": key, "decision": "undo"}).status_code == 201
    assert clients["reader"].get(f"/api/entries/{key}").status_code == 200


GUESSES: list[dict[str, Any]] = [
    {"text": "mill"},
    {"text": "khal*"},
    {"actor": SECRET},
    {"actor": "khalid"},
    {"source": "residents"},
    {"report": "https://example.org/khalid-warda"},
    {"since": "2018-07-10", "until": "2018-07-10"},
]


@pytest.mark.parametrize("guess", GUESSES, ids=str)
def test_no_question_tells_that_it_is_there(
    store: Store, clients: dict[str, TestClient], guess: dict[str, Any]
) -> None:
    rule(store, Rules(actors=(SECRET,)), "editor")
    reader = clients["reader"]
    assert clients["reviewer"].get("/api/layers/events", params=guess).json()["rows"]
    assert reader.get("/api/layers/events", params=guess).json()["rows"] == []
    assert reader.get("/api/layers/claims", params=guess).json()["rows"] == []
    assert set(reader.get("/api/counts", params=guess).json()["layers"].values()) <= {0, 1}
    assert reader.get("/api/counts", params=guess).json()["layers"]["events"] == 0
    assert reader.get("/api/facets/events/type", params=guess).json()["values"] == []
    assert reader.get("/api/incidents", params=guess).json()["rows"] == []


def test_its_report_is_read_with_the_words_blacked_out(store: Store, clients: dict[str, TestClient]) -> None:
    rule(store, Rules(actors=(SECRET,)), "editor")
    key = next(kept.key for kept in store.kept() if SECRET in kept.picture.report.text)
    report = clients["reader"].get(f"/api/reports/{key}").json()["report"]
    assert len(report["text"]) == len(HIDDEN)
    assert set(report["text"]) == {"█"}
    assert (report["title"], report["url"], report["byline"], report["id"]) == (None, None, None, key)
    assert clients["reader"].get("/api/reports/https://example.org/khalid-warda").status_code == 404


def test_what_else_rests_on_the_same_words_is_withheld_with_them(store: Store) -> None:
    """The picture's event, claim and figure stand in one sentence; the rest of the report stays."""
    rule(store, Rules(actors=("nusra",)), "editor")
    seen = VeiledStore(store)
    whole = next(p for p in seen.pictures() if "truce" in p.report.text)
    assert "Nusra" not in whole.report.text
    assert (whole.events, whole.claims, whole.times, whole.quantities) == ((), (), (), ())
    assert [f.id for f in whole.forecasts] == ["f1"]
    assert whole.control == ()  # of an army that only the hidden sentence names
    assert whole.report.text.endswith(TEXT[TEXT.index("Russia and Turkey") :])
    assert all(whole.report.text[m.start : m.end] == m.text for a in whole.actors for m in a.mentions)


def test_a_report_that_comes_later_is_veiled_too(store: Store, clients: dict[str, TestClient]) -> None:
    rule(store, Rules(actors=(SECRET,)), "editor")
    later = told(
        "later", f"{SECRET} attacked Idlib.", actor=SECRET, place="Idlib", trigger="attacked", day="2018-09-01"
    )
    store.add(later)
    no_secret(clients["reader"], store)
    store.replace(replace(later, claims=()))
    no_secret(clients["reader"], store)


def test_an_actor_that_gets_a_withheld_name_is_withheld_in_all_reports(store: Store) -> None:
    def named(name: str, report: str) -> Picture:
        text = f"{name} shelled Idlib."
        made = told(report, text, actor=name, place="Idlib", day="2018-09-01")
        mentions = (Mention(0, len(name), name, "name"),)
        return replace(made, actors=(replace(made.actors[0], name=name, wikidata="Q77", mentions=mentions),))

    rule(store, Rules(actors=("Abu Salim",)), "editor")
    store.add(named("Commander S", "first"))
    seen = VeiledStore(store)
    assert query.count(seen, "events", Filters(actors=("Commander S",))) == 1
    store.add(named("Abu Salim", "second"))
    assert query.count(seen, "events", Filters(actors=("Commander S",))) == 0
    assert query.count(store, "events", Filters(actors=("Commander S",))) == 2


def test_coordinates_are_as_coarse_as_the_rules_say(store: Store, clients: dict[str, TestClient]) -> None:
    rule(store, Rules(cell=0.5), "editor")
    reader = clients["reader"]
    exact = {"32.62", "36.1", "32.89", "36.04", "35.9", "36.6", "32.6"}
    for where, text in everything(reader, store):
        if where.startswith(("/api/layers", "/api/reports", "/api/entries", "/api/incidents", "/api/map")):
            numbers = {
                part for part in text.replace(",", " ").replace("]", " ").replace("}", " ").split() if "." in part
            }
            assert not numbers & exact, where
    row = next(r for r in reader.get("/api/layers/events").json()["rows"] if r["evidence"]["text"] == OPEN)
    (site,) = row["places"]
    assert (site["lat"], site["lon"]) == (32.75, 36.25)
    assert site["radius_km"] > 35
    (place,) = reader.get(f"/api/reports/{row['report']['key']}").json()["places"]
    assert (place["lat"], place["lon"]) == (32.75, 36.25)


def test_a_box_cannot_be_narrowed_down_to_the_point(store: Store, clients: dict[str, TestClient]) -> None:
    rule(store, Rules(cell=0.5), "editor")

    def found(box: str) -> int:
        return len(clients["reader"].get("/api/layers/events", params={"box": box, "text": "Rebels"}).json()["rows"])

    assert found("36.09,32.61,36.11,32.63") == 0  # around the point itself
    assert found("36.24,32.74,36.26,32.76") == 1  # around the middle of its cell


def test_review_states_are_withheld_everywhere(store: Store, clients: dict[str, TestClient]) -> None:
    rule(store, Rules(reviews=("unreviewed", "rejected", "unsure")), "editor")
    no_secret_event = [
        text for where, text in everything(clients["reader"], store) if where.startswith("/api/layers/events")
    ]
    assert all(OPEN not in text for text in no_secret_event)
    key = next(row.key for row in query.every(store, "events", Filters()) if row.evidence.text == OPEN)
    store.decide(Decision(key, "accept", "mona", "2026-01-01T00:00:00+00:00"))
    rows = clients["reader"].get("/api/layers/events").json()["rows"]
    assert [row["key"] for row in rows] == [key]
    events = [p.events for p in VeiledStore(store).pictures()]
    assert sum(map(len, events)) == 1


def test_editors_set_the_rules_and_the_views_follow_at_once(clients: dict[str, TestClient]) -> None:
    before = clients["reader"].get("/api/counts")
    again = {"If-None-Match": before.headers["etag"]}
    assert clients["reader"].get("/api/counts", headers=again).status_code == 304
    answer = clients["editor"].put("/api/rules", json={"actors": [SECRET], "cell": 0.25})
    assert answer.json()["actors"] == [SECRET]
    after = clients["reader"].get("/api/counts", headers=again)
    assert after.status_code == 200
    assert after.json()["layers"]["events"] == before.json()["layers"]["events"] - 1
    assert clients["reader"].get("/api/rules").status_code == 403


@pytest.mark.parametrize(
    "rules", [{"layers": ["actors"]}, {"cell": -1}, {"cell": 90}, {"reviews": ["fine"]}, {"actors": [""]}], ids=str
)
def test_rules_that_cannot_be(clients: dict[str, TestClient], rules: dict[str, Any]) -> None:
    assert clients["editor"].put("/api/rules", json=rules).status_code == 422


def test_the_stream_counts_only_what_is_seen(store: Store) -> None:
    from situate.web.live import _state

    key = next(row.key for row in query.every(store, "events", Filters()) if SECRET in row.evidence.text)
    store.decide(Decision(key, "accept", "mona", "2026-01-01T00:00:00+00:00"))
    rule(store, Rules(actors=(SECRET,)), "editor")
    assert (_state(store, None)[1] or {})["decisions"] == 1
    assert (_state(VeiledStore(store), None)[1] or {})["decisions"] == 0


def test_readers_reach_none_of_what_is_for_others(clients: dict[str, TestClient]) -> None:
    for path in NOT_READ[2:]:
        path = "/api/review/next" if path == "/api/review" else path
        assert clients["reader"].get(path).status_code == 403, path


def test_migrations_make_the_side_tables_that_the_code_knows(store: Store) -> None:
    names = side_tables.metadata.tables
    wanted = {"include_name": lambda name, kind, _: kind != "table" or name in names}
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=wanted), side_tables.metadata) == []


@pytest.mark.skipif(bool(postgres_server.why_not()), reason=postgres_server.why_not() or "")
def test_postgresql_has_the_same_veil() -> None:
    with postgres_server.server() as socket, Store.open(f"postgresql://postgres@/postgres?host={socket}") as store:
        store.add(hidden())
        store.add(told("open", OPEN, actor="Rebels", place="Daraa", day="2018-08-20"))
        rule(store, Rules(actors=(SECRET,), reviews=("rejected",), cell=0.5), "editor")
        with VeiledStore(store) as seen:
            (row,) = query.every(seen, "events", Filters())
            assert (row.evidence.text, row.places[0].lat, row.places[0].lon) == (OPEN, 32.75, 36.25)
            assert query.count(seen, "events", Filters(box=(36.09, 32.61, 36.11, 32.63))) == 0
            assert [set(p.report.text) == {"█"} for p in seen.pictures()] == [True, False]
            assert "mill" not in str([(p.report, p.events) for p in seen.pictures()])
