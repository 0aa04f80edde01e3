"""`situate people`: who may use the store through the web, and as what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.people import Role
    from situate.store import Store

ROLES = ("reader", "reviewer", "editor", "admin")
role_option = click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="reader sees what readers may; reviewer sees all and decides; editor sets what readers see; admin: people.",
)


@click.group("people")
def command() -> None:
    """Accounts for those who use the store through the web.

    A password is asked for, or read from standard input where that is no terminal.

    \b
    Examples:
      situate people add mona --role reviewer
      situate people token mona --scope read --name "weekly export"
    """


@command.command("add")
@click.argument("name")
@role_option
@store_option
def add(name: str, role: str, target: str) -> None:
    """Make an account. The first one is best an admin's."""
    with _store(target, create=True) as store:
        from situate import people

        people.add(store, name, cast("Role", role), _password())
    tell(f"{name} may log in as {role}")


@command.command("list")
@store_option
def list_them(target: str) -> None:
    """List the accounts, a line each: name, role, since when, and whether it is closed."""
    with _store(target) as store:
        from situate import people

        for one in people.people(store):
            closed = "" if one.active else "\tclosed"
            click.echo(f"{one.name}\t{one.role}\t{one.made_at}{closed}")


@command.command("role")
@click.argument("name")
@role_option
@store_option
def role_of(name: str, role: str, target: str) -> None:
    """Give an account another role; it holds at once."""
    _do(target, lambda people, store: people.set_role(store, name, role))
    tell(f"{name} is {role}")


@command.command("password")
@click.argument("name")
@store_option
def password(name: str, target: str) -> None:
    """Give an account another password; its sessions end."""
    _do(target, lambda people, store: people.set_password(store, name, _password()))
    tell(f"{name} logs in with the new password")


@command.command("remove")
@click.argument("name")
@store_option
def remove(name: str, target: str) -> None:
    """Close an account: its sessions end and its tokens are void. What it decided stays."""
    _do(target, lambda people, store: people.remove(store, name))
    tell(f"{name} may not log in any more")


@command.command("token")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, default=("read",), show_default=True, help="read, review, edit …")
@click.option("--name", "what_for", default="command line", show_default=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3660), help="For how long; until it is revoked where not given.")
@store_option
def token(name: str, scopes: tuple[str, ...], what_for: str, days: int | None, target: str) -> None:
    """Make an API token for an account, and print it this once."""
    with _store(target) as store:
        from situate import people
        from situate.people.accounts import person

        _, secret = people.issue(store, person(store, name), what_for, scopes, days)
    click.echo(secret)


def _store(target: str, *, create: bool = False) -> Store:
    from situate.store import Store

    return Store.open(target, create=create)


def _do(target: str, act: Callable[[Any, Store], object]) -> None:
    with _store(target) as store:
        from situate import people

        act(people, store)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
