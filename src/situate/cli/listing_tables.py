"""What the store lists, as tables for a person: every row with its words and the report that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from situate.cli.common import STATUS_COLOURS
from situate.cli.excerpt import LONGEST_WORDS, excerpt, inside, interval
from situate.cli.grid import Cell, Column, Line, Piece, cell, grid, line, sheet
from situate.export.listings import figures_in_words
from situate.store.listed import Listed, Merged, Words

_SIGN_COLOURS = {1: "green", 0: "", -1: "red"}
WHOLE = 2_000  # characters of the words of an entry that is shown by itself
_NAMES_SHOWN = 5
_DAY_WIDTH = len("(2018-07-31)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a layer is shown: its columns, and a row's cells, before the words and the report."""

    columns: tuple[str, ...]
    cells: Callable[[Listed], tuple[Cell, ...]]
    marked: Callable[[Listed], Words | None] = lambda row: None


def listed_table(layer: str, rows: Sequence[Listed], *further: tuple[str, Callable[[Listed], str]]) -> str:
    """Entries as a table, with further columns (a name, and what makes the cell) before the words."""
    layout = LAYOUTS[layer]
    columns = (*layout.columns, *(name for name, _ in further))
    body = [
        (
            *layout.cells(row),
            *(cell(made(row)) for _, made in further),
            (words_line(row.evidence, layout.marked(row)),),
            _report(row),
        )
        for row in rows
    ]
    return grid([*map(_column, columns), Column("words", share=5), _column("report")], body)


def entry_sheet(row: Listed, sentence: Words, *further: tuple[str, Cell]) -> str:
    """One entry by itself: what its listing has of it, further lines, its words in their sentence, and its report."""
    layout = LAYOUTS[row.layer]
    sure = cell(f"{row.confidence:.0%}" if row.confidence is not None else None)
    report = cell(row.report.title, " · ".join(piece.words for each in _report(row) for piece in each))
    told = [*zip(layout.columns, layout.cells(row), strict=True), ("sure", sure), *further]
    words = (words_line(sentence, layout.marked(row) or _narrower(row, sentence), WHOLE),)
    return sheet([*told, ("words", words), ("report", report), ("key", cell(line(row.key, "dim")))])


def _narrower(row: Listed, sentence: Words) -> Words | None:
    """The words of an entry where they are less than the sentence."""
    said = row.own.get("content")
    at = row.evidence.text.find(said) if said else -1
    if said and at >= 0:
        return Words(row.evidence.start + at, row.evidence.start + at + len(said), said)
    return row.evidence if len(row.evidence.text) < len(sentence.text) else None


def merged_table(layer: str, rows: Sequence[Merged]) -> str:
    """Actors or places as a table."""
    body = [
        (
            cell(row.name),
            cell(" · ".join(part for part in (_words(row.kind), row.own.get("admin1"), row.country) if part)),
            cell(str(row.reports)),
            cell(interval(row.first, row.last)),
            cell(_roles(row)),
            cell(_names(row)),
        )
        for row in rows
    ]
    takes_part = "takes part in" if layer == "actors" else "place of"
    names = ("name", "kind", "reports", "named", takes_part)
    return grid([*map(_column, names), Column("also called", share=5)], body)


def _column(name: str) -> Column:
    return Column(name, least=_DAY_WIDTH if name in ("when", "made") else 0)


def words_line(sentence: Words, marked: Words | None, most: int = LONGEST_WORDS) -> Line:
    """The words with what tells the entry marked, on one line."""
    pieces = excerpt(sentence, marked, most=most)
    return tuple(
        Piece(part.words, "bold reverse" if told else "") for words, told in pieces if words for part in line(words)
    )


def _report(row: Listed) -> Cell:
    """Which report says so, where and when, and its key for --report."""
    report = row.report
    outlet = report.publisher or report.title or report.id
    return cell(outlet, report.published or "date not known", line(report.key[:8], "dim"))


def _when(row: Listed) -> Cell:
    """The days; in brackets where only the report's date is known."""
    days = interval(row.earliest, row.latest) or "undated"
    return cell(line(f"({days})", "dim") if row.dated_by == "report" else days)


def _standing(row: Listed) -> Cell:
    """How sure it is, and who says so."""
    return cell(
        line(_words(row.status), STATUS_COLOURS.get(row.status or "", "")),
        f"says {row.source or 'unnamed source'}" if row.claim else None,
        line(row.review, "bold") if row.review != "unreviewed" else None,
    )


def _words(value: str | None) -> str:
    return (value or "").replace("_", " ")


def _names_of(row: Listed, *roles: str) -> str:
    return ", ".join(row.actors_as(*roles))


def _name_cell(row: Listed, *roles: str) -> Cell:
    return cell(_names_of(row, *roles))


def _trigger(row: Listed) -> Words:
    own = row.own
    return Words(own["trigger_start"], own["trigger_end"], own["trigger"])


def _event(row: Listed) -> tuple[Cell, ...]:
    what = cell(line(row.type, "bold"), _words(row.own["mode"]))
    where = cell(", ".join(row.places_as("place")), figures_in_words(row))
    return _when(row), _name_cell(row, "actor"), what, _name_cell(row, "recipient"), where, _standing(row)


def _claim(row: Listed) -> tuple[Cell, ...]:
    speaker = _names_of(row, "source")
    said_by = row.source or "unnamed source"
    who = said_by if speaker in ("", said_by) else f"{said_by} ({speaker})"
    return _when(row), cell(who), cell(row.own["cue"]), cell(row.type, _words(row.source_kind))


def _agreement(row: Listed) -> tuple[Cell, ...]:
    kind, places = cell(_words(row.type), row.own["name"]), cell(", ".join(row.places_as("place")))
    return _when(row), kind, _name_cell(row, "party"), _name_cell(row, "guarantor"), places, _standing(row)


def _movement(row: Listed) -> tuple[Cell, ...]:
    origin, destination = ", ".join(row.places_as("origin")), ", ".join(row.places_as("destination"))
    way = f"{origin or '…'} → {destination or '…'}" if origin or destination else None
    means = f"by {inside(row.own['means'])}" if row.own["means"] else None
    who = _names_of(row, "mover") or row.own["who"]
    how_many = cell(figures_in_words(row))
    return _when(row), cell(who), cell(_words(row.type)), how_many, cell(way, means), _standing(row)


def _control(row: Listed) -> tuple[Cell, ...]:
    but = f"all but {row.own['exception']}" if row.own["exception"] else None
    place = cell(", ".join(row.places_as("place")), but)
    return _when(row), _name_cell(row, "holder"), cell(line(_words(row.type), "bold")), place, _standing(row)


def _relation(row: Listed) -> tuple[Cell, ...]:
    kind = cell(line(_words(row.type), _SIGN_COLOURS.get(row.own["sign"], "")))
    return _when(row), _name_cell(row, "from"), kind, _name_cell(row, "to"), _standing(row)


def _forecast(row: Listed) -> tuple[Cell, ...]:
    own = row.own
    low, high = own["likelihood_low"], own["likelihood_high"]
    chance = f"{low:.0%} – {high:.0%}" if low is not None and high is not None else None
    due = own["horizon"] or interval(own["horizon_earliest"], own["horizon_latest"])
    who = _names_of(row, "forecaster") or row.source or "the author"
    made = cell(row.report.published)
    return made, cell(who), cell(own["likelihood"], chance), cell(due), cell(own["condition"])


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
