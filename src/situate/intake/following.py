"""Sources that are looked at again and again: a feed, and a folder. A look gives what is new in them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from situate.contract import Report
from situate.intake.decode import decode
from situate.intake.failure import Failure, IntakeError
from situate.intake.feeds import WEB, Entry, Feed, feed_in, filled_in, report_of
from situate.intake.html import feed_named_in
from situate.intake.inner import is_named_inner
from situate.intake.limits import MEGABYTE, Limits
from situate.intake.sources import NO_REPORTS, Source, find_sources
from situate.intake.take import take_in, take_page
from situate.intake.web import Page, Version, fetch_feed

AGAIN = "it is tried again at the next look"  # remedy of an entry with which nothing is settled yet
TRIES = 3  # looks at which a page that can't be had for now is asked for
PAUSE = 1.0  # seconds between two pages of a feed, out of courtesy
SETTLING = 2.0  # seconds for which a file has to stay as it is before it is read: somebody may be writing it
_FOLDERS = logging.getLogger("situate.intake.sources")
Tried = Callable[[Sequence[str]], Mapping[str, int | None]]


def follow(name: str, limits: Limits) -> FollowedFeed | FollowedFolder:
    """What is to be looked at under a name: a feed's or a page's address, a feed in a file, a folder."""
    return FollowedFolder(name, limits) if Path(name).is_dir() else FollowedFeed(name, limits)


class FollowedFeed:
    """A feed, by its address, by that of a page that names it, or in a file."""

    unsettled = False

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.every = 0.0  # seconds for which the feed, or a page of it, wants to be left alone before the next look
        self.remarks: dict[str, str] = {}  # by a report's id, why it is only what the feed gives of it
        self._address, self._limits, self._version = name, limits, Version()
        self._feed = Feed(None, ())
        self._open: tuple[Entry, ...] = ()  # what may be new in it still

    def look(self, tried: Tried) -> Iterator[Report | Failure]:
        """What is new. Raises IntakeError where the feed can't be had.

        `tried` tells of the entries with these ids that were looked at before: how often in vain, or None where nothing
        more is to be done.
        """
        self.remarks.clear()
        try:
            self._renew()
        except IntakeError:
            self._address, self._version = self.name, Version()  # a page may name another feed by now
            raise
        self.every = self._feed.every
        before = tried([entry.id for entry in self._open])
        self._open = tuple(entry for entry in self._open if before.get(entry.id, 0) is not None)
        still_open: list[Entry] = []
        for number, entry in enumerate(self._open):
            if number and entry.page:
                time.sleep(PAUSE)
            item = self._taken(entry, last=(before.get(entry.id) or 0) + 1 >= TRIES)
            if isinstance(item, Failure) and item.remedy == AGAIN:
                still_open.append(entry)
            yield item
        self._open = tuple(still_open)

    def _renew(self) -> None:
        """Get the feed where it isn't what it was."""
        if not self.name.startswith(WEB):
            feed = feed_in(_file(self.name, self._limits), self.name, "")
        elif page := fetch_feed(self._address, self._limits, self._version):
            feed = self._feed_from(page)
        else:
            return
        if feed is None:
            raise IntakeError("neither a feed nor a page that names one", "give the feed's own address")
        self._feed, self._open = feed, feed.entries

    def _feed_from(self, page: Page) -> Feed | None:
        """The feed, also where the page only names it; from then on the feed itself is asked for."""
        feed = feed_in(page.data, self._address, page.url)
        if feed is None:
            named = feed_named_in(decode(page.data, page.encoding), page.url)
            found = fetch_feed(named, self._page_limits(), Version()) if named and named.startswith(WEB) else None
            if named and found:
                page, self._address = found, named
                feed = feed_in(page.data, self._address, page.url)
        self._version = page.version
        return feed

    def _taken(self, entry: Entry, *, last: bool) -> Report | Failure:
        """The report on the entry's page; where that can't be had, what the feed gives of it."""
        if entry.page is None:
            return self._own(entry, "it has no page")
        try:
            item = take_page(entry.page, self._page_limits())
        except IntakeError as error:
            self.every = max(self.every, error.wait)
            if error.passing and not last:
                return Failure(entry.id, error.reason, AGAIN, entry.id)
            return self._own(entry, error.reason)
        except Exception as error:  # whatever a page does to its reading, the others are taken in
            return self._own(entry, f"its page can't be read ({type(error).__name__})")
        return replace(filled_in(item, entry, self._feed), id=entry.id) if isinstance(item, Report) else item

    def _own(self, entry: Entry, why: str) -> Report | Failure:
        if not entry.text:
            return Failure(entry.id, f"{why}, and the feed gives no text of it", "add its text by hand", entry.id)
        try:
            item = report_of(entry, self._feed)
        except IntakeError as error:
            return error.of(entry.id, entry.id)
        if isinstance(item, Report):
            self.remarks[item.id] = f"as far as the feed gives it: {why}"
        return item

    def _page_limits(self) -> Limits:
        """A feed of the wide world leads to nothing within one's own network."""
        host = urlsplit(self.name).hostname if self.name.startswith(WEB) else None
        return replace(self._limits, outer=not (host and is_named_inner(host)))


class FollowedFolder:
    """A folder of reports. A file is read when it is new or was changed, and stays as it is for a moment."""

    every = 0.0

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.unsettled = name, False
        self.remarks: dict[str, str] = {}
        self._limits = limits
        self._known: dict[str, tuple[int, int]] = {}
        self._told: set[str] = set()

    def look(self, tried: Tried) -> Iterator[Report | Failure]:
        """What is new. Raises IntakeError where the folder can't be had."""
        if not Path(self.name).is_dir():
            raise IntakeError("no such folder any more", "check the path")
        self.unsettled = False
        return take_in(self._new(), self._limits)

    def _new(self) -> Iterator[Source | Failure]:
        _FOLDERS.addFilter(self._is_news)
        try:
            found = find_sources([self.name])
        finally:
            _FOLDERS.removeFilter(self._is_news)
        for source in found:
            if isinstance(source, Failure):
                if source.reason != NO_REPORTS and str(source) not in self._told:
                    self._told.add(str(source))
                    yield source
            elif self._is_new(source):
                yield source

    def _is_news(self, record: logging.LogRecord) -> bool:
        """Whether a warning wasn't given before."""
        message = record.getMessage()
        known = message in self._told
        self._told.add(message)
        return not known

    def _is_new(self, source: Source) -> bool:
        try:
            state = source.path.stat()
        except OSError:
            return False  # gone since it was found
        seen = (state.st_mtime_ns, state.st_size)
        if self._known.get(source.name) == seen:
            return False
        if 0 <= time.time() - state.st_mtime < SETTLING:
            self.unsettled = True
            return False
        self._known[source.name] = seen
        return True


def _file(name: str, limits: Limits) -> bytes:
    path = Path(name)
    if not path.is_file():
        raise IntakeError("no such file or folder", "check the path")
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.largest + 1)
    except OSError as error:
        raise IntakeError(f"can't be read ({error.strerror or error})", "check that you may read it") from error
    if len(data) > limits.largest:
        raise IntakeError(f"larger than {limits.largest / MEGABYTE:g} MB", "split it, or raise --max-size")
    return data
