"""The review API: who decided what, when, and what stood before; several at once, second opinions, comments."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from told_pictures import told

from situate.store import Decision, Store, merge
from situate.store.comments import comments
from situate.store.opinions import agreements, kappa, stood_before
from situate.web import make_app

OWN = {"X-Situate": "1"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "test.db"
    with Store.open(str(path)) as store:
        for n, place in enumerate(("Nawa", "Daraa", "Idlib")):
            killed = f"{n + 3} people"
            made = told(
                f"r{n}", f"Rebels shelled {place} and {killed} died.", actor="Rebels", place=place,
                day=f"2018-0{n + 5}-10", killed=killed, confidence=0.5 + n / 10,
            )  # fmt: skip
            store.add(made)
    return path


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copy(kept, tmp_path)) as store:
        yield store


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(make_app(store), base_url="http://127.0.0.1", headers=OWN)


@pytest.fixture
def keys(client: TestClient) -> list[str]:
    return [row["key"] for row in client.get("/api/layers/events").json()["rows"]]


def decide(client: TestClient, key: str, decision: str, who: str = "mona", **more: Any) -> Any:
    return client.post("/api/decisions", json={"entry_key": key, "decision": decision, "who": who, **more})


def test_the_trail_tells_what_stood_before(client: TestClient, keys: list[str]) -> None:
    decide(client, keys[0], "accept")
    decide(client, keys[0], "correct", "omar", field="type", after="COERCE")
    decide(client, keys[0], "correct", "omar", field="type", after="MOBILIZE")
    assert decide(client, keys[0], "undo", "omar").json()["review"] == "corrected"
    rows = client.get("/api/decisions", params={"entry": keys[0]}).json()["rows"]
    assert [row["stood"] for row in rows] == ["unreviewed", "accepted", "corrected", "corrected"]
    assert [row["before"] for row in rows[1:3]] == ["ASSAULT", "COERCE"]
    assert [row["made_at"] for row in rows] == sorted(row["made_at"] for row in rows)


def test_nobody_undoes_what_others_decided(client: TestClient, keys: list[str]) -> None:
    decide(client, keys[0], "accept", "mona")
    refused = decide(client, keys[0], "undo", "omar")
    assert refused.status_code == 400
    assert "nothing to undo" in refused.json()["error"]["message"]
    assert len(client.get("/api/decisions").json()["rows"]) == 1


def test_an_undo_of_what_was_not_said_is_refused(client: TestClient, keys: list[str]) -> None:
    decide(client, keys[0], "accept")
    refused = decide(client, keys[0], "undo", field="incident", after=keys[1])
    assert refused.status_code == 400
    assert "nothing to undo" in refused.json()["error"]["message"]


@pytest.mark.parametrize("after", [2**70, [{"n": -(2**70)}]])
def test_a_value_that_could_not_be_given_out_is_not_taken(client: TestClient, keys: list[str], after: Any) -> None:
    assert decide(client, keys[0], "correct", field="type", after=after).status_code in (400, 422)
    assert client.get("/api/decisions").json()["rows"] == []


def test_the_trail_goes_out_page_by_page_and_whole(client: TestClient, keys: list[str]) -> None:
    for key in keys:
        decide(client, key, "accept", comment="=cmd|' /C calc'!A0")
    first = client.get("/api/decisions?limit=2").json()
    rest = client.get("/api/decisions", params={"limit": 2, "after": first["after"]}).json()
    assert [row["entry_key"] for row in (*first["rows"], *rest["rows"])] == keys
    assert rest["after"] is None
    lines = client.get("/api/decisions?format=jsonl").text.splitlines()
    assert [json.loads(line)["entry_key"] for line in lines] == keys
    table = list(csv.DictReader(io.StringIO(client.get("/api/decisions?format=csv").text)))
    assert [row["entry_key"] for row in table] == keys
    assert {row["comment"][0] for row in table} == {"'"}  # a spreadsheet runs nothing
    assert client.get("/api/decisions?after=nonsense").status_code == 400


def test_several_at_once_are_those_that_were_shown(client: TestClient, keys: list[str]) -> None:
    decide(client, keys[2], "reject", "omar")
    said = {"entry_keys": keys, "decision": "accept", "who": "mona", "stood": "unreviewed"}
    done = client.post("/api/decisions/together", json=said).json()
    assert (done["kept"], done["left"]) == (2, [keys[2]])
    assert done["reviews"] == {keys[0]: "accepted", keys[1]: "accepted", keys[2]: "rejected"}
    undone = client.post("/api/decisions/together", json={**said, "decision": "undo", "stood": None}).json()
    assert (undone["kept"], undone["left"]) == (2, [keys[2]])


@pytest.mark.parametrize("wrong", [[], ["no.such.entry"], ["x"] * 201])
def test_several_at_once_are_kept_all_or_none(client: TestClient, keys: list[str], wrong: list[str]) -> None:
    some = [keys[0], *wrong] if wrong else []
    said = {"entry_keys": some, "decision": "accept"}
    assert client.post("/api/decisions/together", json=said).status_code in (404, 422)
    assert client.get("/api/decisions").json()["rows"] == []


def test_next_comes_what_is_least_sure_or_most_important(client: TestClient, keys: list[str]) -> None:
    doubt = client.get("/api/review/next").json()
    assert (doubt["row"]["confidence"], doubt["waiting"]) == (0.5, 3)
    weighty = client.get("/api/review/next?order=importance").json()
    assert weighty["row"]["figures"][0]["value"] == 5


def test_second_opinions_are_asked_of_others(client: TestClient, keys: list[str]) -> None:
    assert client.get("/api/review/next?second=true").json()["row"] is None
    decide(client, keys[1], "accept", "omar")
    assert client.get("/api/review/next?second=true").json()["row"]["key"] == keys[1]
    decide(client, keys[1], "reject", "you")
    assert client.get("/api/review/next?second=true").json()["waiting"] == 0


def test_agreement_between_reviewers(client: TestClient, keys: list[str]) -> None:
    for who, decisions in (("mona", ("accept", "reject", "accept")), ("omar", ("accept", "reject", "reject"))):
        for key, decision in zip(keys, decisions, strict=True):
            decide(client, key, decision, who)
    (pair,) = client.get("/api/agreement").json()["rows"]
    assert (pair["one"], pair["other"], pair["both"], pair["same"]) == ("mona", "omar", 3, 2)
    assert pair["raw"] == pytest.approx(2 / 3)
    assert pair["kappa"] == pytest.approx(0.4)  # chance alone: 2/3 x 1/3 + 1/3 x 2/3
    assert pair["apart"] == [keys[2]]
    assert client.get("/api/agreement?format=csv").text.splitlines()[0] == "one,other,both,same,raw,kappa"


def test_kappa_of_the_textbook() -> None:
    """Two readers of 50 grant proposals, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) is None
    assert kappa([]) is None


