"""Accounts: a name, a role, and a password that is kept as an argon2id hash alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from threading import Semaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from situate.errors import SituateError
from situate.people.roles import ROLES, Role
from situate.store import Store
from situate.store.asking import asking_through
from situate.store.side_tables import people as table
from situate.store.side_tables import sessions, tokens
from situate.store.sql import sql

SHORTEST, LONGEST = 10, 500  # characters of a password
NAME = 100
_AT_ONCE = Semaphore(2)  # a hash takes 64 MB: many who log in at once wait


class RefusedError(SituateError):
    """A name or a password that doesn't hold; which of the two isn't told."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account. One that isn't active can't log in; its name stays with what it decided."""

    number: int
    name: str
    role: Role
    active: bool
    made_at: str  # ISO, UTC


def add(store: Store, name: str, role: Role, password: str) -> Person:
    """A new account. Raises SituateError where the name is taken or one of the three can't be."""
    name = _name(name)
    row = {
        "name": name, "role": _role(role), "password": _hashed(password), "active": True, "made_at": _now(),
    }  # fmt: skip
    with store.writing() as connection:
        if asking_through(connection).tuples(sql("SELECT 1 FROM people WHERE name = ?", name)):
            raise SituateError(f"{name}: there is an account of that name; take another, or see: situate people list")
        connection.execute(table.insert(), row)
    return person(store, name)


def people(store: Store) -> list[Person]:
    """All accounts by name."""
    with store.asking() as asked:
        return list(map(_person, asked.rows(sql("SELECT * FROM people ORDER BY name"))))


def names(store: Store) -> list[str]:
    """The names of those who can log in."""
    return [one.name for one in people(store) if one.active]


def person(store: Store, name: str) -> Person:
    """The account of that name. Raises SituateError where there is none."""
    row = _found(store, name)
    if row is None:
        raise SituateError(f"{name}: no account with that key; see: situate people list")
    return _person(row)


def known(store: Store, name: str, password: str) -> Person:
    """The account, where it is active and the password its own. Raises RefusedError, which takes as long either way."""
    row = _found(store, name)
    with _AT_ONCE:
        right = _verified(row["password"] if row else _nobodys(), password)
    if row is None or not right or not row["active"]:
        raise RefusedError("the name or the password is wrong")
    if _hasher().check_needs_rehash(row["password"]):
        _change(store, row["id"], password=_hashed(password))
    return _person(row)


def set_role(store: Store, name: str, role: Role) -> None:
    """Give an account another role; it holds at once. Raises SituateError where nobody would be left to administer."""
    one = person(store, name)
    if role != "admin":
        _leaves_an_admin(store, one)
    _change(store, one.number, role=_role(role))


def set_password(store: Store, name: str, password: str) -> None:
    """Give an account another password, and end its sessions."""
    one = person(store, name)
    _change(store, one.number, password=_hashed(password))
    with store.writing() as connection:
        connection.execute(sessions.delete().where(sessions.c.person_id == one.number))


def remove(store: Store, name: str) -> None:
    """Let nobody in by this account any more: its sessions end, its tokens are void. What it decided stays."""
    one = person(store, name)
    _leaves_an_admin(store, one)
    _change(store, one.number, active=False)
    with store.writing() as connection:
        for of_person in (sessions, tokens):
            connection.execute(of_person.delete().where(of_person.c.person_id == one.number))


def _leaves_an_admin(store: Store, one: Person) -> None:
    others = [each for each in people(store) if each.active and each.role == "admin" and each.name != one.name]
    if one.role == "admin" and one.active and not others:
        raise SituateError(
            f"{one.name} is the last admin; make another one first: situate people add NAME --role admin"
        )


def _change(store: Store, number: int, **values: Any) -> None:
    with store.writing() as connection:
        connection.execute(table.update().where(table.c.id == number).values(**values))


def _found(store: Store, name: str) -> dict[str, Any] | None:
    with store.asking() as asked:
        rows = asked.rows(sql("SELECT * FROM people WHERE name = ?", unicodedata.normalize("NFC", name)))
    return rows[0] if rows else None


def _person(row: dict[str, Any]) -> Person:
    return Person(row["id"], row["name"], row["role"], bool(row["active"]), row["made_at"])


def _name(name: str) -> str:
    plain = unicodedata.normalize("NFC", name)
    if not 0 < len(plain) <= NAME or plain != plain.strip() or not plain.isprintable():
        raise SituateError(
            f"{name!r} can't be a name; give 1 to {NAME} printable characters, without space around them"
        )
    return plain


def _role(role: str) -> Role:
    if role not in ROLES:
        raise SituateError(f"{role}: not a role; give one of {', '.join(ROLES)}")
    return role


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise SituateError(f"a password has {SHORTEST} to {LONGEST} characters; a few words in a row are easy to keep")
    with _AT_ONCE:
        return _hasher().hash(_plain(password))


def _verified(hashed: str, password: str) -> bool:
    try:
        return _hasher().verify(hashed, _plain(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory: 64 MiB, 3 passes


@cache
def _nobodys() -> str:
    """A hash to be checked where there is no account, so that the time doesn't tell."""
    return _hasher().hash("nobody's password")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
