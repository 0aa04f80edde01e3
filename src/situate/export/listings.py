"""The columns of the listings' CSV, each with what it holds.

`docs/listings.md` is made of the same table: `python -m situate.export.listings > docs/listings.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from situate.store import Listed, Merged

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, what it holds, and how it is had from a row."""

    name: str
    holds: str
    value: Callable[[Any], Any]


def header(layer: str) -> list[str]:
    """The names of a layer's columns."""
    return [column.name for column in COLUMNS[layer]]


def cells(layer: str, row: Listed | Merged) -> list[Any]:
    """A row's values. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return [harmless(column.value(row)) for column in COLUMNS[layer]]


def figures_in_words(row: Listed) -> str:
    """The figures of an entry, as in "killed 8; injured 12–15"."""
    return _joined(f"{figure.role} {_number(figure)}" for figure in row.figures)


def _number(figure: Any) -> str:
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return f"{figure.low:,.10g}–{figure.high:,.10g}"
    if figure.value is not None:
        return f"{figure.value:,.10g}"
    return str(figure.words)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def harmless(value: Any) -> Any:
    """The value for a cell: text that a spreadsheet would run as a formula with an apostrophe before it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _actors(name: str, role: str, holds: str) -> Column:
    return Column(name, holds, lambda row: _joined(row.actors_as(role)))


def _places(name: str, role: str, holds: str) -> Column:
    return Column(name, holds, lambda row: _joined(row.places_as(role)))


def _own(name: str, holds: str) -> Column:
    return Column(name, holds, lambda row: row.own[name])


def _plain(name: str, holds: str) -> Column:
    return Column(name, holds, lambda row: getattr(row, name))


def _of_report(name: str, field: str, holds: str) -> Column:
    return Column(name, holds, lambda row: getattr(row.report, field))


def _roles(row: Merged) -> str:
    return _joined(f"{role} {number}" for role, number in row.roles.items())


_FIRST = (
    _plain("key", "the entry's key, the same in every store"),
    _plain("type", "the layer's own kind: an event's class, a control's state, a relation's kind …"),
    _plain("status", "actual, ongoing, planned, threatened, denied …; concluded, breached … for agreements"),
    _plain("earliest", "first day on which it took place, ISO"),
    _plain("latest", "last day, ISO"),
    _plain("dated_by", "time: the words tell the day; report: only the report's date is known"),
)
_LAST = (
    _plain("source", "who says so, in the report's words (what a pronoun stands for); empty for the report itself"),
    _plain("source_kind", "official, military, eyewitness, monitor, media …"),
    Column("evidence", "the words that the entry rests on", lambda row: row.evidence.text),
    Column("evidence_start", "where they begin in the report's text, in characters", lambda row: row.evidence.start),
    Column("evidence_end", "where they end", lambda row: row.evidence.end),
    _plain("review", "unreviewed, accepted, corrected, rejected or unsure"),
    _of_report("report", "key", "the report's key"),
    _of_report("report_id", "id", "the id that the report came with"),
    _of_report("title", "title", "its title"),
    _of_report("publisher", "publisher", "its outlet"),
    _of_report("published", "published", "its date, ISO"),
    _of_report("url", "url", "its address"),
)
_WHERE = (
    _places("places", "place", "where"),
    Column("lat", "latitude of the first place, if known", lambda row: row.places[0].lat if row.places else None),
    Column("lon", "longitude of the first place", lambda row: row.places[0].lon if row.places else None),
    Column("radius_km", "how far off it may be", lambda row: row.places[0].radius_km if row.places else None),
)
_FIGURES = Column("figures", "numbers by role, as in killed 8; injured 12–15", figures_in_words)

