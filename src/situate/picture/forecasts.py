"""Forecasts of a store: their standing, what became of them by people's word, and what is proposed.

An outcome is a decision on the forecast's entry in the field "outcome"; the last that stands counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from situate.errors import SituateError
from situate.picture.scores import Called
from situate.picture.settling import Outcome, Proposal, settle
from situate.store import Decision, Filters, Listed, Store, query
from situate.store.decisions import standing

FIELD = "outcome"
SETTLED: tuple[Outcome, ...] = ("happened", "not", "lapsed")
DUE_DAYS = 30  # days before the end of its time from which a forecast is due
Standing = Literal["open", "due", "overdue", "settled"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person says became of a forecast."""

    outcome: Outcome
    who: str
    made_at: str


def outcomes(decisions: Iterable[Decision]) -> dict[str, Settled]:
    """The outcomes that people gave, by the forecast's entry key."""
    by_entry: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.field == FIELD or decision.decision == "undo":
            by_entry[decision.entry_key].append(decision)
    found: dict[str, Settled] = {}
    for key, some in by_entry.items():
        for decision in standing(some):
            if decision.field == FIELD and decision.after in SETTLED:
                found[key] = Settled(decision.after, decision.who, decision.made_at)
            elif decision.field == FIELD:
                found.pop(key, None)
    return found


def outcome_decision(forecast: str, outcome: str, who: str, made_at: str, comment: str | None = None) -> Decision:
    """The decision that a forecast came about, or not, or lapsed; "open" takes an outcome back."""
    if outcome not in (*SETTLED, "open"):
        raise SituateError(f"{outcome}: no outcome of a forecast; give {', '.join(SETTLED)} or open")
    return Decision(forecast, "accept", who, made_at, FIELD, None, outcome, comment)


def standing_of(forecast: Listed, settled: Mapping[str, Settled], on: str) -> Standing:
    """Whether a forecast is settled, and if not, whether its time is over, near, or neither, on a day (ISO)."""
    if forecast.key in settled:
        return "settled"
    deadline = forecast.own.get("horizon_latest")
    if not deadline:
        return "open"
    if deadline < on:
        return "overdue"
    near = date.fromisoformat(on) + timedelta(DUE_DAYS)
    return "due" if deadline <= near.isoformat() else "open"


def proposals(store: Store, on: str | None = None) -> list[Proposal]:
    """What later reports tell of the forecasts that nobody settled, the surest first."""
    known = outcomes(store.decisions())
    found = [p for p in settle(store.kept(), on) if p.forecast not in known and p.outcome != "open"]
    return sorted(found, key=lambda p: (-p.confidence, p.forecast))


def called(store: Store, filters: Filters | None = None, proposed: Iterable[Proposal] = ()) -> list[Called]:
    """The store's forecasts as they are scored. Outcomes are people's, and beside them those of the proposals given."""
    known: dict[str, Outcome] = {p.forecast: p.outcome for p in proposed}
    known |= {key: settled.outcome for key, settled in outcomes(store.decisions()).items()}
    rows = query.every(store, "forecasts", filters or Filters())
    return [_called(row, known.get(row.key)) for row in rows if row.review != "rejected"]


def _called(row: Listed, outcome: Outcome | None) -> Called:
    outlet = row.report.publisher or "unknown outlet"
    who = ", ".join(row.actors_as("forecaster")) or row.source or f"the author ({outlet})"
    happened = {"happened": True, "not": False}.get(outcome or "")
    due = bool(row.own.get("horizon_latest"))
    return Called(row.key, who, outlet, row.own.get("likelihood_low"), row.own.get("likelihood_high"), due, happened)
