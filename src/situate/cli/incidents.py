"""`situate incidents`: what happened, each once, with all that tell it; `merge`, `split`, `undo` say it by hand."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.listing_options import filter_options, filters_of, store_here, store_option, who_option
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.picture.incident import Incident
    from situate.picture.pinning import Said
    from situate.store import Filters, Listed, Store

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 30
_ID = 8  # signs of an id or a report's key that are shown
_REPORTS = 8  # lines of reports for an incident in a table; the rest is counted


@click.group("incidents", invoke_without_command=True)
@filter_options("events")
@click.option("--why", is_flag=True, help="Say for each further report why it tells the same incident.")
@click.option("--limit", type=click.IntRange(0), help=f"At most so many; 0 for all. [default: {SHOWN} as a table]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@store_option
@click.pass_context
def command(ctx: click.Context, /, target: str, **given: Any) -> None:
    """List incidents, each with the reports that tell it, the latest first.

    Events that happened or go on, of one type, at one time and place, between the same sides, are one incident,
    however many reports tell it; copies of one text, and reports that quote the same voice, count as one source. Each
    is graded: contested (somebody denies it), told by both sides, corroborated (two or more independent sources, not
    all of one side), one side only, single source. Figures stand side by side with who gives them, and are marked
    where they can't all be true.

    Listed are the incidents of which the filters let an event through, each whole, with all that tell it. Below the day
    stands the incident's id, by which merge, split and undo know it.

    \b
    Examples:
      situate incidents --place Idlib --since 2018-09
      situate incidents --type assault --why
      situate incidents merge 3f2a91bc 77d0e4a1
    """
    ctx.obj = target
    if ctx.invoked_subcommand is None:
        most = given.pop("limit")
        limit = (0 if given["as_json"] else SHOWN) if most is None else most
        _list(target, limit, given.pop("why"), given.pop("as_json"), given)


def _list(target: str, limit: int, why: bool, as_json: bool, given: dict[str, Any]) -> None:
    from situate.store import Store

    filters = filters_of(given)
    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        found, total = _incidents(store, filters, limit)
        if as_json:
            for incident in found:
                click.echo(json.dumps(incident.to_dict(), ensure_ascii=False))
        elif found:
            click.echo(_table(found, why))
        if not found:
            tell(f"no incident in {target} that the filter lets through; see situate events")
        elif total > len(found) and not as_json:
            tell(f"{len(found):,} of {total:,} incidents; --limit 0 shows all")


def _incidents(store: Store, filters: Filters, limit: int) -> tuple[list[Incident], int]:
    """The first incidents, and how many there are."""
    from situate.picture.kept import incident_count, incident_page, incidents_of

    if not limit:
        found = incidents_of(store, filters)
        return found, len(found)
    page = incident_page(store, filters, limit=limit)
    more = page.after is not None
    return list(page.rows), (page.total or incident_count(store, filters)) if more else len(page.rows)


def _table(found: Iterable[Incident], why: bool) -> str:
    from situate.cli.excerpt import interval
    from situate.cli.grid import Column, cell, grid, line
    from situate.picture.wording import figure, where

    rows = []
    for incident in found:
        first = incident.first
        figures = [f"{figure(v.figure)} {v.role} ({v.said_by})" for v in incident.values]
        figures += [f"! {role}: these can't all be true" for role in incident.disputed]
        copies = len(incident.reports) - len(incident.sources)
        grade = incident.corroboration.grade + f", {copies} copies" * (copies > 0)
        rows.append(
            (
                cell(interval(first.earliest, first.latest), line(incident.id[:_ID], "dim")),
                cell(line(incident.what, "bold"), where(first)),
                cell(*figures),
                cell(line(grade, "bold"), incident.corroboration.why, *(_because if why else _told)(incident)),
            )
        )
    return grid([Column("when"), Column("what", 5), Column("figures", 3), Column("told by", 4)], rows)


def _told(incident: Incident) -> list[str]:
    """The outlets and days of the first reports."""
    told = list(dict.fromkeys(map(_outlet, incident.entries)))
    more = [f"and {len(told) - _REPORTS} more"] if len(told) > _REPORTS else []
    return [*told[:_REPORTS], *more]


def _because(incident: Incident) -> Iterator[str]:
    """Each report by its key, and why it tells the same incident."""
    for e, why in zip(incident.entries, ("", *incident.why), strict=True):
        yield f"{_outlet(e)} ({e.report.key[:_ID]}){f': because {why}' if why else ''}"


def _outlet(e: Listed) -> str:
    return f"{e.report.publisher or e.report.id}, {e.report.published or 'date not known'}"


def _said(command: F) -> F:
    """The options that say who says something of incidents, and why."""
    comment = click.option("--comment", metavar="WORDS", help="Why, for whoever reads the decisions.")
    return who_option(comment(store_here(command)))


@command.command("merge")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@_said
@click.pass_obj
def merge(target: str, incidents: tuple[str, ...], who: str | None, comment: str | None) -> None:
    """Say that incidents are one, by their ids or by the keys of their events. Later runs keep to it.

    Nothing is deleted; situate incidents undo takes it back.

    \b
    Examples:
      situate incidents merge 3f2a91bc 77d0e4a1 --comment "the same strike, one report has the next day"
    """
    from situate.picture.kept import incident_named
    from situate.picture.pinning import together

    with _deciding(target) as store:
        found = {i.id: i for i in (incident_named(store, name) for name in incidents)}
        if len(found) < 2:
            raise SituateError("these are one incident; name two or more, as situate incidents shows them")
        store.decide(*together(found.values(), _by(who, comment)))
        _tell_of(store, [next(iter(found.values())).first.key])


@command.command("split")
@click.argument("incident")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@_said
@click.pass_obj
def split(target: str, incident: str, reports: tuple[str, ...], who: str | None, comment: str | None) -> None:
    """Say that some reports of an incident tell another one. Later runs keep to it.

    Reports go by the keys that situate incidents --why shows in brackets, or by those of their events. Those named stay
    together where they tell the same. Nothing is deleted; situate incidents undo takes it back.

    \b
    Examples:
      situate incidents split 3f2a91bc 0a4c77f1
    """
    from situate.picture.kept import incident_named
    from situate.picture.pinning import apart

    with _deciding(target) as store:
        whole = incident_named(store, incident)
        store.decide(*apart(whole, reports, _by(who, comment)))
        _tell_of(store, [e.key for e in whole.entries])


@command.command("undo")
@click.argument("incident")
@_said
@click.pass_obj
def undo(target: str, incident: str, who: str | None, comment: str | None) -> None:
    """Take back what you said last of an incident: a merge or a split.

    \b
    Examples:
      situate incidents undo 3f2a91bc
    """
    from situate.picture.kept import incident_named
    from situate.picture.pinning import taken_back
    from situate.picture.pins import said_of_pairs

    with _deciding(target) as store:
        whole = incident_named(store, incident)
        with store.asking() as asked:
            said = said_of_pairs(asked)
        made = taken_back(said, whole, _by(who, comment))
        store.decide(*made)
        _tell_of(store, sorted({key for d in made for key in (d.entry_key, d.after)}))


@contextmanager
def _deciding(target: str) -> Iterator[Store]:
    from situate.store import Store

    with Store.open(target, create=False) as store:
        bring_up_to_date(store)
        yield store


def _by(who: str | None, comment: str | None) -> Said:
    from situate.picture.pinning import Said

    now = datetime.now(UTC).isoformat(timespec="microseconds")  # several may be made in a second, and are told apart
    return Said(who or getpass.getuser(), now, comment)


def _tell_of(store: Store, keys: Sequence[str]) -> None:
    """The incidents that events are in now."""
    from situate.picture.kept import incidents_with

    for incident in incidents_with(store, keys):
        days = sorted({_outlet(e) for e in incident.entries})
        click.echo(f"{incident.id[:_ID]}  {incident.what}  told by {'; '.join(days)}")
