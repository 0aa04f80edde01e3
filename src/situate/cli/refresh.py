"""`situate refresh`: reports in the store read again where the readers, their versions or their settings changed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import click

from situate.cli.common import bring_up_to_date, notes, progress, tell, tell_failure
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.intake import Failure
    from situate.picture.refreshing import Outdated, Refreshed

_PUT_TOGETHER = 50  # reports after which incidents, stories and histories are brought up to date


@click.command("refresh")
@click.option("--all", "every", is_flag=True, help="Read all reports again, also those that are up to date.")
@click.option("--dry-run", is_flag=True, help="Only say which reports are out of date, from which layer on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a report: the keys of what came, went, changed.")
@store_option
def command(target: str, every: bool, dry_run: bool, as_json: bool) -> None:
    """Read kept reports again with the present readers, where that may change something.

    Each layer of a report says which reader, version and settings (knowledge files, models, gazetteers) made it. A
    report of which a layer is out of date is read again from that layer on, from the text that the store keeps; the
    others are left alone. What people decided stays: an entry that somebody accepted or corrected is kept even where
    the readers don't find it any more, a rejected one stays rejected. At the end stands what changed, by layer.

    Incidents, stories and histories are brought up to date, too, and made anew where the way in which they are put
    together has changed.

    Interrupted, it can be run again: each report is replaced whole.

    \b
    Examples:
      situate refresh --dry-run
      situate refresh --json > changes.jsonl
    """
    from situate.intake import Failure
    from situate.picture.refreshing import outdated, refreshed
    from situate.store import Store

    summary = Summary()
    with Store.open(target, create=False) as store, notes():
        todo = list(outdated(store, every=every))
        total = store.count()
        if dry_run:
            _print_outdated(todo, total, as_json)
            return
        try:
            with progress(refreshed(store, todo), len(todo), "reading again") as items:
                for number, each in enumerate(items, 1):
                    summary.count(each)
                    if number % _PUT_TOGETHER == 0:
                        bring_up_to_date(store)
                    if as_json and not isinstance(each, Failure):
                        click.echo(json.dumps(asdict(each), ensure_ascii=False))
            bring_up_to_date(store, thorough=True)
        finally:  # also where it is interrupted: what is done is kept
            if not as_json:
                _print_summary(summary, total)
    sys.exit(1 if summary.failed else 0)


@dataclass(slots=True)
class Summary:
    """What came of reading reports again."""

    read: int = 0
    different: int = 0  # reports that say something else now
    kept: int = 0
    failed: int = 0
    layers: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, each: Refreshed | Failure) -> None:
        """Count one report."""
        from situate.intake import Failure

        if isinstance(each, Failure):
            self.failed += 1
            tell_failure(each)
            return
        self.read += 1
        self.different += bool(each.changes)
        self.kept += len(each.kept)
        for change in each.changes:
            sums = self.layers.setdefault(change.layer, Counter())
            sums.update(added=len(change.added), removed=len(change.removed), changed=len(change.changed))
        for key in each.unheld:
            tell(f"{key} is gone; what people decided on it stays in the trail")


def _print_outdated(todo: Iterable[Outdated], total: int, as_json: bool) -> None:
    todo = list(todo)
    if as_json:
        for each in todo:
            click.echo(json.dumps(asdict(each)))
        return
    for layer, number in Counter(each.first for each in todo).most_common():
        click.echo(f"{number:>7,}  to be read again from {layer} on")
    click.echo(f"{len(todo):>7,}  of {total:,} reports are out of date")


def _print_summary(summary: Summary, total: int) -> None:
    click.echo(f"{summary.read:,} of {total:,} reports read again; {summary.different:,} say something else now")
    for layer, sums in summary.layers.items():
        parts = ", ".join(f"{sums[what]:,} {what}" for what in ("added", "removed", "changed") if sums[what])
        click.echo(f"{layer:<12} {parts}")
    if summary.kept:
        click.echo(f"{summary.kept:,} entries stay, since a person accepted or corrected them; the readers lost them")
    if summary.failed:
        click.echo(f"{summary.failed:,} reports could not be read again, and stay as they were")
