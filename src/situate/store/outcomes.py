"""What people say became of forecasts: decisions on a forecast's entry in the field "outcome"; the last stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from situate.errors import SituateError
from situate.store.decisions import Decision, decisions_where, standing
from situate.store.listed import Listed
from situate.store.sql import sql
from situate.store.store import Store

FIELD = "outcome"
Outcome = Literal["happened", "not", "lapsed", "open"]
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
        by_entry[decision.entry_key].append(decision)
    found: dict[str, Settled] = {}
    for key, some in by_entry.items():
        for decision in standing(some):
            if decision.field == FIELD and decision.after in SETTLED:
                found[key] = Settled(decision.after, decision.who, decision.made_at)
            elif decision.field == FIELD:
                found.pop(key, None)
    return found


def outcomes_of(store: Store) -> dict[str, Settled]:
    """The outcomes that people gave in a store, without a look at all that they decided on other things."""
    settled = sql("entry_key IN (SELECT entry_key FROM decisions WHERE field = ?)", FIELD)
    with store.asking() as asked:
        return outcomes(decisions_where(asked, settled))


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
