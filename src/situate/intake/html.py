"""Small readings of HTML: the words of a piece of it, and the feed that a page names."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

from situate.intake.web import FEED_TYPES

_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_LINES = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)  # what stands on lines of its own


def words_of_html(html: str) -> str:
    """The words of a piece of HTML, a paragraph a line."""
    reading = _Words()
    reading.feed(html)
    reading.close()
    lines = (" ".join(line.split()) for line in "".join(reading.parts).split("\n"))
    return "\n".join(filter(None, lines))


def feed_named_in(html: str, address: str) -> str | None:
    """The address of the feed that a page names, the first that isn't one of comments; None where it names none."""
    reading = _Links()
    reading.feed(html)
    reading.close()
    named = [(urljoin(address, href), f"{title} {href}".lower()) for href, title in reading.found]
    return next((href for href, words in sorted(named, key=lambda each: "comment" in each[1])), None)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self.parts.append("\n" if tag in _LINES else "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self.parts.append("\n" if tag in _LINES else "")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split("\n")))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []  # where to, and how it is called

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kinds = given.get("rel", "").lower().split()
        if tag == "link" and "alternate" in kinds and given.get("type", "").partition(";")[0].lower() in FEED_TYPES:
            self.found.append((given.get("href", ""), given.get("title", "")))
