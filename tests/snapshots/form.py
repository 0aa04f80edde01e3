"""A picture in short lines, for a person to read and a test to compare: an entry a line, a layer after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from situate.contract import (
    LAYERS,
    Actor,
    Agreement,
    Claim,
    Control,
    Event,
    Forecast,
    Movement,
    Picture,
    Place,
    Quantity,
    Relation,
    Span,
    Time,
)

FOLDER = Path(__file__).parent
LONGEST = 70  # characters of content or evidence


def path_of(report_id: str) -> Path:
    """Where the snapshot of a report is kept."""
    return FOLDER / f"{report_id}.txt"


def snapshot(picture: Picture) -> str:
    """The picture in lines. Confidence is left out: it changes whenever something is fitted anew."""
    report = picture.report
    head = f"# {report.id} · {report.publisher or report.byline} · {report.published} · {report.title}"
    lines = [line for layer in LAYERS for line in _layer(layer, picture)]
    return "\n".join([head, *lines]) + "\n"


def _layer(layer: str, picture: Picture) -> Iterator[str]:
    show = _SHOWN[layer]
    for entry in getattr(picture, layer):
        yield f"{layer:<10} {' '.join(part for part in show(entry, _Names(picture)) if part)}"


class _Names:
    """Names and words for the ids of a picture."""

    def __init__(self, picture: Picture) -> None:
        self._of: dict[str, str] = {e.id: e.name for e in (*picture.actors, *picture.places)}
        self._of |= {e.id: e.span.text for e in (*picture.times, *picture.quantities)}
        self._of |= {c.id: c.source.text if c.source else "unnamed" for c in picture.claims}
        self._of |= {a.id: a.kind for a in picture.agreements}
        self._of |= {e.id: e.trigger.text for e in picture.events}

    def __call__(self, ids: str | tuple[str, ...] | None, before: str = "") -> str:
        named = [self._of[i] for i in ((ids,) if isinstance(ids, str) else ids or ())]
        return before + ", ".join(named) if named else ""


def _words(span: Span | None) -> str:
    if span is None:
        return ""
    flat = " ".join(span.text.split())
    return f'"{flat if len(flat) <= LONGEST else flat[:LONGEST] + "…"}"'


def _tail(entry: Any, names: _Names) -> str:
    return " ".join(x for x in (names(entry.time, "| "), names(entry.claim, "< ")) if x)


def _actor(a: Actor, names: _Names) -> list[str]:
    called = dict.fromkeys(m.text for m in a.mentions)
    return [
        f"{a.name} ({a.kind}{', ' + a.country if a.country else ''})",
        names(a.member_of, "of "),
        "= " + " | ".join(called),
    ]


def _place(p: Place, names: _Names) -> list[str]:
    where = "" if p.lat is None or p.lon is None else f"{p.lat:.1f} {p.lon:.1f} ±{p.radius_km or 0:.0f}"
    return [
        f"{p.name} ({p.kind}{', ' + p.country if p.country else ''})",
        where,
        "= " + " | ".join(dict.fromkeys(m.text for m in p.mentions)),
    ]


def _time(t: Time, names: _Names) -> list[str]:
    return [_words(t.span), f"{t.earliest or '…'}/{t.latest or '…'}", t.anchor]


def _quantity(q: Quantity, names: _Names) -> list[str]:
    value = f"{q.value:g}" if q.value is not None else f"{_figure(q.low)}/{_figure(q.high)}"
    return [_words(q.span), value, q.unit or "", f"of {q.of}" if q.of else ""]


def _figure(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


def _claim(c: Claim, names: _Names) -> list[str]:
    source = c.source.text if c.source else "unnamed"
    return [
        source,
        names(c.actor, "= "),
        f"[{c.cue.text}]" if c.cue else "",
        c.kind,
        _words(c.content),
        names(c.within, "within "),
    ]


def _event(e: Event, names: _Names) -> list[str]:
    figures = " ".join(f"{q.role}: {names(q.quantity)}" for q in e.quantities)
    return [
        e.type,
        e.status,
        _words(e.trigger),
        names(e.actors),
        names(e.recipients, "→ "),
        names(e.places, "@ "),
        figures,
        _tail(e, names),
    ]


def _agreement(a: Agreement, names: _Names) -> list[str]:
    provisions = " + ".join(_words(p.span) for p in a.provisions)
    return [
        a.kind,
        a.status,
        names(a.parties),
        names(a.guarantors, "by "),
        names(a.places, "@ "),
        provisions,
        _tail(a, names),
    ]


def _movement(m: Movement, names: _Names) -> list[str]:
    way = f"{names(m.origin) or '…'} → {names(m.destination) or '…'}"
    return [
        m.kind,
        m.status,
        _words(m.who_span),
        names(m.who, "= "),
        names(m.quantity, "# "),
        way,
        _words(m.means),
        names(m.agreement, "under "),
        _tail(m, names),
    ]


def _control(c: Control, names: _Names) -> list[str]:
    return [names(c.holder), c.state, names(c.place), c.status, _tail(c, names)]


def _relation(r: Relation, names: _Names) -> list[str]:
    return [names(r.from_), r.kind, names(r.to), f"{r.sign:+d}", _tail(r, names)]


def _forecast(f: Forecast, names: _Names) -> list[str]:
    likely = f.likelihood
    chance = f"[{_words(likely.phrase)} {_figure(likely.low)}/{_figure(likely.high)}]"
    until = f"by {f.horizon.earliest or '…'}/{f.horizon.latest or '…'}" if f.horizon else ""
    condition = f"if {_words(f.condition)}" if f.condition else ""
    return [_words(f.content), chance, until, condition, names(f.forecaster or f.claim, "< ")]


_SHOWN: dict[str, Callable[[Any, _Names], list[str]]] = {
    "actors": _actor,
    "places": _place,
    "times": _time,
    "quantities": _quantity,
    "claims": _claim,
    "events": _event,
    "agreements": _agreement,
    "movements": _movement,
    "control": _control,
    "relations": _relation,
    "forecasts": _forecast,
}
