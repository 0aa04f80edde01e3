"""`situate read`: the picture of each report, for a person or a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import dated, intake_options, limits_of, notes, output, progress, tell_failure
from situate.cli.explanations import print_explanations
from situate.contract import LAYERS, Picture

if TYPE_CHECKING:
    from situate.intake import Failure


@click.command(short_help="Print the picture of each report.")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--json", "as_json", is_flag=True, help="One picture a line on stdout, and nothing else.")
@click.option("--jsonl", is_flag=True, help="The sources hold one JSON object a line: id, text, title, published …")
@click.option(
    "--layer", "layers", multiple=True, type=click.Choice(LAYERS), help="Show this layer only (again for more)."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0, help="Leave out events less sure than this.")
@click.option(
    "--explain", multiple=True, metavar="EVENT", help="Print instead why this event was read (again for more; or all)."
)
@intake_options
def command(sources: tuple[str, ...], as_json: bool, jsonl: bool, **options: Any) -> None:
    """Print the picture of each report: who did what to whom, where, when, and who says so.

    A SOURCE is a file (.txt, .md, .html, .jsonl), a folder of them, a web address, or - for standard input.

    \b
    Examples:
      situate read report.txt                    as tables, each entry with its words
      situate read report.txt --layer events     events alone
      situate read https://example.org/page      a page: its article, without what stands around it
      situate read report.txt --explain e3       why event e3 was read as it was
      situate read reports/ --jobs 4 --json > pictures.jsonl
      situate read --jsonl - --json < reports.jsonl

    "On Tuesday" is resolved against the report's date; --published gives one where the report doesn't.

    --explain tells of an event which words show it, which sense of the lexicon or which proposal of the model it rests
    on, by which path of the grammar each actor, recipient and place came to its part, which words settle its status,
    and what its confidence is made of (each reason with what it adds to the log of the odds).

    With --jsonl each line is an object with `id` and `text`, and optionally `title`, `published`, `url` and
    `publisher`. Pictures come in input order. An input that can't be read is told on stderr, and with --json as a line
    {"id": …, "error": …}; the rest goes on. `situate schema` prints what a picture is made of.

    \b
    Exit codes: 0 all well, 1 some input failed, 2 wrong use.
    """
    if not sources and not jsonl:
        raise click.UsageError("name a file, a folder or an address, or - for standard input")
    if as_json and options["layers"]:
        raise click.UsageError("--layer chooses tables; with --json a picture is always whole")
    if options["explain"] and (as_json or options["layers"]):
        raise click.UsageError("--explain prints reasons instead of pictures; leave out --json and --layer")
    sys.exit(_read(sources or ("-",), as_json, jsonl, options))


def _read(sources: tuple[str, ...], as_json: bool, jsonl: bool, options: dict[str, Any]) -> int:
    from situate.engine import read_all
    from situate.intake import Failure, InputStream, count_reports, find_sources, take_in

    then: Callable[[Picture], Picture | str] = partial(
        _as_json if as_json else _as_picture, least=options["min_confidence"]
    )
    with notes():
        found = find_sources(sources, lines=jsonl)
        stdin = InputStream(sys.stdin.buffer)
        reports = dated(take_in(found, limits_of(options["max_size"], options["timeout"]), stdin), options["published"])
        if options["explain"]:
            return 1 if print_explanations(reports, options["explain"], options["min_confidence"]) else 0
        made = read_all(reports, then, options["jobs"], stdin.idle)
        failed = 0
        with progress(made, count_reports(found)) as read:
            for item in read:
                failed += isinstance(item, Failure)
                _print(item, as_json, options["layers"])
    return 1 if failed else 0


def _as_picture(picture: Picture, least: float) -> Picture:
    """The picture without the events that are less sure than that."""
    if least <= 0:
        return picture
    kept = tuple(e for e in picture.events if e.confidence >= least)
    ids = {e.id for e in kept}
    forecasts = tuple(f if f.event in ids else replace(f, event=None) for f in picture.forecasts)
    return replace(picture, events=kept, forecasts=forecasts)


def _as_json(picture: Picture, least: float) -> str:
    return _as_picture(picture, least).to_json()


def _print(item: Picture | str | Failure, as_json: bool, layers: tuple[str, ...]) -> None:
    from situate.intake import Failure

    if isinstance(item, Failure):
        tell_failure(item)
        if as_json:
            _print_line(json.dumps({"id": item.id, "error": str(item)}))
    elif isinstance(item, str):
        _print_line(item)
    else:
        from situate.cli.tables import picture_tables

        output().print(picture_tables(item, layers))


def _print_line(line: str) -> None:
    """A line in UTF-8, whatever the terminal's encoding, and at once, so that a pipe goes on."""
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()
