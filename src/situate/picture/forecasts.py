"""Forecasts of a store: what became of them by people's word, and what is proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from situate.picture.kept_fates import fates
from situate.picture.scores import Called
from situate.picture.settling import Proposal
from situate.store import Filters, Store
from situate.store.filters import wanted
from situate.store.outcomes import Outcome, outcomes_of
from situate.store.sql import sql


def proposals(store: Store, on: str | None = None) -> list[Proposal]:
    """What later reports tell of the forecasts that nobody settled, the surest first."""
    known = outcomes_of(store)
    found = [p for p in fates(store, on) if p.forecast not in known and p.outcome != "open"]
    return sorted(found, key=lambda p: (-p.confidence, p.forecast))


def called(store: Store, filters: Filters | None = None, proposed: Iterable[Proposal] = ()) -> list[Called]:
    """The store's forecasts as they are scored. Outcomes are people's, and beside them those of the proposals given."""
    known: dict[str, Outcome] = {p.forecast: p.outcome for p in proposed}
    known |= {key: settled.outcome for key, settled in outcomes_of(store).items()}
    with store.asking() as asked:
        chosen = wanted(filters or Filters(), asked.dialect, "forecasts")
        rows = asked.tuples(sql(_CALLED, chosen))
        forecasters: dict[int, list[str]] = defaultdict(list)
        for number, name in asked.tuples(sql(_FORECASTERS, chosen)):
            forecasters[number].append(name)
    return [_called(forecasters[number], known.get(key), key, *more) for number, key, *more in rows]


_CALLED = """SELECT entries.id, entries.key, entries.source, reports.publisher, own.likelihood_low, own.likelihood_high,
    own.horizon_latest FROM entries JOIN reports ON reports.id = entries.report_id
    JOIN forecasts own ON own.entry_id = entries.id WHERE entries.review <> 'rejected' AND ?
    ORDER BY entries.day DESC, entries.key"""
_FORECASTERS = """SELECT links.entry_id, actors.name FROM entries JOIN entry_actors links ON links.entry_id = entries.id
    JOIN actors ON actors.entry_id = links.actor_id WHERE links.role = 'forecaster' AND ?
    ORDER BY links.entry_id, links.position"""


def _called(forecasters: Sequence[str], outcome: Outcome | None, key: str, *more: Any) -> Called:
    source, publisher, low, high, until = more
    outlet = publisher or "unknown outlet"
    who = ", ".join(forecasters) or source or f"the author ({outlet})"
    happened = {"happened": True, "not": False}.get(outcome or "")
    return Called(key, who, outlet, low, high, bool(until), happened)
