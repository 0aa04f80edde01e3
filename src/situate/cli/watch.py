"""`situate watch`: follow feeds and folders, and keep what is new in them."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NoReturn

import click

from situate.cli.adding import Adding, Coverage
from situate.cli.common import bring_up_to_date, dated, intake_options, limits_of, notes, tell, tell_failure
from situate.cli.listing_options import store_option

if TYPE_CHECKING:
    from situate.contract import Picture, Report
    from situate.intake import Failure, IntakeError
    from situate.intake.following import FollowedFeed, FollowedFolder
    from situate.store import Store

LEAST = 60.0  # seconds between two looks at a feed: whoever is asked more often than that shuts one out
DAY = 86_400.0  # seconds: the longest wait, whatever a server asks for or how often it failed
FOLDER = 10.0  # seconds between two looks at a folder, which costs nobody anything
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": DAY}


class Duration(click.ParamType[float]):
    """A time such as 90s, 15m, 2h or 1d, in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds."""
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"(\d{1,6})([smhd])", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no time; write it as in 90s, 15m, 2h or 1d", param, ctx)
        seconds = int(match[1]) * _UNITS[match[2]]
        if not LEAST <= seconds <= DAY:
            self.fail(f"{value} is out of bounds; give one between 1m and 1d", param, ctx)
        return seconds


@click.command("watch")
@click.argument("sources", nargs=-1, required=True, metavar="FEED|FOLDER…")
@click.option("--every", type=Duration(), default="15m", show_default=True, help="How often to look at a feed.")
@click.option("--once", is_flag=True, help="Look once and end, as for cron.")
@intake_options
@store_option
def command(target: str, sources: tuple[str, ...], every: float, once: bool, **options: Any) -> None:
    """Follow feeds and folders: what is new in them is read and kept, as situate add does.

    A FEED is the address of an RSS or Atom feed, of a page that names one, or a feed in a file. Each entry's page is
    taken in; where it can't be had, what the feed itself gives of it, and that is told. A page that can't be had for
    now is asked for at three looks. Title, day and author that a page doesn't tell are the feed's. A FOLDER is looked
    at every 10 seconds, and a file of it is read when it is new or was changed.

    Each report taken in is a line on stdout. What was looked at once isn't looked at again, also after a restart: the
    store keeps what became of each entry (see situate coverage). A feed that fails is left alone for twice as long each
    time, up to a day, and longer than --every where it asks for that. Ctrl-C ends it; what was finished is kept.

    \b
    Examples:
      situate watch https://example.org/feed.xml --store syria.db
      situate watch https://example.org/ https://example.com/atom inbox/ --every 30m
      situate watch feeds/courier.xml --once                    from cron

    \b
    Exit codes: with --once 0 all well, 1 some input failed; 2 wrong use; 130 ended by Ctrl-C.
    """
    from situate.intake.following import follow
    from situate.store import Store

    limits = limits_of(options["max_size"], options["timeout"])
    with Store.open(target) as store, notes():
        watch = Watch(store, every, options["jobs"], options["published"])
        watched = [Watched(follow(name, limits)) for name in dict.fromkeys(sources)]
        if once:
            sys.exit(watch.once(watched))
        tell(f"following {', '.join(each.source.name for each in watched)} into {store.name} (Ctrl-C ends it)")
        watch.on(watched)


@dataclass(slots=True)
class Watched:
    """A source, how often in a row it failed, and when it is looked at next (by the machine's steady clock)."""

    source: FollowedFeed | FollowedFolder
    failures: int = 0
    due: float = 0.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at sources and keeps what is new."""

    store: Store
    every: float
    jobs: int
    published: str | None

    def once(self, watched: Iterable[Watched]) -> int:
        """Look at each once; gives the exit code."""
        failed = 0
        for each in watched:
            failed += self.look(each)
            if each.source.unsettled:  # a file was being written
                time.sleep(max(0.0, each.due - time.monotonic()))
                failed += self.look(each)
        return 1 if failed else 0

    def on(self, watched: Sequence[Watched]) -> NoReturn:
        """Look at each whenever it is due, until the user ends it."""
        while True:
            first = min(watched, key=lambda each: each.due)
            time.sleep(max(0.0, first.due - time.monotonic()))
            self.look(first)
            if first.failures:
                minutes = (first.due - time.monotonic()) / 60
                tell(f"{first.source.name} is looked at again in {minutes:,.0f} minutes")

    def look(self, at: Watched) -> int:
        """Look at a source, and set when it is looked at next; gives how much failed."""
        from situate.intake import IntakeError
        from situate.intake.following import AGAIN
        from situate.store.runs import tried

        source = at.source
        try:
            items = iter(source.look(partial(tried, self.store, source.name, again=AGAIN)))
            first = next(items, None)
        except IntakeError as error:
            self._failed(at, error)
            return 1
        failed = self._add(source, chain([first], items)) if first is not None else 0
        at.failures, at.due = 0, time.monotonic() + self._wait(source)
        return failed

    def _wait(self, source: FollowedFeed | FollowedFolder) -> float:
        from situate.intake.following import SETTLING, FollowedFolder

        if isinstance(source, FollowedFolder):
            return SETTLING if source.unsettled else FOLDER
        return min(DAY, max(self.every, source.every))

    def _add(self, source: FollowedFeed | FollowedFolder, items: Iterable[Report | Failure]) -> int:
        """Read and keep what is new; gives how much failed."""
        from situate.intake.following import FollowedFeed
        from situate.store.runs import Run

        coverage, is_feed = Coverage(), isinstance(source, FollowedFeed)
        news = iter(dated(items if is_feed else self._less_had(items), self.published))
        first = next(news, None)
        if first is None:
            return 0
        run = Run(self.store, (source.name,))
        told = partial(_tell_kept, remarks=source.remarks)
        adding = Adding(self.store, run, coverage, self.jobs, source.remarks, told, idle=lambda: is_feed)
        adding.read(chain([first], news), None)
        bring_up_to_date(self.store, thorough=True)
        return coverage.failed

    def _less_had(self, items: Iterable[Report | Failure]) -> Iterator[Report | Failure]:
        """The items of a folder less those that the store has: after a restart that is most of them, and no news."""
        from situate.intake import Failure

        return (item for item in items if isinstance(item, Failure) or not self.store.has(item))

    def _failed(self, at: Watched, error: IntakeError) -> None:
        """Tell and keep that a source failed, and leave it alone for longer each time."""
        from situate.store.runs import Item, Run

        at.failures += 1
        wait = min(DAY, max(self.every * 2.0 ** min(at.failures, 16), error.wait))
        at.due = time.monotonic() + wait
        tell_failure(error.of(at.source.name))
        run = Run(self.store, (at.source.name,))
        run.note(Item(at.source.name, "failed", reason=error.reason, remedy=error.remedy))
        run.end()


def _tell_kept(picture: Picture, remarks: dict[str, str]) -> None:
    """One line for a report taken in: which, of when, and what was found."""
    from situate.intake.failure import one_line
    from situate.store.runs import told_in

    report = picture.report
    found = ", ".join(f"{layer} {number:,}" for layer, number in told_in(picture).items()) or "nothing found"
    what = ", ".join(filter(None, (report.title, report.published)))
    remark = f" ({remarks[report.id]})" if report.id in remarks else ""
    click.echo(one_line(f"{report.id}: {f'{what}: ' if what else ''}{found}{remark}"))
