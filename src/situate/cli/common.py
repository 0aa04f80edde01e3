"""What the commands share: consoles, colours, messages, limits of the intake."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from situate.cli.grid import WIDE

if TYPE_CHECKING:
    from rich.console import Console

    from situate.contract import Report
    from situate.intake import Failure, Limits
    from situate.store import Store

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

STATUS_COLOURS: dict[str, str] = {
    "actual": "green",
    "ongoing": "green",
    "planned": "cyan",
    "offered": "cyan",
    "threatened": "yellow",
    "conditional": "yellow",
    "predicted": "magenta",
    "denied": "red",
    "generic": "dim",
}


def output() -> Console:
    """A console on stdout; without colours where that is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDE
    return Console(width=width, highlight=False)


def tell(message: str) -> None:
    """One line on stderr."""
    click.echo(f"situate: {message}", err=True)


def tell_failure(failure: Failure) -> None:
    """What went wrong with one input, on stderr."""
    tell(str(failure))


class Notes(logging.Handler):
    """The program's warnings as lines on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one."""
        tell(record.getMessage())


@contextmanager
def notes() -> Iterator[None]:
    """Warnings of the program go to stderr as long as this lasts."""
    logger = logging.getLogger("situate")
    logging.getLogger().addHandler(logging.NullHandler())  # what other packages warn of is nothing a user can mend
    handler = Notes(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def intake_options(command: F) -> F:
    """The options that say what is taken in and how: `limits_of` and `dated` act on them."""
    for option in (
        click.option(
            "--timeout", type=click.FloatRange(1), default=20, show_default=True, help="Seconds to wait for a page."
        ),
        click.option(
            "--max-size", type=click.FloatRange(0.001), default=10, show_default=True, help="Largest report, in MB."
        ),
        click.option(
            "--jobs", type=click.IntRange(0), default=1, show_default=True, help="Processes; 0 for one a core."
        ),
        click.option("--published", metavar="DATE", help="The day (2018-07-24) of reports that don't say theirs."),
    ):
        command = option(command)
    return command


def dated(items: Iterable[Report | Failure], given: str | None) -> Iterator[Report | Failure]:
    """The items, those reports that have no date with the one given. Raises click.BadParameter where it is none."""
    from situate.intake.dates import iso_date

    day = iso_date(given) if given else None
    if given and day is None:
        raise click.BadParameter(f"{given!r} is not a date; write it as in 2018-07-24", param_hint="--published")
    return (_with_day(item, day) for item in items) if day else iter(items)


def _with_day(item: Report | Failure, day: str) -> Report | Failure:
    from situate.contract import Report

    return replace(item, published=day) if isinstance(item, Report) and not item.published else item


def limits_of(max_size: float, timeout: float) -> Limits:
    """The intake's limits."""
    from situate.intake.limits import MEGABYTE, Limits

    return Limits(largest=int(max_size * MEGABYTE), patience=timeout)


def bring_up_to_date(store: Store, *, thorough: bool = False) -> None:
    """Work in what is new in a store; where that takes a while, a terminal's user sees how far it is."""
    from situate.picture.keeping import BATCH, keep_up

    shown = False

    def told(left: int, total: int) -> None:
        nonlocal shown
        shown = shown or (total > 4 * BATCH and sys.stderr.isatty())
        if shown:
            ends = "\n" if not left else ""
            click.echo(f"\rputting together what is new: {total - left:,} of {total:,}{ends}", err=True, nl=False)

    keep_up(store, thorough=thorough, tell=told)


@contextmanager
def progress(items: Iterable[T], total: int | None, what: str = "reading") -> Iterator[Iterator[T]]:
    """The items, with a bar on stderr that counts them, where stderr is a terminal and they are many."""
    if not sys.stderr.isatty() or total == 1:
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task(what, total=total)

    def counted() -> Iterator[T]:
        for item in items:
            bar.stop()  # so that what is printed for the item doesn't mix with the bar
            yield item
            bar.advance(task)
            bar.start()

    with bar:
        yield counted()
