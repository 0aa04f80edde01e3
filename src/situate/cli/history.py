"""`situate history` and `situate attention`: what the entries of a store come to over time."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.listing_options import filter_options, filters_among, filters_of, kind_options, store_option
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.picture.attention import Row
    from situate.picture.corroborated import Group
    from situate.picture.corroboration import Corroboration
    from situate.store import Filters, Store

SHOWN = 200  # lines of a history, as a table


@click.command("history")
@click.option(
    "--of",
    "of",
    type=click.Choice(["control", "agreements", "movements", "flows", "relations"]),
    default="control",
    show_default=True,
    help="Whose history.",
)
@filter_options("history")
@kind_options
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def history(target: str, of: str, limit: int | None, as_json: bool, **given: Any) -> None:
    """Show what the entries of a store come to over time.

    control: who held each place, from when to when; reports of another holder in that time are counted beside it, not
    dropped. agreements: each agreement with its standings in the order of their days. movements: the running totals of
    people by kind and country, each movement counted once. flows: the movements on each way from place to place, done
    ones apart from what is planned or said. relations: how two actors stand at the end of each month in which something
    is told of them.

    Each line but those of flows and relations says how well it is corroborated, with the grades of situate incidents; a
    holder is contested where reports have another one in the same time.

    All of it is made from the entries alone, whatever the order in which reports came.

    \b
    Examples:
      situate history --place Daraa
      situate history --of agreements --actor Russia
      situate history --of movements --since 2018-07 --json
    """
    from situate.store import Store

    if of == "relations" and (given["types"] or given["statuses"]):
        raise SituateError("ties are made of relations and events, of all types; leave --type and --status out")
    filters = filters_among(("movements" if of == "flows" else of,), given)
    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        every, columns, row = _HISTORIES[of](store, filters)
        found = every[: _most(limit, as_json)]
        stands = _graded(store, of, found)
    if as_json:
        for n, each in enumerate(found):
            more = {"corroboration": asdict(stands[n])} if stands else {}
            click.echo(json.dumps(asdict(each) | more, ensure_ascii=False))
        return
    cells = [row(each) for each in found]
    if stands:
        from situate.picture.corroborated import in_short

        columns = (*columns, "stands")
        cells = [(*each, in_short(c)) for each, c in zip(cells, stands, strict=True)]
    _print(columns, cells)
    if len(every) > len(found):
        tell(f"{len(found):,} of {len(every):,} lines; --limit 0 shows all")


def _most(limit: int | None, as_json: bool) -> int | None:
    """How many lines at most: all for a program, some screenfuls for a person, unless they say so."""
    if limit is None:
        return None if as_json else SHOWN
    return limit or None


def _graded(store: Store, of: str, found: Sequence[Any]) -> list[Corroboration]:
    """How well each line is corroborated; nothing for flows and ties, which many entries make."""
    from situate.picture.corroborated import graded, held_by_others

    groups: dict[str, Callable[[Any], Group]] = {
        "control": lambda s: (s.entries, held_by_others(s.entries, s.disputed)),
        "agreements": lambda h: (h.entries, ()),
        "movements": lambda t: (t.movement.entries, ()),
    }
    return graded(store, [groups[of](each) for each in found]) if of in groups else []


History = tuple[list[Any], tuple[str, ...], Callable[[Any], tuple[str, ...]]]


def _control(store: Store, filters: Filters) -> History:
    from situate.picture.kept_histories import control_of
    from situate.store.fold import fold

    def row(s: Any) -> tuple[str, ...]:
        outlets = sorted({e.report.publisher or e.report.id for e in (*s.entries, *s.ended_by)})
        beside = sorted({f"{e.actors[0].name} ({e.report.publisher or e.report.id})" for e in s.disputed})
        return s.place_name, s.holder_name, s.since, s.until or "…", ", ".join(outlets), ", ".join(beside)

    columns = ("place", "holder", "since", "until", "reported by", "others say")
    return sorted(control_of(store, filters), key=lambda s: (fold(s.place_name), s.place)), columns, row


def _agreements(store: Store, filters: Filters) -> History:
    from situate.picture.kept_histories import agreements_of

    def row(h: Any) -> tuple[str, ...]:
        steps = "\n".join(f"{s.since}: {s.status.replace('_', ' ')}" for s in h.standings)
        parties, places = ", ".join(p.name for p in h.parties), ", ".join(s.name for s in h.places)
        outlets = sorted({e.report.publisher or e.report.id for e in h.entries})
        return h.name or h.kind.replace("_", " "), parties, places, steps, ", ".join(outlets)

    columns = ("agreement", "parties", "places", "standing", "reported by")
    return agreements_of(store, filters), columns, row


def _movements(store: Store, filters: Filters) -> History:
    from situate.picture.kept_histories import movements_of
    from situate.picture.moved import running_totals
    from situate.picture.wording import between

    def row(t: Any) -> tuple[str, ...]:
        way = " → ".join(
            ", ".join(s.name for s in sites) or "…" for sites in (t.movement.origins, t.movement.destinations)
        )
        return t.kind, t.country or "", t.day, way, between((t.low, t.high)), str(len(t.movement.entries))

    columns = ("kind", "country", "day", "way", "people until then", "entries")
    return running_totals(movements_of(store, filters)), columns, row


def _flows(store: Store, filters: Filters) -> History:
    from situate.picture.kept_histories import movements_of
    from situate.picture.moved import flows
    from situate.picture.wording import between

    def row(f: Any) -> tuple[str, ...]:
        ends = (site.name if site else "…" for site in (f.origin, f.destination))
        told = str(len(f.movements)), str(f.uncounted or "")
        return f.kind, *ends, "done" if f.done else "said", between(f.people), *told

    columns = ("kind", "from", "to", "", "people", "movements", "uncounted")
    return flows(movements_of(store, filters, done=False)), columns, row


def _relations(store: Store, filters: Filters) -> History:
    from situate.picture.standing_ties import weights_of

    def row(w: Any) -> tuple[str, ...]:
        weight = round(w.weight, 2)
        sign = "with" if weight > 0 else "against" if weight else "both ways"
        return (
            w.a_name,
            w.b_name,
            w.until[:7],
            sign,
            f"{weight:+.2f}" if weight else "0",
            f"{w.strength:.2f}",
            str(len(w.told)),
        )

    columns = ("actor", "and", "month", "", "weight", "strength", "told")
    return weights_of(store, filters), columns, row


_HISTORIES: dict[str, Callable[[Store, Filters], History]] = {
    "control": _control,
    "agreements": _agreements,
    "movements": _movements,
    "flows": _flows,
    "relations": _relations,
}


@click.command("attention")
@filter_options("movements")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with a header.")
@store_option
def attention(target: str, as_json: bool, as_csv: bool, **given: Any) -> None:
    """Show what is reported of each area, week by week: fighting, displacement, access, needs, aid.

    Areas are provinces, where those of the places are known. Each incident, movement and agreement counts once, however
    many reports tell it; needs are sentences that tell what people lack.

    \b
    Examples:
      situate attention --since 2018-07 --until 2018-09
      situate attention --place Daraa --csv > daraa.csv
    """
    from dataclasses import replace

    from situate.picture import incidents_of
    from situate.picture.attention import attention as rows_of
    from situate.picture.kept_histories import agreements_of, movements_of
    from situate.store import Store, query

    filters = replace(filters_of(given), types=(), statuses=())
    with Store.open(target, create=False) as store:
        agreements, movements = agreements_of(store, filters), movements_of(store, filters)
        found = rows_of(incidents_of(store, filters), movements, agreements, query.every(store, "claims", filters))
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    else:
        _tell(found, as_csv)


def _tell(rows: Sequence[Row], as_csv: bool) -> None:
    from situate.picture.attention import COLUMNS
    from situate.picture.wording import between

    columns = ("week", "area", *COLUMNS, "people moved", "lacking")
    cells = [
        (r.week, r.area, *(str(r.counts.get(c, "")) for c in COLUMNS), between(r.people), ", ".join(r.needs))
        for r in rows
    ]
    if as_csv:
        csv.writer(sys.stdout).writerows([columns, *cells])
    else:
        _print(columns, cells)


def _print(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from situate.cli.grid import Column, cell, grid

    if rows:
        click.echo(
            grid([Column(name) for name in columns], [[cell(*each.split("\n")) for each in row] for row in rows])
        )
