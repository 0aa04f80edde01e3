"""`situate schema`: the contract."""

from __future__ import annotations

import json

import click

from situate.contract import json_schema


@click.command(short_help="Print the contract as JSON Schema.")
def command() -> None:
    """Print the contract `situate/1` as JSON Schema (draft 2020-12).

    It says what `situate read --json` prints: the layers of a picture, their fields and the values these may have.

    \b
    Examples:
      situate schema > situate-1.schema.json
      situate schema | jq '."$defs".Event.properties.status'
    """
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
