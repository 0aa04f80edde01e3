"""`situate stories`: reports grouped by what they are about, copies named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.picture.stories import Story
    from situate.store import Store

SHOWN = 30
_REPORTS = 12  # reports of a story in a table; the rest is counted


@click.command("stories")
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with all reports of each story.")
@store_option
def command(target: str, limit: int | None, as_json: bool) -> None:
    """List reports grouped by story and republication, the largest first.

    Reports that name the same actors and places within days of each other are a story; a report whose text is mostly
    another's is marked as its copy.

    \b
    Examples:
      situate stories
      situate stories --json > stories.jsonl
    """
    from situate.store import Store

    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        most = (0 if as_json else SHOWN) if limit is None else limit
        found, total = _stories(store, most, None if as_json else _REPORTS)
        original = _originals(store, found)
    if as_json:
        for story in found:
            of = {r.report: original[r.report] for r in story.reports if r.report in original}
            click.echo(json.dumps(asdict(story) | {"copies": of}, ensure_ascii=False))
        return
    if found:
        click.echo(_table(found, original))
    if len(found) < total:
        tell(f"{len(found):,} of {total:,} stories; --limit 0 shows all")


def _stories(store: Store, limit: int, most: int | None) -> tuple[list[Story], int]:
    """The first stories, and how many there are; `most` reports of each, or all."""
    from situate.picture.kept_stories import story_count, story_page
    from situate.store.query import pages

    rows = pages(lambda size, after: story_page(store, limit=size, after=after, most=most), limit or None)
    return list(rows), story_count(store)


def _originals(store: Store, found: Iterable[Story]) -> dict[str, str]:
    from situate.picture.copies import copies

    return {key: c.original for c in copies(store, {r.report for s in found for r in s.reports}) for key in c.copies}


def _table(found: Iterable[Story], original: Mapping[str, str]) -> str:
    from situate.cli.excerpt import interval
    from situate.cli.grid import Column, cell, grid

    rows = []
    found = list(found)
    outlets = {r.report: r.publisher for story in found for r in story.reports}
    for story in found:
        lines = []
        for r in story.reports:
            first = original.get(r.report)
            copy = f" (copy of {outlets.get(first) or first[:8]})" if first else ""
            told = ": ".join(part for part in (r.publisher, r.title or r.report[:8]) if part)
            lines.append(f"{r.published or 'date not known'} {told}{copy}")
        if story.size > len(story.reports):
            lines.append(f"and {story.size - len(story.reports):,} more")
        rows.append((cell(interval(story.first, story.last)), cell(", ".join(story.about)), cell(*lines)))
    return grid([Column("when"), Column("about", 3), Column("reports", 6)], rows)
