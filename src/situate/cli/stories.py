"""`situate stories`: reports grouped by what they are about, copies named."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from rich.table import Table

    from situate.picture import Copies
    from situate.picture.stories import Story

SHOWN = 30


@click.command("stories")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="At most so many; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def command(target: str, limit: int, as_json: bool) -> None:
    """List reports grouped by story and republication.

    Reports that name the same actors and places within days of each other are a story; a report whose text is mostly
    another's is marked as its copy.

    \b
    Examples:
      situate stories
      situate stories --json --limit 0 > stories.jsonl
    """
    from situate.picture import copies, stories_of
    from situate.store import Store

    with Store.open(target, create=False) as store:
        found, copied = stories_of(store), copies(store)
    shown = found[:limit] if limit else found
    original = {key: c.original for c in copied for key in c.copies}
    if as_json:
        for story in shown:
            of = {r.report: original[r.report] for r in story.reports if r.report in original}
            click.echo(json.dumps(asdict(story) | {"copies": of}, ensure_ascii=False))
    elif shown:
        from situate.cli.common import output

        output().print(_table(shown, copied))
    if len(shown) < len(found) and not as_json:
        tell(f"{len(shown)} of {len(found)} stories; --limit 0 shows all")


def _table(found: list[Story], copied: list[Copies]) -> Table:
    from rich.box import ROUNDED
    from rich.table import Table
    from rich.text import Text

    from situate.cli.words import interval, on_one_line

    original = {key: c.original for c in copied for key in c.copies}
    table = Table(box=ROUNDED, expand=True, show_lines=True)
    for name, ratio in (("when", 2), ("about", 3), ("reports", 6)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for story in found:
        lines = []
        for r in story.reports:
            copy = f" (copy of {original[r.report][:8]})" if r.report in original else ""
            lines.append(
                on_one_line(Text(f"{r.published or '?'} {r.publisher or ''}: {r.title or r.report[:8]}{copy}"))
            )
        about = on_one_line(Text(", ".join(story.about)))
        table.add_row(interval(story.first, story.last), about, Text("\n").join(lines))
    return table
