"""`situate network`: who stands with or against whom, weighed over all reports."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.listing_options import Day, filters_of, store_option

if TYPE_CHECKING:
    from rich.table import Table

    from situate.picture.network import Edge

SHOWN = 40


@click.command("network")
@click.option("--since", type=Day(last=False), metavar="DATE", help="From this day.")
@click.option("--until", type=Day(last=True), metavar="DATE", help="To this day, at which weights are taken.")
@click.option("--place", "places", multiple=True, metavar="NAME", help="At this place (again for more).")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="With this actor (again for more).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into this SVG file.")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="At most so many; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def command(target: str, out: Path | None, limit: int, as_json: bool, **given: Any) -> None:
    """Draw who stands with or against whom.

    Stated ties count with their sign, events between two actors at half the weight; what is 90 days old counts about a
    third. Strength tells how far the reports agree: 1 wholly, 0 not at all.

    \b
    Examples:
      situate network --actor Turkey
      situate network --until 2018-09-17 --out network.svg
    """
    from situate.picture.standing_ties import edges_of
    from situate.store import Store

    filters = filters_of(given)
    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        edges = edges_of(store, filters)
    shown = edges[:limit] if limit else edges
    if out is not None:
        from situate.export.network import draw

        out.write_text(draw(edges), encoding="utf-8")
        tell(f"{out} written: {len(edges)} ties")
    elif as_json:
        for edge in shown:
            click.echo(json.dumps(asdict(edge), ensure_ascii=False))
    elif shown:
        from situate.cli.common import output

        output().print(_table(shown))
    if len(shown) < len(edges) and not as_json and out is None:
        tell(f"{len(shown)} of {len(edges)} ties; --limit 0 shows all")


def _table(edges: list[Edge]) -> Table:
    from rich.box import ROUNDED
    from rich.table import Table
    from rich.text import Text

    from situate.cli.words import on_one_line

    table = Table(box=ROUNDED, expand=True)
    for name, ratio in (("", 1), ("weight", 1), ("strength", 1), ("between", 5), ("by", 3), ("last", 2)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for e in edges:
        sign = Text("with", "green") if e.weight > 0 else Text("against", "red")
        kinds = ", ".join(k.replace("_", " ") for k in e.kinds)
        names = on_one_line(Text(f"{e.a_name} – {e.b_name}"))
        table.add_row(sign, f"{e.weight:+.2f}", f"{e.strength:.2f}", names, kinds, e.last or "")
    return table
