"""`situate read`: the picture of each report, for a person or a program."""

from __future__ import annotations

import json
import sys

import click

from situate.contract import Picture


@click.command(short_help="Print the picture of each report.")
@click.argument("sources", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One picture a line on stdout, and nothing else.")
@click.option("--jsonl", is_flag=True, help="The sources hold one JSON object a line.")
def command(sources: tuple[str, ...], as_json: bool, jsonl: bool) -> None:
    """Print the picture of each report."""
    from situate.engine import read_all
    from situate.intake import Failure, find_sources, take_in

    failed = False
    for line in read_all(take_in(find_sources(sources, lines=jsonl)), Picture.to_json):
        if isinstance(line, Failure):
            failed = True
            click.echo(f"situate: {line}", err=True)
            line = json.dumps({"id": line.id, "error": str(line)})
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    sys.exit(1 if failed else 0)
