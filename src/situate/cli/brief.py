"""`situate brief`: a cited situation report over the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import Day, filters_of, store_option
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.brief import Brief

FORMATS = ("markdown", "html", "pdf", "json")


@click.command("brief")
@click.option("--since", type=Day(last=False), metavar="DATE", help="From this day.")
@click.option("--until", type=Day(last=True), metavar="DATE", help="To this day.")
@click.option("--area", "places", multiple=True, metavar="NAME", help="A place, province or country (again for more).")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="An actor (again for more).")
@click.option(
    "--since-brief",
    "last",
    metavar="FILE|DATE",
    help="The last brief, as --format json wrote it, or its day: what is new since then comes first.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the file's name, else markdown.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@store_option
def command(target: str, form: str | None, out: Path | None, last: str | None, **given: Any) -> None:
    """Write a cited situation report.

    What happened, what changed hands, who holds what, agreements and how they came to stand so, movements and their
    totals, claims in conflict, what is planned or threatened, forecasts that are due. Every sentence names the reports,
    outlets, days and words it rests on. The gravest comes first.

    \b
    Examples:
      situate brief --since 2018-09-01 --until 2018-09-17 --area Idlib
      situate brief --out brief.pdf
      situate brief --format json --out monday.json
      situate brief --since-brief monday.json          on Tuesday: what is new comes first
    """
    from situate.brief import brief, last_brief
    from situate.store import Store

    form = form or _by_name(out)
    if form == "pdf" and out is None:
        raise SituateError("a PDF is written to a file; give its name with --out")
    filters = filters_of(given)
    with Store.open(target, create=False) as store:
        made = brief(store, filters, None if last is None else last_brief(store, filters, last))
    written = _in_form(made, form)
    if out is None:
        click.echo(written.decode(), nl=False)
    else:
        out.write_bytes(written)
        sentences = sum(len(s.sentences) for s in made.sections)
        tell(f"{out} written: {sentences} sentences, {len(made.citations)} citations")


def _by_name(out: Path | None) -> str:
    known = {".html": "html", ".pdf": "pdf", ".json": "json"}
    return known.get(out.suffix.lower(), "markdown") if out else "markdown"


def _in_form(made: Brief, form: str) -> bytes:
    from situate.brief import as_json, html, markdown, pdf

    if form == "pdf":
        return pdf(made)
    return {"html": html, "json": as_json, "markdown": markdown}[form](made).encode()
