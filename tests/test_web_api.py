"""The API: what it answers, how it errs, and whom it doesn't answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from told_pictures import told

from situate.store import Store
from situate.web import make_app

OWN = {"X-Situate": "1"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Store.open(str(tmp_path / "test.db")) as store:
        for n, place in enumerate(("Nawa", "Daraa", "Idlib")):
            store.add(told(f"r{n}", f"Rebels shelled {place}.", actor="Rebels", place=place, day=f"2018-0{n + 5}-10"))
        yield TestClient(make_app(store), base_url="http://127.0.0.1")


def test_pages_by_cursor_give_everything_once(client: TestClient) -> None:
    seen, after = [], None
    while True:
        page = client.get("/api/layers/events", params={"limit": 2} | ({"after": after} if after else {})).json()
        seen += [row["key"] for row in page["rows"]]
        after = page["after"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 3


def test_one_filter_holds_in_every_view(client: TestClient) -> None:
    query = {"place": "Nawa"}
    assert client.get("/api/counts", params=query).json()["layers"]["events"] == 1
    assert len(client.get("/api/layers/events", params=query).json()["rows"]) == 1
    assert client.get("/api/incidents", params=query).json()["count"] == 1
    assert "Daraa" not in client.get("/api/brief", params={**query, "format": "markdown"}).text


def test_every_entry_tells_how_well_it_is_corroborated(client: TestClient) -> None:
    (row, *_) = client.get("/api/layers/events").json()["rows"]
    found = client.get(f"/api/entries/{row['key']}/corroboration").json()
    assert (found["grade"], found["reports"], found["first"]) == ("single source", 1, row["report"]["published"])
    for wrong in (f"{row['report']['key']}.actors.0000000-1", "nothing", f"{row['key']}0"):
        assert client.get(f"/api/entries/{wrong}/corroboration").status_code == 404


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/counts")
    again = client.get("/api/counts", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_csv_has_a_header_and_a_line_an_entry(client: TestClient) -> None:
    lines = client.get("/api/layers/events?format=csv").text.splitlines()
    assert len(lines) == 4
    assert "trigger" in lines[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/layers/nothing", 422),
        ("/api/layers/events?since=yesterday", 422),
        ("/api/layers/events?limit=0", 422),
        ("/api/layers/events?after=garbage", 400),
        ("/api/layers/events?box=1,2,3", 422),
        ("/api/reports/ffffffffffff", 404),
        ("/api/nowhere", 404),
    ],
)
def test_every_error_has_one_shape(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    error: dict[str, Any] = answer.json()["error"]
    assert error["status"] == status
    assert error["code"] and error["message"]


def test_another_host_name_is_not_answered(client: TestClient) -> None:
    assert client.get("/api/counts", headers={"Host": "rebound.example"}).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {**OWN, "Origin": "http://elsewhere.example"}], ids=["no mark", "other origin"]
)
def test_only_the_page_itself_writes(client: TestClient, headers: dict[str, str]) -> None:
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    said = {"entry_key": key, "decision": "accept"}
    assert client.post("/api/decisions", json=said, headers=headers).status_code == 403
    assert client.get("/api/decisions").json()["rows"] == []


def test_a_decision_is_kept_and_shown(client: TestClient) -> None:
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    said = {"entry_key": key, "decision": "reject", "who": "ann", "comment": "a rumour"}
    assert client.post("/api/decisions", json=said, headers=OWN).status_code == 201
    (kept,) = client.get("/api/decisions").json()["rows"]
    assert (kept["who"], kept["comment"]) == ("ann", "a rumour")
    assert client.get("/api/layers/events?review=rejected").json()["rows"][0]["key"] == key
    assert client.get("/api/incidents").json()["count"] == 2


def test_answers_carry_a_strict_policy(client: TestClient) -> None:
    policy = client.get("/api/counts").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
