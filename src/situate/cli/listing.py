"""`situate events`, `claims`, `agreements` …: what the store holds, one layer a command."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import filter_options, filters_of, graded_option, store_option

if TYPE_CHECKING:
    from situate.store import Filters, Listed, Merged, Store

SHOWN = 50
_MERGED = ("actors", "places")


def _command(layer: str, summary: str, example: str) -> click.Command:
    """The command that lists a layer."""

    @click.command(layer, help=_help(layer, summary, example), short_help=summary)
    @filter_options(layer)
    @click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @click.option("--csv", "as_csv", is_flag=True, help="CSV with a header; docs/listings.md tells its columns.")
    @store_option
    def command(target: str, limit: int | None, as_json: bool, as_csv: bool, **given: Any) -> None:
        most = most_of(limit, as_json, as_csv)
        if given.pop("graded", False):
            _list_graded(layer, target, filters_of(given), most, as_json, as_csv)
        else:
            _list(layer, target, filters_of(given), most, as_json, as_csv)

    return command if layer in _MERGED else graded_option(command)


def _list_graded(layer: str, target: str, filters: Filters, most: int | None, as_json: bool, as_csv: bool) -> None:
    """The entries with who else tells them, and who says otherwise."""
    from situate.store import Store, query

    with Store.open(target, create=False) as store:
        rows = list(query.every(store, layer, filters, limit=most))
        print_graded(store, layer, rows, as_json, as_csv)
        total = query.count(store, layer, filters) if len(rows) == most else None
        _tell_rest(store, layer, filters, len(rows), total)


def print_graded(
    store: Store,
    layer: str,
    rows: Sequence[Listed],
    as_json: bool,
    as_csv: bool,
    *further: tuple[str, Callable[[Listed], str]],
) -> int:
    """Print rows with how well each is corroborated; gives how many there were."""
    from dataclasses import asdict

    from situate.picture.corroborated import corroboration_of, in_short

    if as_csv:
        raise click.UsageError("--graded is for tables and --json; CSV has fixed columns")
    stands = corroboration_of(store, layer, rows)
    if not as_json:
        return _print_table(layer, list(rows), *further, ("stands", lambda row: in_short(stands[row.key])))
    for row in rows:
        more = {"corroboration": asdict(stands[row.key])}
        _write(json.dumps(row.to_dict() | more, ensure_ascii=False) + "\n")
    sys.stdout.buffer.flush()
    return len(rows)


def _help(layer: str, summary: str, example: str) -> str:
    order = "The most reported come first." if layer in _MERGED else "The newest come first."
    return f"""{summary}

    {order} Values of one option are alternatives, different options must all hold. Names are found in any case,
    with or without accents, from the beginning of a word.

    \b
    Examples:
      situate {layer} {example}
      situate {layer} --since 2018-07 --until 2018-07 --csv > july.csv
    """


def most_of(limit: int | None, as_json: bool, as_csv: bool) -> int | None:
    """How many rows at most: all for a program, a screenful for a person, unless they say so."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    if limit is None:
        return None if as_json or as_csv else SHOWN
    return limit or None


def _list(layer: str, target: str, filters: Filters, most: int | None, as_json: bool, as_csv: bool) -> None:
    from situate.store import Store

    with Store.open(target, create=False) as store:
        rows, total = _rows(store, layer, filters, most)
        shown = print_rows(layer, rows, as_json, as_csv)
        _tell_rest(store, layer, filters, shown, total() if shown == most else None)


def _rows(
    store: Store, layer: str, filters: Filters, most: int | None
) -> tuple[Iterator[Listed | Merged], Callable[[], int | None]]:
    """The rows, and how many there are in all, which is only counted where it is asked."""
    from situate.store import query, query_merged

    if layer not in _MERGED:
        return query.every(store, layer, filters, limit=most), lambda: query.count(store, layer, filters)
    if most is not None and most <= query.PAGE:
        page = query_merged.merged_page(store, layer, filters, limit=most)
        return iter(page.rows), lambda: page.total
    rows = query_merged.every_merged(store, layer, filters, limit=most)
    return rows, lambda: query_merged.count_merged(store, layer, filters)


def print_rows(
    layer: str,
    rows: Iterable[Listed | Merged],
    as_json: bool,
    as_csv: bool,
    *further: tuple[str, Callable[[Listed], str]],
) -> int:
    """Print rows as asked, a table with further columns; gives how many there were."""
    if as_json:
        return _print_json(rows)
    return _print_csv(layer, rows) if as_csv else _print_table(layer, list(rows), *further)


def _print_json(rows: Iterable[Listed | Merged]) -> int:
    shown = 0
    for row in rows:
        _write(json.dumps(row.to_dict(), ensure_ascii=False) + "\n")
        shown += 1
    sys.stdout.buffer.flush()
    return shown


def _print_csv(layer: str, rows: Iterable[Listed | Merged]) -> int:
    from situate.export.listings import cells, header

    line = StringIO()
    writer = csv.writer(line)
    written = 0
    for values in chain([header(layer)], (cells(layer, row) for row in rows)):
        writer.writerow(values)
        _write(line.getvalue())
        line.seek(0)
        line.truncate()
        written += 1
    sys.stdout.buffer.flush()
    return written - 1


def _print_table(layer: str, rows: list[Any], *further: tuple[str, Callable[[Listed], str]]) -> int:
    from situate.cli.listing_tables import listed_table, merged_table

    if rows:
        click.echo(merged_table(layer, rows) if layer in _MERGED else listed_table(layer, rows, *further))
    return len(rows)


def _write(line: str) -> None:
    """A line in UTF-8, whatever the terminal's encoding."""
    sys.stdout.buffer.write(line.encode())


def _tell_rest(store: Store, layer: str, filters: Filters, shown: int, total: int | None) -> None:
    """Say on stderr what isn't shown, and why."""
    if shown == 0:
        empty = store.count() == 0
        tell(f"{store.name} holds no reports yet; add some with: situate add SOURCE" if empty else f"no {layer} match")
    elif total is not None and total > shown:
        tell(f"{shown:,} of {total:,} {layer} shown; --limit 0 shows all")
    if (filters.since or filters.until) and layer not in _MERGED:
        from situate.store.query import undated

        without = undated(store, layer, filters)
        if without:
            tell(f"{without:,} {layer} without any date are left out by --since and --until")


events = _command(
    "events",
    "List who did what to whom, with what standing, and who says so.",
    "--place Idlib --type assault --status actual --since 2018-09-01",
)
claims = _command("claims", "List what was said, and by whom.", '--source "state media" --text "chemical*"')
agreements = _command("agreements", "List deals, truces and other agreements.", "--type ceasefire --actor Russia")
movements = _command(
    "movements", "List evacuations, displacements and deployments.", "--type evacuation --place Daraa --status actual"
)
control = _command("control", "List who holds, takes, loses or besieges what.", "--place Daraa --type captured")
relations = _command("relations", "List who stands with or against whom.", "--actor Hezbollah --type backs")
forecasts = _command("forecasts", "List predictions: what, how likely, by when, who says so.", "--actor Turkey")
actors = _command("actors", "List parties under all their names.", "--place Idlib --type armed_group")
places = _command("places", "List places under all their spellings.", "--actor Hezbollah --type settlement")
