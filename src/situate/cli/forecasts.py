"""`situate forecasts`: predictions with their standing; `settle` keeps what became of them, `scores` who did well."""

from __future__ import annotations

import csv
import getpass
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import (
    Day,
    filter_options,
    filters_of,
    graded_option,
    store_here,
    store_option,
    who_option,
)

if TYPE_CHECKING:
    from situate.picture.scores import Score
    from situate.picture.settling import Clue, Proposal
    from situate.store import Listed, Store
    from situate.store.outcomes import Settled

SHOWN = 50
STANDINGS = ("open", "due", "overdue", "settled")
_KEYS = {"y": None, "h": "happened", "n": "not", "l": "lapsed"}
_SIDE = 3  # clues shown on each side
_day_option = click.option(
    "--on", type=Day(last=True), metavar="DATE", help="As of this day. [default: that of the last report]"
)


@click.group("forecasts", invoke_without_command=True)
@filter_options("forecasts")
@click.option("--standing", "standings", type=click.Choice(STANDINGS), multiple=True, help="Only those that stand so.")
@_day_option
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with a header; docs/listings.md tells its columns.")
@graded_option
@store_option
@click.pass_context
def group(ctx: click.Context, /, target: str, **given: Any) -> None:
    """List predictions: what, how likely, by when, who says so, and how they stand.

    open: nothing settles it yet; due: its time ends within 30 days; overdue: its time is over, and nobody settled it;
    settled: a person said what became of it.

    \b
    Examples:
      situate forecasts --standing overdue --on 2018-10-01
      situate forecasts settle
      situate forecasts scores --by outlet --picture calibration.svg
    """
    ctx.obj = target
    if ctx.invoked_subcommand is None:
        _list(target, given)


def _list(target: str, given: dict[str, Any]) -> None:
    from situate.cli.listing import most_of
    from situate.store import Store, query
    from situate.store.outcomes import outcomes_of

    most = most_of(given["limit"], given["as_json"], given["as_csv"])
    filters = filters_of(given)
    with Store.open(target, create=False) as store:
        settled = outcomes_of(store)
        on = given["on"] or store.last_day() or date.today().isoformat()
        wanted = given["standings"]
        rows: Iterable[Listed] = query.every(store, "forecasts", filters, limit=None if wanted else most)
        rows = (replace(row, own={**row.own, **_stand(row, settled, on)}) for row in rows)
        if wanted:
            found = [row for row in rows if row.own["standing"] in wanted]
            shown = _print(store, found[:most], given)
            total = len(found)
        else:
            shown = _print(store, rows, given)
            total = query.count(store, "forecasts", filters) if shown == most else shown
    if shown < total:
        tell(f"{shown:,} of {total:,} forecasts shown; --limit 0 shows all")
    elif not shown:
        tell("no forecasts match")


def _print(store: Store, rows: Iterable[Listed], given: Mapping[str, Any]) -> int:
    from situate.cli.listing import print_graded, print_rows

    forms, standing = (given["as_json"], given["as_csv"]), ("standing", _standing)
    if given["graded"]:
        return print_graded(store, "forecasts", list(rows), *forms, standing)
    return print_rows("forecasts", rows, *forms, standing)


def _stand(row: Listed, settled: Mapping[str, Settled], on: str) -> dict[str, str | None]:
    from situate.store.outcomes import standing_of

    known = settled.get(row.key)
    return {"standing": standing_of(row, settled, on), "outcome": known.outcome if known else None}


def _standing(row: Listed) -> str:
    return ": ".join(part for part in (row.own["standing"], row.own["outcome"]) if part)


@group.command("settle")
@click.argument("forecast", required=False)
@click.option(
    "--as", "outcome", type=click.Choice(("happened", "not", "lapsed", "open")), help="What became of FORECAST."
)
@who_option
@_day_option
@click.option("--json", "as_json", is_flag=True, help="Print the proposals, one JSON object a line, and ask nothing.")
@store_here
@click.pass_obj
def settle_command(
    target: str, forecast: str | None, outcome: str | None, who: str | None, on: str | None, as_json: bool
) -> None:
    """Say what became of predictions: proposals from later reports with their words on both sides, for you to confirm.

    With FORECAST (its key) and --as, one is settled without asking; --as open takes that back.

    \b
    Examples:
      situate forecasts settle
      situate forecasts settle --json > proposals.jsonl
    """
    from situate.picture.forecasts import proposals
    from situate.store import Store
    from situate.store.outcomes import outcome_decision

    if (forecast is None) != (outcome is None):
        raise click.UsageError("FORECAST and --as go together")
    with Store.open(target, create=False) as store:
        if forecast is not None and outcome is not None:
            store.decide(outcome_decision(_known(store, forecast), outcome, who or getpass.getuser(), _now()))
            tell(f"{forecast}: {outcome}")
            return
        found = proposals(store, on)
        if as_json:
            for proposal in found:
                click.echo(json.dumps(proposal.to_dict(), ensure_ascii=False))
        elif not found:
            tell("later reports tell nothing of the forecasts that are open")
        elif sys.stdin.isatty():
            _ask(store, found, who or getpass.getuser())
        else:
            _show_all(found)


