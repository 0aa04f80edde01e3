"""API tokens: a secret that a program shows instead of logging in, with scopes, its digest in the store."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from situate.errors import SituateError
from situate.people.accounts import Person
from situate.people.roles import OF_ROLE, RIGHTS, Right, Who
from situate.people.sessions import digest
from situate.store import Store
from situate.store.side_tables import tokens as table
from situate.store.sql import sql

_SHAPE = re.compile(r"situate_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_QUERY = """SELECT tokens.*, people.name AS person, people.role FROM tokens
    JOIN people ON people.id = tokens.person_id WHERE tokens.id = ? AND people.active"""
NAME = 100


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its list shows it; the secret is shown once, when it is issued."""

    id: str
    name: str
    scopes: tuple[Right, ...]
    made_at: str
    ends_at: str | None


def issue(store: Store, person: Person, name: str, scopes: Iterable[str], days: int | None = None) -> tuple[Token, str]:
    """A new token and its secret. Raises SituateError for a scope that there isn't or that the role doesn't have."""
    allowed = OF_ROLE[person.role]
    wanted = [right for right in RIGHTS if right in set(scopes)]
    for scope in scopes:
        if scope not in allowed:
            raise SituateError(
                f"{scope}: no scope that a {person.role} may give; take some of {', '.join(sorted(allowed))}"
            )
    if not wanted or not 0 < len(name.strip()) <= NAME:
        raise SituateError(f"a token has a name of 1 to {NAME} characters and at least one scope, as in read")
    number, secret, now = secrets.token_hex(6), secrets.token_urlsafe(32), datetime.now(UTC)
    ends_at = _iso(now + timedelta(days=days)) if days else None
    row = {
        "id": number, "digest": digest(secret), "person_id": person.number, "name": name.strip(),
        "scopes": json.dumps(wanted), "made_at": _iso(now), "ends_at": ends_at,
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(table.insert(), row)
    return Token(number, name.strip(), tuple(wanted), _iso(now), ends_at), f"situate_{number}_{secret}"


def of_token(store: Store, secret: str) -> Who | None:
    """Who asks with this secret, with no more rights than the token's scopes and the person's role both have."""
    match = _SHAPE.fullmatch(secret)
    if match is None:
        return None
    with store.asking() as asked:
        rows = asked.rows(sql(_QUERY, match[1]))
    if not rows or not hmac.compare_digest(rows[0]["digest"], digest(match[2])):
        return None
    (row,) = rows
    if row["ends_at"] and row["ends_at"] <= _iso(datetime.now(UTC)):
        return None
    rights = frozenset(json.loads(row["scopes"])) & OF_ROLE[row["role"]]
    return Who(row["person"], row["role"], rights, "token", None, row["person_id"])


def tokens(store: Store, person: int) -> list[Token]:
    """A person's tokens, the newest first."""
    query = sql("SELECT * FROM tokens WHERE person_id = ? ORDER BY made_at DESC, id", person)
    with store.asking() as asked:
        rows = asked.rows(query)
    return [Token(r["id"], r["name"], tuple(json.loads(r["scopes"])), r["made_at"], r["ends_at"]) for r in rows]


def revoke(store: Store, person: int, number: str) -> None:
    """Make a person's token void at once. Raises SituateError where they have none with that id."""
    own = (table.c.person_id == person) & (table.c.id == number)
    with store.writing() as connection:
        if not connection.execute(table.delete().where(own)).rowcount:
            raise SituateError(f"{number}: no token with that key; see /api/tokens")


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
