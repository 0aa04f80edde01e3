"""What is to come: what is planned, offered or threatened, and forecasts whose time is near or over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from situate.brief.happened import TO_COME, headed, is_sure
from situate.brief.kinds import has_condition
from situate.brief.phrases import INNER_QUOTES, asks, day, lowered, outlet, quote, told_by
from situate.brief.sentence import Sentence, joined
from situate.picture.telling import SAME_WORDS, in_common, telling
from situate.picture.wording import listing
from situate.store import Listed
from situate.store.outcomes import Settled, standing_of

STANDINGS = ("due", "overdue", "open")  # in this order; what is settled is not told again


def to_come(events: Iterable[Listed]) -> list[Sentence]:
    """A sentence for each event that is planned, offered, threatened or conditional, the latest told first."""
    found = [e for e in events if e.status in TO_COME and e.review != "rejected" and is_sure((e,)) and not asks(e)]
    found = [e for e in found if e.status != "conditional" or has_condition(e)]
    return [
        _event(e)
        for e in sorted(found, key=lambda e: (e.report.published or "", e.confidence or 0, e.key), reverse=True)
    ]


def _event(e: Listed) -> Sentence:
    words = quote(e)
    return Sentence(headed(e, joined(words, told_by((e,), words))), (e,))


def foretold(rows: Iterable[Listed]) -> Callable[[Listed], bool]:
    """Whether an event is only what a forecast says, by its trigger: neither done nor planned."""
    said: dict[tuple[str, str], str] = {}
    for f in rows:
        key = f.report.key, f.evidence.text
        said[key] = f"{said.get(key, '')} {_content(f)}"
    return lambda e: str(e.own.get("trigger")) in said.get((e.report.key, e.evidence.text), "")


def forecasts(rows: Iterable[Listed], settled: Mapping[str, Settled], on: str | None) -> list[Sentence]:
    """Forecasts that nobody settled and that say by when: those due soon first, then those overdue, then the rest."""
    known = [f for f in rows if f.review != "rejected" and f.own.get("horizon_latest")]
    last = on or max((f.report.published or "" for f in known), default="") or date.min.isoformat()
    standing = {f.key: standing_of(f, settled, last[:10]) for f in known}
    groups: list[list[Listed]] = []
    for f in sorted(known, key=lambda f: (f.report.published or "9", f.key)):
        same = next((g for g in groups if _same(g[0], f)), None)
        if same is None:
            groups.append([f])
        else:
            same.append(f)
    asked = [g for g in groups if all(standing[f.key] in STANDINGS for f in g)]
    return [_forecast(g, standing[g[0].key]) for g in sorted(asked, key=lambda g: _order(g[0], standing[g[0].key]))]


def _order(f: Listed, standing: str) -> tuple[int, int, str]:
    """What is due comes first, then what is overdue, each from the days nearest to now on."""
    deadline = date.fromisoformat(f.own["horizon_latest"][:10]).toordinal()
    return STANDINGS.index(standing), -deadline if standing == "overdue" else deadline, f.key


def _same(a: Listed, b: Listed) -> bool:
    """Whether two forecasts are one, in copies or retold: the same deadline and nearly the same words."""
    deadline = a.own["horizon_latest"] == b.own["horizon_latest"]
    return deadline and in_common(telling(_content(a)), telling(_content(b))) >= SAME_WORDS


def _content(f: Listed) -> str:
    return " ".join(str(f.own.get("content") or f.evidence.text).split()).rstrip(".").translate(INNER_QUOTES)


def _forecast(group: Sequence[Listed], standing: str) -> Sentence:
    f = group[0]
    who = listing(f.actors_as("forecaster")) or f.source or f"the author ({outlet(f)})"
    low, high = f.own.get("likelihood_low"), f.own.get("likelihood_high")
    odds = f"likelihood {100 * low:.0f} to {100 * high:.0f} %" if low is not None and high is not None else None
    word = {"overdue": "Time over", "due": "Due", "open": "Open"}[standing]
    until = f"by {day(f.own['horizon_latest'])}"
    said = f"said {day(f.report.published)}" if f.report.published else None
    text = joined(f"{word}, {until}: {lowered(who) if who[:2] == 'A ' else who}: “{_content(f)}”", odds, said)
    return Sentence(text, tuple(group))
