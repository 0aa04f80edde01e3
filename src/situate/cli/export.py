"""`situate export`: what a filter lets through, in standard formats."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import ENTRY_LAYERS as LAYERS
from situate.cli.listing_options import filter_options, filters_among, kind_options, store_option

FORMATS = ("geojson", "jsonl", "pictures", "html")


@click.command("export")
@filter_options("export")
@kind_options
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--layer", "layers", type=click.Choice(LAYERS), multiple=True, help="Only this layer (again for more).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to stdout.")
@store_option
def command(target: str, form: str, layers: tuple[str, ...], out: Path | None, **given: Any) -> None:
    """Write standard formats.

    geojson: entries with their places, each as precise as it was reported. jsonl: entries, one a line. pictures: whole
    pictures (situate/1), one report a line, which can be read back. html: one self-contained page with words, map,
    timeline and tables. CSV comes from the listing commands, as in "situate events --csv".

    \b
    Examples:
      situate export --format geojson --layer events --since 2018-07 --out july.geojson
      situate export --format html --place Idlib --out idlib.html
    """
    from situate.store import Store, query

    filters = filters_among(layers or LAYERS, given)
    with Store.open(target, create=False) as store:
        if form == "html":
            from situate.export.page import render

            text = render(store.pictures(filters))
        elif form == "pictures":
            text = "".join(picture.to_json() + "\n" for picture in store.pictures(filters))
        else:
            rows = [row for layer in layers or LAYERS for row in query.every(store, layer, filters)]
            if form == "geojson":
                from situate.export.geojson import geojson

                text = json.dumps(geojson(rows), ensure_ascii=False) + "\n"
            else:
                text = "".join(json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in rows)
    if out is None:
        sys.stdout.buffer.write(text.encode())
    else:
        out.write_text(text, encoding="utf-8")
        tell(f"{out} written: {len(text.encode()):,} bytes")
