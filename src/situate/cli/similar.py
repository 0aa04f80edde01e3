"""`situate similar`: the copies of a report, and other reports like it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.picture.similar import Around
    from situate.store import Store


@click.command("similar")
@click.argument("report")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many beside copies.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@store_option
def command(target: str, report: str, limit: int, as_json: bool) -> None:
    """List the copies of a report, who had it from whom, and reports of the same matter.

    REPORT is its key (the beginning is enough), its id or its address. Copies are reports whose text is mostly the
    same; similar are those that name the same actors and places within days of it.

    \b
    Examples:
      situate similar 3fa91c0d
      situate similar https://example.org/page --json
    """
    from situate.picture.similar import around
    from situate.store import Store

    with Store.open(target, create=False) as store:
        found = around(store, store.key(report), limit)
        if as_json:
            click.echo(json.dumps(asdict(found), ensure_ascii=False))
            return
        _print(store, found)
    if not found.copies and not found.similar:
        tell("no other report of the store has its text, or names the same")


def _print(store: Store, found: Around) -> None:
    from situate.cli.grid import Column, cell, grid

    if found.copies:
        names = {key: store.report(key) for key in found.copies.reports}
        rows = [
            [
                cell(names[key].published),
                cell(names[key].publisher or names[key].id),
                cell("the original, as far as is known" if key == found.copies.original else _why(found, key)),
                cell(key[:8]),
            ]
            for key in found.copies.reports
        ]
        click.echo(grid([Column("published"), Column("one text in"), Column("from whom", 5), Column("report")], rows))
    if found.similar:
        rows = [
            [
                cell(each.published),
                cell(each.publisher),
                cell(each.title),
                cell(", ".join(dict.fromkeys(each.shared))),
                cell(each.report[:8]),
            ]
            for each in found.similar
        ]
        head = (Column("published"), Column("similar in"), Column("title", 4), Column("both name", 4), Column("report"))
        click.echo(grid(head, rows))


def _why(found: Around, key: str) -> str:
    return next(f"from {each.of[:8]}: {each.why}" for each in found.told if each.report == key)
