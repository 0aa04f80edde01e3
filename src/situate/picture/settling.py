"""Proposals which forecasts came true, from what later reports say; a person confirms.

Every sentence of a later report that names what a forecast names and tells of the same kind of change, or of its
opposite, is a clue (`clues`). So is a report that retells the prediction and says in its next breath that it didn't
happen, and, once the time is over, the silence of reports on the same places. Clues are listed on both sides and never
hidden. Reports of more than a year after the time of a forecast settle nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from situate.contract import Forecast, Span
from situate.picture.clues import Hint, Question, Sentence, hints, marks_of, question, sentences
from situate.store.fold import fold
from situate.store.keys import entry_keys
from situate.store.outcomes import Outcome
from situate.store.store import Kept

LEAST = 0.5  # support from which a side counts
LASTS = 365  # days after its time, or its own day where it names no time, in which reports tell of a forecast
MANY = 3  # reports whose silence says as much as that of any number
_TOO_LATE = 0.8  # it may have come about only after the time


@dataclass(frozen=True, slots=True)
class Clue:
    """A sentence of a later report that speaks for or against a forecast; without words, the silence of reports."""

    report: str  # its key
    outlet: str | None
    published: str | None
    words: Span | None
    favours: bool
    weight: float  # 0 to 1
    kind: Literal["told", "retold", "silence"]
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What became of a forecast, as far as later reports tell.

    `outcome` is of the happening that the forecast names; `right` is whether the forecaster called it rightly, None
    where it isn't settled or was called even.
    """

    forecast: str  # its entry key
    content: str
    outcome: Outcome
    confidence: float
    right: bool | None
    speaking_for: tuple[Clue, ...]
    speaking_against: tuple[Clue, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast: its entry's key, its report's, the report's day, what it asks, how likely and by when."""

    key: str
    report: str
    day: str
    content: str
    asks: Question
    low: float | None
    high: float | None
    deadline: str | None
    conditional: bool

    @property
    def last(self) -> str:
        """The last day on which a report tells of it."""
        return last_day(self.day, self.deadline)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report tells of a question: the report's key, outlet, date, and the hint."""

    report: str
    outlet: str | None
    published: str
    hint: Hint


def last_day(day: str, deadline: str | None) -> str:
    """The last day on which reports tell of a forecast of a day."""
    at = date.fromisoformat(max(day, deadline or day)[:10])
    return date.fromordinal(min(at.toordinal() + LASTS, date.max.toordinal())).isoformat()


@dataclass(frozen=True, slots=True)
class _Report:
    """A report of those that are looked at together."""

    kept: Kept
    day: str
    told: list[Sentence]
    marks: set[str]


def settle(kept: Iterable[Kept], on: str | None = None) -> list[Proposal]:
    """A proposal for each forecast of the pictures kept, as of a day (ISO; by default that of the last report)."""
    dated = sorted((k for k in kept if k.picture.report.published), key=lambda k: (_day(k), k.key))
    if not dated:
        return []
    today = on or _day(dated[-1])
    reports = [_report(k) for k in dated]
    having: dict[str, list[int]] = defaultdict(list)
    for n, each in enumerate(reports):
        for mark in each.marks:
            having[mark].append(n)
    found = []
    for f in (f for k in dated for f in foretold(k)):
        near = sorted({n for mark in f.asks.marks() for n in having.get(mark, ())})
        tellings = [t for n in near for t in _tellings(f.asks, reports[n])]
        after = {n for name in f.asks.names for n in having.get(f"{name} ", ())}
        silent = sum(overdue(f, reports[n].kept.key, reports[n].day, today) for n in after)
        found.append(proposal(f, tellings, min(silent, MANY), today))
    return found


def _day(kept: Kept) -> str:
    return (kept.picture.report.published or "")[:10]


def _report(kept: Kept) -> _Report:
    report = kept.picture.report
    told = sentences(report.text, ((f.start, f.end) for f in report.furniture))
    return _Report(kept, _day(kept), told, marks_of(told))


def foretold(kept: Kept) -> list[Foretold]:
    """The forecasts of a report."""
    found = []
    for _, f, key in entry_keys(kept.picture, kept.key):
        if isinstance(f, Forecast):
            asks, deadline = question(kept.picture, f.content), f.horizon.latest if f.horizon is not None else None
            more = f.likelihood.low, f.likelihood.high, deadline, f.condition is not None
            found.append(Foretold(key, kept.key, _day(kept), f.content.text, asks, *more))
    return found


def _tellings(asks: Question, report: _Report) -> list[Telling]:
    about = report.kept.picture.report
    return [Telling(report.kept.key, about.publisher, about.published or "", h) for h in hints(asks, report.told)]


def overdue(f: Foretold, report: str, day: str, today: str) -> bool:
    """Whether a report that names what a forecast names is of the time after it."""
    return bool(f.asks.named and f.deadline and report != f.report and f.deadline < day <= min(today, f.last))


def proposal(f: Foretold, tellings: Iterable[Telling], silent: int, today: str) -> Proposal:
    """What tellings of a forecast's question come to; `silent`: how many reports after its time name it, of `MANY`."""
    clues: dict[str, Clue] = {}  # one for each wording, so that copies count once
    for t in sorted(tellings, key=lambda t: (t.published[:10], t.report, t.hint.words.start)):
        if t.report != f.report and f.day <= t.published[:10] <= min(today, f.last):
            clues.setdefault(fold(t.hint.words.text), _clue(f, t))
    if silent and not any(c.favours for c in clues.values()):
        clues[""] = _silence(f, silent)
    return _weighed(f, list(clues.values()), over=silent > 0)


def _clue(f: Foretold, t: Telling) -> Clue:
    h = t.hint
    late = h.favours and f.deadline is not None and t.published[:10] > f.deadline
    weight = round(h.weight * (_TOO_LATE if late else 1), 2)
    return Clue(t.report, t.outlet, t.published, h.words, h.favours, weight, h.kind, h.why)


def _silence(f: Foretold, silent: int) -> Clue:
    """What it tells that reports after the time name the same places and parties, and not that it happened."""
    many = f"{silent} reports" if 1 < silent < MANY else f"{MANY} reports or more" if silent > 1 else "a report"
    why = f"{many} of the time after {f.deadline} name it, and none tells that it happened"
    return Clue(f.report, None, f.deadline, None, False, min(0.75, 0.45 + 0.1 * silent), "silence", why)


def _weighed(f: Foretold, clues: Sequence[Clue], over: bool) -> Proposal:
    ordered = sorted(clues, key=lambda c: (-c.weight, c.published or "", c.report))
    favouring = tuple(c for c in ordered if c.favours)
    contrary = tuple(c for c in ordered if not c.favours)
    support, doubt = _joined(favouring), _joined(contrary)
    chance = (f.low + f.high) / 2 if f.low is not None and f.high is not None else None
    outcome: Outcome = "lapsed" if over else "open"
    confidence = 1 - max(support, doubt) if over else 1.0
    if support >= LEAST and support >= doubt:
        outcome, confidence = "happened", support * (1 - doubt / 2)
    elif doubt >= LEAST and (over or any(c.kind == "retold" for c in contrary)):
        unmet = f.conditional and all(c.kind == "silence" for c in contrary)
        outcome, confidence = ("lapsed" if unmet else "not"), doubt * (1 - support / 2)
    right = (
        None if outcome in ("open", "lapsed") or chance in (None, 0.5) else (outcome == "happened") == (chance > 0.5)
    )
    return Proposal(f.key, f.content, outcome, round(confidence, 2), right, favouring, contrary)


def _joined(clues: Iterable[Clue]) -> float:
    """Several clues together: the strongest, and a little more for each other outlet that says so."""
    by_outlet: dict[str | None, float] = {}
    for clue in clues:
        by_outlet[clue.outlet] = max(by_outlet.get(clue.outlet, 0.0), clue.weight)
    missing = 1.0
    for n, weight in enumerate(sorted(by_outlet.values(), reverse=True)):
        missing *= 1 - weight / (n + 1)
    return 1 - missing if by_outlet else 0.0
