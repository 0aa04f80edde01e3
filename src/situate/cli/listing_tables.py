"""What the store lists, as tables for a person: every row with its words and the report that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.box import ROUNDED
from rich.table import Table
from rich.text import Text

from situate.cli.common import STATUS_COLOURS
from situate.cli.words import evidence, interval, on_one_line
from situate.export.listings import figures_in_words
from situate.store.listed import Listed, Merged, Words

Cell = str | Text
_SIGN_COLOURS = {1: "green", 0: "", -1: "red"}
_NAMES_SHOWN = 5
_DAY_WIDTH = len("(2018-07-31)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a layer is shown: its columns, and a row's cells, before the words and the report."""

    columns: tuple[str, ...]
    cells: Callable[[Listed], tuple[Cell, ...]]
    marked: Callable[[Listed], Words | None] = lambda row: None


def listed_table(layer: str, rows: Sequence[Listed], *further: tuple[str, Callable[[Listed], Cell]]) -> Table:
    """Entries as a table, with further columns (a name, and what makes the cell) before the words."""
    layout = LAYOUTS[layer]
    columns = (*layout.columns, *(name for name, _ in further))
    body = [
        (
            *layout.cells(row),
            *(cell(row) for _, cell in further),
            evidence(row.evidence, layout.marked(row)),
            _report(row),
        )
        for row in rows
    ]
    return _table((*columns, "words", "report"), body, wide=len(columns))


def merged_table(layer: str, rows: Sequence[Merged]) -> Table:
    """Actors or places as a table."""
    body = [
        (
            row.name,
            " · ".join(part for part in (_words(row.kind), row.own.get("admin1"), row.country) if part),
            str(row.reports),
            interval(row.first, row.last),
            _roles(row),
            _names(row),
        )
        for row in rows
    ]
    takes_part = "takes part in" if layer == "actors" else "place of"
    return _table(("name", "kind", "reports", "named", takes_part, "also called"), body, wide=5)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], wide: int) -> Table:
    """A table without the columns in which nothing stands; the wide column takes the most room."""
    rows = list(rows)
    shown = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    table = Table(box=ROUNDED, expand=True)
    for place in shown:
        table.add_column(
            columns[place],
            overflow="fold",
            ratio=5 if place == wide else 2,
            min_width=_DAY_WIDTH if columns[place] in ("when", "made") else None,
        )
    for row in rows:
        table.add_row(*(on_one_line(Text(cell)) if isinstance(cell, str) else cell for cell in (row[i] for i in shown)))
    return table


def _report(row: Listed) -> Text:
    """Which report says so, where and when, and its key for --report."""
    report = row.report
    lines = [report.publisher or report.title or report.id, report.published or "date not known"]
    text = Text("\n").join(on_one_line(Text(line)) for line in lines)
    return text.append(f"\n{report.key[:8]}", style="dim")


def _when(row: Listed) -> Text:
    """The days; in brackets where only the report's date is known."""
    days = interval(row.earliest, row.latest) or "undated"
    return Text(f"({days})", style="dim") if row.dated_by == "report" else Text(days)


def _standing(row: Listed) -> Text:
    """How sure it is, and who says so."""
    parts = [Text(_words(row.status), style=STATUS_COLOURS.get(row.status or "", ""))] if row.status else []
    if row.claim:
        parts.append(on_one_line(Text(f"says {row.source or 'unnamed source'}")))
    if row.review != "unreviewed":
        parts.append(Text(row.review, style="bold"))
    return Text("\n").join(parts)


def _words(value: str | None) -> str:
    return (value or "").replace("_", " ")


def _names_of(row: Listed, *roles: str) -> str:
    return ", ".join(row.actors_as(*roles))


def _lines(*parts: str | None) -> Text:
    return Text("\n").join(on_one_line(Text(part)) for part in parts if part)


def _trigger(row: Listed) -> Words:
    own = row.own
    return Words(own["trigger_start"], own["trigger_end"], own["trigger"])


def _event(row: Listed) -> tuple[Cell, ...]:
    what = Text(row.type or "", style="bold")
    if row.own["mode"]:
        what.append(f"\n{_words(row.own['mode'])}", style="default")
    where = _lines(", ".join(row.places_as("place")), figures_in_words(row))
    return _when(row), _names_of(row, "actor"), what, _names_of(row, "recipient"), where, _standing(row)


def _claim(row: Listed) -> tuple[Cell, ...]:
    speaker = _names_of(row, "source")
    said_by = row.source or "unnamed source"
    who = said_by if speaker in ("", said_by) else f"{said_by} ({speaker})"
    return _when(row), who, row.own["cue"] or "", _lines(row.type, _words(row.source_kind))


def _agreement(row: Listed) -> tuple[Cell, ...]:
    kind = _lines(_words(row.type), row.own["name"])
    places = ", ".join(row.places_as("place"))
    return _when(row), kind, _names_of(row, "party"), _names_of(row, "guarantor"), places, _standing(row)


def _movement(row: Listed) -> tuple[Cell, ...]:
    origin, destination = ", ".join(row.places_as("origin")), ", ".join(row.places_as("destination"))
    way = f"{origin or '…'} → {destination or '…'}" if origin or destination else ""
    means = f"by {row.own['means']}" if row.own["means"] else None
    who = _names_of(row, "mover") or row.own["who"] or ""
    return _when(row), who, _words(row.type), figures_in_words(row), _lines(way, means), _standing(row)


def _control(row: Listed) -> tuple[Cell, ...]:
    place = ", ".join(row.places_as("place"))
    return _when(row), _names_of(row, "holder"), Text(_words(row.type), style="bold"), place, _standing(row)


def _relation(row: Listed) -> tuple[Cell, ...]:
    kind = Text(_words(row.type), style=_SIGN_COLOURS.get(row.own["sign"], ""))
    return _when(row), _names_of(row, "from"), kind, _names_of(row, "to"), _standing(row)


def _forecast(row: Listed) -> tuple[Cell, ...]:
    own = row.own
    low, high = own["likelihood_low"], own["likelihood_high"]
    chance = f"{low:.0%} – {high:.0%}" if low is not None and high is not None else None
    due = own["horizon"] or interval(own["horizon_earliest"], own["horizon_latest"])
    who = _names_of(row, "forecaster") or row.source or "the author"
    return row.report.published or "", who, _lines(own["likelihood"], chance), due, own["condition"] or ""


def _roles(row: Merged) -> str:
    """In how many entries of which layer it has a role, the most first."""
    layers: Counter[str] = Counter()
    for role, number in row.roles.items():
        layers[role.partition(".")[0]] += number
    return ", ".join(f"{layer} {number:,}" for layer, number in layers.most_common() if layer != "actors")


def _names(row: Merged) -> str:
    more = len(row.names) - _NAMES_SHOWN
    return "; ".join(row.names[:_NAMES_SHOWN]) + (f"; and {more} more" if more > 0 else "")


LAYOUTS: dict[str, Layout] = {
    "events": Layout(("when", "who", "did", "to whom", "where, how many", "standing"), _event, _trigger),
    "claims": Layout(("when", "who", "cue", "kind"), _claim),
    "agreements": Layout(("when", "kind", "parties", "guarantors", "where", "standing"), _agreement),
    "movements": Layout(("when", "who", "kind", "how many", "way", "standing"), _movement),
    "control": Layout(("when", "who", "state", "place", "standing"), _control),
    "relations": Layout(("when", "who", "tie", "to whom", "standing"), _relation),
    "forecasts": Layout(("made", "who", "how likely", "by when", "if"), _forecast),
}
