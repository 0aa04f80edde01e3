"""`situate add`: read reports and keep them."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import click

from situate.cli.adding import Adding, Coverage
from situate.cli.common import bring_up_to_date, dated, intake_options, limits_of, notes
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.store import Merge, Store
    from situate.store.runs import Run

_LEFT_OUT = "situate.intake.sources"  # who warns of files that are no reports by their names


class LeftOut(logging.Handler):
    """Notes what the intake leaves out."""

    def __init__(self, run: Run) -> None:
        super().__init__(logging.WARNING)
        self._run = run

    def emit(self, record: logging.LogRecord) -> None:
        """Note one warning."""
        from situate.store.runs import Item

        folder = str(record.args[0]) if isinstance(record.args, tuple) and record.args else "folder"
        reason = record.getMessage().removeprefix(f"{folder}: ")
        self._run.note(Item(folder, "skipped", reason=reason, remedy="name those that are reports"))


@click.command(short_help="Read reports and keep them in the store.")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--jsonl", is_flag=True, help="The sources hold one JSON object a line: id, text, title, published …")
@click.option("--from-store", "stores", multiple=True, metavar="PATH|URL", help="Take over all that another store has.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@intake_options
@store_option
def command(
    sources: tuple[str, ...], target: str, jsonl: bool, stores: tuple[str, ...], as_json: bool, **options: Any
) -> None:
    """Read reports and keep their pictures in the store.

    A SOURCE is a file (.txt, .md, .html, .jsonl), a folder of them, a web address, or - for standard input.

    What the store has already, by its content, is skipped without reading it again. A report is kept whole or not at
    all: the command can be interrupted at any time and run again, and several may run at once.

    \b
    Examples:
      situate add reports/                           into situate.db here
      situate add reports/ --store syria.db --jobs 0
      situate add https://example.org/page --published 2018-07-24
      situate add --from-store colleague.db          what a colleague collected, decisions included

    At the end stands what became of all inputs: kept, read but nothing found, had already, failed and why. The store
    keeps that for each of them: see situate coverage.

    \b
    Exit codes: 0 all well, 1 some input failed, 2 wrong use.
    """
    if not sources and not jsonl and not stores:
        raise click.UsageError("name a file, a folder or an address, or - for standard input")
    sys.exit(_add(sources or (() if stores else ("-",)), target, jsonl, stores, as_json, options))


def _add(
    sources: tuple[str, ...], target: str, jsonl: bool, stores: tuple[str, ...], as_json: bool, options: dict[str, Any]
) -> int:
    from situate.store import Store
    from situate.store.runs import Run

    coverage = Coverage()
    merges: list[tuple[str, Merge]] = []
    with Store.open(target) as store, notes():
        run = Run(store, sources) if sources else None
        try:
            merges.extend(_merged(store, other) for other in stores)
            if run:
                _read_into(store, sources, jsonl, (run, coverage), options)
            bring_up_to_date(store, thorough=True)
        finally:  # also where it is interrupted: what is done is kept
            _print_summary(store, coverage, merges, run.key if run else None, as_json)
    return 1 if coverage.failed else 0


def _read_into(
    store: Store, sources: tuple[str, ...], jsonl: bool, into: tuple[Run, Coverage], options: dict[str, Any]
) -> None:
    """Read what the store doesn't have, and keep each report as soon as it is read."""
    from situate.intake import count_reports, find_sources, take_in

    left_out = LeftOut(into[0])
    logging.getLogger(_LEFT_OUT).addHandler(left_out)
    try:
        found = find_sources(sources, lines=jsonl)
    finally:
        logging.getLogger(_LEFT_OUT).removeHandler(left_out)
    reports = dated(take_in(found, limits_of(options["max_size"], options["timeout"])), options["published"])
    Adding(store, *into, options["jobs"]).read(reports, count_reports(found))


def _merged(store: Store, other: str) -> tuple[str, Merge]:
    from situate.store import Store, merge

    with Store.open(other, create=False) as source:
        return source.name, merge(store, source)


def _print_summary(
    store: Store, coverage: Coverage, merges: list[tuple[str, Merge]], run: str | None, as_json: bool
) -> None:
    """What became of all inputs, and how many reports the store has now."""
    reports = store.count()
    if as_json:
        whole = {each.name: getattr(coverage, each.name) for each in fields(coverage)}
        whole |= {"store": store.name, "reports": reports, "run": run}
        whole["from_stores"] = {name: asdict(done) for name, done in merges}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    for line in _lines(coverage, merges):
        click.echo(line)
    click.echo(f"{store.name} has {_many(reports, 'report')}")


def _lines(coverage: Coverage, merges: list[tuple[str, Merge]]) -> Iterator[str]:
    for name, done in merges:
        yield f"from {name}: {done.added:,} added, {done.had:,} had already, {_many(done.decisions, 'new decision')}"
    told = ", ".join(f"{layer} {number:,}" for layer, number in coverage.entries.items() if number)
    first = ", ".join(coverage.nothing_in) + (" …" if coverage.nothing > len(coverage.nothing_in) else "")
    why = "; ".join(f"{number:,} × {reason}" for reason, number in coverage.reasons.most_common())
    for what, number, more in (
        ("read and kept", coverage.kept, told),
        ("read, nothing found", coverage.nothing, first),
        ("had already", coverage.had, ""),
        ("failed", coverage.failed, why),
    ):
        if number:
            yield f"{what:<20} {number:>7,}  {more}".rstrip()


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
