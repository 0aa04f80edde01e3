"""Sessions: a random secret in a cookie, its digest in the store. What is deleted there is logged out at once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from situate.people.accounts import Person
from situate.people.roles import OF_ROLE, Who
from situate.store import Store
from situate.store.side_tables import sessions as table
from situate.store.sql import sql

LASTS = timedelta(days=7)
LONGEST = 100  # characters of a secret; more is none of ours
_QUERY = """SELECT people.id, people.name, people.role, sessions.csrf FROM sessions
    JOIN people ON people.id = sessions.person_id
    WHERE sessions.digest = ? AND sessions.ends_at > ? AND people.active"""


def begin(store: Store, person: Person) -> str:
    """A new session; gives what its cookie holds. Sessions that are over are cleared away."""
    secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
    row = {
        "digest": digest(secret),
        "person_id": person.number,
        "csrf": secrets.token_urlsafe(24),
        "made_at": _iso(now),
        "ends_at": _iso(now + LASTS),
    }
    with store.writing() as connection:
        connection.execute(table.delete().where(table.c.ends_at <= _iso(now)))
        connection.execute(table.insert(), row)
    return secret


def of_session(store: Store, secret: str) -> Who | None:
    """Who has the session with this secret; None where it is over or never was."""
    if len(secret) > LONGEST:
        return None
    with store.asking() as asked:
        rows = asked.rows(sql(_QUERY, digest(secret), _iso(datetime.now(UTC))))
    if not rows:
        return None
    (row,) = rows
    return Who(row["name"], row["role"], OF_ROLE[row["role"]], "session", row["csrf"], row["id"])


def end(store: Store, secret: str) -> None:
    """Log a session out."""
    with store.writing() as connection:
        connection.execute(table.delete().where(table.c.digest == digest(secret)))


def end_all(store: Store, person: int, but: str = "") -> int:
    """Log a person's sessions out, but for the one with the secret `but`. Gives how many."""
    others = (table.c.person_id == person) & (table.c.digest != digest(but))
    with store.writing() as connection:
        return connection.execute(table.delete().where(others)).rowcount


def digest(secret: str) -> str:
    """What the store keeps of a secret. Secrets are long and random, so that a fast digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
