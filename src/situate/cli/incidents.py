"""`situate incidents`: what happened, each incident once, with all the reports that tell it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import filter_options, filters_of, store_option

if TYPE_CHECKING:
    from rich.table import Table

    from situate.picture.incidents import Incident

SHOWN = 30


@click.command("incidents")
@filter_options("events")
@click.option("--why", is_flag=True, help="Say for each further report why it tells the same incident.")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="At most so many; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def command(target: str, limit: int, why: bool, as_json: bool, **given: Any) -> None:
    """List incidents, each with the reports that tell it.

    Events that happened or go on, of one type, at one time and place, between the same sides, are one incident,
    however many reports tell it; copies of one text, and reports that quote the same voice, count as one source. Each
    is graded: contested (somebody denies it), told by both sides, corroborated (two or more independent sources, not
    all of one side), one side only, single source. Figures stand side by side with who gives them, and are marked
    where they can't all be true.

    \b
    Examples:
      situate incidents --place Idlib --since 2018-09
      situate incidents --type assault --why
    """
    from situate.picture import incidents_of
    from situate.store import Store

    with Store.open(target, create=False) as store:
        found = incidents_of(store, filters_of(given))
    shown = found[:limit] if limit else found
    if as_json:
        for incident in shown:
            click.echo(json.dumps(incident.to_dict(), ensure_ascii=False))
    elif shown:
        from situate.cli.common import output

        output().print(_table(shown, why))
    if not found:
        tell(f"no incident in {target} that the filter lets through; see situate events")
    elif len(shown) < len(found) and not as_json:
        tell(f"{len(shown)} of {len(found)} incidents; --limit 0 shows all")


def _table(found: list[Incident], why: bool) -> Table:
    from rich.box import ROUNDED
    from rich.table import Table
    from rich.text import Text

    from situate.cli.words import interval, on_one_line
    from situate.picture.wording import figure, sides, where

    table = Table(box=ROUNDED, expand=True, show_lines=True)
    for name, ratio in (("when", 2), ("what", 5), ("figures", 3), ("told by", 4)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for incident in found:
        first = incident.first
        figures = [f"{figure(v.figure)} {v.role} ({v.said_by})" for v in incident.values]
        figures += [f"! {role}: these can't all be true" for role in incident.disputed]
        copies = len(incident.reports) - len(incident.sources)
        told = [incident.corroboration.grade + f", {copies} copies" * (copies > 0), incident.corroboration.why]
        told += dict.fromkeys(f"{e.report.publisher or e.report.id}, {e.report.published}" for e in incident.entries)
        told += [f"because {reason}" for reason in incident.why] if why else []
        words = (
            interval(first.earliest, first.latest),
            f"{sides(first)}\n{where(first)}",
            *map("\n".join, (figures, told)),
        )
        table.add_row(*(Text("\n").join(on_one_line(Text(line)) for line in w.split("\n") if line) for w in words))
    return table
