"""Forecasts of a store: what became of them by people's word, and what is proposed."""

from __future__ import annotations

from collections.abc import Iterable

from situate.picture.scores import Called
from situate.picture.settling import Proposal, settle
from situate.store import Filters, Listed, Store, query
from situate.store.outcomes import Outcome, outcomes


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
