"""`situate history` and `situate attention`: what the entries of a store come to over time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from situate.cli.listing_options import filter_options, filters_of, store_option

if TYPE_CHECKING:
    from rich.table import Table


@click.command("history")
@filter_options("control")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def history(target: str, as_json: bool, **given: Any) -> None:
    """Show who held each place, from when to when.

    Each line is one holder's time at a place, with the reports that begin and end it; reports of another holder in that
    time are counted beside it, not dropped.

    \b
    Example:
      situate history --place Daraa
    """
    from situate.picture.control_history import control_history
    from situate.store import Store, query

    with Store.open(target, create=False) as store:
        found = control_history(query.every(store, "control", filters_of(given)))
    if as_json:
        for stretch in found:
            click.echo(json.dumps(asdict(stretch), ensure_ascii=False))
        return
    rows = []
    for s in found:
        outlets = sorted({e.report.publisher or e.report.id for e in (*s.entries, *s.ended_by)})
        beside = sorted({f"{e.actors[0].name} ({e.report.publisher or e.report.id})" for e in s.disputed})
        rows.append((s.place_name, s.holder_name, s.since, s.until or "…", ", ".join(outlets), ", ".join(beside)))
    _print(("place", "holder", "since", "until", "reported by", "others say"), rows)


@click.command("attention")
@filter_options("movements")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def attention(target: str, as_json: bool, **given: Any) -> None:
    """Show what is reported of each area, week by week: fighting, displacement, access, aid.

    \b
    Example:
      situate attention --since 2018-07 --until 2018-09
    """
    from dataclasses import replace

    from situate.picture import incidents_of
    from situate.picture.attention import COLUMNS
    from situate.picture.attention import attention as rows_of
    from situate.store import Store, query

    filters = replace(filters_of(given), types=(), statuses=())
    with Store.open(target, create=False) as store:
        movements, agreements = (query.every(store, layer, filters) for layer in ("movements", "agreements"))
        found = rows_of(incidents_of(store, filters), movements, agreements)
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
        return
    rows = [(r.week, r.area, *(str(r.counts.get(c, "")) for c in COLUMNS)) for r in found]
    _print(("week of", "area", *COLUMNS), rows)


def _print(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from situate.cli.common import output

    rows = list(rows)
    if rows:
        output().print(_table(columns, rows))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.box import ROUNDED
    from rich.table import Table
    from rich.text import Text

    from situate.cli.words import on_one_line

    table = Table(box=ROUNDED, expand=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(on_one_line(Text(cell)) for cell in row))
    return table
