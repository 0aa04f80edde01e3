"""`situate demo`: the sample reports, read, told in tables and drawn on a page."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import notes, output, progress, tell_failure

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from situate.contract import Entry, Picture

HEADINGS = {
    "events": "Who did what to whom",
    "control": "Who holds what",
    "agreements": "What was agreed",
    "movements": "Who moved",
    "forecasts": "What is said to come",
}
ROWS = 10  # a table
NEXT = """\
Try next
  situate read report.txt                    a report of your own, as tables
  situate read https://example.org/page      an article on the web, without what stands around it
  situate read reports/ --json               a folder, one picture a line, for programs
  situate add reports/                       keep what was read in situate.db …
  situate events --help                      … list it by time, place, actor, type or source
  situate brief                              … have it told, with citations
  situate serve                              … and look around in it"""


@click.command(short_help="Read the sample reports and show what came of it.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), show_default=True,
              help="The folder for picture.html.")  # fmt: skip
def command(out: Path) -> None:
    """Read the sample reports, and show what came of it.

    24 short reports, written for Situate, on southern Syria in 2018 and on two other conflicts: the events are public,
    the outlets and their unnamed sources are invented. Prints who did what to whom, who holds what, agreements,
    movements and forecasts with their words, and writes a page with the texts, a map and a timeline.

    \b
    Examples:
      situate demo
      situate demo --out /tmp/demo
    """
    begun = time.monotonic()
    with notes():
        pictures, failed = _pictures()
    console = output()
    for layer in HEADINGS:
        console.print(_table(layer, pictures))
        console.print()
    _write(pictures, out / "picture.html", time.monotonic() - begun, console)
    sys.exit(1 if failed else 0)


def _pictures() -> tuple[list[Picture], int]:
    """The pictures of the samples in the order of their dates, and how many couldn't be read."""
    from situate.engine import read_all
    from situate.intake import Failure, Source, count_reports, find_sources, take_in
    from situate.samples import paths

    sources = find_sources(map(str, paths()))
    named = [replace(s, id=s.path.stem) if isinstance(s, Source) else s for s in sources]
    pictures, failed = [], 0
    one_by_one = (item for report in take_in(named) for item in read_all([report], _itself))  # so that the bar moves
    with progress(one_by_one, count_reports(named), "reading the samples") as read:
        for item in read:
            if isinstance(item, Failure):
                tell_failure(item)
                failed += 1
            else:
                pictures.append(item)
    return sorted(pictures, key=lambda p: p.report.published or "9999"), failed


def _itself(picture: Picture) -> Picture:
    return picture


def _table(layer: str, pictures: list[Picture]) -> Table:
    """The fullest entries of a layer, in the order of their reports, each with its words."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from situate.cli.statements import statement, words
    from situate.cli.words import Names

    total = sum(len(getattr(p, layer)) for p in pictures)
    chosen = _choice(layer, pictures)
    some = f"{len(chosen)} of {total}" if len(chosen) < total else f"{total}"
    table = Table(title=f"{HEADINGS[layer]} ({some})", title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.expand = True
    for heading, share in (("report", 3), ("standing", 4), ("what", 8), ("words", 11)):
        table.add_column(heading, ratio=share, style="dim" if heading == "report" else "")
    for picture, entry in chosen:
        names = Names(picture)
        standing = names.standing(getattr(entry, "status", "predicted"), entry.claim)
        table.add_row(_origin(picture), standing, statement(layer, entry, names), words(layer, entry))
    return table


def _choice(layer: str, pictures: Iterable[Picture]) -> list[tuple[Picture, Any]]:
    """The entries that are shown: the fullest of each report, then the next fullest, up to ROWS, in reading order.

    Republications are passed over, since they tell the same again, and so is what was shown already.
    """
    from situate.cli.statements import headline
    from situate.cli.words import Names

    own = [p for p in pictures if p.report.republished_from in (None, p.report.publisher)]
    ranked = [sorted(getattr(p, layer), key=_fullness, reverse=True) for p in own]
    turns = [(rank, -_fullness(e), i) for i, entries in enumerate(ranked) for rank, e in enumerate(entries)]
    shown: dict[str, tuple[int, Any]] = {}
    for rank, _, i in sorted(turns):
        if len(shown) < ROWS:
            shown.setdefault(headline(layer, ranked[i][rank], Names(own[i])), (i, ranked[i][rank]))
    return [(p, e) for i, p in enumerate(own) for e in getattr(p, layer) if (i, e) in shown.values()]


def _fullness(entry: Entry) -> float:
    """How many fields the words gave, times how sure the entry is."""
    given: float = getattr(entry, "confidence", 1.0)
    return given * sum(bool(getattr(entry, f.name)) for f in fields(entry))


def _origin(picture: Picture) -> str:
    report = picture.report
    return ", ".join(x for x in (report.publisher or report.byline or report.id, report.published) if x)


def _write(pictures: list[Picture], path: Path, seconds: float, console: Console) -> None:
    from situate.export import page

    page.write(pictures, path, "Situate: 24 sample reports")
    words = sum(len(p.report.text.split()) for p in pictures)
    console.print(f"Read {len(pictures)} reports, {words:,} words, in {seconds:.1f} s.", style="bold")
    console.print(f"{path} shows all of it: the texts with their entries, a map, a timeline. Open it in a browser.\n")
    console.print(NEXT)
