"""A picture as tables for a person: one a layer, every row with the words it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.box import ROUNDED
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from situate.cli.words import Names, evidence, interval, on_one_line
from situate.contract import Picture, Quantity, Report, Span

Row = tuple[str | Text, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a layer is shown: its heading, its columns (the last holds the words), and its rows."""

    heading: str
    columns: tuple[str, ...]
    rows: Callable[[Picture, Names], Iterator[Row]]


def picture_tables(picture: Picture, layers: tuple[str, ...] = ()) -> RenderableType:
    """The tables of a picture: of the layers named, or of all that hold something."""
    names = Names(picture)
    parts: list[RenderableType] = [_head(picture.report)]
    for layer in layers or LAYOUTS:
        layout = LAYOUTS[layer]
        rows = list(layout.rows(picture, names))
        if rows:
            parts.append(_table(layout, rows))
        elif layers:
            parts.append(Text(f"no {layer}", style="dim"))
    if len(parts) == 1:
        parts.append(Text("nothing found", style="dim"))
    return Group(*parts)


def _head(report: Report) -> RenderableType:
    origin = [report.byline, report.publisher, report.published or "date not known"]
    if report.republished_from and report.republished_from not in origin:
        origin.append(f"from {report.republished_from}")
    lines = [report.title or "(no title)", " · ".join(x for x in origin if x)]
    if report.furniture:
        kinds = ", ".join(dict.fromkeys(f.kind for f in report.furniture))
        lines.append(f"passed over as page furniture: {len(report.furniture)} pieces ({kinds})")
    body = Text("\n").join(
        Text(_clean(line), style=style) for line, style in zip(lines, ("bold", "", "dim"), strict=False)
    )
    return Panel(body, title=Text(_clean(report.id)), title_align="left", border_style="blue")


def _table(layout: Layout, rows: list[Row]) -> Table:
    """The rows as a table, without the columns in which nothing stands."""
    table = Table(title=f"{layout.heading} ({len(rows)})", title_justify="left", title_style="bold", box=ROUNDED)
    table.expand = True
    last = len(layout.columns) - 1
    shown = [i for i in range(last + 1) if any(row[i] for row in rows)]
    for i in shown:
        table.add_column(layout.columns[i], overflow="fold", ratio=5 if i == last else 2)
    for row in rows:
        table.add_row(*(x if isinstance(x, Text) else Text(_clean(x)) for x in (row[i] for i in shown)))
    return table


def _clean(words: str) -> str:
    return on_one_line(Text(words)).plain


def _actors(picture: Picture, names: Names) -> Iterator[Row]:
    for a in picture.actors:
        others = dict.fromkeys(m.text for m in a.mentions if m.form != "pronoun" and m.text != a.name)
        kind = a.kind.replace("_", " ")
        yield a.name, f"{kind}, {a.country}" if a.country else kind, str(len(a.mentions)), "; ".join(others)


def _places(picture: Picture, names: Names) -> Iterator[Row]:
    for p in picture.places:
        around = "" if p.radius_km is None else f" ± {p.radius_km:.0f} km"
        where = "" if p.lat is None or p.lon is None else f"{p.lat:.2f}, {p.lon:.2f}{around}"
        within = ", ".join(x for x in (p.admin1, p.country) if x)
        yield p.name, p.kind, where, within, "; ".join(dict.fromkeys(m.text for m in p.mentions))


def _times(picture: Picture, names: Names) -> Iterator[Row]:
    for t in picture.times:
        yield interval(t.earliest, t.latest) or "open", t.anchor, t.span.text


def _quantities(picture: Picture, names: Names) -> Iterator[Row]:
    for q in picture.quantities:
        yield _figure(q), q.of or "", q.span.text


def _figure(quantity: Quantity) -> str:
    bounds = [f"{x:,.10g}" for x in (quantity.low, quantity.high) if x is not None]
    value = f"{quantity.value:,.10g}" if quantity.value is not None else " – ".join(bounds)
    return f"{value} {quantity.unit}" if quantity.unit else value


def _claims(picture: Picture, names: Names) -> Iterator[Row]:
    for c in picture.claims:
        source = c.source.text if c.source else "unnamed source"
        who = source if c.actor is None or names.names([c.actor]) == source else f"{source} ({names.names([c.actor])})"
        yield who, c.cue.text if c.cue else "", c.kind, evidence(c.content)


