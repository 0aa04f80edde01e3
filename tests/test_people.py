"""Accounts, sessions, tokens and roles, as a person, a program and a stranger meet them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Run
from fastapi.testclient import TestClient
from sqlalchemy import text
from told_pictures import told

from situate import people
from situate.cli import cli
from situate.errors import SituateError
from situate.people.accounts import person
from situate.store import Store
from situate.web import make_app
from situate.web.limits import Limit, Limits

ROLES = ("reader", "reviewer", "editor", "admin")
PASSWORD = "four quiet words here"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Path:
    path = tmp_path_factory.mktemp("people") / "test.db"
    with Store.open(str(path)) as store:
        store.add(told("r", "Rebels shelled Nawa.", actor="Rebels", place="Nawa"))
        for role in ROLES:
            people.add(store, f"{role}-1", role, PASSWORD)  # type: ignore[arg-type]
    return path


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copy(kept, tmp_path)) as store:
        yield store


@pytest.fixture
def open_client(store: Store) -> Any:
    app = make_app(store, single=False)
    return lambda: TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> Any:
    answer = client.post("/api/session", json={"name": name, "password": password}, headers={"X-Situate": "1"})
    if answer.status_code == 201:
        client.headers["X-Situate"] = answer.json()["csrf"]
    return answer


def test_nobody_sees_anything_before_logging_in(open_client: Any) -> None:
    client = open_client()
    described = {"/api/layers/events", "/api/brief", "/api/live", "/api/openapi.json", "/api/me", "/api/nowhere"}
    for path in described:
        answer = client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized"), path
    assert client.get("/").headers["location"] == "/login.html"
    assert client.get("/login.html").status_code == 200


def test_logging_in_and_out(open_client: Any) -> None:
    client = open_client()
    answer = log_in(client, "reviewer-1")
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert client.get("/api/me").json()["role"] == "reviewer"
    kept = dict(client.cookies)
    assert client.delete("/api/session").status_code == 204
    client.cookies.update(kept)
    assert client.get("/api/me").status_code == 401


def test_a_cookie_over_https_is_never_sent_in_clear(store: Store) -> None:
    client = TestClient(make_app(store, single=False), base_url="https://situate.example")
    assert "Secure" in log_in(client, "reader-1").headers["set-cookie"]


@pytest.mark.parametrize(("name", "password"), [("reader-1", "wrong words here"), ("nobody", PASSWORD)])
def test_which_of_name_and_password_is_wrong_is_not_told(open_client: Any, name: str, password: str) -> None:
    answer = log_in(open_client(), name, password)
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "the name or the password is wrong"


def test_guessing_is_slowed_down(open_client: Any) -> None:
    client = open_client()
    codes = [log_in(client, "reader-1", f"guess number {n}").status_code for n in range(7)]
    assert codes == [401] * 5 + [429] * 2
    refused = log_in(client, "reader-1")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_only_hashes_are_kept(store: Store, open_client: Any) -> None:
    client = open_client()
    log_in(client, "admin-1")
    secret = client.post("/api/tokens", json={"name": "x", "scopes": ["read"]}).json()["secret"]
    with store.reading() as connection:
        kept = str([connection.execute(text(f"SELECT * FROM {t}")).all() for t in ("people", "sessions", "tokens")])
    assert "$argon2id$" in kept
    for given in (PASSWORD, client.cookies["situate"], secret.rpartition("_")[2]):
        assert given not in kept


@pytest.mark.parametrize("word", [None, "1", "guessed"])
def test_a_page_of_strangers_cannot_write_with_somebodys_cookie(open_client: Any, word: str | None) -> None:
    client = open_client()
    log_in(client, "reviewer-1")
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    said = {"entry_key": key, "decision": "accept"}
    client.headers.pop("X-Situate")
    headers = {"X-Situate": word} if word else {}
    assert client.post("/api/decisions", json=said, headers=headers).status_code == 403


def test_another_origin_is_refused_though_it_knows_the_word(open_client: Any) -> None:
    client = open_client()
    log_in(client, "admin-1")
    answer = client.post(
        "/api/tokens", json={"name": "x", "scopes": ["read"]}, headers={"Origin": "http://evil.example"}
    )
    assert answer.status_code == 403


WRITES: dict[str, tuple[str, str, Any]] = {
    "decide": ("POST", "/api/decisions", {"entry_key": "x.events.1", "decision": "accept"}),
    "comment": ("POST", "/api/comments", {"about": "x", "words": "so"}),
    "trail": ("GET", "/api/decisions", None),
    "rules": ("PUT", "/api/rules", {"layers": []}),
    "people": ("GET", "/api/people", None),
    "add somebody": ("POST", "/api/people", {"name": "new", "password": PASSWORD, "role": "reader"}),
}
FIRST_ROLE = {
    "decide": "reviewer", "comment": "reviewer", "trail": "reviewer", "rules": "editor", "people": "admin",
    "add somebody": "admin",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_it_may(open_client: Any, role: str) -> None:
    client = open_client()
    log_in(client, f"{role}-1")
    for what, (method, path, body) in WRITES.items():
        refused = client.request(method, path, json=body).status_code == 403
        assert refused == (ROLES.index(role) < ROLES.index(FIRST_ROLE[what])), (role, what)


def test_who_decided_is_who_is_logged_in(open_client: Any) -> None:
    client = open_client()
    log_in(client, "reviewer-1")
    key = client.get("/api/layers/events").json()["rows"][0]["key"]
    client.post("/api/decisions", json={"entry_key": key, "decision": "accept", "who": "admin-1"})
    assert [row["who"] for row in client.get("/api/decisions").json()["rows"]] == ["reviewer-1"]


def test_a_role_that_is_taken_away_is_gone_at_once(store: Store, open_client: Any) -> None:
    client = open_client()
    log_in(client, "editor-1")
    assert client.get("/api/decisions").status_code == 200
    people.set_role(store, "editor-1", "reader")
    assert client.get("/api/decisions").status_code == 403
    people.remove(store, "editor-1")
    assert client.get("/api/layers/events").status_code == 401
    assert log_in(client, "editor-1").status_code == 401


def test_a_new_password_ends_all_sessions(open_client: Any) -> None:
    one, other = open_client(), open_client()
    log_in(one, "reader-1")
    log_in(other, "reader-1")
    said = {"old": PASSWORD, "new": "another few quiet words"}
    assert one.put("/api/me/password", json={**said, "old": "no"}).status_code == 403
    assert one.put("/api/me/password", json=said).status_code == 204
    assert [c.get("/api/me").status_code for c in (one, other)] == [401, 401]
    assert log_in(other, "reader-1", said["new"]).status_code == 201


def test_a_token_does_what_its_scopes_and_its_owners_role_both_allow(store: Store, open_client: Any) -> None:
    client = open_client()
    log_in(client, "reviewer-1")
    assert client.post("/api/tokens", json={"name": "x", "scopes": ["administer"]}).status_code == 400
    made = client.post("/api/tokens", json={"name": "x", "scopes": ["read"]}).json()
    program = open_client()
    program.headers["Authorization"] = f"Bearer {made['secret']}"
    key = program.get("/api/layers/events").json()["rows"][0]["key"]
    said = {"entry_key": key, "decision": "accept"}
    assert program.post("/api/decisions", json=said).status_code == 403
    assert program.post("/api/tokens", json={"name": "y", "scopes": ["read"]}).status_code == 400
    both = client.post("/api/tokens", json={"name": "z", "scopes": ["read", "review"]}).json()
    program.headers["Authorization"] = f"Bearer {both['secret']}"
    assert program.post("/api/decisions", json=said).status_code == 201
    people.set_role(store, "reviewer-1", "reader")
    assert program.post("/api/decisions", json=said).status_code == 403
    assert client.delete(f"/api/tokens/{both['id']}").status_code == 204
    assert program.get("/api/counts").status_code == 401


@pytest.mark.parametrize("secret", ["", "x", "situate_000000000000_" + "A" * 43, "situate_" + "9" * 5000])
def test_a_wrong_token_is_nobody(open_client: Any, secret: str) -> None:
    assert open_client().get("/api/counts", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_token_that_is_over_is_nobody(store: Store, open_client: Any) -> None:
    _, secret = people.issue(store, person(store, "reader-1"), "x", ["read"], 1)
    with store.writing() as connection:
        connection.execute(text("UPDATE tokens SET ends_at = '2020-01-01T00:00:00+00:00'"))
    assert open_client().get("/api/counts", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_too_many_requests_and_too_large_ones_are_refused(store: Store) -> None:
    limits = Limits(asking=Limit(3, 0.001), body=1000)
    client = TestClient(make_app(store, single=False, limits=limits), base_url="http://127.0.0.1")
    log_in(client, "reviewer-1")
    large = {"entry_key": "x", "decision": "accept", "comment": "x" * 2000}
    assert client.post("/api/decisions", json=large).status_code == 413
    chunks = (b"x" * 600 for _ in range(3))  # without a length in the header
    assert client.post("/api/decisions", content=chunks).status_code == 413
    codes = [client.get("/api/me").status_code for _ in range(4)]
    assert codes[-1] == 429


def test_the_last_admin_stays(store: Store) -> None:
    for act in (lambda: people.remove(store, "admin-1"), lambda: people.set_role(store, "admin-1", "reader")):
        with pytest.raises(SituateError, match="last admin"):
            act()


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), (" x", PASSWORD), ("a\nb", PASSWORD), ("x", "short")])
def test_names_and_passwords_that_cannot_be(store: Store, name: str, password: str) -> None:
    with pytest.raises(SituateError):
        people.add(store, name, "reader", password)


def test_accounts_by_the_command_line(tmp_path: Path) -> None:
    target = str(tmp_path / "people.db")

    def run(*arguments: str, given: str = "") -> Any:
        return CliRunner().invoke(cli, ["people", *arguments, "--store", target], input=given)

    assert run("add", "mona", "--role", "admin", given=f"{PASSWORD}\n").exit_code == 0
    assert run("list").output.startswith("mona\tadmin\t")
    secret = run("token", "mona", "--scope", "read").stdout.strip()
    with Store.open(target) as store:
        assert people.known(store, "mona", PASSWORD).role == "admin"
        found = people.of_token(store, secret)
        assert found and found.rights == {"read"}


def test_other_machines_need_accounts(situate: Run, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "situate.db")) as store:
        store.add(told("r", "Rebels shelled Nawa.", actor="Rebels", place="Nawa"))
    for extra, said in (((), b"situate people add NAME --role admin"), (("--single-user",), b"this machine alone")):
        done = situate("serve", "--host", "0.0.0.0", "--port", "0", *extra)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert said in done.stderr
