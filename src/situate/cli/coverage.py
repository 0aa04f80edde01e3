"""`situate coverage`: what became of every input of every run of `situate add` and `situate watch`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.store.runs import Item, RunLine

OUTCOMES = ("read", "nothing", "skipped", "failed")
SHOWN = 100
_RUN = ("run", "began_at", "ended_at", *OUTCOMES, "entries", "sources")
_ITEM = ("source", "outcome", "report", "entries", "reason", "remedy")


@click.command("coverage")
@click.argument("run", required=False)
@click.option(
    "--outcome", "outcomes", type=click.Choice(OUTCOMES), multiple=True, help="Only inputs that came to this."
)
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with a header.")
@store_option
def command(
    target: str, run: str | None, outcomes: tuple[Any, ...], limit: int | None, as_json: bool, as_csv: bool
) -> None:
    """Show what became of every input: what the picture rests on, and what is missing from it.

    Without RUN, all runs of situate add, and of situate watch where there was something new, the latest first. With RUN
    (its key, or `last`), each of its inputs: read and kept, read but nothing found, skipped and why, failed and why.

    \b
    Examples:
      situate coverage
      situate coverage last --outcome failed --outcome nothing
      situate coverage 3fa91c0d22e7 --csv > coverage.csv
    """
    from situate.cli.listing import most_of
    from situate.store import Store
    from situate.store.runs import run_items, runs

    most = most_of(limit, as_json, as_csv)
    most = SHOWN if most is not None and limit is None else most
    if outcomes and run is None:
        raise click.UsageError("--outcome goes with a RUN; see situate coverage for their keys")
    with Store.open(target, create=False) as store:
        if run is None:
            found = runs(store)
            _print(_RUN, map(_of_run, found[:most]), as_json, as_csv)
            total = len(found)
        else:
            key = _last(runs(store)) if run == "last" else run
            _print(_ITEM, map(_of_item, islice(run_items(store, key, outcomes), most)), as_json, as_csv)
            counts = next(line.outcomes for line in runs(store) if line.key.startswith(key))
            total = sum(number for outcome, number in counts.items() if not outcomes or outcome in outcomes)
    if not total:
        tell("no run of situate add yet" if run is None else "no input of that run came to this")
    elif most is not None and total > most:
        tell(f"{most:,} of {total:,} shown; --limit 0 shows all")


def _last(lines: Sequence[RunLine]) -> str:
    from situate.errors import SituateError

    if not lines:
        raise SituateError("last: there is no run yet; make one with: situate add SOURCE")
    return lines[0].key


def _of_run(line: RunLine) -> dict[str, Any]:
    counts = {outcome: line.outcomes.get(outcome, 0) for outcome in OUTCOMES}
    times = {"began_at": line.began_at, "ended_at": line.ended_at}
    return {"run": line.key, **times, **counts, "entries": line.entries, "sources": list(line.sources)}


def _of_item(item: Item) -> dict[str, Any]:
    return asdict(item)


def _print(names: Sequence[str], rows: Iterable[dict[str, Any]], as_json: bool, as_csv: bool) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows([_plain(row[name]) for name in names] for row in rows)
    else:
        _print_table(names, list(rows))


def _plain(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value


def _print_table(names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    from situate.cli.grid import Column, cell, grid

    columns = [Column(name.replace("_at", ""), share=5 if name in ("sources", "reason") else 2) for name in names]
    body = [[cell(_shown(name, row[name])) for name in names] for row in rows]
    if rows:
        click.echo(grid(columns, body))


def _shown(name: str, value: Any) -> str:
    if name == "ended_at" and value is None:
        return "broken off"
    return f"{value:,}" if isinstance(value, int) and value else str(_plain(value) or "")
