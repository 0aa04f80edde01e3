"""`situate brief`: a cited situation report over the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import Day, filters_of, store_option


@click.command("brief")
@click.option("--since", type=Day(last=False), metavar="DATE", help="From this day.")
@click.option("--until", type=Day(last=True), metavar="DATE", help="To this day.")
@click.option("--area", "places", multiple=True, metavar="NAME", help="A place, province or country (again for more).")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="An actor (again for more).")
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@store_option
def command(target: str, form: str, out: Path | None, **given: Any) -> None:
    """Write a cited situation report.

    What happened, what changed hands, agreements, movements, what is planned or threatened, figures and control in
    conflict, forecasts. Every sentence names the reports, outlets, days and words it rests on.

    \b
    Examples:
      situate brief --since 2018-09-01 --until 2018-09-17 --area Idlib
      situate brief --format html --out brief.html
    """
    from situate.brief import brief, html, markdown
    from situate.store import Store

    with Store.open(target, create=False) as store:
        made = brief(store, filters_of(given))
    text = html(made) if form == "html" else markdown(made)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        tell(
            f"{out} written: {sum(len(s.sentences) for s in made.sections)} sentences, {len(made.citations)} citations"
        )