_ENTRIES: Mapping[str, tuple[Column, ...]] = {
    "events": (
        _plain("confidence", "0 to 1"),
        _own("mode", "PLOVER mode"),
        Column("contexts", "PLOVER contexts", lambda row: _joined(row.own["contexts"])),
        _own("cameo", "CAMEO code"),
        _own("acled", "ACLED sub-event type"),
        _own("trigger", "the word that tells the event"),
        _actors("actors", "actor", "who did it"),
        _actors("recipients", "recipient", "to whom"),
        _actors("third_parties", "third_party", "others who take part"),
        *_WHERE,
        _own("instrument", "with what"),
        _FIGURES,
    ),
    "claims": (
        _actors("speaker", "source", "the actor who says so, if known"),
        _own("cue", "the word of saying"),
        _own("anonymous", "true where the source isn't named"),
        _actors("about", "mentioned", "actors in what is said"),
        _places("places", "mentioned", "places in what is said"),
    ),
    "agreements": (
        _own("name", "its name, if it has one"),
        _actors("parties", "party", "who agreed"),
        _actors("guarantors", "guarantor", "who guarantees, mediates or supervises it"),
        *_WHERE,
        Column(
            "provisions",
            "what it provides for",
            lambda row: _joined(f"{each['kind']}: {each['text']}" for each in row.own["provisions"]),
        ),
    ),
    "movements": (
        _actors("movers", "mover", "who moves"),
        _own("who", "the words for them"),
        _FIGURES,
        _places("origin", "origin", "from where"),
        _places("destination", "destination", "to where"),
        _own("means", "by what means"),
        Column("agreement", "key of the agreement that it comes under", lambda row: row.own["agreement"]),
    ),
    "control": (
        _actors("holder", "holder", "who"),
        *_WHERE,
        _own("exception", "the side that a siege leaves open, in words"),
    ),
    "relations": (
        _actors("from", "from", "who stands so"),
        _actors("to", "to", "to whom"),
        _own("sign", "1 with, -1 against, 0 neither"),
        _places("places", "mentioned", "places in the same words"),
    ),
    "forecasts": (
        _own("content", "what is predicted"),
        _actors("forecaster", "forecaster", "who predicts it; empty for the author"),
        _own("likelihood", "how likely, in words"),
        _own("likelihood_low", "least probability that the words mean"),
        _own("likelihood_high", "greatest"),
        _own("horizon", "by when, in words"),
        _own("horizon_earliest", "first day, ISO"),
        _own("horizon_latest", "last day, ISO"),
        _own("condition", "if what"),
        _actors("about", "mentioned", "actors in what is predicted"),
        _places("places", "mentioned", "places in what is predicted"),
        Column(
            "standing",
            "open, due, overdue or settled, as `situate forecasts` tells",
            lambda row: row.own.get("standing"),
        ),
        Column("outcome", "happened, not or lapsed, where a person said so", lambda row: row.own.get("outcome")),
    ),
}
_MERGED = (
    _plain("key", "wikidata: or geonames: id, else name and country; the same in every store"),
    _plain("name", "as most reports call it"),
    _plain("kind", "as most reports describe it"),
    _plain("country", "ISO 3166 alpha-3"),
)
_COUNTS = (
    _plain("reports", "how many of the listed reports name it"),
    _plain("first", "the first date of these"),
    _plain("last", "the last"),
    Column("names", "its other names, the commonest first", lambda row: _joined(row.names)),
    Column("roles", "in how many entries it has which role, over all reports", _roles),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    **{layer: (*_FIRST, *own, *_LAST) for layer, own in _ENTRIES.items()},
    "actors": (*_MERGED, _own("wikidata", "Wikidata id"), *_COUNTS),
    "places": (
        *_MERGED,
        _own("admin1", "province"),
        _own("gazetteer", "gazetteer id"),
        _own("lat", "latitude"),
        _own("lon", "longitude"),
        _own("radius_km", "how far off the point may be"),
        *_COUNTS,
    ),
}

_HEAD = """# The columns of the listings

`situate events --csv` and its like print one entry a line under a header, UTF-8, fields quoted where needed (RFC 4180).
Several values in one cell stand between "; ". Days are ISO dates; an unknown value is an empty cell. A cell that a
spreadsheet would run as a formula has an apostrophe before it. `--json` prints the same entries with all they have, one
object a line, and who gives each figure; `--json --graded` adds `corroboration`: the grade, how many sources, who tells
it, who says otherwise, and when it was first and last reported.
"""


def codebook() -> str:
    """The columns of all layers as Markdown."""
    parts = [_HEAD]
    for layer, columns in COLUMNS.items():
        rows = "\n".join(f"| `{column.name}` | {column.holds} |" for column in columns)
        parts.append(f"## situate {layer}\n\n| column | holds |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(codebook(), end="")