def _events(picture: Picture, names: Names) -> Iterator[Row]:
    for e in picture.events:
        figures = [f"{q.role}: {names.quantity(q.quantity)}" for q in e.quantities]
        where = [x for x in (names.names(e.places), names.time(e.time), *figures) if x]
        yield (
            names.names(e.actors),
            Text(e.type, style="bold"),
            names.names(e.recipients),
            "\n".join(where),
            names.standing(e.status, e.claim),
            evidence(e.evidence, e.trigger),
        )


def _agreements(picture: Picture, names: Names) -> Iterator[Row]:
    for a in picture.agreements:
        kind = a.kind.replace("_", " ")
        marked = (a.name, *(p.span for p in a.provisions))
        words = Text("\n").join(evidence(s, *marked) for s in a.evidence)
        where = "\n".join(x for x in (names.names(a.places), names.time(a.time)) if x)
        yield kind, names.names(a.parties), names.names(a.guarantors), where, names.standing(a.status, a.claim), words


def _movements(picture: Picture, names: Names) -> Iterator[Row]:
    for m in picture.movements:
        who = names.names(m.who) or (m.who_span.text if m.who_span else "")
        many = names.quantity(m.quantity)
        way = f"{names.names([m.origin]) or '…'} → {names.names([m.destination]) or '…'}"
        means = f"\nby {m.means.text}" if m.means else ""
        standing = names.standing(m.status, m.claim)
        yield who, m.kind, many, way + means, names.time(m.time), standing, evidence(m.evidence, m.who_span, m.means)


def _control(picture: Picture, names: Names) -> Iterator[Row]:
    for c in picture.control:
        holder, place = names.names([c.holder]), names.names([c.place])
        but = f"\nall but {c.exception.text}" if c.exception else ""
        standing = names.standing(c.status, c.claim)
        yield holder, c.state, place + but, names.time(c.time), standing, evidence(c.evidence, c.exception)


def _relations(picture: Picture, names: Names) -> Iterator[Row]:
    colours = {1: "green", 0: "", -1: "red"}
    for r in picture.relations:
        kind = Text(r.kind.replace("_", " "), style=colours[r.sign])
        teller = names.teller(r.claim)
        yield names.names([r.from_]), kind, names.names([r.to]), teller, evidence(r.evidence)


def _forecasts(picture: Picture, names: Names) -> Iterator[Row]:
    for f in picture.forecasts:
        likely = f.likelihood
        chance = "" if likely.low is None or likely.high is None else f"{likely.low:.0%} – {likely.high:.0%}"
        phrase = likely.phrase.text if likely.phrase else ""
        by = "" if f.horizon is None else _words(f.horizon.span) or interval(f.horizon.earliest, f.horizon.latest)
        who = names.names([f.forecaster]) or names.teller(f.claim) or "the author"
        yield who, "\n".join(x for x in (phrase, chance) if x), by, _words(f.condition), evidence(f.evidence, f.content)


def _words(span: Span | None) -> str:
    return "" if span is None else span.text


LAYOUTS: dict[str, Layout] = {  # in the order in which a person wants to know
    "events": Layout("Who did what to whom", ("who", "did", "to whom", "where, when", "standing", "words"), _events),
    "agreements": Layout(
        "Agreements", ("kind", "parties", "guarantors", "where, when", "standing", "words"), _agreements
    ),
    "movements": Layout("Movements", ("who", "kind", "how many", "way", "when", "standing", "words"), _movements),
    "control": Layout("Who holds what", ("who", "state", "place", "when", "standing", "words"), _control),
    "relations": Layout("Who stands with or against whom", ("who", "tie", "to whom", "says", "words"), _relations),
    "claims": Layout("Who says what", ("who", "cue", "kind", "words"), _claims),
    "forecasts": Layout("Forecasts", ("who", "how likely", "by when", "if", "words"), _forecasts),
    "actors": Layout("Actors", ("name", "kind", "mentions", "also called"), _actors),
    "places": Layout("Places", ("name", "kind", "where", "in", "words"), _places),
    "times": Layout("Times", ("days", "anchor", "words"), _times),
    "quantities": Layout("Quantities", ("figure", "of", "words"), _quantities),
}
