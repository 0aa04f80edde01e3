"""`situate incidents`: what happened, each incident once, with all the reports that tell it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.listing_options import filter_options, filters_of, store_option

if TYPE_CHECKING:
    from situate.picture.incident import Incident
    from situate.store import Filters, Store

SHOWN = 30
_REPORTS = 8  # lines of reports for an incident in a table; the rest is counted


@click.command("incidents")
@filter_options("events")
@click.option("--why", is_flag=True, help="Say for each further report why it tells the same incident.")
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="At most so many; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
def command(target: str, limit: int, why: bool, as_json: bool, **given: Any) -> None:
    """List incidents, each with the reports that tell it, the latest first.

    Events that happened or go on, of one type, at one time and place, between the same sides, are one incident,
    however many reports tell it; copies of one text, and reports that quote the same voice, count as one source. Each
    is graded: contested (somebody denies it), told by both sides, corroborated (two or more independent sources, not
    all of one side), one side only, single source. Figures stand side by side with who gives them, and are marked
    where they can't all be true.

    Listed are the incidents of which the filters let an event through, each whole, with all that tell it.

    \b
    Examples:
      situate incidents --place Idlib --since 2018-09
      situate incidents --type assault --why
    """
    from situate.store import Store

    filters = filters_of(given)
    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        found, total = _incidents(store, filters, limit)
        if as_json:
            for incident in found:
                click.echo(json.dumps(incident.to_dict(), ensure_ascii=False))
        elif found:
            click.echo(_table(found, why))
        if not found:
            tell(f"no incident in {target} that the filter lets through; see situate events")
        elif total > len(found) and not as_json:
            tell(f"{len(found):,} of {total:,} incidents; --limit 0 shows all")


def _incidents(store: Store, filters: Filters, limit: int) -> tuple[list[Incident], int]:
    """The first incidents, and how many there are."""
    from situate.picture.kept import incident_count, incident_page, incidents_of

    if not limit:
        found = incidents_of(store, filters)
        return found, len(found)
    page = incident_page(store, filters, limit=limit)
    more = page.after is not None
    return list(page.rows), (page.total or incident_count(store, filters)) if more else len(page.rows)


def _table(found: Iterable[Incident], why: bool) -> str:
    from situate.cli.excerpt import interval
    from situate.cli.grid import Column, cell, grid, line
    from situate.picture.wording import figure, where

    rows = []
    for incident in found:
        first = incident.first
        figures = [f"{figure(v.figure)} {v.role} ({v.said_by})" for v in incident.values]
        figures += [f"! {role}: these can't all be true" for role in incident.disputed]
        copies = len(incident.reports) - len(incident.sources)
        grade = incident.corroboration.grade + f", {copies} copies" * (copies > 0)
        told = list(
            dict.fromkeys(f"{e.report.publisher or e.report.id}, {e.report.published}" for e in incident.entries)
        )
        more = [f"and {len(told) - _REPORTS} more"] if len(told) > _REPORTS else []
        reasons = [f"because {reason}" for reason in incident.why] if why else []
        rows.append(
            (
                cell(interval(first.earliest, first.latest)),
                cell(line(incident.what, "bold"), where(first)),
                cell(*figures),
                cell(line(grade, "bold"), incident.corroboration.why, *told[:_REPORTS], *more, *reasons),
            )
        )
    return grid([Column("when"), Column("what", 5), Column("figures", 3), Column("told by", 4)], rows)
