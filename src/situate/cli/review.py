"""`situate review`: entry by entry at a terminal; `accept`, `reject`, `unsure`, `correct`, `undo` by key; `list`."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from situate.cli.common import tell
from situate.cli.listing_options import (
    ENTRY_LAYERS,
    filter_options,
    filters_among,
    kind_options,
    store_here,
    store_option,
)
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.store import Store
    from situate.store.decisions import DecisionKind

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 50


def _said(command: F) -> F:
    """The options that say who decides, and why; the names that situate incidents has for them will do, too."""
    by = click.option("--by", "--who", "who", metavar="NAME", help="Who decides. [default: SITUATE_WHO, or your login]")
    note = click.option("--note", "--comment", "note", metavar="WORDS", help="Why, for whoever reads the decisions.")
    return by(note(store_here(command)))


@click.group("review", invoke_without_command=True)
@click.option("--layer", type=click.Choice(ENTRY_LAYERS), default="events", show_default=True, help="Of what.")
@click.option(
    "--order",
    type=click.Choice(("doubt", "importance")),
    default="doubt",
    show_default=True,
    help="First what the reader is least sure of, or what has the largest toll.",
)
@click.option("--second", is_flag=True, help="What others decided on and you didn't; what they said comes after.")
@filter_options("all")
@kind_options
@click.option("--by", "--who", "who", envvar="SITUATE_WHO", metavar="NAME", help="Who decides. [default: your login]")
@store_option
@click.pass_context
def command(ctx: click.Context, /, target: str, **given: Any) -> None:
    """Go through the entries that nobody reviewed yet, those first that most need a person.

    At a terminal, a key decides: a accept, r reject, c correct, d in doubt, s skip, u undo the last, o the text around,
    n a note to the next decision, q quit. Each decision is kept at once, and beside what the reader found: nothing is
    overwritten, and everything can be undone. Listings show the state and filter by it (--review accepted).

    accept, reject, unsure, correct and undo do the same by an entry's key, as situate events --json gives it, or a
    beginning of it that only one has; "-" stands for keys from standard input, one a line.

    \b
    Examples:
      situate review --layer control --place Daraa
      situate review reject 3f2a91bc04d1e7aa.events.0001034 --note "the strike was in May"
      situate review list --json
    """
    ctx.obj = target
    if ctx.invoked_subcommand is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise SituateError(
                "review asks at a terminal, and this is none; decide by key: situate review accept, reject, unsure, "
                "correct or undo, and situate review list"
            )
        _sit(target, given)


def _sit(target: str, given: dict[str, Any]) -> None:
    from situate.cli.reviewing import Sitting, Task
    from situate.store import Store

    if given["reviews"] and not given["second"]:
        raise SituateError("--review goes with --second: else what nobody reviewed is gone through")
    who = _by(given["who"])
    task = Task(given["layer"], filters_among((given["layer"],), given), who, given["order"], given["second"])
    with Store.open(target, create=False) as store:
        Sitting(store, task).run()


def _kind(name: str, kind: DecisionKind, summary: str) -> None:
    """The command that decides so on entries."""

    words = f"{summary} KEY is an entry's key or the beginning of it; - reads keys from lines."

    @command.command(name, help=words, short_help=summary.partition(",")[0] + ".")
    @click.argument("keys", nargs=-1, required=True, metavar="KEY...")
    @_said
    @click.pass_obj
    def decide(target: str, keys: tuple[str, ...], who: str | None, note: str | None) -> None:
        from situate.store import Decision, Store
        from situate.store.judging import entries_named, now

        with Store.open(target, create=False) as store:
            found = entries_named(store, _keys(keys))
            by, made_at = _by(who), now()
            store.decide(*(Decision(key, kind, by, made_at, comment=note) for key in found))
            _tell_of(store, found)


_kind("accept", "accept", "Say that entries are right, all or none of those named.")
_kind("reject", "reject", "Say that entries are wrong, all or none of those named.")
_kind("unsure", "unsure", "Say that entries are in doubt, all or none of those named.")


@command.command("correct")
@click.argument("key")
@click.option("--set", "values", multiple=True, required=True, metavar="FIELD=VALUE", help="What it should be.")
@_said
@click.pass_obj
def correct(target: str, key: str, values: tuple[str, ...], who: str | None, note: str | None) -> None:
    """Say what a field of an entry should be; --set again for more.

    Fields are type, status, earliest, latest, source and who and where, as the layer has them (actors, recipients,
    places; holder; origin, destination; from, to; parties). Several names stand between commas; no value, or "-",
    means that nothing stands there.

    \b
    Examples:
      situate review correct 3f2a91bc04d1e7aa.events.0001034 --set status=planned
      situate review correct 3f2a91bc04d1e7aa.events.0001034 --set "recipients=Civilians, Rebels" --set source=
    """
    from situate.cli.correcting import field_named, stands_in, value_of
    from situate.store import Decision, Store, query
    from situate.store.judging import entries_named, judge, now

    with Store.open(target, create=False) as store:
        (found,) = entries_named(store, [key])
        row = query.entry(store, found)
        if row is None:  # gone between two questions
            raise SituateError(f"{found}: no entry with that key any more")
        wanted: dict[str, Any] = {}
        for each in values:
            name, equals, words = each.partition("=")
            if not equals:
                raise SituateError(f"{each}: --set takes FIELD=VALUE, as in --set status=planned")
            field = field_named(row.layer, name.strip())
            wanted[field] = value_of(row.layer, field, words)
        for field, after in wanted.items():
            said = Decision(found, "correct", _by(who), now(), field, None, after, note)
            judge(store, said, partial(stands_in, row, field))
        _tell_of(store, [found])


@command.command("undo")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@_said
@click.pass_obj
def undo(target: str, keys: tuple[str, ...], who: str | None, note: str | None) -> None:
    """Take back what you decided last on entries. What others decided stands.

    \b
    Examples:
      situate review undo 3f2a91bc04d1e7aa.events.0001034
    """
    from situate.cli.reviewing import taken_back
    from situate.store import Store
    from situate.store.judging import entries_named

    with Store.open(target, create=False) as store:
        found = entries_named(store, _keys(keys))
        for key in found:
            taken_back(store, key, _by(who), note)
        _tell_of(store, found)


@command.command("list")
@click.option("--by", "--who", "who", metavar="NAME", help="Only what this person decided.")
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_here
@click.pass_obj
def list_command(target: str, who: str | None, limit: int | None, as_json: bool) -> None:
    """List what was decided, the latest first: who, when, what, what stood before, and why.

    What is taken back stays in the list, and the undo beside it. What people say of incidents and of what became of
    forecasts is no review, and isn't listed here.
    """
    from situate.store import Store
    from situate.store.decisions import TOGETHER
    from situate.store.opinions import trail_of

    with Store.open(target, create=False) as store:
        trail = trail_of(made for made in store.decisions() if made.field not in TOGETHER)
        rows = [row for row in reversed(trail) if who in (None, row["who"])]
        most = (0 if as_json else SHOWN) if limit is None else limit
        some = rows[:most] if most else rows
        if as_json:
            for row in some:
                click.echo(json.dumps(row, ensure_ascii=False))
        elif some:
            click.echo(_table(store, some))
    if not rows:
        tell(f"nobody decided anything on the entries of {target} yet")
    elif len(some) < len(rows) and not as_json:
        tell(f"{len(some):,} of {len(rows):,} decisions; --limit 0 shows all")


def _table(store: Store, rows: Iterable[dict[str, Any]]) -> str:
    from situate.cli.correcting import shown
    from situate.cli.grid import Column, cell, grid, line
    from situate.store.query import entry

    body = []
    for row in rows:
        found = entry(store, row["entry_key"])
        value = f"{row['field']}: {shown(row['before'])} → {shown(row['after'])}" if row["field"] else None
        what = cell(line(row["decision"], "bold"), value, line(f"was {row['stood']}", "dim"))
        words = found.evidence.text if found else "its words are no entry now"
        entry_cell = cell(words, line(row["entry_key"], "dim"))
        body.append(
            (cell(row["made_at"][:10], row["made_at"][11:19]), cell(row["who"]), what, entry_cell, cell(row["comment"]))
        )
    return grid(
        [Column("when", least=10), Column("who"), Column("what", 3), Column("entry", 5), Column("why", 3)], body
    )


def _by(who: str | None) -> str:
    """Who decides: as named with the command, before it, or by the system."""
    above = click.get_current_context().parent
    return who or (above and above.params.get("who")) or getpass.getuser()


def _keys(given: Sequence[str]) -> list[str]:
    """The keys as given, "-" as those on standard input."""
    lines = [each.strip() for each in sys.stdin] if "-" in given else []
    keys = [key for key in given if key != "-"] + [key for key in lines if key]
    if not keys:
        tell("no keys on standard input; nothing is decided")
    return keys


def _tell_of(store: Store, keys: Sequence[str]) -> None:
    """What the decisions on entries come to now."""
    from situate.store.judging import states_of

    states = states_of(store, keys)
    for key in keys:
        click.echo(f"{key}  {states[key]}")
