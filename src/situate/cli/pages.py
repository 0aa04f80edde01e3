"""`situate map` and `situate timeline`: the store's reports as one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import ENTRY_LAYERS, filter_options, filters_among, kind_options, store_option


def _command(name: str, anchor: str, what: str) -> click.Command:
    @click.command(name, help=f"Draw a {what} of what a filter lets through, into one page that opens anywhere.")
    @filter_options(name)
    @kind_options
    @click.option(
        "--out", type=click.Path(dir_okay=False, path_type=Path), default=Path(f"{name}.html"), show_default=True
    )
    @store_option
    def command(target: str, out: Path, **given: Any) -> None:
        from situate.export.page import write
        from situate.store import Store

        with Store.open(target, create=False) as store:
            write(store.pictures(filters_among(ENTRY_LAYERS, given)), out, f"Situate: {what}")
        tell(f"{out} written; open it in a browser, its {anchor} shows the {what}")

    return command


map_command = _command("map", "part “Where”", "map")
timeline_command = _command("timeline", "part “When”", "timeline")