def _known(store: Store, key: str) -> str:
    from situate.errors import SituateError
    from situate.store import Filters, query

    found = [row.key for row in query.every(store, "forecasts", Filters()) if row.key.startswith(key)]
    if len(found) != 1:
        how_many = "no forecast" if not found else "more than one forecast"
        raise SituateError(f"{key}: {how_many} of {store.name} has that key; see situate forecasts --json")
    return found[0]


def _ask(store: Store, found: Sequence[Proposal], who: str) -> None:
    from situate.store.outcomes import outcome_decision

    done = 0
    for number, proposal in enumerate(found, 1):
        _show(proposal, f"{number} of {len(found)}")
        keys = "y as proposed, h happened, n did not, l lapsed, s skip, q quit"
        answer = click.prompt(keys, type=click.Choice([*_KEYS, "s", "q"]), show_choices=False, default="s")
        if answer == "q":
            break
        if answer != "s":
            outcome = _KEYS[answer] or proposal.outcome
            done += store.decide(outcome_decision(proposal.forecast, outcome, who, _now()))
    tell(f"{done} forecasts settled")


def _show_all(found: Iterable[Proposal]) -> None:
    for proposal in found:
        _show(proposal, proposal.forecast)
    tell("run it in a terminal to confirm them, or settle one with: situate forecasts settle KEY --as happened")


def _show(proposal: Proposal, title: str) -> None:
    words = {"happened": "it happened", "not": "it did not happen", "lapsed": "its time is over, untold"}
    click.echo(f"\n{title}: {proposal.content}")
    click.echo(f"  proposed: {words.get(proposal.outcome, proposal.outcome)} (confidence {proposal.confidence:.2f})")
    for sign, clues in (("+", proposal.speaking_for), ("-", proposal.speaking_against)):
        for clue in clues[:_SIDE]:
            click.echo(f"  {sign} {_clue(clue)}")


def _clue(clue: Clue) -> str:
    if clue.words is None:
        return clue.why
    text = " ".join(clue.words.text.split())
    return f"{clue.outlet or clue.report}, {clue.published}: {text} [{clue.why}]"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@group.command("scores")
@click.option("--by", type=click.Choice(("forecaster", "outlet")), default="forecaster", show_default=True)
@click.option("--proposed", is_flag=True, help="Count what is proposed, too, where nobody decided.")
@click.option("--least", type=click.IntRange(0), default=1, show_default=True, help="Settled forecasts to be listed.")
@_day_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with a header.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Write the calibration as SVG.")
@store_here
@click.pass_obj
def scores_command(target: str, /, by: str, proposed: bool, least: int, on: str | None, **given: Any) -> None:
    """Score who predicted: Brier score (0 perfect, 0.25 a coin) with its interval, right calls, how many could be told.

    \b
    Example:
      situate forecasts scores --by outlet --csv > scores.csv
    """
    from situate.export.calibration import draw
    from situate.picture.forecasts import called, proposals
    from situate.picture.scores import calibration, scores
    from situate.store import Store

    with Store.open(target, create=False) as store:
        all_called = called(store, proposed=proposals(store, on) if proposed else ())
    found = [s for s in scores(all_called, lambda c: getattr(c, by)) if s.settled >= least]
    if given["picture"]:
        given["picture"].write_text(draw(calibration(all_called)), encoding="utf-8")
        tell(f"calibration of {sum(b.count for b in calibration(all_called))} forecasts in {given['picture']}")
    _print_scores(by, found, given["as_json"], given["as_csv"])


def _print_scores(by: str, found: Sequence[Score], as_json: bool, as_csv: bool) -> None:
    rows = [s.to_dict() for s in found]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        writer = csv.DictWriter(
            sys.stdout, ["name", "made", "resolvable", "settled", "brier", "brier_low", "brier_high", "right"]
        )
        writer.writeheader()
        writer.writerows(rows)
    elif found:
        from rich.box import ROUNDED
        from rich.table import Table

        from situate.cli.common import output

        table = Table(box=ROUNDED)
        for name in (by, "made", "resolvable", "settled", "Brier score", "95 % interval", "right"):
            table.add_column(name, justify="left" if name == by else "right", overflow="fold")
        for s in found:
            between = f"{s.brier_low:.2f} – {s.brier_high:.2f}" if s.brier_low is not None else ""
            score = f"{s.brier:.2f}" if s.brier is not None else ""
            right = f"{s.right:.0%}" if s.right is not None else ""
            table.add_row(s.name, str(s.made), str(s.resolvable), str(s.settled), score, between, right)
        output().print(table)
    else:
        tell("no forecast is settled yet; see situate forecasts settle")
