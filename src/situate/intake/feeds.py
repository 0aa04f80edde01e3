"""A feed (RSS, Atom) becomes its entries, and an entry a report where its page can't be had (feedparser)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from situate.contract import Report
from situate.intake.check import checked
from situate.intake.dates import iso_date
from situate.intake.failure import Failure, IntakeError
from situate.intake.html import words_of_html
from situate.intake.plain import report_from_text

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one report. `id` is its page's address, or what else tells it from all others."""

    id: str
    page: str | None
    title: str | None
    published: str | None  # ISO date
    author: str | None
    text: str  # as much of it as the feed itself gives


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is now, the oldest entry first. `every` is how many seconds it wants to be left alone."""

    title: str | None
    entries: tuple[Entry, ...]
    every: float = 0.0


def feed_in(data: bytes, name: str, address: str) -> Feed | None:
    """The feed of a name in what was sent from an address in the end; None where it is none. Raises IntakeError."""
    try:
        return _parsed(data, name, address)
    except Exception as error:  # what somebody wrote badly, in a way that the package didn't think of
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise IntakeError(f"can't be read as a feed ({what})", "tell those who make it") from error


def _parsed(data: bytes, name: str, address: str) -> Feed | None:
    import feedparser

    # As a stream, for the package takes bytes for a file's name; with its address, since links may be relative to it.
    found = feedparser.parse(BytesIO(data), response_headers={"content-location": address})
    if not found.get("version"):
        return None
    entries = {entry.id: entry for entry in (_entry(each, name) for each in reversed(found.entries))}
    minutes = str(found.feed.get("ttl", "")).strip()
    every = 60.0 * float(minutes) if minutes.isdecimal() else 0.0
    return Feed(_plain(found.feed, "title"), tuple(entries.values()), every)


def filled_in(report: Report, entry: Entry, feed: Feed) -> Report:
    """The report on an entry's page, what the page doesn't say of itself taken from the feed."""
    return replace(
        report,
        title=report.title or entry.title,
        byline=report.byline or entry.author,
        publisher=report.publisher or feed.title,
        published=report.published or entry.published,
    )


def report_of(entry: Entry, feed: Feed) -> Report | Failure:
    """The report that the feed itself gives of an entry. Raises IntakeError."""
    report = report_from_text(entry.text, id=entry.id, url=entry.page, title=entry.title, published=entry.published)
    return checked(filled_in(report, entry, feed), entry.id)


def _entry(given: Mapping[str, Any], feed: str) -> Entry:
    link = str(given.get("link") or "").strip()
    page = link if link.startswith(WEB) else None
    title, text = _plain(given, "title"), _text(given)
    name = page or f"{feed}#{given.get('id') or title or text[:80]}"
    return Entry(name, page, title, _published(given), _author(given), text)


def _plain(given: Mapping[str, Any], name: str) -> str | None:
    """A title or a name as words, on one line."""
    words = str(given.get(name) or "")
    if str(given.get(f"{name}_detail", {}).get("type", "")).endswith("html"):
        words = words_of_html(words)
    return " ".join(words.split()) or None


def _text(given: Mapping[str, Any]) -> str:
    """The longest text that the feed gives of an entry: all of it, or a summary."""
    parts = [*given.get("content", ()), *filter(None, [given.get("summary_detail")])]
    texts = [
        words_of_html(part["value"]) if str(part.get("type", "")).endswith(("html", "xml")) else part["value"]
        for part in parts
        if part.get("value")
    ]
    return max(texts, key=len, default="").strip()


def _author(given: Mapping[str, Any]) -> str | None:
    names = [_plain(author, "name") for author in given.get("authors", ())]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _published(given: Mapping[str, Any]) -> str | None:
    """The day as the outlet counts it; by Greenwich where it is written in an unusual way."""
    for name in ("published", "updated", "created"):
        if given.get(name) and (day := iso_date(str(given[name]))):
            return day
        if parsed := given.get(f"{name}_parsed"):
            return date(*parsed[:3]).isoformat()
    return None
