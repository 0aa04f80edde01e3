"""`situate gazetteer`: look up places, and add a bigger gazetteer."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Look up places, or add a bigger gazetteer."""


@command.command("search")
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a place and line.")
@click.option("--limit", default=20, show_default=True, help="How many places at most.")
def search(name: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Print the places of a NAME, the likeliest first, however it is spelled."""
    from situate.knowledge.gazetteer import gazetteer

    wanted = " ".join(name)
    found = gazetteer().find(wanted)[:limit]
    if as_json:
        for place in found:
            click.echo(json.dumps(asdict(place), ensure_ascii=False))
        return
    if not found:
        click.echo(f"No place called {wanted!r}.", err=True)
        return
    from rich.table import Table

    from situate.cli.common import output

    table = Table("place", "kind", "country", "in", "latitude", "longitude", "within km", "people", "id")
    for p in found:
        where = ["" if x is None else f"{x:.4f}" for x in (p.lat, p.lon)]
        people = f"{p.population:,}" if p.population else ""
        table.add_row(
            p.name, p.kind, p.country or "", p.admin1 or "", *where, f"{p.radius_km:g}", people, p.gazetteer or ""
        )
    output().print(table)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@command.command("import")
@click.argument("dump", type=_FILE, required=False)
@click.option("--pcodes", type=_FILE, help="A table of P-codes (CSV).")
@click.option("--zones", type=_FILE, help="Zones with their outlines (GeoJSON).")
def import_(dump: Path | None, pcodes: Path | None, zones: Path | None) -> None:
    """Add a GeoNames DUMP (allCountries.zip, or a country's), P-codes or zones to the places known here.

    GeoNames dumps are at download.geonames.org/export/dump. An import replaces the one before of the same name.
    """
    from situate.knowledge.gazetteer_import import import_pcodes
    from situate.knowledge.gazetteer_zones import import_zones
    from situate.knowledge.home import home

    given = [
        (kind, file) for kind, file in (("zones", zones), ("pcodes", pcodes), ("geonames", dump)) if file is not None
    ]
    if len(given) != 1:
        raise click.UsageError("Give one of: a GeoNames dump, --pcodes FILE, --zones FILE.")
    kind, file = given[0]
    home().mkdir(parents=True, exist_ok=True)
    order = {"zones": 0, "pcodes": 1, "geonames": 2}[kind]  # the more particular is asked first
    folder = home() / f"gazetteer-{order}-{kind}-{_plain(file.stem)}"
    count = {"zones": import_zones, "pcodes": import_pcodes, "geonames": _import_dump}[kind](file, folder)
    click.echo(f"{count:,} places are known now from {file.name}.")


def _import_dump(dump: Path, folder: Path) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from situate.knowledge.gazetteer_import import import_dump

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[places]:,} places"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"Reading {dump.name}", total=_size(dump), places=0)
        read = rows = 0

        def progress(more: int) -> None:
            nonlocal read, rows
            read, rows = read + more, rows + 1
            if rows % 20_000 == 0:
                bar.update(task, completed=read, places=rows)

        count = import_dump(dump, folder, progress)
        bar.update(task, completed=_size(dump), places=count)
    return count


def _size(dump: Path) -> int:
    """The length of what will be read, about: in characters it is a little less."""
    import zipfile

    if dump.suffix.lower() == ".zip" and zipfile.is_zipfile(dump):
        with zipfile.ZipFile(dump) as archive:
            return max((i.file_size for i in archive.infolist()), default=1)
    return dump.stat().st_size


def _plain(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "table"


@command.command("list")
def list_() -> None:
    """Print the gazetteers that are used, the first asked first."""
    from situate.knowledge.gazetteer import gazetteer

    click.echo("places of the program's own files")
    for store in gazetteer().stores:
        click.echo(f"{len(store):,} places: {store.about['source']}")
