"""Reports that come through the API: who may, what is refused, and what became of each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import READING

from situate import people
from situate.store import Store
from situate.web import make_app
from situate.web.limits import Limits

OWN = {"X-Situate": "1"}
TEXT = b"Rebels shelled Nawa on 2 July 2018 and killed five people, residents said."
LINES = b'{"id": "a", "text": "The army captured Saida on 3 July 2018."}\nno line\n{"id": "b", "text": "  "}\n'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as store:
        yield store


def _done(client: TestClient) -> list[dict[str, Any]]:
    """The uploads when all are read, the first one first."""
    end = time.monotonic() + READING
    while time.monotonic() < end:
        rows = client.get("/api/uploads").json()["rows"]
        if all(row["state"] in ("done", "failed") for row in rows):
            return list(reversed(rows))
        time.sleep(0.2)
    raise AssertionError("the uploads are never read")


def test_what_is_uploaded_is_read_and_what_became_of_it_is_told(store: Store) -> None:
    with TestClient(make_app(store), base_url="http://127.0.0.1", headers=OWN) as client:
        sent = client.post("/api/reports?name=one.txt", content=TEXT)
        assert (sent.status_code, sent.json()["done"]) == (202, 0)
        client.post("/api/reports?name=lines.jsonl&published=2018-07-04", content=LINES)
        client.post("/api/reports?name=one.txt", content=TEXT)
        one, lines, again = _done(client)
        assert (one["kept"], one["total"], one["error"]) == (1, 1, None)
        assert (lines["kept"], lines["failed"], lines["total"]) == (1, 2, 3)
        assert (again["had"], again["kept"]) == (1, 0)
        items = client.get(f"/api/runs/{lines['run']}").json()["rows"]
        assert [item["outcome"] for item in items] == ["read", "failed", "failed"]
        assert "JSON" in items[1]["reason"] and items[1]["remedy"]
        first = client.get(f"/api/runs/{lines['run']}", params={"limit": 2}).json()
        rest = client.get(f"/api/runs/{lines['run']}", params={"limit": 2, "after": first["after"]}).json()
        assert [len(first["rows"]), len(rest["rows"]), rest["after"]] == [2, 1, None]
        failed = client.get(f"/api/runs/{lines['run']}", params={"outcome": "failed"}).json()["rows"]
        assert len(failed) == 2
        assert {row["id"]: row["published"] for row in client.get("/api/reports").json()["rows"]}["a"] == "2018-07-04"
        assert client.get(f"/api/uploads/{one['id']}").json() == one
    assert store.count() == 2


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("name=scan.pdf", TEXT, 400),
        ("name=", TEXT, 422),
        ("name=..", TEXT, 400),
        ("name=one.txt", b" \n", 400),
        ("name=one.txt&published=2018-13-45", TEXT, 422),
        ("name=large.txt", b"x" * 2000, 413),
    ],
)
def test_what_cannot_be_read_is_refused(store: Store, query: str, body: bytes, status: int) -> None:
    app = make_app(store, limits=Limits(upload=1000))
    answer = TestClient(app, base_url="http://127.0.0.1", headers=OWN).post(f"/api/reports?{query}", content=body)
    assert answer.status_code == status
    assert answer.json()["error"]["status"] == status


def test_a_name_never_leads_out_of_its_folder(store: Store) -> None:
    with TestClient(make_app(store), base_url="http://127.0.0.1", headers=OWN) as client:
        sent = client.post("/api/reports", params={"name": "../../etc/one.txt"}, content=TEXT).json()
    assert sent["name"] == "one.txt"


@pytest.mark.usefixtures("quick_passwords")
@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("reviewer", 403), ("editor", 400)])
def test_only_editors_add_reports(store: Store, role: Any, status: int) -> None:
    """The editor's is refused for what it is, no report; the others' for who they are."""
    people.add(store, "mona", role, "a long pass phrase")
    client = TestClient(make_app(store, single=False), base_url="http://127.0.0.1")
    me = client.post("/api/session", json={"name": "mona", "password": "a long pass phrase"}, headers=OWN).json()
    answer = client.post("/api/reports?name=scan.pdf", content=TEXT, headers={"X-Situate": me["csrf"]})
    assert answer.status_code == status
    assert client.get("/api/uploads").status_code == (200 if role == "editor" else 403)
    assert client.get("/api/runs").status_code == (403 if role == "reader" else 200)
