"""Where a report comes from: the country of its address, the town that its newspaper is called after."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from situate.contract import Report
from situate.knowledge.gazetteer import KnownPlace, gazetteer
from situate.knowledge.places import alpha3, place_words

TOWN = 20_000  # inhabitants of a place that a newspaper is called after
CITY = 100_000  # likewise, where the name has no word for a newspaper: "amarillo.com"
SHORTEST = 5  # letters of its name


def home_country(report: Report) -> str | None:
    """The country (alpha-3) of a report's address: "gov.uk", "cbc.ca"."""
    top = _host(report.url).rpartition(".")[2]
    if len(top) != 2 or top in place_words().worldwide_domains:
        return None
    return alpha3("GB" if top == "uk" else top.upper())


def home_place(report: Report) -> KnownPlace | None:
    """The place that a report's publisher is called after, by its name or its address."""
    labels = [x for x in _host(report.url).split(".")[:-1] if len(x) > 3]
    for name in (report.publisher or "", *labels[-1:]):
        found = _called_after(name.casefold())
        if found:
            return found
    return None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _called_after(name: str) -> KnownPlace | None:
    """The place in the name of a newspaper, in lower case: "edmontonjournal", "the edmonton journal"."""
    rest = name.removeprefix("the").strip(" -")
    stripped = True
    while stripped:
        stripped = False
        for word in place_words().media_words:
            if rest.endswith(word) and rest != word:
                rest, stripped = rest.removesuffix(word).strip(" -"), True
    if len(rest) < SHORTEST or rest in place_words().media_words:
        return None
    least = TOWN if rest != name else CITY
    found = [p for p in gazetteer().find(rest.title(), False) if p.kind in ("settlement", "admin") and p.named]
    best = max(found, key=lambda p: p.population, default=None)
    return best if best is not None and best.population >= least else None