def test_what_was_taken_back_is_no_opinion() -> None:
    made = [
        Decision("e", "accept", "mona", "1"), Decision("e", "reject", "omar", "2"), Decision("e", "undo", "omar", "3"),
        Decision("e", "reject", "omar", "4", field="shown"),
    ]  # fmt: skip
    assert agreements(made) == []
    assert list(stood_before(made).values()) == ["unreviewed", "accepted", "rejected", "accepted"]


def test_comments_and_replies(client: TestClient, keys: list[str]) -> None:
    first = client.post("/api/comments", json={"about": keys[0], "words": "Is this Nawa?", "who": "mona"}).json()
    said = {"about": keys[0], "words": "It is.", "who": "omar", "reply_to": first["key"]}
    assert client.post("/api/comments", json=said).status_code == 201
    report = keys[0].partition(".")[0]
    assert client.post("/api/comments", json={"about": report, "words": "Read twice."}).status_code == 201
    found = client.get("/api/comments", params={"about": keys[0]}).json()["rows"]
    assert [(c["who"], c["reply_to"]) for c in found] == [("omar", first["key"]), ("mona", None)]
    page = client.get("/api/comments?limit=2").json()
    assert len(client.get("/api/comments", params={"after": page["after"]}).json()["rows"]) == 1


@pytest.mark.parametrize("said", [{"about": "nothing"}, {"words": ""}, {"words": "x" * 5001}, {"reply_to": "nothing"}])
def test_comments_that_cannot_be(client: TestClient, keys: list[str], said: dict[str, str]) -> None:
    answer = client.post("/api/comments", json={"about": keys[0], "words": "so", **said})
    assert answer.status_code in (404, 422)
    assert client.get("/api/comments").json()["rows"] == []


def test_comments_go_along_with_a_merge_and_people_do_not(client: TestClient, store: Store, tmp_path: Path) -> None:
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    client.post("/api/comments", json={"about": key, "words": "so"})
    with Store.open(str(tmp_path / "other.db")) as other:
        assert merge(other, store).comments == 1
        assert merge(other, store).comments == 0
        assert comments(other) == comments(store)


def test_incidents_come_page_by_page_each_once(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "many.db")) as store:
        for n in range(12):
            place, day = ("Nawa", "Idlib")[n % 2], f"2018-{3 + n // 3:02}-{1 + 9 * (n % 3):02}"
            for outlet, text in (
                ("Tern Wire", f"Rebels shelled {place}."),
                ("Lantern", f"{place} was shelled by Rebels."),
            ):
                store.add(told(f"{outlet} {n}", text, actor="Rebels", place=place, day=day, outlet=outlet))
        client = TestClient(make_app(store), base_url="http://127.0.0.1")
        whole = client.get("/api/incidents?limit=1000").json()
        paged: list[str] = []
        after = None
        while True:
            page = client.get("/api/incidents", params={"limit": 3} | ({"after": after} if after else {})).json()
            paged += [row["id"] for row in page["rows"]]
            after = page["after"]
            if after is None:
                break
    assert whole["count"] == len(whole["rows"]) > 3
    assert sorted(paged) == sorted(row["id"] for row in whole["rows"])
    assert len(paged) == len(set(paged))
