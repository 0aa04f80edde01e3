"""An entry as a short statement: who does what, then where, when and how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.text import Text

from situate.cli.excerpt import inside
from situate.cli.words import Names, evidence, interval
from situate.contract import Agreement, Control, Event, Forecast, Movement, Span

Parts = tuple[str, list[str]]  # what is said in bold, and what follows it

MOST_WORDS = 150  # characters of evidence
_UNKNOWN = "…"


def statement(layer: str, entry: Any, names: Names) -> Text:
    """The entry in a few words, without those that the report doesn't give."""
    what, more = _MAKERS[layer](entry, names)
    rest = "".join(f" · {x}" for x in more if x)
    return Text(what, style="bold").append(rest, style="not bold")


def headline(layer: str, entry: Any, names: Names) -> str:
    """What a statement says before it comes to where and when."""
    return _MAKERS[layer](entry, names)[0]


def words(layer: str, entry: Any) -> Text:
    """The words that the entry stands on, the telling ones marked."""
    spans = entry.evidence if layer == "agreements" else (entry.evidence,)
    return evidence(spans[0], *_MARKED[layer](entry), most=MOST_WORDS)


def _event(e: Event, names: Names) -> Parts:
    figures = [f"{q.role}: {names.quantity(q.quantity)}" for q in e.quantities]
    whom = names.names(e.recipients)
    what = f"{names.names(e.actors) or _UNKNOWN} {e.type}" + (f" → {whom}" if whom else "")
    return what, [names.names(e.places), names.time(e.time), *figures]


def _control(c: Control, names: Names) -> Parts:
    but = f"all but {c.exception.text}" if c.exception else ""
    return f"{names.names([c.holder])} {c.state} {names.names([c.place])}", [but, names.time(c.time)]


def _agreement(a: Agreement, names: Names) -> Parts:
    parties, guarantors = names.names(a.parties), names.names(a.guarantors)
    what = a.kind.replace("_", " ") + (f": {parties}" if parties else "")
    return what, [f"with {guarantors}" if guarantors else "", names.names(a.places), names.time(a.time)]


def _movement(m: Movement, names: Names) -> Parts:
    who = names.names(m.who) or (m.who_span.text if m.who_span else _UNKNOWN)
    way = [f"{word} {names.names([place])}" for word, place in (("from", m.origin), ("to", m.destination)) if place]
    means = f"by {inside(m.means.text)}" if m.means else ""
    return " ".join([who, m.kind, *way]), [names.quantity(m.quantity), means, names.time(m.time)]


def _forecast(f: Forecast, names: Names) -> Parts:
    likely = f.likelihood
    chance = "" if likely.low is None or likely.high is None else f"{likely.low:.0%} – {likely.high:.0%}"
    phrase = likely.phrase.text if likely.phrase else "no word of likelihood"
    by = (
        (f.horizon.span.text if f.horizon.span else interval(f.horizon.earliest, f.horizon.latest)) if f.horizon else ""
    )
    who = names.names([f.forecaster]) or names.teller(f.claim) or "the author"
    return f"{who}: {phrase}", [chance, by, f.condition.text if f.condition else ""]


_MAKERS: dict[str, Callable[[Any, Names], Parts]] = {
    "events": _event,
    "control": _control,
    "agreements": _agreement,
    "movements": _movement,
    "forecasts": _forecast,
}
_MARKED: dict[str, Callable[[Any], tuple[Span | None, ...]]] = {
    "events": lambda e: (e.trigger,),
    "control": lambda c: (c.exception,),
    "agreements": lambda a: (a.name, *(p.span for p in a.provisions)),
    "movements": lambda m: (m.who_span, m.means),
    "forecasts": lambda f: (f.content,),
}
