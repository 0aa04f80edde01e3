"""A page or a feed from the web, within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from situate import __version__
from situate.intake.failure import IntakeError
from situate.intake.inner import refuse_inner
from situate.intake.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

ACCEPTED = "text/html, text/plain;q=0.9, */*;q=0.1"
ACCEPTED_FEEDS = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/rdf+xml")
_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/json", "application/x-ndjson")
_NOT_MODIFIED = 304
_PASSING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Version:
    """By what a server tells whether what it has is still what it sent: empty where it doesn't say."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the address it came from in the end, the bytes, and the encoding and type it stated."""

    url: str
    data: bytes
    encoding: str | None
    content_type: str
    version: Version = Version()


def fetch(url: str, limits: Limits) -> Page:
    """The page at an address. Raises IntakeError."""
    return _got(url, limits, {"Accept": ACCEPTED}, lambda response: _page(response, limits, _TEXT_TYPES))


def fetch_feed(url: str, limits: Limits, known: Version) -> Page | None:
    """The feed, or the page that may name one, at an address; None where it is as it is known. Raises IntakeError."""
    asked = {"Accept": ACCEPTED_FEEDS, "If-None-Match": known.etag, "If-Modified-Since": known.modified}

    def feed(response: httpx.Response) -> Page | None:
        if response.status_code == _NOT_MODIFIED and known != Version():
            return None
        return _page(response, limits, (*_TEXT_TYPES, *FEED_TYPES))

    return _got(url, limits, {name: value for name, value in asked.items() if value}, feed)


def _got(url: str, limits: Limits, asked: dict[str, str], then: Callable[[httpx.Response], T]) -> T:
    """What `then` makes of the answer to a question with these headers."""
    import httpx

    hooks = {"request": [lambda request: refuse_inner(request.url.host)]} if limits.outer else {}
    try:
        with (
            httpx.Client(
                timeout=limits.patience,
                follow_redirects=True,
                max_redirects=limits.redirects,
                headers={"User-Agent": f"situate/{__version__}", **asked},
                event_hooks=hooks,
            ) as client,
            client.stream("GET", url) as response,
        ):
            return then(response)
    except httpx.TimeoutException as error:
        remedy = "try again later, or raise --timeout"
        raise IntakeError(f"no answer within {limits.patience:g} s", remedy, passing=True) from error
    except httpx.TooManyRedirects as error:
        raise IntakeError(f"redirected more than {limits.redirects} times", "give the page's own address") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise IntakeError("not a web address", "give it as in https://example.org/page") from error
    except httpx.HTTPError as error:
        reason = f"can't be fetched ({error or type(error).__name__})"
        raise IntakeError(reason, "check the address and the network", passing=True) from error


def _page(response: httpx.Response, limits: Limits, kinds: Iterable[str]) -> Page:
    if (code := response.status_code) != 200:
        remedy = "check the address, or save the page with a browser and give the file"
        reason = f"the server answers {code} {response.reason_phrase}".rstrip()
        raise IntakeError(reason, remedy, passing=code in _PASSING, wait=_wait(response.headers.get("retry-after", "")))
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FEED_TYPES and kind not in kinds:
        raise IntakeError("a feed, not a page", "follow it with situate watch")
    if kind and not kind.startswith(tuple(kinds)):
        raise IntakeError(f"sent as {kind}, not as a page or text", "save its text as .txt and give the file")
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limits.largest:
            raise IntakeError(f"larger than {limits.largest / MEGABYTE:g} MB", "split it, or raise --max-size")
    version = Version(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
    return Page(str(response.url), bytes(data), response.charset_encoding, kind, version)


def _wait(retry_after: str) -> float:
    """The seconds that a Retry-After asks for, given as such or as a moment."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
