"""A page from the web, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from situate import __version__
from situate.intake.failure import IntakeError
from situate.intake.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    import httpx

_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/json", "application/x-ndjson")


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the address it came from in the end, the bytes, and the encoding and type it stated."""

    url: str
    data: bytes
    encoding: str | None
    content_type: str


def fetch(url: str, limits: Limits) -> Page:
    """The page at an address. Raises IntakeError."""
    import httpx

    agent = {"User-Agent": f"situate/{__version__}", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"}
    try:
        with (
            httpx.Client(
                timeout=limits.patience, follow_redirects=True, max_redirects=limits.redirects, headers=agent
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _page(response, limits)
    except httpx.TimeoutException as error:
        raise IntakeError(f"no answer within {limits.patience:g} s", "try again later, or raise --timeout") from error
    except httpx.TooManyRedirects as error:
        raise IntakeError(f"redirected more than {limits.redirects} times", "give the page's own address") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise IntakeError("not a web address", "give it as in https://example.org/page") from error
    except httpx.HTTPError as error:
        reason = f"can't be fetched ({error or type(error).__name__})"
        raise IntakeError(reason, "check the address and the network") from error


def _page(response: httpx.Response, limits: Limits) -> Page:
    if response.status_code != 200:
        remedy = "check the address, or save the page with a browser and give the file"
        raise IntakeError(f"the server answers {response.status_code} {response.reason_phrase}".rstrip(), remedy)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXT_TYPES):
        raise IntakeError(f"sent as {kind}, not as a page or text", "save its text as .txt and give the file")
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limits.largest:
            raise IntakeError(f"larger than {limits.largest / MEGABYTE:g} MB", "split it, or raise --max-size")
    return Page(str(response.url), bytes(data), response.charset_encoding, kind)
